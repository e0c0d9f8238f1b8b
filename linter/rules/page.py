"""What there is to read about a rule, by its name: the fault in one line, its manual, the document it cites."""

from linter.source.frozen import Frozen

from .registry import entries, load
from .rule import Rule


class Manual(Frozen):
    """A rule as its page has it; `severity` is its usual one, `text` the whole manual in Markdown."""

    name: str
    severity: str
    summary: str
    text: str
    reference: str = ""


def manual_of(name: str) -> Manual | None:
    """The manual of a rule; None where there is no rule of that name."""
    entry = next((entry for entry in entries() if entry.name == name), None)
    if entry is None:
        return None
    rule = load(entry)
    text = (rule.manual or _docstring(rule)).strip()
    return Manual(name, rule.severity, entry.summary, text, rule.reference)


def _docstring(rule: Rule) -> str:
    """The manual from the rule's file itself: `python -OO` has no docstrings."""
    import ast

    with open(rule.check.__code__.co_filename, encoding="utf-8") as stream:
        return ast.get_docstring(ast.parse(stream.read()), clean=False) or ""
