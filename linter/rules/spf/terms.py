"""Single terms of SPF records that do not do what they seem to."""

from collections.abc import Iterator

from linter.facts.spf.placeholders import placeholders_in
from linter.facts.spf.places import dotted_names, idle_modifiers, pointer_terms
from linter.records.text.fault import quoted
from linter.zone.rewriting import rewrite_text, without_part
from mailzone import ERROR, INFO, SPF_ODD, WARNING, Complaint, Facts, Related, complaint, rule


@rule("spf-ineffective-modifier", WARNING, "RFC 7208 section 6", when=SPF_ODD)
def ineffective_modifier(facts: Facts) -> Iterator[Complaint]:
    """Each modifier that no document defines."""
    for text in facts.texts.spf:
        for idle in idle_modifiers(text.spf):
            term = idle.modifier
            written = quoted(text.spf.written(term))
            message = f"{written} does nothing: receivers know no modifier {quoted(f'{term.name}=')}"
            way_out = f"write {quoted(idle.meant, 80)}" if idle.meant else "delete it"
            if idle.meant:
                why = f"receivers then read {quoted(idle.meant, 80)}, which has a say in who may send"
                fix = rewrite_text(text.value, [(term.start, term.end, idle.meant)], why)
            else:
                fix = without_part(text.value, term.start, term.end, f"receivers then find no {written} there")
            yield complaint(text.value.place(term), message, help=way_out, at=text.record, fix=fix)


@rule("spf-ptr", WARNING, "RFC 7208 section 5.5", when=SPF_ODD)
def ptr(facts: Facts) -> Iterator[Complaint]:
    """The mechanism, and the macro in any term."""
    for text in facts.texts.spf:
        for term in pointer_terms(text.spf):
            what = "`ptr`" if term.name == "ptr" else "`%{p}`"
            message = f"{what} should not be published: it is slow, and some receivers skip it"
            span = text.value.place(term)
            yield complaint(span, message, help="list addresses with `ip4:` or `a:`", at=text.record)


@rule("spf-trailing-dot", INFO, "RFC 7208 section 7.3", when=SPF_ODD)
def trailing_dot(facts: Facts) -> Iterator[Complaint]:
    """Each name, at its dot."""
    for text in facts.texts.spf:
        for name in dotted_names(text.spf):
            message = f"{quoted(name.text, 80)} ends in a dot, which should not be published in SPF"
            span = text.value.part(name.end - 1, name.end)
            why = "receivers that refuse a final dot then accept the term"
            fix = rewrite_text(text.value, [(name.end - 1, name.end, "")], why)
            yield complaint(span, message, help="remove the dot", at=text.record, fix=fix)


@rule("spf-placeholder", ERROR, "RFC 7208 section 4.8", when=SPF_ODD)
def placeholders(facts: Facts) -> Iterator[Complaint]:
    """Each text that somebody forgot to put a name in the place of."""
    for text in facts.texts.spf:
        for start, end in placeholders_in(text, facts.zone.name):
            written = quoted(text.spf.text[start:end])
            message = f"{written} is a placeholder, so receivers answer permerror or the term matches no one"
            way_out = "write what the vendor shows for your account, or remove the term"
            yield complaint(text.value.part(start, end), message, help=way_out, at=text.record)


@rule("spf-duplicate-term", WARNING, "RFC 7208 section 4.6.2", when=SPF_ODD)
def duplicate_term(facts: Facts) -> Iterator[Complaint]:
    """Each mechanism that an earlier one of the same meaning makes useless."""
    for text in facts.texts.spf:
        if len(text.spf.terms) < 2:
            continue
        from linter.facts.spf.address_sets import repeated_terms  # `v=spf1 -all` and its like have nothing to repeat

        for repeated in repeated_terms(text.spf, text.record.name):
            term, earlier = repeated.term, repeated.earlier
            first = quoted(text.spf.written(earlier))
            message = f"{quoted(text.spf.written(term))} repeats {first} and never decides anything"
            severity = "" if repeated.agrees else "error"
            if severity:
                message = f"{message}, though it says something else"
            way_out = "delete it" if repeated.agrees else "delete the one that is wrong"
            related = (Related(text.value.place(earlier), "decides before it"),)
            span = text.value.place(term)
            fix = without_part(text.value, term.start, term.end) if repeated.agrees else None
            yield complaint(span, message, help=way_out, at=text.record, related=related, severity=severity, fix=fix)
