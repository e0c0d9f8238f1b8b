"""The names that receivers ask for a DMARC record, and what stands at each of them."""

from collections.abc import Callable

from linter.facts.sound import LONGEST_STEP
from linter.finding import Witness
from linter.lookup.answer import FOUND, NO_DATA, NO_NAME, UNKNOWN, Resolver, Status
from linter.records.dmarc.version import is_dmarc, near_miss
from linter.records.text.name import ancestors
from linter.source.frozen import Frozen
from linter.source.typed import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from linter.records.dmarc.record import Dmarc

SEVERAL: Final = "several"


class Asked(Frozen):
    """What stands at `_dmarc.<domain>`.

    `status` is "found" for exactly one record, "several" for more. `is_meant` is whether some text there was meant as
    DMARC, even if receivers do not take it for a record. `witnesses` say so.
    """

    domain: str
    status: Status | Literal["several"]
    record: "Dmarc | None" = None
    is_meant: bool = False
    witnesses: tuple[Witness, ...] = ()


class PolicyRecords:
    """The DMARC records of a resolver's names; each name is asked once."""

    def __init__(self, resolver: Resolver, parse: "Callable[[str], Dmarc]") -> None:
        self.resolver = resolver
        self._parse = parse
        self._known: dict[str, Asked] = {}

    def at(self, domain: str) -> Asked:
        """What stands at `_dmarc.<domain>`; the same text twice is one record (RFC 2181 section 5)."""
        asked = self._known.get(domain)
        if asked is None:
            asked = self._known[domain] = self._ask(domain)
        return asked

    def _ask(self, domain: str) -> Asked:
        answer = self.resolver.lookup(f"_dmarc.{domain}", "TXT")
        if answer.status == UNKNOWN or answer.is_failure:
            return Asked(domain, UNKNOWN)
        texts = dict.fromkeys(value for value in answer.values if isinstance(value, str))
        records = [text for text in texts if is_dmarc(text)]
        if len(records) == 1:
            return Asked(domain, FOUND, self._parse(records[0]), True, answer.witnesses)
        if records:
            return Asked(domain, SEVERAL, None, True, answer.witnesses)
        is_meant = any(near_miss(text, at_dmarc_name=True) for text in texts)
        return Asked(domain, NO_DATA, None, is_meant, answer.witnesses)

    def walk(self, name: str) -> tuple[Asked, ...]:
        """The tree walk from a name: at most eight questions (RFC 9989 section 4.10).

        It ends at the top level, or at the first record that says `psd=y` or `psd=n`.
        """
        return self._steps(walk_names(name))

    def above(self, name: str) -> tuple[Asked, ...]:
        """The tree walk from a name that has no record itself, without what it asks there."""
        return self._steps(walk_names(name)[1:])

    def _steps(self, domains: tuple[str, ...]) -> tuple[Asked, ...]:
        steps = []
        for domain in domains:
            asked = self.at(domain)
            steps.append(asked)
            if asked.record is not None and asked.record.psd != "u":
                break
        return tuple(steps)

    def exists(self, name: str) -> bool | None:
        """Whether a name exists in the sense of RFC 8020; None where that is not known.

        An alias exists even if its target does not. Any type tells it; which of them a resolver knows differs.
        """
        for kind in ("A", "MX", "TXT", "NS"):
            answer = self.resolver.lookup(name, kind)
            if answer.steps or answer.status in (FOUND, NO_DATA):
                return True
            if answer.status == NO_NAME:
                return False
        return None


def walk_names(name: str) -> tuple[str, ...]:
    """The absolute names that the walk may ask, from the name itself to its top level."""
    above = ancestors(name)[1:-1]
    return (name, *(each for each in above if each.count(".") <= LONGEST_STEP))
