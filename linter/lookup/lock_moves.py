"""What is different between two locks, name by name and type by type."""

from collections.abc import Iterator

from linter.source.frozen import Frozen

from .lock_document import Entries, Entry


class Move(Frozen):
    """One difference; `before` is None for what was not locked yet, `after` for what nothing asks for any more.

    `kind` is "" where a whole name is new, or no longer asked for, as one that does not exist.
    """

    name: str
    kind: str
    before: Entry | None
    after: Entry | None

    @property
    def is_change(self) -> bool:
        """Whether DNS says something else now than before."""
        return self.before is not None and self.after is not None


def moves(old: Entries, new: Entries) -> Iterator[Move]:
    """The differences, sorted by name and type. When something was seen is none."""
    typed = [{name for name, kind in entries if kind} for entries in (old, new)]
    for pair in sorted({*old, *new}):
        name, kind = pair
        before, after = old.get(pair), new.get(pair)
        if kind and before is None:
            before = old.get((name, ""))
        elif kind and after is None:
            after = new.get((name, ""))
        elif not kind and name in typed[1 if after is None else 0]:
            continue  # the other lock has single types of a name that this one has as a whole
        if before is None or after is None or not before.says_same(after):
            yield Move(name, kind, before, after)
