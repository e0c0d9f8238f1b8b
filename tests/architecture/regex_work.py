"""How much work a backtracking engine has with a pattern, in steps and not in time, and texts that make it most.

The engine here does what `re` does, step by step, from the structure that `re` itself parses. `re` skips some of these
steps and never takes others, so a count bounds its work, and is the same on every machine, however busy it is.
"""

import re
import re._constants as op  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

SCAN, MATCH, FULLMATCH = "scan", "match", "fullmatch"
"""How a pattern is used: from every place of a text, from its beginning, or for all of it."""
_ALPHABET = [*map(chr, range(9, 14)), *map(chr, range(32, 127)), "\x00", "\x1b", "é", "\u2028", "\ufeff"]
_MANY = 8
"""Repetitions from which on a repetition counts as one."""
_SHORT, _LONG, _STEEPEST = 24, 192, 6
"""Repetitions of a short and of a long text, and of how many texts, those with the most work, a long one is tried."""
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
Accepts = Callable[[str], bool]
Items = Sequence[tuple[Any, Any]]
Marks = tuple[tuple[object, int], ...]
"""Where groups begin ("(", number) and end (")", number), and repetitions (their place in the program)."""
Groups = dict[int, str]
"""What groups hold in an example, by number."""


class TooMuch(Exception):
    """The engine took more steps than it may."""


class Work(NamedTuple):
    """The text that grows worst: its steps at a length, and at eight times that (or where counting was given up)."""

    before: str
    pump: str
    after: str
    short: int
    long: int

    @property
    def growth(self) -> float:
        return self.long / self.short


