"""A way under the limit of lookups in words: in one line, and step by step."""

from collections.abc import Iterator

from linter.records.text.fault import quoted
from linter.records.text.name import dotless

from .limits import MAX_LOOKUPS
from .shorter import Shorter, Step

_MOST_STEPS, _MOST_CHOICES = 4, 3
_LONGEST_TERM = 100
_SUBDOMAIN = "let a service send from a subdomain, which has a separate record"


def in_short(found: Shorter, domain: str, at_least: bool) -> str:
    """One line; "" where nothing is known to help.

    `domain` is the absolute name whose lookups are counted, `at_least` whether some records below it are unknown.
    """
    told = [_told(step, at_least) for step in found.steps[:_MOST_STEPS]]
    if len(found.steps) > _MOST_STEPS:
        told.append(f"{len(found.steps) - _MOST_STEPS} more steps by `mailzone spf --shorten {dotless(domain)}`")
    if told and found.name != domain:
        told[0] = f"in {quoted(dotless(found.name), 80)} {told[0]}"
    if found.left > MAX_LOOKUPS:
        told += _choices(found, at_least) or ([_SUBDOMAIN] if told else [])
    return "; ".join(told)


def step_by_step(found: Shorter, domain: str, at_least: bool) -> Iterator[str]:
    """A line for each step, then what somebody must know, then the record after the steps."""
    where = "" if found.name == domain else f" at {quoted(dotless(found.name), 80)}"
    for step in found.steps:
        yield _told(step, at_least)
    if found.left > MAX_LOOKUPS:
        told = _choices(found, at_least)
        yield from told
        yield _SUBDOMAIN if not told else f"or {_SUBDOMAIN}"
    if found.steps:
        yield f"the record{where} after {'this' if len(found.steps) == 1 else 'these steps'}: {found.record}"


def _told(step: Step, at_least: bool) -> str:
    old = quoted(step.old, _LONGEST_TERM)
    if step.new and step.why:
        return f"move {quoted(step.new, 3 * _LONGEST_TERM)} to the place of {old}, {step.why} {_then(step, at_least)}"
    if step.new:
        return f"write {quoted(step.new, 3 * _LONGEST_TERM)} for {old} {_then(step, at_least)}"
    return f"delete {old}, {step.why} {_then(step, at_least)}"


def _then(step: Step, at_least: bool) -> str:
    return f"(then {'at least ' if at_least else ''}{step.left})"


def _choices(found: Shorter, at_least: bool) -> list[str]:
    """What to delete if nothing is sent through it: any one of some, or several together."""
    listed = [f"{quoted(step.old, _LONGEST_TERM)} {_then(step, at_least)}" for step in found.choices]
    if not listed:
        return []
    if found.is_one_enough:
        them = ", or ".join(listed[:_MOST_CHOICES])
        return [f"if nothing is sent through it any more, delete {them}"]
    return [f"if nothing is sent through them any more, delete {', then '.join(listed[: 2 * _MOST_STEPS])}"]
