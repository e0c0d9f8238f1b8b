"""The baseline: findings that are known and do not count, in a file of one line each that people can read and merge."""

from collections.abc import Callable, Iterable

from linter.finding import Finding
from linter.records.text.fault import quoted
from linter.report.fingerprint import marked
from linter.report.place import where
from linter.report.shown import shown, shown_path
from linter.rules.registry import UNREAD
from linter.source.file import Unreadable, read_source
from linter.source.frozen import Frozen
from linter.source.plain import key_text
from linter.source.scalar_type import implicit_type
from linter.source.text import Span
from linter.source.tree import Mapping, Scalar, located, unalias
from linter.source.yaml_reader import read_yaml

from .refused import Refused

FILE_NAME = ".mailzone-baseline.yaml"
_HEAD = "# Findings that are known and do not count; `mailzone check --prune-baseline` takes out what is fixed."
_DIGITS = frozenset("0123456789abcdef")
_MOST_CHARACTERS = 60
_NONE = "-"
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_MOST_FAULTS = 20


class Split(Frozen):
    """Findings by whether a baseline has them; `used` are the entries that one was found for."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    used: frozenset[str]


class Baseline(Frozen):
    """A baseline as read: what is said of each finding, by its fingerprint, and the comments beside that."""

    path: str
    entries: dict[str, str]
    notes: dict[str, str]

    def split(self, findings: Iterable[Finding]) -> Split:
        """Which of all findings of a run are known. That a file could not be read is always new."""
        new: list[Finding] = []
        known: list[Finding] = []
        used: set[str] = set()
        for finding, mark in marked(findings):
            if mark in self.entries and finding.rule not in UNREAD:
                known.append(finding)
                used.add(mark)
            else:
                new.append(finding)
        return Split(tuple(new), tuple(known), frozenset(used))


def read_baseline(path: str) -> Baseline:
    """Read one. Raises Refused, with the place of each mistake, and Unreadable."""
    source, fault = read_source(path)
    conflict = _conflict(source.text)
    if conflict >= 0:
        way_out = "keep the lines of both sides, without the signs of the conflict"
        raise Refused(_told(Span(source, conflict, conflict), f"a conflict of git is left here; {way_out}"))
    tree = read_yaml(source)
    faults = (fault,) if fault else tuple(each for each in tree.faults if each.kind != "yaml-duplicate-key")
    if faults:
        raise Refused(*(_told(each.span, each.message) for each in faults[:_MOST_FAULTS]))
    root = unalias(tree.root)[0] if tree.root is not None else None
    if root is None or (isinstance(root, Scalar) and not root.text):
        return Baseline(path, {}, {})
    if not isinstance(root, Mapping):
        raise Refused(
            _told(root.span, "this is not a baseline: expected lines such as `FINGERPRINT: RULE PATH NAME TYPE`")
        )
    entries: dict[str, str] = {}
    notes: dict[str, str] = {}
    wrong = []
    for key, value in zip(root.keys, root.values, strict=True):
        mark, said = key_text(key), unalias(value)[0]
        if len(mark) != 16 or not _DIGITS.issuperset(mark):
            wrong.append(_told(located(key), f"{quoted(mark, 40)} is not a fingerprint: expected 16 hex digits"))
        elif not isinstance(said, Scalar):
            wrong.append(_told(located(value), "expected `RULE PATH NAME TYPE`"))
        else:
            entries[mark] = said.text
            beside = source.text[said.end :].partition("\n")[0].strip()
            notes[mark] = f"  {beside}" if beside.startswith("#") else ""
    if wrong:
        more = [f"and {len(wrong) - _MOST_FAULTS} more mistakes"] if len(wrong) > _MOST_FAULTS else []
        raise Refused(*wrong[:_MOST_FAULTS], *more)
    return Baseline(path, entries, notes)


def _conflict(text: str) -> int:
    """Where a line begins with the sign of a conflict; -1 without one."""
    if not any(sign in text for sign in _CONFLICT):
        return -1
    place = 0
    for line in text.splitlines(keepends=True):
        if line.startswith(_CONFLICT):
            return place
        place += len(line)
    return -1


def _told(span: Span, message: str) -> str:
    return f"{where(span)}: {message}"


def baseline_of(path: str, findings: Iterable[Finding]) -> Baseline:
    """The baseline that has all findings of a run; but that a file could not be read is always new."""
    held = ((finding, mark) for finding, mark in marked(findings) if finding.rule not in UNREAD)
    return Baseline(path, {mark: finding.rule for finding, mark in held}, {})


def baseline_text(
    findings: Iterable[Finding],
    relative: Callable[[str], str],
    kept: dict[str, str] | None = None,
    only: frozenset[str] | None = None,
) -> str:
    """The text of a baseline of all findings of a run, or of `only` some, and of the lines of entries that are `kept`.

    Sorted by what changes least, so that two branches seldom touch the same place.
    """
    held = ((finding, mark) for finding, mark in marked(findings) if finding.rule not in UNREAD)
    lines = dict(kept or {}) | {
        mark: _entry(finding, relative) for finding, mark in held if only is None or mark in only
    }
    return "".join(f"{line}\n" for line in (_HEAD, *(f"{_key(mark)}: {lines[mark]}" for mark in sorted(lines))))


def _key(mark: str) -> str:
    return mark if implicit_type(mark) == "str" else f'"{mark}"'


def _entry(finding: Finding, relative: Callable[[str], str]) -> str:
    owner = finding.name or finding.zone or _NONE
    said = f"{finding.rule} {relative(finding.span.source.path)} {owner} {finding.type or _NONE}"
    words = " ".join(finding.span.text[: 4 * _MOST_CHARACTERS].split())
    words = shown(words if len(words) <= _MOST_CHARACTERS else f"{words[:_MOST_CHARACTERS]}…")
    return f"{_quoted(said)}  # {words}" if words else _quoted(said)


def _quoted(said: str) -> str:
    """A text as a YAML scalar in one line."""
    plain = shown(said)
    is_odd = (
        not plain.isascii() or any(sign in plain for sign in (": ", " #", "\\", '"')) or plain[-1:] in ("", " ", ":")
    )
    if plain[:1].isalpha() and not is_odd:
        return plain
    escaped = plain.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def entries_left(baseline: Baseline, used: frozenset[str], is_judged: Callable[[str], bool]) -> dict[str, str]:
    """The lines of entries that no finding was found for and that stay, for the file of each was not judged."""
    left = ((mark, said) for mark, said in baseline.entries.items() if mark not in used)
    stay = ((mark, said) for mark, said in left if not is_judged(" ".join(said.split(" ")[1:-2])))
    return {mark: f"{_quoted(said)}{baseline.notes[mark]}" for mark, said in stay}


def require(path: str, asked_by: str) -> Baseline:
    """Read a baseline that has to be there, asked for by an option or a configuration. Raises Refused."""
    try:
        return read_baseline(path)
    except Unreadable as error:
        way_out = "`mailzone check --create-baseline` writes one"
        raise Refused(f"{asked_by}: cannot read {shown_path(path)}: {error.reason}; {way_out}") from error
