"""Recorded answers that are too old to go by."""

from collections.abc import Iterator

from linter.finding import LOCK
from linter.records.text.fault import quoted
from linter.source.frozen import Frozen
from mailzone import ANSWERED, INFO, Complaint, Facts, complaint, rule


class Options(Frozen):
    """`days`: the age that answers may have."""

    days: int = 90


@rule("lock-old", INFO, "mailzone's own: `mailzone.lock`", when=ANSWERED, options=Options)
def lock_old(facts: Facts, options: Options) -> Iterator[Complaint]:
    """Each recording once, at the name of the oldest answer that was used."""
    for used in facts.used:
        old = used.before(options.days)
        if not old:
            continue
        day = min(old)
        name = min(old[day])
        count = len(frozenset().union(*old.values()))
        shown = quoted(name.removesuffix("."), 80)
        others = f" and {count - 1} more, which were used, are" if count > 1 else ", which was used, is"
        message = f"what is recorded of {shown}{others} older than {options.days} days"
        way_out = "run `mailzone lock`" if used.witness.kind == LOCK else "record them anew"
        witness = used.witness._replace(seen=day)
        yield complaint(used.place(name), message, help=way_out, evidence=(witness,))
