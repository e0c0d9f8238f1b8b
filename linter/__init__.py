"""mailzone: checks the mail part of DNS while it is still a file in a repository."""

__version__ = "0.1.0"

RELEASED = "2026-11-30"
"""The day of this version, in UTC: ages of built-in facts count up to it, so that it judges alike every day."""
HOMEPAGE = "https://github.com/mailzone/mailzone"
"""The address of the project, below which its pages and schemas lie; the same as in the metadata."""
