"""Facts about transport."""
