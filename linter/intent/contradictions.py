"""What of a declaration cannot be, whatever the records say: circles, and mail where there is to be none."""

from collections.abc import Iterator

from linter.records.text.fault import quoted
from linter.records.text.name import dotless
from linter.source.text import SourceFault
from linter.source.typed import TypeAlias

from .model import EVERY, Intent, Mail, Split, Word

MOST_GLOBS = 500
"""Globs of one declaration: each is tried for each name, and compared with each other one."""
Found: TypeAlias = tuple[Word, str, str]
"""Where, what, and the way out."""


def contradictions(intent: Intent, kind: str) -> Iterator[SourceFault]:
    """Every fault, in the order of the document; `kind` becomes the kind of each."""
    for mail in intent.mail.values():
        for word, message, way_out in (*_orphans(mail), *_circles(mail), *_ways(intent, mail)):
            yield SourceFault(word.span, kind, message, way_out)
    for glob in intent.globs[MOST_GLOBS:]:
        message = f"more than {MOST_GLOBS} globs; {quoted(dotless(glob))} is one too many"
        yield SourceFault(intent.mail[glob].name.span, kind, message, "name the names, or write shorter globs")
        return
    for first, second in _rivals(intent.globs):
        message = f"{quoted(dotless(second))} and {quoted(dotless(first))} are equally long and may mean one name"
        yield SourceFault(intent.mail[second].name.span, kind, message, "make one of them longer, or name the names")


def _rivals(globs: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Globs of one length that may mean the same name, so that neither comes before the other."""
    for row, first in enumerate(globs):
        for second in globs[row + 1 :]:
            if len(second) != len(first):
                break
            if _meet(first, second):
                yield first, second


def _meet(first: str, second: str) -> bool:
    """Whether some name fits both globs: what is fixed at their ends must agree, the middle of one may be anything."""
    heads = (first.partition(EVERY)[0], second.partition(EVERY)[0])
    tails = (first.rpartition(EVERY)[2], second.rpartition(EVERY)[2])
    return (heads[0].startswith(heads[1]) or heads[1].startswith(heads[0])) and (
        tails[0].endswith(tails[1]) or tails[1].endswith(tails[0])
    )


def _orphans(mail: Mail) -> Iterator[Found]:
    """A gateway or a split where nobody is said to hold the mailboxes."""
    if mail.receives is None and mail.behind is not None:
        yield mail.behind, "`behind` says what mail passes first, but there is no `receives`", "add `receives:`"
    if mail.receives is None:
        for split in mail.splits[:1]:
            yield split.to, "`split` hands mail on, but there is no `receives`", "add `receives:`"


def _circles(mail: Mail) -> Iterator[Found]:
    """A system behind itself, or one that hands mail on to itself or back to its gateway."""
    if mail.behind is not None and mail.receives is not None and mail.behind.text == mail.receives.text:
        yield mail.behind, f"{quoted(mail.behind.text)} cannot be behind itself", "name the gateway, or leave it out"
    for split in mail.splits:
        for other, what in ((mail.receives, "receives"), (mail.behind, "filters")):
            if other is not None and split.to.text == other.text:
                message = f"{quoted(split.to.text)} {what} the mail already, so the split hands it back: a loop"
                yield split.to, message, "name the system of the other mailboxes"
                break


def _ways(intent: Intent, mail: Mail) -> Iterator[Found]:
    """Splits whose way leads back to where the mail came from."""
    for split in mail.splits:
        if split.through is None:
            continue
        shown = quoted(dotless(split.through.text))
        path = _path_back(intent, mail, split)
        other = intent.mail.get(split.through.text)
        way_out = "name a domain that only the other system receives"
        if path == (mail.name.text,):
            yield split.through, f"the split goes through {shown}, which is the name that is split: a loop", way_out
        elif path:
            way = " -> ".join(dotless(name) for name in (mail.name.text, *path))
            yield split.through, f"the split comes back to itself: {way}", way_out
        elif other is not None and other.is_none:
            yield split.through, f"the split goes through {shown}, which is declared to have no mail", way_out
        elif other is not None and _receives_first(other, mail):
            message = f"the split goes through {shown}, which the system that splits receives itself: a loop"
            yield split.through, message, way_out


def _receives_first(other: Mail, mail: Mail) -> bool:
    """Whether mail for `other` comes to the mailboxes that split the mail of `mail`."""
    return other.receives is not None and mail.receives is not None and other.receives.text == mail.receives.text


def _path_back(intent: Intent, mail: Mail, split: Split) -> tuple[str, ...]:
    """The names from where a split leads, on to the name that is split; () where none leads back."""
    start = split.through.text if split.through else ""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while waiting:
        path = waiting.pop(0)
        if path[-1] == mail.name.text:
            return path
        onward = intent.mail.get(path[-1])
        for each in onward.splits if onward else ():
            if each.through is not None and each.through.text not in seen:
                seen.add(each.through.text)
                waiting.append((*path, each.through.text))
    return ()
