"""What the hosts that SPF terms name answer, whoever the client is: addresses, mail hosts, or nothing at all."""

from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, SERVFAIL, UNKNOWN, Answer, Exchange, Resolver

from .spf_cost import TreeTerm
from .spf_expand import is_askable
from .spf_questions import MAX_MX_HOSTS

NOT_ASKED = "not asked"
MOST_QUESTIONS = 20_000
"""Questions about hosts below one record; beyond these, nothing is asked any more."""

_ADDRESSES = ("A", "AAAA")


class Hosts:
    """Asks a resolver about each host once; `left` is how many questions may still be asked."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._known: dict[tuple[str, str], Answer] = {}
        self.left = MOST_QUESTIONS

    def answered(self, read: TreeTerm) -> TreeTerm:
        """An a, mx, ptr or exists term with its void lookups, the names nobody knows, and its mail hosts."""
        names = [name for name in read.targets if is_askable(name)]
        if read.term.name == "mx":
            return self._mail(read, names)
        kinds = ("A",) if read.term.name == "exists" else _ADDRESSES
        # Several targets are alternatives, of which a message asks for one.
        return read._replace(voids=self._those(names, kinds, NO_DATA)[:1], unknown=self._those(names, kinds, UNKNOWN))

    def _mail(self, read: TreeTerm, names: list[str]) -> TreeTerm:
        voids: tuple[str, ...] = ()
        unknown: tuple[str, ...] = ()
        most = 0
        for name in names:
            answer = self._asked(name, "MX")
            if answer is None:
                continue
            hosts = [value.host for value in answer.values if isinstance(value, Exchange)]
            most = max(most, len(hosts))
            asked = [host for host in hosts[:MAX_MX_HOSTS] if is_askable(host)]
            void = (name,) if answer.is_empty else self._those(asked, _ADDRESSES, NO_DATA)
            voids = max(voids, void, key=len)
            unknown += (answer.owner or name,) if answer.status == UNKNOWN else self._those(asked, _ADDRESSES, UNKNOWN)
        return read._replace(voids=voids, unknown=unknown, hosts=most)

    def _those(self, names: list[str], kinds: tuple[str, ...], status: str) -> tuple[str, ...]:
        return tuple(name for name in names if self._status(name, kinds) == status)

    def _asked(self, name: str, kind: str) -> Answer | None:
        """An answer; None where it was not asked for."""
        known = self._known.get((name, kind))
        if known is None and self.left > 0:
            self.left -= 1
            known = self._known[name, kind] = self._resolver.lookup(name, kind)
        return known

    def _status(self, name: str, kinds: tuple[str, ...]) -> str:
        """ "found", "nodata" where there is none of these types, "unknown", or a failure."""
        statuses = set()
        for kind in kinds:
            answer = self._asked(name, kind)
            statuses.add(answer.status if answer else NOT_ASKED)
        for status in (FOUND, UNKNOWN, NOT_ASKED):
            if status in statuses:
                return status
        return NO_DATA if statuses <= {NO_DATA, NO_NAME} else SERVFAIL
