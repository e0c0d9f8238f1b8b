"""The file itself: YAML, the shape of records, and what YAML makes of names and values."""
