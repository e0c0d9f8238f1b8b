"""TLS-RPT records."""

from collections.abc import Iterator

from linter.records.text.fault import quoted
from linter.records.text.name import shown
from linter.records.transport.tls_rpt import KIND
from mailzone import ERROR, TLS_RPT, WARNING, At, Complaint, Facts, complaint, rule

from .texts import grammar_complaints, second_records, syntax_complaints, wrong_names


@rule("tls-rpt-syntax", ERROR, "RFC 8460 section 3", when=TLS_RPT)
def tls_rpt_syntax(facts: Facts) -> Iterator[Complaint]:
    """The faults of the grammar that cost the whole record."""
    return syntax_complaints(facts.texts.tls_rpt, KIND)


@rule("tls-rpt-multiple-records", ERROR, "RFC 8460 section 3", when=TLS_RPT)
def tls_rpt_multiple_records(facts: Facts) -> Iterator[Complaint]:
    """Every record after the first one of a name."""
    return second_records(facts.texts.tls_rpt, KIND, "TLS-RPT")


@rule("tls-rpt-invalid-uri", ERROR, "RFC 8460 section 3", when=TLS_RPT)
def tls_rpt_invalid_uri(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind, and hosts that public DNS does not have."""
    yield from grammar_complaints(facts.texts.tls_rpt, "invalid-uri")
    for text in facts.texts.tls_rpt:
        for uri in text.read.rua[:_MOST]:
            found = facts.not_public(f"{uri.host}.") if "." in uri.host else None
            if found is not None:
                message = f"{shown(uri.host)} {found.why}, so no report reaches {quoted(uri.text, 80)}"
                span = text.value.place(uri)
                name = text.record.name
                yield complaint(
                    span, message, help=_WAY_OUT, at=At(name, "TXT"), severity="warning", reference=found.reference
                )


_MOST = 20


_WAY_OUT = "name an address that senders on the Internet can reach, or remove it"


@rule("tls-rpt-ignored-field", WARNING, "RFC 8460 section 3", when=TLS_RPT)
def tls_rpt_ignored_field(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind."""
    return grammar_complaints(facts.texts.tls_rpt, "ignored-field")


@rule("tls-rpt-wrong-name", ERROR, "RFC 8460 section 3", when=TLS_RPT)
def tls_rpt_wrong_name(facts: Facts) -> Iterator[Complaint]:
    """Records at names that nobody asks for, nor leads to."""
    return wrong_names(facts, facts.texts.tls_rpt, KIND, "TLS-RPT")
