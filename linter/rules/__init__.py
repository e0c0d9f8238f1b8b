"""Judgements, one rule per file, in families named after what they judge."""
