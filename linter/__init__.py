"""mailzone: checks the mail part of DNS while it is still a file in a repository."""

__version__ = "0.1.0"
