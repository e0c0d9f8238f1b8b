"""The TLSA values of a zone, judged, with the places of their fields."""

from collections.abc import Iterable, Iterator

from linter.finding import At, Complaint, complaint
from linter.records.transport import tlsa
from linter.records.transport.tlsa import smtp_faults
from linter.records.transport.tlsa_value import FIELDS, FieldFault, place_of
from linter.source.frozen import Frozen
from linter.source.tree import Scalar
from linter.zone.model import Record, Tlsa
from linter.zone.values import whole_number


class Certificate(Frozen):
    """One TLSA value as written, and as its grammar reads it."""

    record: Record
    value: Tlsa
    read: tlsa.Tlsa

    @property
    def smtp_faults(self) -> tuple[FieldFault, ...]:
        """What SMTP cannot use of it, where it is for SMTP between servers."""
        place = place_of(self.record.name)
        is_smtp = place is not None and (place.port, place.protocol) == (25, "tcp")
        return smtp_faults(self.read) if is_smtp else ()

    def complaint(self, found: FieldFault) -> Iterator[Complaint]:
        """The fault at its place; nothing for a field that is not there, which the shape of the zone has told."""
        value = self.value
        fields = (value.usage, value.selector, value.matching_type, value.data)
        field = fields[FIELDS.index(found.field)]
        if field is not None:
            fault = found.fault
            is_text = field.text == _text(field)
            start, end = (fault.start, fault.end) if is_text else (0, len(field.text))
            span = self.value.part(field, start, end)
            at = At(self.record.name, "TLSA")
            yield complaint(span, fault.message, help=fault.help, at=at, reference=fault.reference)


def certificates(records: Iterable[Record]) -> Iterator[Certificate]:
    """Every TLSA value of some records."""
    for record in records:
        for value in record.values:
            if isinstance(value, Tlsa):
                data = value.data.text if value.data is not None else None
                usage, selector, kind = map(_number, (value.usage, value.selector, value.matching_type))
                yield Certificate(record, value, tlsa.parse(usage, selector, kind, data))


def _number(field: Scalar | None) -> object:
    if field is None:
        return None
    number = whole_number(field)
    return field.text if number is None else number


def _text(field: Scalar) -> str:
    """The text that the offsets of a fault count in."""
    return str(_number(field)) if len(field.text) < 20 else field.text
