"""The flow: find files, read them, make an estate of the zones, check, and gather the findings."""
