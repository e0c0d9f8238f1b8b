"""Rules of other packages: found among the installed distributions, loaded, and made known beside ours.

A distribution names them under the entry-point group `mailzone.rules`: a module whose decorated functions count, a
Rule, or an iterable of rules. Nothing is loaded from the folder that is checked.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType

from linter.rules import known
from linter.rules.rule import Rule, declared_in
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern
from linter.source.typed import Any

from .refused import Refused

GROUP = "mailzone.rules"
_MARK = GROUP.encode()
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_FOLDERS = ("site-packages", "dist-packages")
_NAME = Pattern(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_VALUE = Pattern(r"([A-Za-z_][A-Za-z0-9_.]*)(?::([A-Za-z_][A-Za-z0-9_.]*))?")
_LARGEST = 1 << 16
"""Octets that are read of a list of entry points; that of mailzone has 60."""


class Entry(Frozen):
    """One line of a distribution's entry points: the family of the rules, and where they are."""

    family: str
    value: str
    path: str


def load_plugins(folders: Iterable[str] | None = None) -> tuple[Entry, ...]:
    """Find, load and register all rules of other packages; where they are from. Raises Refused for what cannot be used.

    `folders` are where distributions are installed, those of this interpreter unless they are given.
    """
    found = tuple(entries(installed() if folders is None else folders))
    for entry in found:
        plug(entry)
    return found


def installed() -> Iterator[str]:
    """Where this interpreter has its distributions: never the folder that the command runs in."""
    here = _here()
    return (path for path in sys.path if os.path.basename(path) in _FOLDERS and os.path.realpath(path) != here)


def _here() -> str:
    """The working folder, "" where it was deleted."""
    try:
        return os.path.realpath(os.getcwd())
    except OSError:
        return ""


def entries(folders: Iterable[str]) -> Iterator[Entry]:
    """The entries of all distributions, by folder and name.

    Only the files `entry_points.txt` are looked at: importlib.metadata would cost more than all rules together.
    """
    for folder in dict.fromkeys(folders):
        try:
            names = sorted(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue
        for name in names:
            path = f"{folder}{os.sep}{name}{os.sep}entry_points.txt"
            held = _beginning_of(path)
            if _MARK in held:
                yield from _entries(held.decode("utf-8", "replace"), path)


def _beginning_of(path: str) -> bytes:
    """The octets of a small file; nothing where there is none. A stream for each would take three times as long."""
    try:
        handle = os.open(path, _READING)
    except OSError:
        return b""
    try:
        return os.read(handle, _LARGEST)
    except OSError:
        return b""
    finally:
        os.close(handle)


def _entries(text: str, path: str) -> Iterator[Entry]:
    """The lines of our group in one file (an INI file, by the packaging standards)."""
    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line.strip("[] \t")
        elif group == GROUP and line and line[0] not in "#;":
            name, _, value = line.partition("=")
            yield Entry(name.strip(), value.strip(), path)


def plug(entry: Entry) -> tuple[Rule, ...]:
    """Load what one entry names and register its rules. Raises Refused for what cannot be used."""
    from linter.rules import pages  # most runs have no plug-in

    who = f"plug-in `{entry.family}` ({entry.value})"
    if not _NAME.fullmatch(entry.family) or entry.family in known.families():
        raise Refused(f"{who}: a family cannot be called so; expected words with hyphens that no family of ours has")
    rules = tuple(rule._replace(family=entry.family) for rule in loaded(entry.value, who))
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

    here = _here()
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
