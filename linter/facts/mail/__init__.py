"""What follows from records about what is declared about mail."""
