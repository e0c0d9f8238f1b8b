"""What the files say: zones, records and values with their places, read from two YAML dialects."""
