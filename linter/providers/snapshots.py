"""What vendors' own names answered on a date, as a resolver: the last to be asked, for want of anything newer."""

from linter.lookup.answer import FOUND, Answer, unknown

ORIGIN = "provider snapshot of "
"""How the origin of every answer begins; the date follows, as "2026-07-06" or "2026"."""


class Snapshots:
    """Answers for a few names that vendors publish, from policies/providers; all else is unknown.

    It never says that something is missing. Nothing is loaded before the first question that it could answer: a
    check of a zone without SPF asks none.
    """

    def lookup(self, name: str, kind: str) -> Answer:
        """The answer for an absolute lower-case name and a record type."""
        if kind != "TXT":
            return unknown(name)
        from .signs import SNAPSHOTS

        found = SNAPSHOTS.get((kind, name))
        if found is None:
            return unknown(name)
        values, seen = found
        return Answer(FOUND, values, (), name, (), f"{ORIGIN}{seen}")


def is_snapshot(origin: str) -> bool:
    """Whether an answer's origin is a snapshot: then it may have changed since, and no error may rest on it."""
    return origin.startswith(ORIGIN)
