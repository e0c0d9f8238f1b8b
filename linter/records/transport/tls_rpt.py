"""TLS-RPT records: the TXT value that says where reports on failed TLS connections go (RFC 8460 section 3)."""

from linter.records.text.fault import Fault
from linter.records.text.field_list import RecordKind, extensions, is_plain, is_tight, required_field
from linter.records.text.report_uri import TLS_RPT_URIS, ReportUri, ReportUris, report_uris
from linter.records.text.tags import Tag, TagList, split_tags
from linter.source.frozen import Frozen

__all__ = ["KIND", "TlsRpt", "is_tls_rpt", "near_miss", "parse", "to_text"]

KIND = RecordKind(
    "v=TLSRPTv1",
    "rua",
    "rua=mailto:tls-reports@example.com",
    "senders",
    "send no TLS reports",
    "RFC 8460 section 3",
)
_NO_URIS = ReportUris((), ())


class TlsRpt(Frozen):
    """One TLS-RPT record. `rua` has the valid URIs that reports go to, in their order, of all its `rua` fields.

    The kinds of its faults: "syntax" where senders refuse the record, "invalid-uri" where one of the URIs gets no
    reports, "ignored-field" where senders pass over a part of the record.
    """

    text: str
    tags: TagList
    faults: tuple[Fault, ...]
    rua: tuple[ReportUri, ...]


def is_tls_rpt(text: str) -> bool:
    """Whether senders select the text as a TLS-RPT record: they discard what does not begin just so."""
    return text.startswith("v=TLSRPTv1;")


def near_miss(text: str, at_tls_rpt_name: bool = False) -> Fault | None:
    """The fault of a text that is meant as TLS-RPT but that senders discard; None for any other text.

    `at_tls_rpt_name` is whether the text stands at a `_smtp._tls` name: only there is a `rua` without any version
    a TLS-RPT record.
    """
    if is_tls_rpt(text) or not (at_tls_rpt_name or "tlsrpt" in text.lower()):
        return None
    from linter.records.text.version_near_miss import misspelt  # most runs have no such text

    return misspelt(text, KIND, at_tls_rpt_name)


def parse(text: str) -> TlsRpt:
    """Read a record; a text that senders discard has a fault that says so, and then those of its fields."""
    tags = split_tags(text)
    field = required_field(text, tags, KIND)
    uris = _NO_URIS
    if field is not None and field.value:
        uris = report_uris(text, field.value_start, field.value_end, TLS_RPT_URIS)
        if not uris.faults and is_tls_rpt(text) and is_plain(text, tags):
            return TlsRpt(text, tags, (), uris.valid)
    return _diagnosed(text, tags)


def to_text(record: TlsRpt) -> str:
    """The record in its usual spelling."""
    fields = [f"rua={','.join([uri.text for uri in record.rua])}"] if record.rua else []
    return "; ".join((KIND.version, *fields, *extensions(record.text, record.tags, KIND)))


def _diagnosed(text: str, tags: TagList) -> TlsRpt:
    # Loaded here because well-formed records never need it.
    from linter.records.text.field_list_diagnosis import diagnose

    fields = [tag for tag in tags.tags if tag.name == KIND.required and is_tight(text, tag)]
    lists = {tag.start: _uris(text, tag) for tag in fields if tag.value}

    def uri_faults(tag: Tag) -> tuple[Fault, ...]:
        if tag.start in lists:
            return lists[tag.start].faults
        message, way_out = f"`rua` has no value, so senders {KIND.loss}", f"write `{KIND.example}`"
        return (Fault(tag.start, tag.end, "syntax", message, way_out, KIND.reference),)

    valid = tuple(uri for uris in lists.values() for uri in uris.valid)
    return TlsRpt(text, tags, diagnose(text, tags, KIND, uri_faults), valid)


def _uris(text: str, field: Tag) -> ReportUris:
    """The URIs of one `rua`, without those of a field that begins inside it for want of a semicolon."""
    from linter.records.text.field_list_diagnosis import glued_field

    glued = glued_field(text, field)
    if glued is None:
        return report_uris(text, field.value_start, field.value_end, TLS_RPT_URIS)
    before = text[: glued.start(1)].rstrip(" \t")
    end = max(field.value_start, len(before.removesuffix(",").rstrip(" \t")))
    uris = report_uris(text, field.value_start, end, TLS_RPT_URIS)
    if not before.endswith(","):  # with blanks alone between them, the last URI and the field are one broken URI
        uris = uris._replace(valid=tuple([uri for uri in uris.valid if uri.end < end]))
    return uris
