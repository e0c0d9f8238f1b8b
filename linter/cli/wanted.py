"""Which files a command line means: paths, or the zones of the configuration, or the folder that it runs in."""

from collections.abc import Sequence

from linter.config.settings import Settings
from linter.run.assembly import named_files
from linter.run.files import Found, expand
from linter.run.git import Ignored

from .policy import Options, Refused, policy_for


def wanted_files(options: Options, paths: Sequence[str]) -> Found:
    """The files that paths mean, in folders those that git does not ignore; without paths as the configuration says.

    Raises Refused.
    """
    if paths:
        return named_files(paths, Ignored())
    settings = policy_for(options, "").settings
    if not settings.zones:
        return named_files(["."], Ignored())
    found = declared_files(settings)
    if not found:
        raise Refused(f"`zones` of {settings.path} matches no file")
    return named_files(found, Ignored())._replace(named=frozenset())


def declared_files(settings: Settings) -> tuple[str, ...]:
    """What `zones` of a configuration means, without what it excludes."""
    return tuple(path for path in expand(settings.zones, settings.folder) if not settings.excludes(path))
