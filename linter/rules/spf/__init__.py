"""SPF: whether receivers can read the record, and whether it says what it was meant to say."""
