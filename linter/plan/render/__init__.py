"""A worked out plan in the forms that people and programs read."""
