"""What somebody declares: which systems there are, and who receives and sends for which name."""
