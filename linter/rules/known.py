"""What is known of rules without loading them: which there are, what they are called, and what a list tells of them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from linter.source.typed import TYPE_CHECKING

from .rule import ERROR, INFO, OFF, WARNING, Rule

if TYPE_CHECKING:
    from linter.finding import Complaint

    from .listing import Listed

SEVERITY_WORDS = (ERROR, WARNING, INFO, OFF)
"""What may be said of a rule, the gravest first."""
_PLUGGED: list[Rule] = []


def plug(rules: Iterable[Rule]) -> None:
    """Take in rules of other people, which have their family; they are known by all that ours are known by."""
    _PLUGGED.extend(rules)


def plugged() -> tuple[Rule, ...]:
    """The rules of other people that were taken in."""
    return tuple(_PLUGGED)


def families() -> tuple[str, ...]:
    """What rules may be known by beside their names."""
    return (*_rows(), *dict.fromkeys(rule.family for rule in _PLUGGED))


def listed() -> tuple[Rule, ...]:
    """All rules in the order of the modules, those of other people last; of ours no more than a list of them tells."""
    return (*_own(), *_PLUGGED)


def listed_as(name: str) -> Rule | None:
    """The rule of a name as it is listed, also of one that it had before; None where there is none."""
    return next((rule for rule in listed() if is_named(rule, name)), None)


def options_of(rule: Rule) -> Mapping[str, object]:
    """A rule's options with their defaults, as a configuration spells them."""
    if rule.options is not None:
        return {name.replace("_", "-"): value for name, value in rule.options._field_defaults.items()}
    row = _row(rule)
    return row[4] if row is not None else {}


def summary_of(rule: Rule) -> str:
    """The fault in one sentence."""
    row = _row(rule)
    if row is not None:
        return row[5]
    from .pages import summary  # of other people's rules, which no list tells of

    return summary(rule.name)


def _rows() -> "Mapping[str, tuple[Listed, ...]]":
    """What is told of our own rules, by their families."""
    from .listing import RULES  # a check has no use for it

    return RULES


def _row(rule: Rule) -> "Listed | None":
    return next((row for row in _rows().get(rule.family, ()) if row[0] == rule.name), None)


@cache
def _own() -> tuple[Rule, ...]:
    rows = ((family, row) for family, rows in _rows().items() for row in rows)
    return tuple(
        Rule(name, severity, _unloaded, reference, (), None, aliases, family)
        for family, (name, severity, reference, aliases, _, _) in rows
    )


def _unloaded(_: object) -> "Iterator[Complaint]":
    raise NotImplementedError


def names() -> frozenset[str]:
    """The names of all rules, without those that they had before."""
    return frozenset(rule.name for rule in listed())


def all_names() -> tuple[str, ...]:
    """The names of all rules in their order, then those that they had before."""
    return (*(rule.name for rule in listed()), *former_names())


def is_known(name: str) -> bool:
    """Whether a rule has this name, or had it before."""
    return any(is_named(rule, name) for rule in listed())


def former_names() -> dict[str, str]:
    """The names that rules had before, with those that they have now."""
    return {alias: rule.name for rule in listed() for alias in rule.aliases}


def is_named(rule: Rule, name: str) -> bool:
    """Whether a rule has a name, or had it before."""
    return name == rule.name or name in rule.aliases


def matches(rule: Rule, words: Iterable[str]) -> bool:
    """Whether a rule is meant by one of the words: its name, its family, or a prefix up to a hyphen."""
    return any(
        word == rule.family or is_named(rule, word) or rule.name.startswith(f"{word.rstrip('-')}-") for word in words
    )


def means_nothing(word: str) -> bool:
    """Whether a word given to --select or --ignore names no rule at all."""
    prefix = f"{word.rstrip('-')}-"
    return not (word in families() or any(name.startswith(prefix) for name in names()) or is_known(word))
