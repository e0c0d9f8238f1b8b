"""Rules of another package: loaded, and made known beside ours.

What a distribution names is a module whose decorated functions count, a Rule, or an iterable of rules.
"""

import os
import sys
from types import ModuleType

from linter.rules import known, pages
from linter.rules.rule import Rule, declared_in
from linter.source.pattern import Pattern
from linter.source.repository import working_folder
from linter.source.typed import Any

from .refused import Refused

_NAME = Pattern(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_VALUE = Pattern(r"([A-Za-z_][A-Za-z0-9_.]*)(?::([A-Za-z_][A-Za-z0-9_.]*))?")


def plug(family: str, value: str) -> tuple[Rule, ...]:
    """Load what an entry of a family names and register its rules. Raises Refused for what cannot be used."""
    who = f"plug-in `{family}` ({value})"
    if not _NAME.fullmatch(family) or family in known.families():
        raise Refused(f"{who}: a family cannot be called so; expected words with hyphens that no family of ours has")
    rules = tuple(rule._replace(family=family) for rule in loaded(value, who))
    for rule in rules:
        if not _NAME.fullmatch(rule.name) or rule.name in known.families() or known.is_known(rule.name):
            raise Refused(f"{who}: a rule cannot be called `{rule.name}`; that is taken, or not words with hyphens")
        folder = os.path.dirname(getattr(sys.modules.get(rule.check.__module__), "__file__", None) or "")
        if not os.path.isfile(os.path.join(folder, f"{rule.name}.md")):
            raise Refused(f"{who}: rule `{rule.name}` has no page `{rule.name}.md` beside its module")
        pages.lie_in(folder, [rule.name])
    if len({rule.name for rule in rules}) < len(rules):
        raise Refused(f"{who}: two of its rules have the same name")
    known.plug(rules)
    return rules


def loaded(value: str, who: str) -> tuple[Rule, ...]:
    """The rules that `module` or `module:attribute` means. Raises Refused."""
    found = _VALUE.fullmatch(value)
    if found is None:
        raise Refused(f"{who}: expected `module` or `module:attribute`")
    try:
        held: Any = _imported(found[1])
        for part in (found[2] or "").split(".") if found[2] else ():
            held = getattr(held, part)
        rules = _rules(held)
    except Exception as error:  # code of others: whatever it raises must not end as a fault of ours, nor as "clean"
        raise Refused(f"{who} cannot be loaded: {type(error).__name__}: {error}") from error
    if not rules:
        raise Refused(f"{who} declares no rule")
    return rules


def _imported(name: str) -> ModuleType:
    from importlib import import_module

    here = working_folder()
    kept = list(sys.path)
    sys.path[:] = [path for path in kept if path and os.path.realpath(path) != here]
    try:
        return import_module(name)
    finally:
        sys.path[:] = kept


def _rules(held: Any) -> tuple[Rule, ...]:
    if isinstance(held, ModuleType):
        return declared_in(held.__name__)
    if isinstance(held, Rule):
        return (held,)
    rules = tuple(held)
    if not all(isinstance(rule, Rule) for rule in rules):
        raise TypeError("expected a module, a Rule, or rules")
    return rules
