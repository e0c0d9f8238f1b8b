"""Whether a text, read again, says what it said but for what was meant to change."""

from collections.abc import Mapping, Sequence

from linter.source.scalar_type import implicit_type
from linter.source.tree import Alias, Node, Scalar
from linter.source.tree import Mapping as Pairs
from linter.source.tree import Sequence as Items

from .change import Edit, applied

Stretches = Mapping[int, Sequence[tuple[int, int, str]]]
"""What becomes of the texts of scalars, by where these begin."""


def is_as_meant(before: Node | None, after: Node | None, texts: Stretches, gone: set[tuple[int, int]]) -> bool:
    """Whether a tree differs from another only by the texts of some scalars, and by items of lists that are gone."""
    if before is None or after is None:
        return before is after
    return _Comparison(texts, gone).is_same(before, after)


class _Comparison:
    def __init__(self, texts: Stretches, gone: set[tuple[int, int]]) -> None:
        self._texts = texts
        self._gone = gone
        self._seen: set[int] = set()

    def is_same(self, before: Node, after: Node) -> bool:
        """The node and all below it; what an alias names is compared where it is written."""
        if type(before) is not type(after) or before.source.path != after.source.path:
            return False
        if isinstance(before, Scalar) and isinstance(after, Scalar):
            return self._is_same_scalar(before, after)
        if isinstance(before, Alias) and isinstance(after, Alias):
            return before.source.text[before.start : before.end] == after.source.text[after.start : after.end]
        if id(before) in self._seen:
            return True
        self._seen.add(id(before))
        if isinstance(before, Items) and isinstance(after, Items):
            left = [item for item in before.items if (item.start, item.end) not in self._gone]
            return before.tag == after.tag and self._are_same(left, after.items)
        if isinstance(before, Pairs) and isinstance(after, Pairs):
            is_alike = before.tag == after.tag and len(before.vias) == len(after.vias)
            return is_alike and self._are_same(before.keys, after.keys) and self._are_same(before.values, after.values)
        return False

    def _are_same(self, before: Sequence[Node], after: Sequence[Node]) -> bool:
        return len(before) == len(after) and all(map(self.is_same, before, after))

    def _is_same_scalar(self, before: Scalar, after: Scalar) -> bool:
        changed = self._texts.get(before.start)
        if changed is None:
            return (before.text, before.style, before.tag) == (after.text, after.style, after.tag)
        text = applied(before.text, (Edit(*each) for each in changed))
        kinds = [implicit_type(each.text) if not each.style else "str" for each in (before, after)]
        return after.text == text and before.tag == after.tag and kinds[0] == kinds[1]
