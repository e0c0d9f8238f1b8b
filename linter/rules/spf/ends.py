"""How SPF records end: `all`, `redirect`, and what comes after them."""

from collections.abc import Iterator, Sequence

from linter.facts.mail.declared_names import spf_end_advice
from linter.facts.spf.places import dead_terms, glued_all, is_include_target
from linter.facts.texts import SpfText
from linter.records.spf.record import Mechanism, is_repeated_version
from linter.records.text.fault import with_mark
from linter.zone.rewriting import rewrite_text
from mailzone import ERROR, SPF_ODD, WARNING, Complaint, Facts, Fix, complaint, rule

from .grammar import keep_later_all


@rule("spf-redirect-with-all", WARNING, "RFC 7208 section 6.1", when=SPF_ODD)
def redirect_with_all(facts: Facts) -> Iterator[Complaint]:
    """A redirect in a record that has `all`."""
    for text in facts.texts.spf:
        term, stop = text.spf.redirect, text.spf.all_term
        if term and stop:
            written = text.spf.written(stop)
            message = f"`{text.spf.written(term)}` is ignored because the record has `{written}`"
            way_out = f"remove `{written}`, or include the other record instead"
            span = text.value.place(term)
            yield complaint(span, message, help=way_out, at=text.record)


@rule("spf-term-after-all", WARNING, "RFC 7208 section 5.1", when=SPF_ODD)
def term_after_all(facts: Facts) -> Iterator[Complaint]:
    """The dead mechanisms of a record, as one finding."""
    for text in facts.texts.spf:
        dead, stop = dead_terms(text.spf), text.spf.all_term
        if not dead or stop is None or any(map(is_repeated_version, text.spf.modifiers)):
            continue  # of two records in one text the grammar speaks
        alls_only = all(term.name == "all" for term in dead)
        if alls_only and keep_later_all(text.spf) and _is_judged(text.record.name, stop.qualifier):
            continue
        written = text.spf.written(stop)
        what = f"`{text.spf.text[dead[0].start : dead[0].end]}` comes"
        if len(dead) > 1:
            what = f"{len(dead)} mechanisms come"
        span = text.value.part(dead[0].start, dead[-1].end)
        message = f"{what} after `{written}` and {'is' if len(dead) == 1 else 'are'} never evaluated"
        way_out = f"keep one `all`, as `{written}` alone is evaluated" if alls_only else f"move `{written}` to the end"
        yield complaint(span, message, help=way_out, at=text.record, fix=_in_order(text, stop, dead))


def _in_order(text: SpfText, stop: Mechanism, dead: Sequence[Mechanism]) -> Fix | None:
    """The record with its one `all` at the end, or without the later ones where nothing else is dead."""
    alls = [term for term in dead if term.name == "all"]
    if alls:
        gone = [(*with_mark(text.spf.text, term.start, term.end), "") for term in alls]
        return rewrite_text(text.value, gone) if len(alls) == len(dead) else None
    written = text.spf.written(stop)
    start, end = with_mark(text.spf.text, stop.start, stop.end)
    why = f"the terms behind `{written}` then have a say in who may send"
    return rewrite_text(text.value, [(start, end, ""), (dead[-1].end, dead[-1].end, f" {written}")], why)


def _is_judged(name: str, qualifier: str) -> bool:
    """Whether an open `all` has a finding of its own, which says that a stricter one follows."""
    return qualifier == "+" or (qualifier == "?" and not is_include_target(name))


@rule("spf-missing-all", WARNING, "RFC 7208 section 4.7", when=SPF_ODD)
def missing_all(facts: Facts) -> Iterator[Complaint]:
    """Records without an end, unless what stands at their end is itself a fault."""
    for text in facts.texts.spf:
        spf = text.spf
        if spf.all_term or spf.redirect or is_include_target(text.record.name):
            continue
        end = len(spf.text.rstrip())
        if any(fault.end >= end or "all`" in fault.message for fault in spf.faults):
            continue
        glued = glued_all(spf)
        if glued is None:
            message = "neither `all` nor `redirect=` ends the record, so it says nothing about all other senders"
            span, way_out = text.value.part(len(spf.text), len(spf.text)), "end it with `-all` or `~all`"
            way_out = spf_end_advice(facts, text.record.name, way_out)
        else:
            message = (
                "without a space before it, `-all` is the end of a name, and neither `all` nor `redirect=` follows"
            )
            span, way_out = text.value.part(glued, glued + len("-all")), "write a space before `-all`"
        yield complaint(span, message, help=way_out, at=text.record)


@rule("spf-pass-all", ERROR, "RFC 7208 section 5.1", when=SPF_ODD)
def pass_all(facts: Facts) -> Iterator[Complaint]:
    """An `all` that passes."""
    for text in facts.texts.spf:
        term = text.spf.all_term
        if term and term.qualifier == "+":
            written = text.spf.written(term)
            message = f"`{written}` authorises the whole Internet to send as this domain"
            span = text.value.place(term)
            way_out = keep_later_all(text.spf) or spf_end_advice(facts, text.record.name, "write `-all` or `~all`")
            yield complaint(span, message, help=way_out, at=text.record)


@rule("spf-neutral-all", WARNING, "RFC 7208 section 8.2", when=SPF_ODD)
def neutral_all(facts: Facts) -> Iterator[Complaint]:
    """An `all` that is neutral, where mail can come from the name itself."""
    for text in facts.texts.spf:
        term = text.spf.all_term
        if term and term.qualifier == "?" and not is_include_target(text.record.name):
            message = "`?all` says nothing about all other senders"
            span = text.value.place(term)
            stricter = "write `~all`, or `-all` once all senders are listed"
            way_out = keep_later_all(text.spf) or spf_end_advice(facts, text.record.name, stricter)
            yield complaint(span, message, help=way_out, at=text.record)
