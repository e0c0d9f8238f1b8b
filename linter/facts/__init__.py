"""What follows from records: which text is which record, who is governed by what; judged by rules."""
