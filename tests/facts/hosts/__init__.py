"""Facts about hosts."""
