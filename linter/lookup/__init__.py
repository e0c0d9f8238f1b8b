"""The question, the answer and who can give it."""
