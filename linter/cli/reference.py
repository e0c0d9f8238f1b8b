"""`mailzone rules` and `explain`: what there is to know about rules."""

import os
import sys
from collections.abc import Iterator

from linter.records.text.fault import did_you_mean, quoted
from linter.report.shown import shown
from linter.rules import pages
from linter.rules.known import all_names, families, listed, listed_as, names, options_of, summary_of
from linter.rules.severities import OTHERS
from linter.run.refused import Refused
from linter.source.typed import TYPE_CHECKING, Protocol

from .faults import refused
from .manual_text import without_marks
from .streams import columns_of, say, write_lines

if TYPE_CHECKING:
    from linter.config.settings import ActiveRule
    from linter.run.policy import Options

    class ListOptions(Options, Protocol):
        """What `rules` is asked."""

        format: str


class ExplainOptions(Protocol):
    """What is to be explained, in words."""

    words: list[str]


def list_rules(options: "ListOptions") -> int:
    """Every rule with the severity it has under the configuration in force."""
    from linter.run.policy import policy_for  # `explain` does without

    try:
        policy = policy_for(options, "")
    except Refused as error:
        return refused(error)
    active = {rule.name: each for rule in listed() if (each := policy.rules.of(rule)) is not None}
    if options.format == "json":
        write_lines([_as_json(active)], sys.stdout)
        return 0
    lines: list[str] = []
    for family in families():
        lines += ["", family] if lines else [family]
        lines += _listed(family, active)
    write_lines(lines, sys.stdout)
    return 0


def _listed(family: str, active: "dict[str, ActiveRule]") -> Iterator[str]:
    """The rules of a family: name, severity, the fault in a sentence, and what gives another severity."""
    rules = listed()
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        if rule.family != family:
            continue
        found = active.get(rule.name)
        yield f"  {rule.name.ljust(width)}  {_severity(found):7}  {summary_of(rule)}"
        for severity, when in _others(found):
            yield f"  {'':{width}}  {severity:7}  where {when}"


def _severity(active: "ActiveRule | None") -> str:
    return active.severity if active is not None else "off"


def _others(active: "ActiveRule | None") -> tuple[tuple[str, str], ...]:
    """The other severities that a run gives; none where somebody chose one."""
    return OTHERS.get(active.rule.name, ()) if active is not None and not active.chosen else ()


def _as_json(active: "dict[str, ActiveRule]") -> str:
    import json

    rows = [
        {
            "name": rule.name,
            "family": rule.family,
            "severity": _severity(active.get(rule.name)),
            "others": [{"severity": each, "when": when} for each, when in _others(active.get(rule.name))],
            "summary": summary_of(rule),
            "reference": rule.reference,
            "options": dict(options_of(rule)),
            "aliases": list(rule.aliases),
            "page": without_marks(pages.manual(rule.name)),
        }
        for rule in listed()
    ]
    return json.dumps({"version": 1, "rules": rows}, indent=2)


def explain(options: ExplainOptions) -> int:
    """Manuals of rules, as their pages have them, and lists of families; for a bounce, what it means."""
    if names().isdisjoint(options.words):
        from .bounces import explain_bounce, is_bounce

        if is_bounce(options.words):
            return explain_bounce(options.words)
    words = [word for each in options.words for word in each.replace(",", " ").split()]
    unknown = [word for word in words if word not in families() and listed_as(word) is None]
    for word in unknown or ([] if words else [""]):
        known = [*families(), *all_names()]
        meant = did_you_mean(word, known) or did_you_mean("-".join(words), known) or "; `mailzone rules` lists them"
        say(f"there is no rule and no family {shown(quoted(word))}{meant}")
    if unknown or not words:
        return 2
    lines: list[str] = []
    for word in dict.fromkeys(words):
        lines += ["", "", *_explained(word)] if lines else _explained(word)
    write_lines(lines, sys.stdout)
    return 0


def _explained(word: str) -> list[str]:
    """The manual of a rule, or the rules of a family."""
    from .manual_text import manual_lines

    rule = listed_as(word)
    if rule is None:
        from linter.config.settings import ActiveRule

        own = {each.name: ActiveRule(each, each.severity, False, {}) for each in listed() if each.severity != "off"}
        return [f"{word}: a family of rules, as in the recommended profile", "", *_listed(word, own)]
    severity = rule.severity if rule.severity != "off" else "off (on in strict)"
    lines = [f"{rule.name}: {severity} in the recommended profile"]
    lines += [f"  {other} where {when}" for other, when in OTHERS.get(rule.name, ())]
    page = pages.manual(rule.name)
    options = options_of(rule)
    if options:
        page += "\n\n## Options\n\n" + "\n".join(f"- `{name}`: {value!r}" for name, value in options.items())
    width = columns_of(sys.stdout, os.environ)
    lines += ["", *manual_lines(page, width)]
    while not lines[-1]:
        lines.pop()
    return [*lines, "", f"See {rule.reference}"] if rule.reference else lines
