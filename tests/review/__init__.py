"""What a change means for mail."""