class Engine:
    """One pattern made ready; `steps` counts."""

    def __init__(self, pattern: str | bytes, flags: int = 0) -> None:
        text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
        self.items = parser.parse(text, flags)
        self.flags = self.items.state.flags | (re.ASCII if isinstance(pattern, bytes) else 0)
        self.steps = 0
        self.limit = 1 << 60
        self._any = self._program(self.items, [("match",)])
        self._all = self._program(self.items, [("at", op.AT_END_STRING, 0), ("match",)])

    def span(self, text: str, how: str, limit: int = 1 << 60) -> tuple[int, int] | None:
        """What the pattern finds first. Raises TooMuch beyond `limit` steps."""
        self.steps, self.limit = 0, limit
        for start in range(len(text) + 1 if how == SCAN else 1):
            end, _ = self._run(self._all if how == FULLMATCH else self._any, text, start)
            if end >= 0:
                return start, end
        return None

    def work(self, text: str, how: str, limit: int = 1 << 60) -> int:
        """Steps on a text, `limit` where there are more; whoever scans goes on behind what was found."""
        self.steps, self.limit = 0, limit
        start = 0
        try:
            while start <= len(text):
                end, _ = self._run(self._all if how == FULLMATCH else self._any, text, start)
                start = max(end, start + 1)
                if how != SCAN:
                    break
        except TooMuch:
            return limit
        return self.steps

    def _run(self, program: list[tuple[Any, ...]], text: str, start: int, known: Marks = ()) -> tuple[int, Marks]:
        """Where a program ends, -1 for nowhere, and what it has marked by then."""
        left: list[tuple[int, int, Marks]] = [(0, start, known)]
        while left:
            at, place, marks = left.pop()
            while True:
                self.steps += 1
                if self.steps > self.limit:
                    raise TooMuch
                what, *rest = program[at]
                at += 1
                if what == "match":
                    return place, marks
                if what == "one":
                    if place < len(text) and rest[0](text[place]):
                        place += 1
                        continue
                    break
                if what == "split":
                    left.append((rest[1], place, marks))
                    at = rest[0]
                elif what == "jump":
                    at = rest[0]
                elif what == "mark":
                    marks = (*(each for each in marks if each[0] != rest[0]), (rest[0], place))
                elif what == "again":
                    word = _marked(marks, rest[0], text)
                    if word is None or not text.startswith(word, place):
                        break
                    self.steps += len(word)
                    place += len(word)
                elif what == "if":
                    at = at if _marked(marks, rest[0], text) is not None else rest[1]
                elif what == "moved":
                    if (rest[0], place) in marks:
                        break
                elif what == "at":
                    if not _holds(rest[0], rest[1], text, place):
                        break
                elif what == "look":
                    body, width, is_wanted = rest
                    end, seen = self._run(body, text, place - width, marks) if place >= width else (-1, ())
                    if (end >= 0) is not is_wanted:
                        break
                    marks = seen if is_wanted else marks
                else:
                    place, marks = self._run(rest[0], text, place, marks)
                    if place < 0:
                        break
        return -1, ()

    def _program(self, items: Items, end: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        out: list[tuple[Any, ...]] = []
        self._add(items, self.flags, out)
        return [*out, *end]

    def _add(self, items: Items, flags: int, out: list[tuple[Any, ...]]) -> None:
        for kind, held in items:
            if kind in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY):
                out.append(("one", accepts(kind, held, flags)))
            elif kind is op.SUBPATTERN:
                out += [("mark", ("(", held[0]))] if held[0] else []
                self._add(held[3], (flags | held[1]) & ~held[2], out)
                out += [("mark", (")", held[0]))] if held[0] else []
            elif kind is op.GROUPREF:
                out.append(("again", held))
            elif kind is op.GROUPREF_EXISTS:
                self._add_condition(held, flags, out)
            elif kind is op.AT:
                out.append(("at", held, flags))
            elif kind in (op.ASSERT, op.ASSERT_NOT):
                width = held[1].getwidth()[0] if held[0] < 0 else 0
                out.append(("look", self._body(held[1], flags), width, kind is op.ASSERT))
            elif kind is op.BRANCH:
                self._add_branch(held[1], flags, out)
            elif kind is op.ATOMIC_GROUP:
                out.append(("atomic", self._body(held, flags)))
            elif kind is op.POSSESSIVE_REPEAT:
                out.append(("atomic", self._body([(op.MAX_REPEAT, held)], flags)))
            elif kind in _REPEATS:
                self._add_repeat(held, flags, out, kind is op.MAX_REPEAT)
            else:
                raise NotImplementedError(f"{kind}: teach the engine of this test about it")

    def _body(self, items: Items, flags: int) -> list[tuple[Any, ...]]:
        out: list[tuple[Any, ...]] = []
        self._add(items, flags, out)
        return [*out, ("match",)]

    def _add_branch(self, ways: Sequence[Items], flags: int, out: list[tuple[Any, ...]]) -> None:
        jumps = []
        for way in ways[:-1]:
            split = len(out)
            out.append(())
            self._add(way, flags, out)
            jumps.append(len(out))
            out.append(())
            out[split] = ("split", split + 1, len(out))
        self._add(ways[-1], flags, out)
        for jump in jumps:
            out[jump] = ("jump", len(out))

    def _add_condition(self, held: Any, flags: int, out: list[tuple[Any, ...]]) -> None:
        group, then, other = held
        condition = len(out)
        out.append(())
        self._add(then, flags, out)
        jump = len(out)
        out.append(())
        out[condition] = ("if", group, len(out))
        self._add(other or (), flags, out)
        out[jump] = ("jump", len(out))

    def _add_repeat(self, held: Any, flags: int, out: list[tuple[Any, ...]], is_greedy: bool) -> None:
        least, most, body = held
        for _ in range(least):
            self._add(body, flags, out)
        splits = []
        for _ in range(1 if most is op.MAXREPEAT else most - least):
            splits.append(len(out))
            out.append(())
            may_be_empty = most is op.MAXREPEAT and body.getwidth()[0] == 0
            mark = splits[-1]
            out += [("mark", mark)] if may_be_empty else []
            self._add(body, flags, out)
            out += [("moved", mark)] if may_be_empty else []
            out += [("jump", mark)] if most is op.MAXREPEAT else []
        for split in splits:
            out[split] = ("split", split + 1, len(out)) if is_greedy else ("split", len(out), split + 1)


