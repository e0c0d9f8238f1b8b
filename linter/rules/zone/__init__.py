"""Rules of DNS itself, where breaking them breaks mail."""
