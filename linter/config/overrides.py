"""What a configuration says of some files and names only, and what it says in the place of options."""

import os
from collections.abc import Callable, Iterator, Mapping

from linter.finding import Finding
from linter.records.text.fault import nearest, quoted
from linter.records.text.name import to_ascii
from linter.rules.known import SEVERITY_WORDS, all_names, families, is_known, means_nothing
from linter.source.days import is_day
from linter.source.frozen import Frozen
from linter.source.plain import PlainValue, node_at
from linter.source.repository import lies_in, repository_root
from linter.source.text import SourceFault, Span
from linter.source.tree import Mapping as MappingNode
from linter.source.tree import located
from linter.source.typed import Any

from .globs import glob_faults, is_matched

FAIL_ON = ("error", "warning", "info", "never")
OVERRIDE_KEYS = frozenset({"paths", "names", "rules", "reason", "until"})


class Override(Frozen):
    """Severities of rules, by name or family, for the files and the names that globs mean; both where both are given.

    `paths` are relative to the folder of the configuration. `until` is the last day on which it holds, "" without one;
    `span` is where that is said, else where the entry is.
    """

    paths: tuple[str, ...]
    names: tuple[str, ...]
    rules: Mapping[str, str]
    reason: str
    until: str
    span: Span

    def fits(self, finding: Finding, folder: str) -> bool:
        """Whether a finding is one of those that it speaks of, for a configuration in a folder."""
        if self.paths:
            parts = os.path.relpath(finding.span.source.path, folder or ".").split(os.sep)
            if parts[0] == os.pardir or not any(is_matched(parts, glob) for glob in self.paths):
                return False
        if not self.names:
            return True
        from fnmatch import fnmatchcase

        name = (finding.name or finding.zone).rstrip(".").lower()
        return bool(name) and any(fnmatchcase(name, glob) for glob in self.names)

    def severity(self, words: tuple[str, ...]) -> str:
        """What it says of a rule that goes by these words, its names and its family; "" for nothing."""
        return next((self.rules[word] for word in words if word in self.rules), "")


class Defaults(Frozen):
    """What a configuration says in the place of options; "" and () where it says nothing.

    `answers` and `baseline` are paths from the working folder on.
    """

    fail_on: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    baseline: str = ""


def read_overrides(root: MappingNode, document: dict[str, PlainValue]) -> tuple[Override, ...]:
    """The overrides of a document that fits its schema."""
    listed = document.get("overrides")
    return tuple(
        _override(root, number, held) for number, held in enumerate(listed if isinstance(listed, list) else [])
    )


def _override(root: MappingNode, number: int, held: PlainValue) -> Override:
    assert isinstance(held, dict)
    rules = held["rules"]
    until = str(held.get("until", ""))
    place = ("overrides", number, "until") if until else ("overrides", number)
    return Override(
        texts(held.get("paths")),
        tuple(to_ascii(glob.lower().strip("."))[0] for glob in texts(held.get("names"))),
        {name: _word(choice) for name, choice in rules.items()} if isinstance(rules, dict) else {},
        str(held.get("reason", "")),
        until,
        located(*node_at(root, place)),
    )


def _word(choice: PlainValue) -> str:
    severity = choice.get("severity") if isinstance(choice, dict) else choice
    return "off" if severity is False else str(severity)


def read_defaults(document: dict[str, PlainValue], folder: str) -> Defaults:
    """What a document that fits its schema says in the place of options."""
    baseline = str(document.get("baseline", ""))
    return Defaults(
        str(document.get("fail-on", "")),
        _listed(document.get("select")),
        _listed(document.get("ignore")),
        tuple(os.path.join(folder, each) for each in texts(document.get("answers"))),
        os.path.join(folder, baseline) if baseline else "",
    )


def _listed(value: PlainValue) -> tuple[str, ...]:
    """Words as the options take them: several may be parted by commas."""
    return tuple(word.strip() for each in texts(value) for word in each.split(",") if word.strip())


def texts(value: PlainValue) -> tuple[str, ...]:
    """A list of texts, or one."""
    listed = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(str(each) for each in listed)


