"""What declared mail lacks, as changes of record sets: one set for what several records want of it, all else kept."""

from collections.abc import Iterable, Iterator, Mapping

from linter.edit.change import CannotEdit, Change
from linter.lookup.zone_index import ZoneIndex
from linter.records.text.name import ancestors, dotless, parent
from linter.zone.presented import presented

from .requirement import Required

Pair = tuple[str, str]
"""An absolute name and a record type."""
_BESIDE_ALIAS = ("A", "AAAA")
"""What a CNAME for Autodiscover takes the place of: it leads Outlook just as well, and here to the wrong place."""


def lacking_sets(needed: Iterable[Required]) -> dict[Pair, list[Required]]:
    """The records that are missing or differ and whose values are known, by the set that they belong to."""
    found: dict[Pair, list[Required]] = {}
    for record in needed:
        if record.is_lacking and record.values:
            found.setdefault((record.name, record.type), []).append(record)
    return found


def changes_of(pair: Pair, wanted: list[Required], held: Mapping[Pair, tuple[str, ...]]) -> tuple[Change, ...]:
    """The changes that one set needs; `held` are the values of the files. Raises CannotEdit where it cannot be had."""
    name, kind = pair
    others = [other for place, other in held if place == name and other != kind]
    shown = dotless(name)
    gone: tuple[Change, ...] = ()
    if kind != "CNAME" and "CNAME" in others:
        target = dotless(held[name, "CNAME"][0]) if held[name, "CNAME"] else "another name"
        raise CannotEdit(f"`{shown}` is an alias of `{target}`: publish it there, or delete the CNAME")
    if kind == "CNAME" and others:
        if any(record.purpose != "autodiscover" for record in wanted) or not set(others) <= set(_BESIDE_ALIAS):
            raise CannotEdit(f"no CNAME may be beside the {' and '.join(others)} of `{shown}`: delete that first")
        gone = tuple(Change(name, other, ()) for other in others)
    now = held.get(pair, ())
    values = _texts(now, wanted) if kind == "TXT" else tuple(dict.fromkeys(_all(wanted)))
    if values == now:
        raise CannotEdit("the file has it, but what is published is something else")
    return (*gone, Change(name, kind, values))


def _all(wanted: list[Required]) -> Iterator[str]:
    return (value for record in wanted for value in record.values)


def _texts(now: tuple[str, ...], wanted: list[Required]) -> tuple[str, ...]:
    """The texts of a name with each wanted one in the place of what it differs from, or behind them. CannotEdit."""
    found = list(now)
    for record in wanted:
        places = [place for place, text in enumerate(found) if text in record.found]
        if record.found and not places and now:
            raise CannotEdit("what is published is not what the file says")
        new = [value for value in record.values if value not in found]
        at = places[0] if places else len(found)
        kept = [text for text in found if text not in record.found or text in record.values]
        at = sum(1 for text in found[:at] if text in kept)
        found = [*kept[:at], *new, *kept[at:]]
    return tuple(found)


def kept_beside(index: ZoneIndex, name: str, wanted: Iterable[Pair]) -> tuple[Change, ...]:
    """What a wildcard says of names that come to exist with `name`, which would lose it (RFC 4592 section 2.2.2).

    Names with an underscore are asked for what they have alone. Raises CannotEdit where it cannot be kept.
    """
    found: list[Change] = []
    asked = set(wanted)
    for above in ancestors(name, index.zone.name):
        if index.exists(above):
            break
        if "_" in above or above.startswith("*.") or (above, "CNAME") in asked:
            continue
        for kind, records in index.names.get(_wildcard(index, above), {}).items():
            if (above, kind) in asked:
                continue
            shown = f"`{dotless(_wildcard(index, above))}` answers for `{dotless(above)}`"
            if kind == "CNAME" and any(place == above for place, _ in asked):
                raise CannotEdit(f"{shown} with a CNAME, which would be lost beside its other records")
            values = tuple(text for record in records for value in record.values if (text := presented(value)))
            if len(values) != sum(len(record.values) for record in records) or not values:
                raise CannotEdit(f"{shown} with a record of type {kind}, which would be lost and cannot be copied")
            found.append(Change(above, kind, values))
    return tuple(found)


def _wildcard(index: ZoneIndex, name: str) -> str:
    """The wildcard at the closest name that exists (RFC 4592 section 3.3.1)."""
    closest = next((above for above in ancestors(name, index.zone.name)[1:] if index.exists(above)), parent(name))
    return f"*.{closest}"
