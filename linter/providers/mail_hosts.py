"""Whose mail host a name is, at the price of a look into a table: what every check asks of every MX."""

from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING

from . import VERIFICATION
from .in_force import own_providers
from .signs import MX, VENDORS

if TYPE_CHECKING:
    from .model import Provider


class HostSign(Frozen):
    """The provider of a mail host by its key, the style of the host, and the style it may stand beside."""

    provider: str
    style: str
    beside: str

    @property
    def takes_mail(self) -> bool:
        """Whether mail is delivered there; a verification host only proves ownership."""
        return self.style != VERIFICATION

    @property
    def roles(self) -> tuple[str, ...]:
        """What the provider does."""
        return VENDORS[self.provider] if self.provider in VENDORS else _provider(self.provider).roles


_known: dict[str, HostSign | None] = {}
_MOST_KNOWN = 4096


def host_sign(name: str) -> HostSign | None:
    """The sign of an absolute lower-case name; the longest ending that matches counts, as in the catalogue.

    Thousands of zones name the same hosts: each is looked up once.
    """
    if own_providers():
        return _sign_among_own(name)
    if name not in _known:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[name] = _sign_of(name)
    return _known[name]


def _sign_among_own(name: str) -> HostSign | None:
    """The same where the tables do not hold all: by the catalogue."""
    from .catalogue import catalogue
    from .model import MxHost

    found = catalogue().of_mx(name)
    if found is None or not isinstance(found.fact, MxHost):
        return None
    style = VERIFICATION if found.fact.verification else found.fact.style
    return HostSign(found.provider.key, style, found.fact.beside)


def _provider(key: str) -> "Provider":
    from .catalogue import catalogue

    return catalogue().providers[key]


def _sign_of(name: str) -> HostSign | None:
    bare = name.removesuffix(".")
    ending = bare
    while True:
        for pattern, provider, style, beside in MX.get(ending, ()):
            if _matches(pattern, bare):
                return HostSign(provider, style, beside)
        if not ending:
            return None
        # At the end "" is asked for: where patterns stand whose last label may be any.
        ending = ending.partition(".")[2]


def _matches(text: str, name: str) -> bool:
    if text == name:
        return True
    if "*" not in text and "{" not in text:
        return False
    if "*" not in text[1:] and text.startswith("*.") and "{" not in text:
        label, _, rest = name.partition(".")
        return rest == text[2:] and bool(label)
    if "*" not in text[2:] and text.startswith("**.") and "{" not in text:
        return name.endswith(text[2:]) and len(name) > len(text) - 2
    if "*" not in text[:-1] and text.endswith(".*") and "{" not in text:
        rest, _, label = name.rpartition(".")
        return rest == text[:-2] and bool(label)
    from .pattern import pattern_of  # few vendors have such hosts

    return pattern_of(text).matches(name)