def override_faults(root: MappingNode, document: dict[str, PlainValue], folder: str) -> Iterator[SourceFault]:
    """What a schema does not see: days, globs and words that mean nothing."""
    listed = document.get("overrides")
    for number, held in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(held, dict):
            continue
        yield from glob_faults(root, ("overrides", number, "paths"), held.get("paths"))
        until = held.get("until")
        if until is not None and not is_day(str(until)):
            place = located(*node_at(root, ("overrides", number, "until")))
            yield SourceFault(place, "config", f"{quoted(str(until), 40)} is not a day", "write it as 2027-01-31")
    for key in ("select", "ignore"):
        for place, held in _places(root, document, key):
            for word in _listed(held):
                if means_nothing(word):
                    near = nearest(word, (*all_names(), *families()))
                    meant = f"; did you mean {quoted(near)}?" if near else "; `mailzone rules` lists them"
                    yield SourceFault(place, "config", f"{quoted(word, 80)} is not a rule nor a family{meant}")
    for key in ("answers", "baseline"):
        for place, held in _places(root, document, key):
            if not lies_in(os.path.join(folder, held), repository_root(folder)):
                yield SourceFault(place, "config", f"{quoted(held, 80)} lies outside the repository and is not read")


def _places(root: MappingNode, document: dict[str, PlainValue], key: str) -> Iterator[tuple[Span, str]]:
    """The texts of a key that holds one or a list of them, each with its place."""
    for number, held in enumerate(texts(document.get(key))):
        path = (key, number) if isinstance(document[key], list) else (key,)
        yield located(*node_at(root, path)), held


def fits_options(value: dict[str, PlainValue]) -> bool:
    """The fast reading of what the schema says of these keys."""
    overrides = value.get("overrides", [])
    return (
        value.get("fail-on", "error") in FAIL_ON
        and all(_is_text_or_texts(value.get(key, [])) for key in ("select", "ignore", "answers"))
        and isinstance(value.get("baseline", "x"), str)
        and value.get("baseline") != ""
        and isinstance(overrides, list)
        and all(map(_fits_override, overrides))
    )


def _is_text_or_texts(value: PlainValue) -> bool:
    listed = value if isinstance(value, list) else [value]
    return all(isinstance(each, str) and each for each in listed)


def _fits_override(value: PlainValue) -> bool:
    if not isinstance(value, dict) or not value.keys() <= OVERRIDE_KEYS or not value.keys() & {"paths", "names"}:
        return False
    rules = value.get("rules")
    return (
        all(_are_some(value[key]) for key in ("paths", "names") if key in value)
        and all(isinstance(value.get(key, ""), str) for key in ("reason", "until"))
        and isinstance(rules, dict)
        and bool(rules)
        and all(is_known(name) or name in families() for name in rules)
        and all(map(_fits_choice, rules.values()))
    )


def _are_some(value: PlainValue) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) and each for each in value)


def _fits_choice(choice: PlainValue) -> bool:
    if isinstance(choice, dict):
        return choice.keys() == {"severity"} and _is_severity(choice["severity"])
    return _is_severity(choice)


def _is_severity(choice: PlainValue) -> bool:
    return choice is False or (isinstance(choice, str) and choice in SEVERITY_WORDS)


def option_schemas(globs: Callable[[str], dict[str, Any]], severity: dict[str, Any]) -> dict[str, Any]:
    """The schemas of these keys; `globs` makes one of a list of globs, `severity` is that of a rule's severity."""
    text = {"type": "string", "minLength": 1}

    def some(what: str) -> dict[str, Any]:
        return {"type": ["string", "array"], "items": text, "minLength": 1, "description": what}

    return {
        "fail-on": {"enum": list(FAIL_ON), "description": "as --fail-on"},
        "select": some("run only these rules, as --select"),
        "ignore": some("leave these rules out, as --ignore"),
        "answers": some("recorded answers, as --answers; relative to this file"),
        "baseline": {**text, "description": "findings that are known and do not count, as --baseline"},
        "overrides": {
            "type": "array",
            "items": _override_schema(globs, severity),
            "description": "severities for some files or names only; the last that fits counts",
        },
    }


def _override_schema(globs: Callable[[str], dict[str, Any]], severity: dict[str, Any]) -> dict[str, Any]:
    choice = {
        "type": "object",
        "properties": {"severity": severity},
        "required": ["severity"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {
            "paths": {**globs("globs of files, relative to this file"), "minItems": 1},
            "names": {**globs("globs of the names of domains"), "minItems": 1},
            "rules": {
                "type": "object",
                "propertyNames": {"enum": [*all_names(), *families()], "x-key": True},
                "additionalProperties": {"anyOf": [severity, choice]},
                "minProperties": 1,
            },
            "reason": {"type": "string"},
            "until": {"type": "string", "description": "the last day on which it holds, in UTC, as 2027-01-31"},
        },
        "required": ["rules"],
        "anyOf": [{"required": ["paths"]}, {"required": ["names"]}],
        "additionalProperties": False,
    }
