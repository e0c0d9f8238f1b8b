"""The built-in profiles, each read once for all tests."""

from functools import cache

from linter.config.load import load_profile
from linter.config.settings import Profile


@cache
def built_in(name: str) -> Profile:
    """A profile by its name."""
    return load_profile(name)


def profile_of(name: str, folder: str) -> Profile:
    """A profile as a configuration in a folder names it."""
    return load_profile(name, folder) if "/" in name or "." in name else built_in(name)
