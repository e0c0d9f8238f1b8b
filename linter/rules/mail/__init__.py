"""What is declared about mail, and whether the records say the same."""
