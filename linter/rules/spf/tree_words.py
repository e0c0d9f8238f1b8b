"""What the rules about whole SPF trees have in common: where terms stand, what they cost, who suffers as well."""

from collections.abc import Iterable, Iterator

from linter.facts.spf.cases import Reported, SpfCase, span_in
from linter.facts.spf.cost import MISSING, SpfTree, TreeTerm, rows
from linter.lookup.answer import UNKNOWN
from linter.records.spf.record import Term
from linter.records.text.fault import quoted
from mailzone import Related

_MOST_ROWS = 60


_MOST_OTHERS = 10


_MOST_NAMES = 4


def shown(name: str) -> str:
    """A name for a message."""
    return quoted(name.removesuffix("."), 80)


def listed(names: Iterable[str]) -> str:
    """Some names for a message, and how many more there are."""
    every = [shown(name) for name in names]
    kept, more = every[:_MOST_NAMES], len(every) - _MOST_NAMES
    if more > 0:
        return f"{', '.join(kept)} and {more} more"
    return " and ".join(filter(None, (", ".join(kept[:-1]), kept[-1])))


def related_at(case: SpfCase, record: SpfTree, term: Term, message: str) -> Related:
    """A term of a record or of one below it; where that stands in no file, the record itself."""
    span = case.place(term) if record is case.tree else span_in(record, term)
    return Related(span or case.text.value.span, message)


def costs(case: SpfCase) -> Iterator[Related]:
    """Every term that costs a lookup, in the order of evaluation, with the total up to it and its source."""
    left = _MOST_ROWS
    for row in rows(case.tree):
        term = row.term
        if term.lookups.min == 0:
            continue
        if left == 0:
            yield Related(case.text.value.span, "and more, which are not listed")
            return
        left -= 1
        inside = "" if row.record is case.tree else f"in {shown(row.record.name)}: "
        message = f"{inside}{quoted(term.text, 80)} costs {term.lookups.min}, total {row.total.min}{_source(term)}"
        yield related_at(case, row.record, term.term, message)


def _source(term: TreeTerm) -> str:
    """Whose word the cost of an include is."""
    if len(term.below) != 1:
        return ""
    below = term.below[0]
    if below.status == UNKNOWN:
        return " and what is in it, which is not known"
    if below.status in MISSING:
        return f"; {shown(below.name)} {MISSING[below.status]}"
    return f", counted from {origin(below)}" if origin(below) else ""


def origin(record: SpfTree) -> str:
    """Whose word a record is: a recording with its date, or the file of a zone."""
    return record.origin or (record.span.source.path if record.span else "")


def others(reported: Reported) -> tuple[Related, ...]:
    """The records that suffer from the same cause."""
    return tuple(
        Related(case.text.value.span, f"{shown(case.name)} is affected as well")
        for case in reported.others[:_MOST_OTHERS]
    )
