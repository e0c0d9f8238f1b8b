"""What vendors' own names answered on a date, as a resolver: the last to be asked, for want of anything newer."""

from collections.abc import Iterable, Mapping
from typing import Any

from linter.finding import SNAPSHOT, Witness
from linter.lookup.answer import FOUND, Answer, unknown
from linter.source.frozen import Frozen


class Snapshots:
    """Answers for a few names that vendors publish, from policies/providers; all else is unknown.

    It never says that something is missing. Nothing is loaded before the first question that it could answer: a
    check of a zone without SPF asks none.
    """

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute lower-case name and a record type."""
        if kind != "TXT":
            return unknown(name)
        from .name_signs import SNAPSHOTS

        found = SNAPSHOTS.get((kind, name)) or own_data("SNAPSHOTS").get((kind, name))
        if found is None:
            return unknown(name)
        values, seen, source, confirmed = found
        return Answer(FOUND, values, (), name, (), (Witness(SNAPSHOT, source, seen, confirmed),))


class SpfSign(Frozen):
    """What is known of an SPF record without its text: whose it is, and how many lookups an include of it causes.

    `provider` is the vendor's key; `least` counts the include itself and what of the record was seen on the day `seen`:
    the sum may only be larger. `source` says so, `confirmed` is as of any fact.
    """

    provider: str
    least: int
    source: str
    seen: str
    confirmed: bool


def spf_sign(name: str) -> SpfSign | None:
    """What is known of the SPF record at a name, in any case and with or without final dot, or None."""
    from .name_signs import SPF_COSTS

    absolute = f"{name.lower().removesuffix('.')}."
    found = SPF_COSTS.get(absolute) or own_data("SPF_COSTS").get(absolute)
    return SpfSign(*found) if found is not None else None


_own: "list[tuple[object, dict[str, Any]]]" = []


def own_data(table: str) -> Mapping[Any, Any]:
    """A table of the signs, for the providers of somebody's own that are in force."""
    from .in_force import own_providers

    own = own_providers()
    if not own:
        return {}
    if not _own or _own[0][0] is not own:
        from .sign_data import tables_of

        _own[:] = [(own, tables_of(own))]
    held: Mapping[Any, Any] = _own[0][1][table]
    return held


def is_snapshot(witnesses: Iterable[Witness]) -> bool:
    """Whether a snapshot is among the witnesses: it may have changed since, and no error may rest on it."""
    return any(each.kind == SNAPSHOT for each in witnesses)
