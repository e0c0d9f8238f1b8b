"""Pictures before they are drawn: boxes in columns and the arrows between them, for mail flows and SPF trees."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from linter.facts.mail.flow import NOT_KNOWN, OPEN, Route
from linter.facts.mail.senders import FAILS, PASSES
from linter.facts.spf.cost import FREE, LOOP, MISSING, SpfTree, TreeTerm
from linter.lookup.answer import FOUND, UNKNOWN
from linter.records.text.name import dotless
from linter.source.frozen import Frozen

from .domain import Domain
from .sender_words import dkim_word, outcome, spf_word
from .spf_tree_text import is_open, lookup_range

PLAIN, OPEN_END, BAD = "plain", "unknown", "bad"
"""How something is drawn: as it is; dashed, since it is not known; as what is at fault."""
MOST_BOXES = 60
_MOST_LINES = 6
_MOST_CHARACTERS = 48


class Box(Frozen):
    """One box: a key that arrows name, the column it is in, its lines of text, and how it is drawn."""

    key: str
    column: int
    lines: tuple[str, ...]
    look: str = PLAIN


class Arrow(Frozen):
    """From one box to another."""

    start: str
    end: str
    label: str = ""
    look: str = PLAIN


class Graph(Frozen):
    """A picture; `more` is the number of boxes that there was no room for."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    more: int = 0


class _Canvas:
    """Gathers boxes, each once, and the arrows between those that have room."""

    def __init__(self) -> None:
        self._boxes: dict[str, Box] = {}
        self._arrows: dict[tuple[str, str], Arrow] = {}
        self._left_out: set[str] = set()

    def box(self, key: str, column: int, lines: Iterable[str], look: str = PLAIN) -> str:
        """Draw a box unless it is there; its key."""
        if key in self._boxes or len(self._boxes) < MOST_BOXES:
            cut = tuple(_cut(line) for line in list(lines)[:_MOST_LINES])
            self._boxes.setdefault(key, Box(key, column, cut, look))
        else:
            self._left_out.add(key)
        return key

    def arrow(self, start: str, end: str, label: str = "", look: str = PLAIN) -> None:
        """Draw an arrow unless there is one."""
        self._arrows.setdefault((start, end), Arrow(start, end, _cut(label), look))

    def graph(self) -> Graph:
        """All that was drawn."""
        arrows = (each for each in self._arrows.values() if each.start in self._boxes and each.end in self._boxes)
        return Graph(tuple(self._boxes.values()), tuple(arrows), len(self._left_out))


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"


def flow_graph(domains: Iterable[Domain]) -> Graph:
    """Who sends as the domains, on the left of them, and who receives their mail, on the right."""
    canvas = _Canvas()
    for domain in domains:
        name = canvas.box(f"name {domain.name}", 1, (domain.name,))
        _senders(canvas, name, domain)
        _receivers(canvas, name, domain)
    return canvas.graph()


def _senders(canvas: _Canvas, name: str, domain: Domain) -> None:
    for sender in domain.report.senders:
        look = BAD if sender.verdict == FAILS else PLAIN if sender.verdict == PASSES else OPEN_END
        told = f"SPF {spf_word(sender)}, DKIM {dkim_word(sender)}"
        key = canvas.box(f"from {domain.name} {sender.needs.name}", 0, (sender.needs.name, told), look)
        canvas.arrow(key, name, outcome(sender), look)
    if not domain.report.senders:
        for guess in domain.guesses:
            who = (guess.owner, guess.term) if guess.owner else (guess.term,)
            canvas.arrow(canvas.box(f"from {guess.term}", 0, who), name, "by SPF")


def _receivers(canvas: _Canvas, name: str, domain: Domain) -> None:
    flow = domain.report.flow
    hops = [canvas.box(f"to {hop}", 3 + place, (hop,)) for place, hop in enumerate(flow.hops)]
    for receiver in domain.receivers:
        if not receiver.host:
            canvas.arrow(name, canvas.box("nowhere", 2, ("accepts no mail", "null MX")))
            continue
        look = BAD if receiver.is_stranger else PLAIN
        lines = (receiver.host, receiver.owner) if receiver.owner else (receiver.host,)
        host = canvas.box(f"host {receiver.host}", 2, lines, look)
        canvas.arrow(name, host, f"MX {receiver.preference}", look)
        if hops and not receiver.is_stranger:
            canvas.arrow(host, hops[0])
    if flow.answer.status != FOUND:
        is_open = not flow.answer.is_empty
        what = ("MX unknown",) if is_open else ("no MX",)
        end = canvas.box("MX unknown" if is_open else "no MX", 2, what, OPEN_END if is_open else PLAIN)
        canvas.arrow(name, end, "", OPEN_END if is_open else PLAIN)
        if hops:
            canvas.arrow(end, hops[0], "", OPEN_END)
    for hop, following in pairwise(hops):
        canvas.arrow(hop, following)
    for route in flow.routes:
        _route(canvas, hops[-1] if hops else name, route, 3 + len(hops))


def _route(canvas: _Canvas, start: str, route: Route, column: int) -> None:
    look = PLAIN if route.state == OPEN else OPEN_END if route.state == NOT_KNOWN else BAD
    through = f"by {dotless(route.split.through.text)}" if route.split.through else ""
    why = route.why or ("" if route.state == OPEN else route.state)
    end = canvas.box(f"split {route.split.to.text}", column, (route.split.to.text, through, why), look)
    canvas.arrow(start, end, "split", look)


def spf_graph(tree: SpfTree) -> Graph:
    """An SPF record and all that it leads to, each record once, with what it costs."""
    canvas = _Canvas()
    drawn = {id(tree): canvas.box(tree.name, 0, _record_lines(tree), _record_look(tree))}
    pending = [(tree, 0)]
    while pending:
        record, column = pending.pop(0)
        for term in record.terms:
            label = f"{term.text.partition(':')[0].partition('=')[0]} {_cost(term)}"
            for below in term.below:
                if id(below) not in drawn:
                    key = below.name
                    drawn[id(below)] = canvas.box(key, column + 1, _record_lines(below), _record_look(below))
                    pending.append((below, column + 1))
                canvas.arrow(record.name, below.name, label, _record_look(below))
            if term.state == LOOP:
                for target in term.targets:
                    canvas.arrow(record.name, target, "a loop", BAD)
    return canvas.graph()


def _record_look(record: SpfTree) -> str:
    if record.status == UNKNOWN:
        return OPEN_END
    return BAD if record.status in MISSING or record.is_unreadable else PLAIN


def _record_lines(record: SpfTree) -> Iterator[str]:
    yield dotless(record.name)
    if record.status == UNKNOWN:
        yield "unknown"
    elif record.spf is None:
        yield MISSING.get(record.status, record.status)
    else:
        yield f"{lookup_range(record.lookups, record.is_open)} lookup{'s' * (record.lookups.max != 1)}"
    free = [term for term in record.terms if term.state == FREE]
    if free:
        yield f"{len(free)} term{'s' * (len(free) > 1)} without lookup"
    yield from (f"{term.text} {_cost(term)}" for term in record.terms if _is_leaf(term))


def _is_leaf(term: TreeTerm) -> bool:
    return not term.below and term.lookups.max > 0 and term.state != LOOP


def _cost(term: TreeTerm) -> str:
    return f"+{lookup_range(term.lookups, is_open(term))}"
