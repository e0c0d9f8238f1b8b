"""Records whose owner names end in the zone's own name twice, kept apart: whoever wrote them meant other names."""

from linter.records.text.name import is_under

from .model import UNREAD, Record, Zone


def without_doubled(zone: Zone) -> Zone:
    """The zone with such records in `doubled`; of the names they have and were meant for nothing is known.

    So one slip has one finding, and nothing is called missing that is there under the wrong name.
    """
    origin = zone.name
    twice = f"{origin}{origin}"
    if origin.count(".") < 2 or not any(record.name.endswith(twice) for record in zone.records):
        return zone  # `com.com` and `lan.lan` may be meant
    if {record.name for record in zone.records} == {twice}:
        return zone  # a file of one name that it is called after is a piece of another zone (octoDNS's split form)
    faulty = {bad.name for bad in zone.bad_names}
    doubled = [record for record in zone.records if record.name not in faulty and _is_doubled(record, origin)]
    apart = {id(record) for record in doubled}
    unmanaged = {(record.name, UNREAD) for record in doubled}
    for record in doubled:
        meant = meant_name(record, origin)
        unmanaged |= {(meant, UNREAD), (meant, record.type)}
    return zone._replace(
        records=tuple(record for record in zone.records if id(record) not in apart),
        doubled=tuple(doubled),
        unmanaged=zone.unmanaged | unmanaged,
    )


def meant_name(record: Record, origin: str) -> str:
    """The absolute name that a doubled one was meant for: with the zone's own name once."""
    name = record.name
    while name.endswith(f"{origin}{origin}") and is_under(name[: -len(origin)], origin):
        name = name[: -len(origin)]
    return name


def _is_doubled(record: Record, origin: str) -> bool:
    return record.name.endswith(f"{origin}{origin}") and is_under(record.name[: -len(origin)], origin)
