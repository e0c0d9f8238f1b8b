"""DKIM records as a whole: at which name, how many, and where an alias leads."""

from collections.abc import Iterator

from linter.facts.dkim.key_sets import key_sets, misplaced_keys
from linter.facts.dkim.selectors import Meant, is_astray, is_reached, meant
from linter.facts.elsewhere import lacking
from linter.facts.targets import readings, without_second_origin
from linter.lookup.answer import NO_NAME, Answer
from linter.records.text.fault import quoted
from linter.zone.model import Target
from mailzone import DKIM, DKIM_ALIAS, ERROR, INFO, WARNING, At, Complaint, Facts, Related, complaint, rule


@rule("dkim-multiple-records", ERROR, "RFC 6376 section 3.6.2.2", when=DKIM)
def multiple_records(facts: Facts) -> Iterator[Complaint]:
    """Every value beside the first record of a selector."""
    for key_set in key_sets(facts):
        if not key_set.records:
            continue
        shown = key_set.name.rstrip(".")
        message = f"another TXT value at `{shown}`; which one receivers take is undefined"
        related = (Related(key_set.records[0].value.span, "the first one"),)
        for text in key_set.records[1:]:
            way_out = "keep one key here; give the other a selector of its own"
            yield complaint(text.value.span, message, help=way_out, at=At(key_set.name, "TXT"), related=related)
        for text in key_set.others:
            way_out = "a selector holds nothing but one key; delete this or move it to the name it belongs to"
            yield complaint(text.value.span, message, help=way_out, at=At(key_set.name, "TXT"), related=related)


@rule("dkim-split-values", ERROR, "RFC 6376 section 3.6.2.2", when=DKIM)
def split_values(facts: Facts) -> Iterator[Complaint]:
    """Keys in pieces, each once, at its first piece."""
    for key_set in key_sets(facts):
        if key_set.pieces:
            first, *others = key_set.pieces
            message = f"one key is cut into {len(key_set.pieces)} values, so receivers find no whole key"
            way_out = "write it as one value; it is cut into strings of 255 characters when it is published"
            related = tuple(Related(text.value.span, "a piece of it") for text in others)
            yield complaint(first.value.span, message, help=way_out, at=At(key_set.name, "TXT"), related=related)


@rule("dkim-wrong-name", WARNING, "RFC 6376 section 3.6.2.1", when=(DKIM, DKIM_ALIAS))
def wrong_name(facts: Facts) -> Iterator[Complaint]:
    """Every misplaced key, at its name where that is misspelt."""
    for text in misplaced_keys(facts):
        place = meant(text.record.name, facts.zone.name)
        span = text.record.name_span if place.is_misspelt else text.value.span
        message = f"a DKIM key at `{text.record.name.rstrip('.')}`, where no receiver looks for one"
        way_out = _way_out(facts, place, text.key.revoked)
        yield complaint(span, message, help=way_out, at=text.record)
    for record in facts.records("CNAME"):
        for target in record.values[:1]:
            if not isinstance(target, Target) or not is_astray(record.name, target.name):
                continue
            place = meant(record.name, facts.zone.name)
            if place.is_misspelt and not is_reached(record.name, facts.estate.aliases_to):
                way_out = _way_out(facts, place, False)
                found, led_to = record.name.rstrip("."), target.name.rstrip(".")
                message = f"`{found}` leads to the DKIM key `{led_to}`, but no receiver asks for that name"
                yield complaint(record.name_span, message, help=way_out, at=record)


def _way_out(facts: Facts, place: Meant, revoked: bool) -> str:
    # An empty key that names no selector is meant for all of them.
    wanted = f"*.{place.base}" if revoked and not place.is_known else place.name
    shown = wanted.rstrip(".")
    if facts.index.records(wanted, "TXT") or facts.index.records(wanted, "CNAME"):
        return f"`{shown}` is there already; delete this one"
    if place.is_known:
        return f"did you mean `{shown}`?"
    return f"publish it at `{shown}`{' to revoke every key' if revoked else ''}"


_MOST_SHOWN = 100


@rule("dkim-text-is-hostname", ERROR, "RFC 6376 section 3.6.1", when=DKIM)
def text_is_hostname(facts: Facts) -> Iterator[Complaint]:
    """Host names as TXT values of selectors."""
    for record, value in facts.texts.host_names:
        host = value.text.strip().rstrip(".")
        message = f"the TXT value is the host name {quoted(host, _MOST_SHOWN)}, not a key"
        way_out = f"publish a CNAME instead, with the value {quoted(f'{host}.', _MOST_SHOWN)}"
        yield complaint(value.span, message, help=way_out, at=record)


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
    message = f"`{end.rstrip('.')}` {what}, so nothing signed with this selector verifies"
    if answer.origin:
        message = f"{message} ({answer.origin})"
    steps = (Related(step.span, "leads on") for step in answer.steps if step.span)
    related = (*steps, *lacking(facts, end))
    return complaint(
        target.span,
        message,
        help="name the key's place today, or delete the alias",
        at=At(name, "CNAME"),
        related=related,
    )


@rule("domainkeys-leftover", INFO, "RFC 5617", when=DKIM)
def domainkeys_leftover(facts: Facts) -> Iterator[Complaint]:
    """The left-over policies."""
    for record, value in facts.texts.leftovers:
        message = f"{quoted(value.text)} is a policy of DomainKeys or ADSP, which receivers no longer read"
        yield complaint(value.span, message, help="delete it; DMARC has taken its place", at=record)
