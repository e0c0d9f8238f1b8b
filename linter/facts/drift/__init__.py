"""What follows from records about what is served against what is declared."""
