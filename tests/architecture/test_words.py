"""What people read is in plain words: messages, helps and pages, searched for what has been misread."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

REFUSED = (
    (r"\b[Ii]s no (?!such\b|longer\b)[`{\w]", 'write "is not a": "is no" is read as a misprint'),
    (r"\bwould tell\b", 'name the act: "run `mailzone lock`"'),
    (r"\bmend(?:s|ed|ing)?\b", 'write "fix"'),
    (r"\bhold \w+ against\b", 'write "compare with"'),
    (r"\bserved otherwise\b", 'write "differs from DNS"'),
    (r"\blets? \w+ send\b", 'write "authorises"'),
    (r"(?<!serves-)\b(?:[Nn]obody|[Ss]omebody|[Aa]nybody)\b", 'say who: "no receiver", "you", "anyone"'),
    (r"\b[Ss]tands?\b(?! for)", 'write "is", "comes after" or "occurs"'),
    (r"\boctets?\b", 'write "bytes"'),
    (r"\b[Mm]ostly\b", 'write "usually"'),
    (r"\bwithout a word\b", 'say what is missing: "no error is reported"'),
    (r"\b(?:is|are|was|were) told\b|\btold of\b", 'write "reported"'),
    (r"\bspoken of\b", 'write "reported" or "mentioned"'),
    (r"\bof (?:its|his|their|one's|my|your) own\b(?! organisation)", 'write "separate" or "its own X"'),
    (r"\btakes? no mail\b", 'write "receives no mail"'),
    (r"\bis not known here; expected\b", 'write "unknown key"'),
    (r"\blook-ups?\b", 'write "lookup", as SPF does'),
)
"""Each a pattern, and what to write in its place."""


def shown_strings(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module with blanks inside, f-strings without their values, but no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {
        id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            yield node.lineno, "".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a page."""
    return iter(enumerate(path.read_text("utf-8").splitlines(), 1))


def values(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a YAML file without its comments."""
    return ((line, text) for line, text in prose(path) if not text.lstrip().startswith("#"))


def bad(texts: Iterator[tuple[int, str]], path: Path) -> Iterator[str]:
    for line, text in texts:
        for pattern, reason in REFUSED:
            found = re.search(pattern, text)
            if found and not re.search(r"(?i)\bthere $", text[: found.start()]):
                yield f"{path.relative_to(ROOT)}:{line}: {found[0]!r}: {reason}"


def test_messages_and_helps_are_in_plain_words() -> None:
    files = sorted((ROOT / "linter").rglob("*.py"))

    assert len(files) > 200
    assert [fault for path in files for fault in bad(shown_strings(path), path)] == []


def test_pages_are_in_plain_words() -> None:
    pages = [
        *sorted(ROOT.glob("*.md")),
        *sorted((ROOT / "docs").rglob("*.md")),
        *sorted((ROOT / "examples").rglob("*.md")),
        ROOT / "action.yml",
    ]

    assert len(pages) > 150
    assert [fault for path in pages for fault in bad(prose(path), path)] == []


def test_what_is_said_of_vendors_and_bounces_is_in_plain_words() -> None:
    files = sorted((ROOT / "policies").rglob("*.yaml"))

    assert len(files) > 100
    assert [fault for path in files for fault in bad(values(path), path)] == []


def test_the_patterns_find_what_they_are_for() -> None:
    for text in (
        "`x` is no mechanism", "`a` stands behind `-all`", "mend it", "`mailzone lock` would tell", "Nobody reads it",
        "of somebody", "a record stands at `x`", "512 octets", "mostly a web server", "dropped without a word",
        "two are told once", "it is told of", "a key of its own", "a host takes no mail", "a failed look-up",
    ):  # fmt: skip
        assert list(bad(iter([(1, text)]), ROOT / "x.py")), text
    for text in ("there is no such name", "it is no longer read", "`%` stands for a macro", "intent-spf-serves-nobody"):
        assert not list(bad(iter([(1, text)]), ROOT / "x.py")), text
