"""The parts of a review in plain lines, the same in every form for people."""

from collections.abc import Iterator

from linter.finding import Finding
from linter.plan.planned import Wait
from linter.plan.words import span_of
from linter.records.text.fault import count, few
from linter.records.text.name import dotless, shown
from linter.report.sender_words import dkim_word, outcome, spf_word
from linter.review.model import BETTER, WORSE, AddressChange, Review, SenderChange

NOTHING = "nothing for mail"
_MOST = 6


def verdict(review: Review) -> str:
    """The review in a few words."""
    if review.apart:
        return f"{count(len(review.apart), 'reason')} not to merge this together"
    if review.dangers:
        return f"{count(len(review.dangers), 'reason')} not to merge this"
    if review.is_nothing:
        return NOTHING
    errors = sum(1 for finding in review.new if finding.severity == "error")
    if errors:
        return f"{count(errors, 'new error')}"
    return "may be merged in one piece"


def header(review: Review) -> Iterator[tuple[str, str]]:
    """What is touched and how much, as labels and texts."""
    if review.names:
        yield "names", few(map(shown, review.names), _MOST)
    if review.systems:
        yield "systems", _listed(list(review.systems))
    better, worse = (sum(1 for row in review.senders if row.verdict == each) for each in (BETTER, WORSE))
    if better or worse:
        yield "senders", f"{better} better, {worse} worse"
    if review.addresses:
        yield "addresses", _listed([addresses(each) for each in review.addresses])
    costs = [lookups(each) for each in review.addresses if each.before != each.after]
    if costs:
        yield "lookups", _listed(costs)
    if review.held:
        yield "old answers", f"live {review.held}"


def _listed(texts: list[str]) -> str:
    more = [f"and {len(texts) - _MOST} more"] if len(texts) > _MOST else []
    return "; ".join((*texts[:_MOST], *more))


def addresses(each: AddressChange) -> str:
    """The difference of what SPF authorises, and on whose word."""
    name = dotless(each.name)
    sixes = [sum(1 for text in texts if ":" in text) for texts in (each.added, each.removed)]
    six = f", IPv6 networks +{sixes[0]} −{sixes[1]}" if any(sixes) else ""
    origin = f" by {each.origin}" if each.origin else ""
    left = f"; unknown here: {few(each.unknown)}" if each.unknown else ""
    return f"{name} +{each.came:,} −{each.went:,}{six}{origin}{left}"


def lookups(each: AddressChange) -> str:
    """The lookups before and after."""
    words = []
    for cost, is_open in zip((each.before, each.after), each.is_open, strict=True):
        is_even = cost is not None and cost.min == cost.max
        number = "no record" if cost is None else str(cost.min) if is_even else f"{cost.min} to {cost.max}"
        words.append(f"at least {number}" if is_open else number)
    return f"{dotless(each.name)} {words[1] if each.is_new else f'{words[0]} -> {words[1]}'}"


def cells(each: SenderChange) -> tuple[str, str, str, str, str]:
    """A row of the matrix: name, sender, SPF, DKIM and DMARC, each before -> after where it differs."""
    was, row = each.before, each.after
    columns = [_turned(read(was), read(row)) for read in (spf_word, dkim_word, outcome)]
    return dotless(each.name), each.system, columns[0], columns[1], columns[2]


def _turned(old: str, new: str) -> str:
    return new if old == new else f"{old} -> {new}"


def waiting(wait: Wait) -> str:
    """How long to wait, by both bounds, and for what."""
    if not wait.cautious_seconds:
        return ""
    return f"then wait {span_of(wait.seconds)} (with caution {span_of(wait.cautious_seconds)}): {wait.because}"


def finding_line(finding: Finding) -> str:
    """A finding in one line, without its place."""
    return f"{finding.message} [{finding.rule}]"