def _marked(marks: Marks, group: int, text: str) -> str | None:
    """What a group holds, None where it has no part in what was found so far."""
    places = dict(marks)
    end = places.get((")", group))
    return None if end is None else text[places["(", group] : end]


def _holds(what: Any, flags: int, text: str, place: int) -> bool:
    if what is op.AT_BEGINNING_STRING or (what is op.AT_BEGINNING and not flags & re.MULTILINE):
        return place == 0
    if what is op.AT_BEGINNING:
        return place == 0 or text[place - 1] == "\n"
    if what is op.AT_END_STRING:
        return place == len(text)
    if what is op.AT_END:
        is_line = text[place : place + 1] == "\n" and (bool(flags & re.MULTILINE) or place == len(text) - 1)
        return place == len(text) or is_line
    is_word = [
        bool(re.match(r"\w", each, flags & re.ASCII))
        for each in (text[max(place - 1, 0) : place], text[place : place + 1])
    ]
    return (is_word[0] != is_word[1]) is (what is op.AT_BOUNDARY)


def accepts(kind: Any, held: Any, flags: int) -> Accepts:
    """Whether one character fits a part of a pattern that is one character wide."""

    @cache
    def fits(character: str) -> bool:
        if not flags & re.IGNORECASE:
            return _fits(kind, held, flags, character)
        forms = {character, character.lower(), character.upper()}
        is_negated = kind is op.NOT_LITERAL or (kind is op.IN and held[0][0] is op.NEGATE)
        return (all if is_negated else any)(_fits(kind, held, flags, each) for each in forms)

    return fits


def _fits(kind: Any, held: Any, flags: int, character: str) -> bool:
    if len(character) != 1:
        return False
    code = ord(character)
    if kind is op.ANY:
        return character != "\n" or bool(flags & re.DOTALL)
    if kind in (op.LITERAL, op.NOT_LITERAL):
        return (code == held) is (kind is op.LITERAL)
    if kind is op.RANGE:
        return bool(held[0] <= code <= held[1])
    if kind is op.CATEGORY:
        letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[str(held).rpartition("_")[2]]
        negated = letter.upper() if "_NOT_" in str(held) else letter
        return re.match(f"\\{negated}", character, flags & re.ASCII) is not None
    is_negated = held[0][0] is op.NEGATE
    return any(_fits(item, value, flags, character) for item, value in held[is_negated:]) is not is_negated


class _Spot(NamedTuple):
    """A repetition, an example of what leads to it, and of what it repeats."""

    before: str
    body: Items
    flags: int
    groups: Groups


def _example(items: Items, flags: int, groups: Groups) -> str:
    """A short text that fits, as far as looking around has no part in it; takes up what its groups hold."""
    text = ""
    for kind, held in items:
        if kind in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY):
            fits = accepts(kind, held, flags)
            letters = [chr(held)] if kind is op.LITERAL else _ALPHABET[5:] + _ALPHABET[:5]
            text += next((each for each in letters if fits(each)), "")
        elif kind is op.SUBPATTERN:
            inner = _example(held[3], (flags | held[1]) & ~held[2], groups)
            groups |= {held[0]: inner} if held[0] else {}
            text += inner
        elif kind is op.GROUPREF:
            text += groups.get(held, "")
        elif kind is op.GROUPREF_EXISTS:
            text += _example(held[1] if held[0] in groups else held[2] or (), flags, groups)
        elif kind is op.BRANCH:
            text += _example(held[1][0], flags, groups)
        elif kind is op.ATOMIC_GROUP or (kind is op.ASSERT and held[0] < 0):
            text += _example(held if kind is op.ATOMIC_GROUP else held[1], flags, groups)
        elif kind in _REPEATS:
            text += _example(held[2], flags, groups) * max(1, held[0])
    return text


