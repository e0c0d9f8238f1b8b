"""For which domain an MX was probably meant, and which names take mail without one."""

from collections.abc import Iterable, Iterator

from linter.lookup.answer import FOUND, Answer, Resolver
from linter.records.text.name import ancestors, is_under, parent
from linter.source.frozen import Frozen
from linter.source.text import Span

# Names of servers, which nobody has an address at.
_SERVERS = frozenset(("email", "mail", "mx", "smtp", "mailserver", "mailhost", "webmail", "imap", "pop", "exchange"))
"""Without the number or the hyphens behind them, as in `mx1` and `pop3`."""


def meant_domain(name: str, hosts: Iterable[str], origin: str) -> str:
    """The domain that the MX of `name` were probably meant for; "" where they were meant for the name itself.

    All names are absolute, `origin` is the zone's. So it is at a server's own name, which the MX points back to, and
    at a name with an underscore, which no address can have.
    """
    if "_" in name:
        return next((each for each in ancestors(name, origin) if "_" not in each), "")
    above = parent(name)
    is_server = name.partition(".")[0].rstrip("0123456789-") in _SERVERS
    return above if is_server and name in hosts and name != origin and is_under(above, origin) else ""


class Fallback(Frozen):
    """A name whose mail goes to its own address, since it has no MX; `span` is the record that makes it a mail name."""

    name: str
    kind: str
    span: Span
    address: Answer


def fallbacks(places: Iterable[tuple[str, str, Span]], resolver: Resolver) -> Iterator[Fallback]:
    """Those of the places (name, what stands there, where) that have an address of their own and certainly no MX."""
    seen = set()
    for name, kind, span in places:
        if name in seen or "_" in name or name.startswith("*"):
            continue
        seen.add(name)
        if not resolver.lookup(name, "MX").is_empty:
            continue
        address = next(
            (found for each in ("A", "AAAA") if (found := resolver.lookup(name, each)).status == FOUND), None
        )
        if address is not None and not address.steps and address.owner == name:
            yield Fallback(name, kind, span, address)
