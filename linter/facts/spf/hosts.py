"""What the hosts that SPF terms name answer, whoever the client is: addresses, mail hosts, or nothing at all."""

from linter.finding import Witness
from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, SERVFAIL, UNKNOWN, Answer, Exchange, Resolver

from .cost import IP4, IP6, VERSIONS, TreeTerm, for_version
from .expand import is_askable
from .limits import MAX_MX_HOSTS

NOT_ASKED = "not asked"
MOST_QUESTIONS = 20_000
"""Questions about hosts below one record; beyond these, nothing is asked any more."""

_ADDRESSES = ("A", "AAAA")


class Hosts:
    """Asks a resolver about each host once; `left` is how many questions may still be asked."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._known: dict[tuple[str, str], Answer] = {}
        self._witnesses: dict[Witness, None] = {}
        self.left = MOST_QUESTIONS

    def answered(self, read: TreeTerm) -> TreeTerm:
        """An a, mx, ptr or exists term with its void lookups, the names nobody knows, and its mail hosts."""
        if not read.targets or read.term.name == "ptr":  # the message decides
            return read._replace(matches=VERSIONS)
        self._witnesses = {}
        found = self._mail(read) if read.term.name == "mx" else self._addresses(read)
        return found._replace(witnesses=tuple(self._witnesses))

    def _addresses(self, read: TreeTerm) -> TreeTerm:
        """An a or exists term."""
        kinds = ("A", "A") if read.term.name == "exists" else _ADDRESSES
        # Several targets are alternatives, of which a message asks for one.
        wanted = [
            (version, for_version(read.targets, version), kind) for version, kind in zip(VERSIONS, kinds, strict=True)
        ]
        voids4, voids6 = ((name,) if name and self._is_void(name, kind) else () for _, name, kind in wanted)
        matches = tuple(version for version, name, kind in wanted if name and self._is_found(name, kind))
        unknown = self._unknown([name for name in read.targets if is_askable(name)], tuple(dict.fromkeys(kinds)))
        return read._replace(voids4=voids4, voids6=voids6, unknown=unknown, matches=matches)

    def _mail(self, read: TreeTerm) -> TreeTerm:
        """An mx term. Only the question for the mail hosts counts as void, not those for their addresses."""
        voids: dict[int, tuple[str, ...]] = {}
        matches: list[int] = []
        unknown: list[str] = []
        most = 0
        for version, kind in zip(VERSIONS, _ADDRESSES, strict=True):
            name = for_version(read.targets, version)
            answer = self._asked(name, "MX") if name and is_askable(name) else None
            voids[version] = (name,) if name and answer and answer.is_empty else ()
            if name is None or answer is None:
                continue
            hosts = [value.host for value in answer.values if isinstance(value, Exchange)]
            most = max(most, len(hosts))
            asked = [host for host in hosts[:MAX_MX_HOSTS] if is_askable(host)]
            if any(self._is_found(host, kind) for host in asked):
                matches.append(version)
            unknown += [answer.owner or name] if answer.status == UNKNOWN else self._unknown(asked, _ADDRESSES)
        return read._replace(
            voids4=voids[IP4],
            voids6=voids[IP6],
            unknown=tuple(dict.fromkeys(unknown)),
            matches=tuple(matches),
            hosts=most,
        )

    def _unknown(self, names: list[str], kinds: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if self._status(name, kinds) == UNKNOWN)

    def _is_void(self, name: str, kind: str) -> bool:
        answer = self._asked(name, kind) if is_askable(name) else None
        return answer is not None and answer.is_empty

    def _is_found(self, name: str, kind: str) -> bool:
        answer = self._asked(name, kind) if is_askable(name) else None
        return answer is not None and answer.status == FOUND

    def _asked(self, name: str, kind: str) -> Answer | None:
        """An answer; None where it was not asked for."""
        known = self._known.get((name, kind))
        if known is None and self.left > 0:
            self.left -= 1
            known = self._known[name, kind] = self._resolver.lookup(name, kind)
        if known is not None:
            self._witnesses.update(dict.fromkeys(known.witnesses))
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
