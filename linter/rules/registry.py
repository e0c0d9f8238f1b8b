"""Which rules there are: names and severities from the index, the rules themselves family by family."""

from collections.abc import Iterable
from importlib import import_module
from typing import NamedTuple

from .index import ENTRIES
from .rule import Rule


class Entry(NamedTuple):
    """What is known of a rule without loading it."""

    name: str
    family: str
    severity: str
    summary: str


def entries() -> tuple[Entry, ...]:
    """All rules, in the order of the families and of their names within them."""
    return tuple(Entry(*entry) for entry in ENTRIES)


def family_rules(family: str) -> tuple[Rule, ...]:
    """Load the rules of one family."""
    rules: tuple[Rule, ...] = import_module(f"linter.rules.{family}").RULES
    return rules


def rule_named(name: str) -> Rule | None:
    """Load one rule, or None where there is none of that name."""
    for entry in entries():
        if entry.name == name:
            return next(rule for rule in family_rules(entry.family) if rule.name == name)
    return None


def matches(entry: Entry, words: Iterable[str]) -> bool:
    """Whether a rule is meant by one of the words: its name, its family, or a prefix up to a hyphen."""
    return any(word in (entry.name, entry.family) or entry.name.startswith(f"{word.rstrip('-')}-") for word in words)


def means_nothing(word: str) -> bool:
    """Whether a word given to --select or --ignore names no rule at all."""
    return not any(matches(entry, (word,)) for entry in entries())
