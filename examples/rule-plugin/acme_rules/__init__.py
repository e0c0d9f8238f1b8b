"""What Acme asks of the mail part of its DNS."""

from collections.abc import Iterator

from mailzone import SPF, WARNING, Complaint, Facts, complaint, rule


@rule("acme-spf-host", WARNING, "Acme's handbook, page 12", when=SPF)
def host(facts: Facts) -> Iterator[Complaint]:
    """Every `a` in an SPF record."""
    for text in facts.texts.spf:
        for term in text.spf.mechanisms:
            if term.name == "a":
                span = text.value.part(term.start, term.end)
                yield complaint(span, "`a` costs a lookup", help="list the addresses", at=text.record)
