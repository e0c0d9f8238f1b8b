"""A file as a tree: which dialect of zones it is, or that it is not a zone at all."""

from collections.abc import Iterable

from linter.records.text.name import to_ascii
from linter.source.plain import entry_of, key_text, plain_value
from linter.source.text import Source, SourceFault, Span
from linter.source.tree import Include, Mapping, Node, Scalar, Sequence, is_unread, unalias
from linter.source.typed import TYPE_CHECKING, Any
from linter.source.yaml_reader import read_yaml

from .document import Document
from .evidence import holds_record, is_list_of_named_records
from .shape import KNOWN_TYPES, MOST_SECONDS, native_schema
from .values import text_scalar, whole_number

if TYPE_CHECKING:
    from linter.intent.model import Intent

_MOST_LOOKED_AT = 50


def from_tree(source: Source, include: Include | None, zone: str, is_known: bool) -> Document:
    """Read a file that is not written the usual way."""
    tree = read_yaml(source, include)
    if tree.root is None:
        faults = tree.faults or (_not_a_zone(source, "empty"),)
        return Document(source, zone, None, None, faults, not tree.faults, lacks="" if tree.faults else "empty")
    root, _ = unalias(tree.root)
    complete = not any(fault.kind != "yaml-duplicate-key" for fault in tree.faults)
    if not isinstance(root, Mapping):
        why = f"{'a list' if isinstance(root, Sequence) else 'text'}, not names"
        return no_zone(Document(source, zone, None, None, (), complete), tree.faults, why)
    document = Document(source, zone, root, None, tree.faults, complete)
    declared = entry_of(root, "zone")
    name = text_scalar(declared[1]) if declared else None
    if name is not None:
        return _native(document, root, name)
    if not _is_zone(root, is_known or _is_named_like_zone(source.path)):
        if _is_octodns_config(root):
            from .octodns_config import unknown_sources

            faults = () if tree.faults else tuple(unknown_sources(root))
            return document._replace(names=None, faults=faults, is_config=True)
        return no_zone(document, tree.faults)
    return document._replace(is_evident=is_known or holds_record(root))


def _not_a_zone(source: Source, why: str) -> SourceFault:
    return SourceFault(Span(source, 0, 0), "not-a-zone", f"skipped: this YAML file is not a zone ({why})")


def no_zone(document: Document, faults: Iterable[SourceFault], why: str = "no names with records") -> Document:
    """A readable file for another program; of its `faults`, tags and repeated keys are that program's."""
    # A limit stays: what hides behind it might have been a zone. So does a file that cannot be included.
    limits = tuple(fault for fault in faults if fault.kind == "yaml-limits" or "include" in fault.message)
    return document._replace(names=None, faults=(*limits, _not_a_zone(document.source, why)), lacks=why)


def _native(document: Document, root: Mapping, name: Scalar) -> Document:
    faults = list(document.faults)
    listed = entry_of(root, "records")
    if listed and is_list_of_named_records(listed[1]):
        layout = "`records` holds a list of records with names, which is a layout that is not known"
        return document._replace(names=None, faults=(), complete=False, layout=layout, is_evident=True)
    if not _is_tidy(root):
        from linter.source.schema import explain  # only files with a fault in them pay for it

        for fault in explain(root, native_schema()):
            faults.append(SourceFault(fault.span, "zone-shape", fault.message, fault.help))
    zone = to_ascii(name.text.lower().strip(". "))[0] + "."
    records = entry_of(root, "records")
    names = unalias(records[1])[0] if records and zone != "." else None
    intent, contradictions = _intent(root, zone) if len(faults) == len(document.faults) else (None, ())
    faults.extend(contradictions)
    ttl = entry_of(root, "ttl")
    if not isinstance(names, Mapping):
        if records is None and not _near("records", root):
            # A file for another program may well have a `zone:` in it; without records there is no zone.
            why = "`zone` but no `records`"
            faults = [*document.faults, _not_a_zone(document.source, why)]
            return document._replace(zone=zone, names=None, faults=tuple(faults), complete=False, lacks=why)
        return document._replace(zone=zone, names=None, faults=tuple(faults), complete=False)
    seconds = whole_number(ttl[1]) if ttl else None
    read = document._replace(zone=zone, names=names, ttl=seconds, faults=tuple(faults), intent=intent)
    return read._replace(declared=name.span, is_evident=True)


