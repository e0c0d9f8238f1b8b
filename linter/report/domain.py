"""What a reader wants to know of one mail domain: who receives, who sends, by which policy, at what SPF costs."""

from collections.abc import Iterable

from linter.facts.dmarc.policy import Governing
from linter.facts.spf.cost import SpfTree
from linter.finding import Finding
from linter.lookup.answer import FOUND
from linter.records.text.name import ancestors, dotless
from linter.source.frozen import Frozen

from .sender_words import NameReport


class Receiver(Frozen):
    """One mail host of a domain: its preference, its name without final dot, and in words whose it is, or ""."""

    preference: int
    host: str
    owner: str = ""
    is_stranger: bool = False


class Guess(Frozen):
    """Somebody whom the SPF record lets send: the term, and in words whose it is, or ""."""

    term: str
    owner: str = ""


class Domain(Frozen):
    """One domain. `report` is what is declared of it; where nothing is, it has no senders.

    `problems` are reasons why receivers cannot evaluate its SPF record.
    """

    report: NameReport
    is_declared: bool
    receivers: tuple[Receiver, ...]
    guesses: tuple[Guess, ...]
    governing: Governing
    tree: SpfTree
    problems: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name without the final dot."""
        return self.report.name

    @property
    def is_null(self) -> bool:
        """Whether its MX says that it takes no mail (RFC 7505)."""
        return any(receiver.host == "" for receiver in self.receivers)


class Domains(Frozen):
    """The mail domains of the zones at hand, and how many more there are than are described."""

    held: tuple[Domain, ...] = ()
    more: int = 0

    def by_domain(self, findings: Iterable[Finding]) -> dict[str, list[Finding]]:
        """The findings of each domain, by its name; those of none are at ""."""
        names = {domain.report.mail.name.text: domain.name for domain in self.held}
        found: dict[str, list[Finding]] = {name: [] for name in (*names.values(), "")}
        for finding in findings:
            found[_nearest(names, finding)].append(finding)
        return found


def _nearest(names: dict[str, str], finding: Finding) -> str:
    """The listed domain that a finding's owner is or lies below, no further up than its zone."""
    owner = finding.name or finding.zone
    listed = (names[above] for above in ancestors(owner, finding.zone or ".") if above in names) if owner else ()
    return next(iter(listed), "") or names.get(finding.zone, "")


def policy_words(governing: Governing) -> str:
    """The DMARC policy in words, and where it is written."""
    if governing.is_unknown:
        return "DMARC unknown"
    if governing.status != FOUND or governing.policy is None:
        return "no DMARC"
    return f"p={governing.policy}, by _dmarc.{dotless(governing.domain)}"
