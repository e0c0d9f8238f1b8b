"""What follows from records about DKIM."""
