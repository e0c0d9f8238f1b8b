"""`# mailzone: ignore[rule, …] reason until=2027-01-31`: such comments read, and what is wrong with them."""

from collections.abc import Iterator
from functools import cache

from linter.records.text.fault import nearest, quoted
from linter.rules.known import all_names, families
from linter.rules.registry import UNREAD, all_rules
from linter.rules.rule import Rule
from linter.source.comments import Beside, Comment
from linter.source.days import is_day
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern
from linter.source.text import SourceFault, Span

UNUSED, WITHOUT_REASON = "unused-ignore", "ignore-without-reason"
SIGN = Pattern(r"#[ \t]*[Mm]ailzone:")
_FORM = Pattern(r"#[ \t]*([Mm]ailzone:)[ \t]*([^ \t\[\]#]*)[ \t]*(\[?)")
_WORDS = ("ignore", "file-ignore")
_UNTIL = Pattern(r"(?:^|(?<=[ \t]))until=([^ \t]*)")
_SHAPE = "write `# mailzone: ignore[rule] reason`"
MOST_FAULTS = 200
"""Of one file."""


class Ignore(Frozen):
    """A comment in force; `words` are those in its brackets, each with its place and the rules it means by name."""

    comment: Comment
    span: Span
    words: tuple[tuple[Span, frozenset[str]], ...]
    reason: str
    is_of_file: bool


class Comments:
    """The comments of one file: those in force on a day, and what is wrong with these and others.

    `others` are rules of other people.
    """

    def __init__(self, layout: Beside, day: str, others: tuple[Rule, ...] = ()) -> None:
        self.layout = layout
        self.ignores: list[Ignore] = []
        self.faults: list[SourceFault] = []
        self._day = day
        self._others = others
        first = layout.scalars[0][0] if layout.scalars else len(layout.source.text)
        last = -1
        for comment in layout.comments(SIGN):
            if comment.line == last:
                self._fault(comment, 0, 0, "a second `mailzone:` in one line", "name all rules in one pair of brackets")
            else:
                self._read(comment, first)
            last = comment.line

    def _fault(self, comment: Comment, start: int, end: int, message: str, help: str = "") -> None:
        """Note what is wrong, at a part of the comment; at all of it where that is empty."""
        if len(self.faults) < MOST_FAULTS:
            start, end = (start, end) if start < end else (comment.start, comment.end)
            self.faults.append(SourceFault(Span(self.layout.source, start, end), UNUSED, message, help))

    def _read(self, comment: Comment, first: int) -> None:
        text = self.layout.source.text
        form = _FORM.match(text, comment.start, comment.end)
        assert form is not None
        word, bracket = form[2], form[3]
        if word not in _WORDS:
            meant = nearest(word.lower(), _WORDS)
            if meant or bracket:
                near = f"; did you mean `{meant}`?" if meant else ""
                told = f"unknown word {quoted(word, 40)}; expected `ignore` or `file-ignore`{near}"
                self._fault(comment, form.start(2), form.end(2), told, _SHAPE)
            return
        close = text.find("]", form.end(), comment.end)
        if not bracket or close < 0:
            why = "names no rule" if not bracket else "has no closing bracket"
            self._fault(comment, 0, 0, f"`{word}` {why}, so nothing is ignored", _SHAPE)
            return
        if form[1] != "mailzone:":
            self._fault(comment, *form.span(1), "`mailzone:` is written in lower case", _SHAPE)
            return
        reason, until = self._reason(comment, close + 1)
        words = tuple(self._words(comment, form.end(), close))
        is_of_file = word == "file-ignore"
        if is_of_file and not (comment.is_alone and comment.start < first):
            way_out = "move it above the first line that is not a comment"
            self._fault(comment, 0, 0, "`file-ignore` is not in the first comment of the file", way_out)
        elif until is not None and until < self._day:
            way_out = "delete the comment, or give it another day"
            self._fault(comment, 0, 0, f"this has ended with `{until}`, and ignores nothing any more", way_out)
        elif words and until is not None:
            span = Span(self.layout.source, comment.start, comment.end)
            self.ignores.append(Ignore(comment, span, words, reason, is_of_file))

    def _words(self, comment: Comment, start: int, end: int) -> Iterator[tuple[Span, frozenset[str]]]:
        """The words in brackets, each once, that mean rules."""
        source = self.layout.source
        seen = set()
        for part in source.text[start:end].split(","):
            word = part.strip()
            place = start + len(part) - len(part.lstrip())
            start += len(part) + 1
            if not word or word in seen:
                continue
            seen.add(word)
            meant = rules_meant(word, self._others)
            if meant - UNREAD:
                yield Span(source, place, place + len(word)), meant
            elif meant:
                told = f"{quoted(word)} cannot be ignored: what was not read is not known to be right"
                self._fault(comment, place, place + len(word), told)
            elif len(self.faults) < MOST_FAULTS:
                near = nearest(word, (*all_names(), *families()))
                told = f"; did you mean {quoted(near)}?" if near else "; `mailzone rules` lists them"
                self._fault(comment, place, place + len(word), f"{quoted(word, 80)} is not a rule nor a family{told}")
        if not seen:
            self._fault(comment, 0, 0, "the brackets name no rule, so nothing is ignored", _SHAPE)

    def _reason(self, comment: Comment, start: int) -> tuple[str, str | None]:
        """The reason without the day, and the last day: one after all others without, None where it is none."""
        text = self.layout.source.text[start : comment.end]
        text, _, _ = text.partition(" # ")
        found = list(_UNTIL.finditer(text))
        reason = " ".join(_UNTIL.sub("", text).split())
        if not found:
            return reason, "9999-12-31"
        first, *more = found
        if more or not is_day(first[1]):
            what = "a second `until=`" if more else f"{quoted(first[1], 40)} is not a day"
            place = more[0] if more else first
            self._fault(comment, start + place.start(), start + place.end(), what, "write it as `until=2027-01-31`")
            return reason, None
        return reason, first[1]


