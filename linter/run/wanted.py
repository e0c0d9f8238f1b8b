"""Which files a command line means: paths, or the zones of the configuration, or the folder that it runs in."""

from collections.abc import Sequence

from linter.config.settings import Settings

from .assembly import named_files
from .files import Found, expand
from .policy import Options, policy_for
from .refused import Refused


def wanted_files(options: Options, paths: Sequence[str]) -> Found:
    """The files that paths mean; without paths, as the configuration says. Raises Refused.

    `zones` of a configuration that match nothing are a mistake in every command, and not a reason to look elsewhere.
    """
    if paths:
        return named_files(paths)
    settings = policy_for(options, "").settings
    found = declared_files(settings)
    if settings.zones and not found:
        raise Refused(f"`zones` of {settings.path} matches no file")
    return named_files(found or ["."])


def readable_files(options: Options, paths: Sequence[str]) -> Found:
    """The same for commands that give no verdict on a part of the zones. Raises Refused where a path cannot be read."""
    found = wanted_files(options, paths)
    if found.problems:
        raise Refused(*(f"cannot read {path}: {reason}" for path, reason in found.problems))
    return found


def declared_files(settings: Settings) -> tuple[str, ...]:
    """What `zones` of a configuration means."""
    return expand(settings.zones, settings.folder)
