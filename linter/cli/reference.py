"""`mailzone rules` and `explain`: what there is to know about rules."""

import sys
from typing import TYPE_CHECKING, Protocol

from linter.records.text.fault import nearest, quoted
from linter.report.shown import shown
from linter.rules import pages
from linter.rules.registry import all_names, all_rules, rule_named
from linter.run.refused import Refused

from .faults import refused
from .streams import say, write_lines

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
    active = {each.rule.name: each for each in policy.rules.every()}
    if options.format == "json":
        write_lines([_as_json(active)], sys.stdout)
        return 0
    width = max(len(rule.name) for rule in all_rules())
    lines: list[str] = []
    family = ""
    for rule in all_rules():
        if rule.family != family:
            family = rule.family
            lines += [""] if lines else []
            lines.append(family)
        severity = active[rule.name].severity if rule.name in active else "off"
        lines.append(f"  {rule.name.ljust(width)}  {severity:7}  {pages.summary(rule.name)}")
    write_lines(lines, sys.stdout)
    return 0


def _as_json(active: "dict[str, ActiveRule]") -> str:
    import json

    listed = [
        {
            "name": rule.name,
            "family": rule.family,
            "severity": active[rule.name].severity if rule.name in active else "off",
            "summary": pages.summary(rule.name),
        }
        for rule in all_rules()
    ]
    return json.dumps({"version": 1, "rules": listed}, indent=2)


def explain(options: ExplainOptions) -> int:
    """A rule's manual, as its page has it; for a bounce, what it means."""
    word = " ".join(options.words)
    if word not in pages.names():
        from .bounces import explain_bounce, is_bounce

        if is_bounce(options.words):
            return explain_bounce(options.words)
    rule = rule_named(word)
    if rule is None:
        near = nearest(word, all_names())
        meant = f"did you mean `{near}`?" if near else "`mailzone rules` lists them"
        say(f"there is no rule {shown(quoted(word))}; {meant}")
        return 2
    severity = rule.severity if rule.severity != "off" else "off (on in strict)"
    lines = [f"{rule.name}: {severity} in the recommended profile", "", pages.manual(rule.name)]
    if rule.options:
        lines += ["", "## Options", ""]
        lines += [f"- `{name.replace('_', '-')}`: {value!r}" for name, value in rule.options._field_defaults.items()]
    if rule.reference:
        lines += ["", f"See {rule.reference}"]
    write_lines(lines, sys.stdout)
    return 0
