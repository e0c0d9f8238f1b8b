"""DKIM keys and the aliases to them: at which name, and where an alias leads."""

from collections.abc import Iterator

from linter.facts.dkim.selectors import Meant, is_misspelt_selector, is_reached, meant, misplaced_keys
from linter.facts.elsewhere import lacking
from linter.facts.targets import readings, without_second_origin
from linter.lookup.answer import NO_NAME, Answer
from linter.records.text.name import dotless
from linter.zone.model import Target
from mailzone import DKIM_ALIAS, DKIM_ODD, ERROR, WARNING, At, Complaint, Facts, Related, complaint, rule


@rule("dkim-wrong-name", WARNING, "RFC 6376 section 3.6.2.1", when=(DKIM_ODD, DKIM_ALIAS))
def wrong_name(facts: Facts) -> Iterator[Complaint]:
    """Every misplaced key, at its name where that is misspelt."""
    for text in misplaced_keys(facts):
        place = meant(text.record.name, facts.zone.name)
        span = text.record.name_span if place.is_misspelt else text.value.span
        message = f"a DKIM key at `{dotless(text.record.name)}`, where no receiver looks for one"
        way_out = _way_out(facts, place, text.key.revoked)
        yield complaint(span, message, help=way_out, at=text.record)
    for record in facts.records("CNAME"):
        for target in record.values[:1]:
            if not isinstance(target, Target) or not is_misspelt_selector(record.name, target.name):
                continue
            place = meant(record.name, facts.zone.name)
            if place.is_misspelt and not is_reached(record.name, facts.estate.aliases_to):
                way_out = _way_out(facts, place, False)
                found, led_to = dotless(record.name), dotless(target.name)
                message = f"`{found}` points to the DKIM key `{led_to}`, but no receiver asks for that name"
                yield complaint(record.name_span, message, help=way_out, at=record)


def _way_out(facts: Facts, place: Meant, revoked: bool) -> str:
    # An empty key that names no selector is meant for all of them.
    wanted = f"*.{place.base}" if revoked and not place.is_known else place.name
    shown = dotless(wanted)
    if facts.index.records(wanted, "TXT") or facts.index.records(wanted, "CNAME"):
        return f"`{shown}` is there already; delete this one"
    if place.is_known:
        return f"did you mean `{shown}`?"
    return f"publish it at `{shown}`{' to revoke every key' if revoked else ''}"


@rule("dkim-target-missing", ERROR, "RFC 6376 section 3.6.2", when=DKIM_ALIAS)
def target_missing(facts: Facts) -> Iterator[Complaint]:
    """The CNAMEs at selectors whose targets are known to hold no TXT, however they are read."""
    for record in facts.records("CNAME"):
        target = record.values[0] if record.values else None
        if "._domainkey." not in record.name or not isinstance(target, Target) or target.fault:
            continue
        if without_second_origin(target, facts.index) or "{" in target.written:
            continue
        answers = [facts.resolver.lookup(name, "TXT") for name in readings(target, facts.zone.name)]
        if all(answer.is_empty for answer in answers):
            yield _complaint(facts, record.name, target, answers[0])


def _complaint(facts: Facts, name: str, target: Target, answer: Answer) -> Complaint:
    end = answer.steps[-1].target if answer.steps else target.name
    what = "does not exist" if answer.status == NO_NAME else "has no TXT record"
    message = f"`{dotless(end)}` {what}, so nothing signed with this selector verifies"
    steps = (Related(step.span, "leads on") for step in answer.steps if step.span)
    related = (*steps, *lacking(facts, end))
    return complaint(
        target.span,
        message,
        help="point the alias to where the key is now, or delete it",
        at=At(name, "CNAME"),
        related=related,
        evidence=answer.witnesses,
    )
