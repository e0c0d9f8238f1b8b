"""Fixes as edits of files, each proven: what was meant has changed, and nothing else that the file says."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from linter.finding import Fix, Patch
from linter.source.frozen import Frozen
from linter.source.text import Source
from linter.source.tree import Mapping, Node, Scalar
from linter.source.tree import Sequence as Items
from linter.source.typed import TypeAlias
from linter.source.yaml_reader import Tree, read_yaml

from .change import CannotEdit, Edit, Taken, applied
from .extent import is_flow
from .growing import grown
from .in_line import Lines
from .scalars import scalar_edits
from .unchanged import is_as_meant
from .values import removed_item

_MOST_READ = 60
"""How often one file is read to prove its fixes: those that are not proven by then are not offered."""
_Place: TypeAlias = tuple[int, int]


class _Step(Frozen):
    """A fix as edits of one file: `texts` are scalars that shall read otherwise, by their start, `gone` items of lists.

    `row` is its number among all fixes.
    """

    row: int
    edits: tuple[Edit, ...]
    texts: tuple[tuple[int, tuple[tuple[int, int, str], ...]], ...] = ()
    gone: tuple[_Place, ...] = ()


def planned(fixes: Sequence[Fix]) -> list[Fix | None]:
    """Each fix with its patches, as it is made alone; None where it cannot be made or proven."""
    found: list[Fix | None] = [None] * len(fixes)
    by_path: dict[str, tuple[Source, list[int]]] = {}
    for row, fix in enumerate(fixes):
        if fix.growths:
            patches = grown(fix.growths)
            found[row] = fix._replace(patches=patches) if patches else None
        elif (source := _source_of(fix)) is not None:
            by_path.setdefault(source.path, (source, []))[1].append(row)
    for source, rows in by_path.values():
        for row, edits in _proven(source, {row: fixes[row] for row in rows}):
            patches = tuple([Patch(source.path, *edit) for edit in edits])
            found[row] = fixes[row]._replace(patches=patches)
    return found


def _proven(source: Source, fixes: dict[int, Fix]) -> Iterator[tuple[int, tuple[Edit, ...]]]:
    """The edits of those fixes of a file that are proven, by their lines as far as these can tell."""
    lines, left = Lines(source), {}
    for row, fix in fixes.items():
        edits = lines.edits(fix)
        if edits:
            yield row, edits
        else:
            left[row] = fix
    if left:
        file = _File(source, left.values())
        steps = [step for row, fix in left.items() if (step := file.step(row, fix)) is not None]
        yield from ((step.row, step.edits) for step in file.proven(steps))


def _source_of(fix: Fix) -> Source | None:
    """The file that a fix is about; None for one that is about none, or about several."""
    found = [each.scalar.source for each in fix.rewrites]
    found += [span.source for span in (*fix.removals, *fix.erased)]
    sources = {source.path: source for source in found}
    return next(iter(sources.values())) if len(sources) == 1 else None


class _File:
    """A file by its tree, and in it what fixes are about."""

    def __init__(self, source: Source, fixes: Iterable[Fix]) -> None:
        self._source = source
        self._tree: Tree = read_yaml(source)
        self._reads = 0
        listed = list(fixes)
        self._wanted = {each.scalar.start for fix in listed for each in fix.rewrites}
        self._leaving = {(span.start, span.end) for fix in listed for span in fix.removals}
        self._scalars: dict[int, tuple[Scalar, bool]] = {}
        self._items: dict[_Place, tuple[Items, int]] = {}
        if self._tree.root is not None:
            self._look(self._tree.root, False)

    def _look(self, node: Node, in_flow: bool) -> None:
        """Find the scalars and items that fixes are about; no tree is deeper than its reader lets it be."""
        if isinstance(node, Scalar):
            if node.start in self._wanted and node.source is self._source:
                self._scalars[node.start] = (node, in_flow)
        elif isinstance(node, Items):
            in_flow = in_flow or is_flow(node)
            for row, item in enumerate(node.items):
                if (item.start, item.end) in self._leaving:
                    self._items[item.start, item.end] = (node, row)
                self._look(item, in_flow)
        elif isinstance(node, Mapping):
            in_flow = in_flow or is_flow(node)
            for row, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
                if not node.vias or node.vias[row] is None:
                    self._look(key, in_flow)
                    self._look(value, in_flow)

    def step(self, row: int, fix: Fix) -> _Step | None:
        """A fix as edits; None where it cannot be made."""
        edits: list[Edit] = []
        try:
            for each in fix.rewrites:
                scalar, in_flow = self._scalars[each.scalar.start]
                edits += scalar_edits(scalar, each.stretches, in_flow)
            for span in fix.removals:
                items, place = self._items[span.start, span.end]
                if len(items.items) < 2:
                    return None
                edits.append(removed_item(items, place))
            edits += (Edit(span.start, span.end, "") for span in fix.erased)
            applied(self._source.text, edits)
        except (CannotEdit, KeyError):
            return None
        texts = tuple((each.scalar.start, each.stretches) for each in fix.rewrites)
        return _Step(row, tuple(edits), texts, tuple((span.start, span.end) for span in fix.removals))

    def proven(self, steps: list[_Step]) -> list[_Step]:
        """Those of the steps of which it is proven that they do what they mean: all at once, where they do."""
        found: list[_Step] = []
        while steps and self._reads < _MOST_READ:
            together, steps = _apart(steps)
            found += self._tried(together)
        return found

    def _tried(self, steps: list[_Step]) -> list[_Step]:
        """Steps that do not touch one another, by halves where not all of them hold."""
        if self._reads >= _MOST_READ or not steps:
            return []
        self._reads += 1
        if self._holds(steps):
            return steps
        middle = len(steps) // 2
        return [*self._tried(steps[:middle]), *self._tried(steps[middle:])] if middle else []

    def _holds(self, steps: list[_Step]) -> bool:
        text = applied(self._source.text, (edit for step in steps for edit in step.edits))
        if not text.strip() or text == self._source.text:
            return False
        now = read_yaml(Source(self._source.path, text))
        if Counter(fault.kind for fault in now.faults) != Counter(fault.kind for fault in self._tree.faults):
            return False
        stretches: dict[int, list[tuple[int, int, str]]] = {}
        for step in steps:
            for start, each in step.texts:
                stretches.setdefault(start, []).extend(each)
        return is_as_meant(self._tree.root, now.root, stretches, {place for step in steps for place in step.gone})


def _apart(steps: list[_Step]) -> tuple[list[_Step], list[_Step]]:
    """As many steps, from the first, as do not touch one another, and the others."""
    together: list[_Step] = []
    left: list[_Step] = []
    taken = Taken()
    for step in steps:
        if any(taken.meets(edit.start, edit.end) for edit in step.edits):
            left.append(step)
            continue
        together.append(step)
        for edit in step.edits:
            taken.add(edit.start, edit.end)
    return together, left