def rules_meant(word: str, others: tuple[Rule, ...] = ()) -> frozenset[str]:
    """The names of the rules that a word means: a name, a former name, a family, a prefix up to a hyphen."""
    return _meanings(others).get(word.rstrip("-"), frozenset())


@cache
def _meanings(others: tuple[Rule, ...]) -> dict[str, frozenset[str]]:
    """All words that mean rules, as `--select` takes them."""
    found: dict[str, set[str]] = {}
    for rule in (*all_rules(), *others):
        parts = rule.name.split("-")
        words = ("-".join(parts[:count]) for count in range(1, len(parts) + 1))
        for word in (*words, *rule.aliases, rule.family):
            found.setdefault(word, set()).add(rule.name)
    return {word: frozenset(names) for word, names in found.items()}


def whole_comment(ignore: Ignore) -> Span:
    """What goes with a comment: its line where that has nothing else, else the blanks before it.

    Another comment behind it, after a ` # `, stays.
    """
    source, start, end = ignore.span.source, ignore.span.start, ignore.span.end
    text = source.text
    other = text.find(" # ", start, end)
    if other >= 0:
        return Span(source, start, other + 1)
    while text[start - 1 : start] in (" ", "\t"):
        start -= 1
    if not start or text[start - 1] in "\r\n":
        end += 2 if text.startswith("\r\n", end) else text[end : end + 1] in ("\n", "\r")
    return Span(source, start, end)


def with_comma(word: Span) -> Span:
    """What goes with a word of several in brackets: the comma after it and the blanks, else those before it."""
    text, start, end = word.source.text, word.start, word.end
    stop = text.find(",", end, text.find("]", end))
    if stop >= 0 and not text[end:stop].strip():
        end = stop + 1
        while text[end : end + 1] in (" ", "\t"):
            end += 1
        return Span(word.source, start, end)
    while text[start - 1 : start] in (" ", "\t", ","):
        start -= 1
    return Span(word.source, start, end)