def _intent(root: Mapping, zone: str) -> "tuple[Intent | None, tuple[SourceFault, ...]]":
    """What `systems:` and `mail:` declare; None, and why, where that contradicts itself."""
    systems, mail = entry_of(root, "systems"), entry_of(root, "mail")
    if systems is None and mail is None:
        return None, ()
    from linter.intent.reader import read_intent  # few zones declare anything

    intent, faults = read_intent(systems and systems[1], mail and mail[1], "zone-shape", zone)
    return (None if faults else intent), faults


def _is_tidy(root: Mapping) -> bool:
    """The fast reading of what the schema says about the top of a native file."""
    for key, value in zip(root.keys, root.values, strict=True):
        name, plain = unalias(key)[0], unalias(value)[0]
        wanted = name.text if isinstance(name, Scalar) else ""
        if is_unread(plain):
            continue
        if wanted == "zone":
            if not isinstance(plain, Scalar) or not plain.text.strip(". "):
                return False
        elif wanted == "ttl" and isinstance(plain, Scalar) and not plain.style:
            seconds = whole_number(plain)
            if seconds is None or not 0 <= seconds <= MOST_SECONDS:
                return False
        elif (
            wanted not in ("records", "systems", "mail")
            or not isinstance(plain, Mapping)
            or (wanted != "records" and not _fits_intent(wanted, plain))
        ):
            return False
    return entry_of(root, "records") is not None


def _fits_intent(key: str, node: Mapping) -> bool:
    from linter.intent import shape

    schema: dict[str, Any] = shape.systems_schema() if key == "systems" else shape.mail_schema()
    return shape.fits(plain_value(node), schema)


def _is_octodns_config(root: Mapping) -> bool:
    if entry_of(root, "providers") is None or entry_of(root, "zones") is None:
        return False
    from .octodns_config import is_octodns_config

    return is_octodns_config(plain_value(root))


def _is_named_like_zone(path: str) -> bool:
    folder, _, file = path.replace("\\", "/").rpartition("/")
    folder = folder.rpartition("/")[2]
    return "." in file.rpartition(".")[0].strip(".$") or (folder.endswith(".") and bool(folder.strip(".")))


def _is_zone(root: Mapping, is_named_like_zone: bool) -> bool:
    """Whether the values look like records: most of them, or any in a file that is named like a zone."""
    if is_named_like_zone:
        return any(_is_like_record(value) for value in root.values) or is_misspelt(root)
    alike = sum(1 for value in root.values if _is_like_record(value))
    return alike > 0 and 2 * alike >= len(root.values)


def is_misspelt(root: Mapping) -> bool:
    """Whether most values would be records if their keys were spelled right: a zone with one typo throughout."""
    alike = 0
    for value in root.values[:_MOST_LOOKED_AT]:
        plain, _ = unalias(value)
        first = unalias(plain.items[0])[0] if isinstance(plain, Sequence) and plain.items else plain
        if isinstance(first, Mapping) and _near("type", first):
            alike += _near("value", first) or _near("values", first)
    return alike > 0 and 2 * alike >= min(len(root.values), _MOST_LOOKED_AT)


def _near(name: str, mapping: Mapping) -> bool:
    """Whether a key may be meant by one of the first keys of a mapping."""
    from difflib import get_close_matches  # only files that are not zones, or hardly so, come here

    return bool(get_close_matches(name, [key_text(key).lower()[:64] for key in mapping.keys[:8]], 1, 0.75))


def _is_like_record(node: Node) -> bool:
    plain, _ = unalias(node)
    if isinstance(plain, Sequence):
        return any(isinstance(unalias(item)[0], Mapping) and _is_like_record(item) for item in plain.items[:8])
    if not isinstance(plain, Mapping):
        return False
    kind = entry_of(plain, "type")
    keys = {key.text for key in plain.keys if isinstance(key, Scalar)}
    if kind is not None:
        scalar = unalias(kind[1])[0]
        if isinstance(scalar, Scalar) and (scalar.text in KNOWN_TYPES or scalar.text.count("/") == 1):
            return True
    return bool(keys & {"value", "values"}) and bool(keys & {"type", "ttl"} or len(keys) == 1)
