"""What a change means for mail: two moments of an estate compared, and what must not be merged together."""