def _spots(items: Items, flags: int, before: str = "", known: Groups | None = None) -> Iterator[_Spot]:
    groups = dict(known or {})
    for kind, held in items:
        if kind in _REPEATS and held[1] >= _MANY:
            yield _Spot(before, held[2], flags, dict(groups))
        for body, inner in _bodies(kind, held, flags):
            yield from _spots(body, inner, before, groups)
        before += _example([(kind, held)], flags, groups)


def _bodies(kind: Any, held: Any, flags: int) -> Iterator[tuple[Items, int]]:
    """The parts that a part of a pattern is made of, with the flags that count there."""
    if kind in _REPEATS:
        yield held[2], flags
    elif kind is op.SUBPATTERN:
        yield held[3], (flags | held[1]) & ~held[2]
    elif kind is op.BRANCH:
        yield from ((way, flags) for way in held[1])
    elif kind in (op.ASSERT, op.ASSERT_NOT):
        yield held[1], flags
    elif kind is op.ATOMIC_GROUP:
        yield held, flags
    elif kind is op.GROUPREF_EXISTS:
        yield from ((way, flags) for way in held[1:] if way is not None)


def _characters(items: Items, flags: int) -> Iterator[Accepts]:
    """Every part of a pattern that is one character wide."""
    for kind, held in items:
        if kind in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY):
            yield accepts(kind, held, flags)
        for body, inner in _bodies(kind, held, flags):
            yield from _characters(body, inner)


def _ways(items: Items, flags: int, groups: Groups) -> Iterator[str]:
    """Examples of each way through the alternatives that a body begins with."""
    if len(items) == 1 and items[0][0] is op.SUBPATTERN:
        held = items[0][1]
        yield from _ways(held[3], (flags | held[1]) & ~held[2], groups)
    elif len(items) == 1 and items[0][0] is op.BRANCH:
        for way in items[0][1][1]:
            yield from _ways(way, flags, groups)
    else:
        yield _example(items, flags, dict(groups))


def _words(spot: _Spot) -> Iterator[str]:
    """What is repeated, what leads to it, and both: a comment that is opened again and again."""
    yield spot.before
    for way in _ways(spot.body, spot.flags, spot.groups):
        yield from (way, spot.before + way)


def texts(engine: Engine) -> Iterator[tuple[str, str, str]]:
    """(before, what is repeated, after): for every repetition what it takes, alone and as its neighbours take it too.

    Characters that no part of the pattern tells apart are one: of those that two repetitions take one is among them.
    """
    parts = list(_characters(engine.items, engine.flags))
    alike: dict[tuple[bool, ...], str] = {}
    for each in _ALPHABET[5:] + _ALPHABET[:5]:
        alike.setdefault(tuple(part(each) for part in parts), each)
    spots = list(_spots(engine.items, engine.flags))
    befores = dict.fromkeys(["", *(spot.before for spot in spots)])
    pumps = dict.fromkeys(word for spot in spots for word in _words(spot))
    pumps.update(dict.fromkeys(alike.values()))
    for before in befores:
        for pump in filter(None, pumps):
            for after in ("", *islice(alike.values(), 4)):
                yield before, pump, after


def worst(pattern: str | bytes, flags: int, how: str, bound: int) -> Work | None:
    """The text whose steps grow most from a length to eight times that; None where nothing repeats.

    Counting ends at `bound` times the steps of the short text.
    """
    engine = Engine(pattern, flags)
    if not list(_spots(engine.items, engine.flags)):
        return None
    tried = []
    for before, pump, after in texts(engine):
        steps = engine.work(before + pump * _SHORT + after, how, 5_000)
        tried.append((steps / len(pump), steps, (before, pump, after)))
    found = []
    for _, steps, (before, pump, after) in sorted(tried, reverse=True)[:_STEEPEST]:
        found.append(Work(before, pump, after, steps, engine.work(before + pump * _LONG + after, how, steps * bound)))
    return max(found, key=lambda work: work.growth)
