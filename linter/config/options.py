"""A rule's options as configured, judged against the NamedTuple that the rule declares for them."""

from collections.abc import Mapping as MappingOf

from linter.records.text.fault import did_you_mean, quoted
from linter.rules.registry import rule_named
from linter.source.plain import entry_of
from linter.source.text import SourceFault
from linter.source.tree import Mapping, Node, located, unalias
from linter.source.typed import Any

from .settings import Choice

_KINDS = {int: "a whole number", str: "text", bool: "`true` or `false`", float: "a number"}


def option_faults(root: Mapping, rules: MappingOf[str, Choice]) -> tuple[SourceFault, ...]:
    """Options that a rule does not have, or that are of another kind than its own default."""
    faults = []
    for name, choice in rules.items():
        if choice.options:
            rule = rule_named(name)
            known: dict[str, Any] = rule.options._field_defaults if rule and rule.options else {}
            written = _node(root, "rules", name, "options")
            for option, value in choice.options.items():
                faults += _option_faults(name, option, value, (known, written))
    return tuple(faults)


def _option_faults(
    rule: str, option: str, value: object, place: tuple[dict[str, Any], Node | None]
) -> list[SourceFault]:
    known, written = place
    mapping = unalias(written)[0] if written is not None else None
    entry = entry_of(mapping, option) if isinstance(mapping, Mapping) else None
    if entry is None:
        return []
    names = [name.replace("_", "-") for name in known]
    default = known.get(option.replace("-", "_"))
    if option not in names:
        expected = f"expected one of {', '.join(f'`{name}`' for name in names)}" if names else "it has none"
        message = f"{quoted(option)} is not an option of `{rule}`; {expected}{did_you_mean(option, names)}"
        return [SourceFault(located(entry[0]), "config", message)]
    if type(value) is not type(default) and not (type(default) is float and type(value) is int):
        message = f"`{option}` of `{rule}` must be {_KINDS[type(default)]}"
        return [SourceFault(located(entry[1]), "config", message)]
    return []


def _node(root: Node, *path: str) -> Node | None:
    node: Node | None = root
    for step in path:
        plain = unalias(node)[0] if node is not None else None
        entry = entry_of(plain, step) if isinstance(plain, Mapping) else None
        node = entry[1] if entry else None
    return node
