"""Moving mail in stages: what each stage changes, in which order, with which waits, so that none of it is lost."""
