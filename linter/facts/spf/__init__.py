"""What follows from records about SPF."""
