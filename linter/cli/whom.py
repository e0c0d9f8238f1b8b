"""Whom a configuration says to ask about a zone: `compare: servers:` and `keys:`."""

import os
from collections.abc import Iterable
from fnmatch import fnmatchcase

from linter.config.load import is_inside
from linter.config.settings import Settings
from linter.run.refused import Refused
from linter.source.typed import TYPE_CHECKING, TypeVar

from .transfers import key_in

if TYPE_CHECKING:
    from linter.live.server import Server
    from linter.live.tsig_key import TsigKey
    from linter.run.authority import Whom

_Held = TypeVar("_Held")


class WhomOf:
    """Answers for zones by their absolute names; each configuration is read once. Raises Refused when it is made."""

    def __init__(self, settings: Settings) -> None:
        self._servers = [(glob, _servers(settings, glob, texts)) for glob, texts in settings.servers]
        self._keys = [(glob, _key(settings, path)) for glob, path in settings.keys]

    def of(self, zone: str, is_internal: bool) -> "Whom":
        """Whom to ask about a zone; nobody delegates one that is internal."""
        from linter.run.authority import Whom

        name = zone.removesuffix(".").lower() or "."
        return Whom(_best(self._servers, name) or (), _best(self._keys, name), is_internal)


def _fits(glob: str, name: str) -> bool:
    return fnmatchcase(name, glob.lower().removesuffix(".") or ".")


def _best(entries: Iterable[tuple[str, _Held]], name: str) -> _Held | None:
    """What the exact name has, else the longest glob that fits."""
    fitting = [(glob.lower().removesuffix(".") == name, len(glob), held) for glob, held in entries if _fits(glob, name)]
    return max(fitting, key=lambda each: each[:2])[2] if fitting else None


def _servers(settings: Settings, glob: str, texts: Iterable[str]) -> "tuple[Server, ...]":
    from linter.live.server import parse_server

    try:
        return tuple(dict.fromkeys(map(parse_server, texts)))
    except ValueError as error:
        raise Refused(f"{settings.path}: `compare: servers:` of `{glob}`: {error}") from error


def _key(settings: Settings, path: str) -> "TsigKey":
    place = os.path.join(settings.folder, path)
    if not is_inside(place, settings.folder):
        raise Refused(f"{settings.path}: `compare: keys:`: {path} lies outside the repository and is not read")
    return key_in(place)
