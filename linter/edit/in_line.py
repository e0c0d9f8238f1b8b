"""Fixes of values that end a line of blocks: that they change nothing else follows from the line alone.

In a block, how a scalar of one line reads depends on its own characters, and how the file goes on depends on where the
next line begins. So one that reads as meant by itself reads so in the file, and all else in it as it did: as long as
it keeps its type, and is no key, which could then be there twice.
"""

from linter.finding import Fix, Rewrite
from linter.source.pattern import Pattern
from linter.source.scalar_type import implicit_type
from linter.source.text import Source
from linter.source.tree import Scalar

from .change import CannotEdit, Edit, applied
from .extent import line_past, line_start
from .scalars import edits_within

_BRACKET = Pattern(r"(?<![^\s\ufeff])(?:\[[^\]]|\{[^}])")
"""What begins a list or a mapping in brackets, also behind a byte order mark: lines in it may look like blocks."""
_BEFORE = Pattern(r" *(?:- +)*(?:- +|\w+: +)")
_BEHIND = Pattern(r" *(?: #[^\n]*)?\r?\n?")


class Lines:
    """A file, as far as it is known by its lines."""

    def __init__(self, source: Source) -> None:
        text = source.text
        self._source = source
        self._are_blocks = not (("[" in text or "{" in text) and _BRACKET.search(text))

    def edits(self, fix: Fix) -> tuple[Edit, ...]:
        """The edits of a fix, proven; none where only the whole file can tell what it does."""
        places = {each.scalar.start for each in fix.rewrites}
        if not self._are_blocks or fix.removals or fix.erased or len(places) < len(fix.rewrites):
            return ()
        found: list[Edit] = []
        for each in fix.rewrites:
            edits = self._rewritten(each) if self._is_at_the_end(each.scalar) else []
            if not edits:
                return ()
            found += edits
        return tuple(found)

    def _is_at_the_end(self, scalar: Scalar) -> bool:
        """Whether a scalar is a value in one line, with only a comment behind it."""
        text, start, end = self._source.text, scalar.start, scalar.end
        return (
            scalar.source is self._source
            and text[start:end].isprintable()
            and _BEFORE.fullmatch(text[line_start(text, start) : start]) is not None
            and _BEHIND.fullmatch(text[end : line_past(text, end)]) is not None
        )

    def _rewritten(self, rewrite: Rewrite) -> list[Edit]:
        """The edits of a scalar that then reads as meant; none where it does not, or stays as it is."""
        scalar, wanted = rewrite.scalar, [Edit(*each) for each in rewrite.stretches]
        try:
            text = applied(scalar.text, wanted)
        except CannotEdit:
            return []
        edits = edits_within(scalar, wanted, text, in_flow=False)
        is_of_its_type = bool(scalar.style) or implicit_type(text) == implicit_type(scalar.text)
        is_changed = any(self._source.text[edit.start : edit.end] != edit.text for edit in edits or ())
        return edits if edits is not None and is_of_its_type and is_changed else []
