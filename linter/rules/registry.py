"""Which rules there are: what a run needs to know of each from the index, the rule itself only when it has work."""

import os
import sys
from collections.abc import Iterable, Iterator

from linter.source.frozen import Frozen

from .rule import Rule


class Entry(Frozen):
    """What is known of a rule without loading it; `module` is its file's name, `needs` as in Rule."""

    name: str
    family: str
    module: str
    severity: str
    needs: tuple[str, ...]
    summary: str


def entries() -> tuple[Entry, ...]:
    """All rules, in the order of the families and of their catalogue."""
    return _ENTRIES


def _read() -> Iterator[Entry]:
    """The index, which scripts/generate.py writes: one rule a line, its fields parted by tabs."""
    with open(os.path.join(os.path.dirname(__file__), "index.tsv"), encoding="utf-8") as stream:
        for line in stream.read().splitlines():
            name, family, module, severity, needs, summary = line.split("\t")
            yield Entry(name, family, module, severity, tuple(needs.split(",")) if needs else (), summary)


_ENTRIES = tuple(_read())
NAMES = frozenset(entry.name for entry in _ENTRIES)


def load(entry: Entry) -> Rule:
    """The rule itself; its file is imported now."""
    # importlib would do the same and costs a millisecond to load.
    path = f"{__package__}.{entry.family}.{entry.module}"
    __import__(path)
    rule: Rule = sys.modules[path].RULE
    return rule


def rule_named(name: str) -> Rule | None:
    """Load one rule, or None where there is none of that name."""
    return next((load(entry) for entry in _ENTRIES if entry.name == name), None)


def matches(entry: Entry, words: Iterable[str]) -> bool:
    """Whether a rule is meant by one of the words: its name, its family, or a prefix up to a hyphen."""
    return any(word in (entry.name, entry.family) or entry.name.startswith(f"{word.rstrip('-')}-") for word in words)


def means_nothing(word: str) -> bool:
    """Whether a word given to --select or --ignore names no rule at all."""
    return not any(matches(entry, (word,)) for entry in _ENTRIES)
