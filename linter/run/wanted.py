"""Which files a command line means: paths, or the zones of the configuration, or the folder that it runs in."""

from collections.abc import Sequence

from linter.config.settings import Settings
from linter.source.repository import OUTSIDE

from .claims import is_named_like_domain
from .configurations import named_files
from .files import Found, expand
from .git import Ignored
from .policy import NO_SCOPE, Options, Scope, policy_for
from .refused import Refused


def wanted_files(options: Options, paths: Sequence[str]) -> Found:
    """The files that paths mean, in folders those that git does not ignore; without paths as the configuration says.

    Raises Refused.
    """
    scope: Scope = getattr(options, "scope", NO_SCOPE)
    settings = Settings() if paths else policy_for(options, scope.here).settings
    if not settings.zones:
        found = named_files(paths or [scope.here or "."], Ignored())
        # A link that a search came upon is nobody's business, as other files are, unless it has a zone's name.
        told = [each for each in found.problems if each[1] != OUTSIDE or _is_claimed(each[0], paths)]
        return found._replace(problems=tuple(told))
    declared = declared_files(settings)
    if not declared:
        raise Refused(f"`zones` of {settings.path} matches no file")
    return named_files(declared, Ignored())._replace(named=frozenset())


def readable_files(options: Options, paths: Sequence[str]) -> Found:
    """The same for commands that give no verdict on a part of the zones. Raises Refused where a path cannot be read."""
    found = wanted_files(options, paths)
    if found.problems:
        raise Refused(*(f"cannot read {path}: {reason}" for path, reason in found.problems))
    return found


def declared_files(settings: Settings) -> tuple[str, ...]:
    """What `zones` of a configuration means, without what it excludes."""
    return tuple(path for path in expand(settings.zones, settings.folder) if not settings.excludes(path))


def _is_claimed(path: str, paths: Sequence[str]) -> bool:
    return path in paths or is_named_like_domain(path)
