"""Semicolons of TXT values, which octoDNS wants written in one way."""

from collections.abc import Iterator

from linter.finding import Rewrite
from linter.source.pattern import Pattern
from linter.zone.model import Record, Text
from linter.zone.published import publish
from linter.zone.rewriting import replaced
from mailzone import RECORDS, WARNING, Complaint, Facts, Fix, Related, complaint, rule

# octoDNS minds a bare semicolon only behind a letter or digit, where it can only be a separator.
_BARE = Pattern(r"(?<=\w);")


_ESCAPED = Pattern(r"\\;")
_UNESCAPED = Pattern(r"(?<!\\);")


@rule("semicolons-escaped-inconsistently", WARNING, "octoDNS docs/records.md, `escaped_semicolons`", when=RECORDS)
def semicolons_escaped_inconsistently(facts: Facts) -> Iterator[Complaint]:
    """The first value of each file that departs from the form the file began with."""
    is_open = not facts.zone.escaped  # no configuration says how they are written
    if is_open and all(_is_plain(source.text) and _are_alike([source.text]) for source in facts.zone.sources):
        return  # as nearly all, whatever the values are
    first: dict[str, tuple[Text, bool]] = {}
    reported: set[str] = set()
    held = list(_with_semicolons(facts))
    if is_open and _are_alike([value.node.text for _, value in held]):
        return
    for record, value in held:
        path = value.node.source.path
        bare, escaped = _BARE.search(value.node.text), _ESCAPED.search(value.node.text)
        wanted = facts.zone.escaped.get(path)
        if wanted is not None:
            if (bare if wanted else escaped) and path not in reported:
                yield _refused(record, value, wanted)._replace(fix=_alike(facts, path, wanted))
                reported.add(path)
        elif bare and escaped:
            if path not in reported:
                yield _complaint(record, value, ())._replace(fix=_alike(facts, path))
                reported.add(path)
        elif bare or escaped:
            known, was_escaped = first.setdefault(path, (value, bool(escaped)))
            if was_escaped != bool(escaped) and path not in reported:
                form = "`\\;`" if was_escaped else "`;`"
                made = _complaint(record, value, (Related(known.span, f"{form} is written here"),))
                yield made._replace(fix=_alike(facts, path))
                reported.add(path)


def _is_plain(text: str) -> bool:
    """Whether all that a file holds is written in it, each semicolon as it is."""
    return '"' not in text and "!" not in text


def _are_alike(texts: list[str]) -> bool:
    """Whether all semicolons are escaped, or none is."""
    escaped = sum(text.count("\\;") for text in texts)
    return not escaped or escaped == sum(text.count(";") for text in texts)


def _alike(facts: Facts, path: str, wanted: bool | None = None) -> Fix | None:
    """All values of a file in one form, in that of most of them where none is wanted; octoDNS publishes both alike."""
    texts = [value for _, value in _with_semicolons(facts) if value.node.source.path == path]
    escaped = sum(1 for value in texts if _ESCAPED.search(value.node.text))
    is_escaped = 2 * escaped >= len(texts) if wanted is None else wanted
    marks, form = (_UNESCAPED, "\\;") if is_escaped else (_ESCAPED, ";")
    found: dict[int, Rewrite] = {}
    for value in texts:
        written = value.node.text
        stretches = tuple((*mark.span(), form) for mark in marks.finditer(written))
        if stretches and publish(replaced(written, stretches)) == publish(written):
            found[value.node.start] = Rewrite(value.node, stretches)
    return Fix(rewrites=tuple(found.values())) if found else None


def _with_semicolons(facts: Facts) -> Iterator[tuple[Record, Text]]:
    """The values that have any; in SPF none is right at all, and its own rules say so."""
    for record in facts.records("TXT", "SPF"):
        for value in record.values:
            if isinstance(value, Text) and ";" in value.node.text and "v=spf" not in value.text[:12].lower():
                yield record, value


def _complaint(record: Record, value: Text, related: tuple[Related, ...]) -> Complaint:
    message = "`;` and `\\;` are mixed in this " + ("file" if related else "value")
    way_out = "write all of them in the same way; octoDNS expects `\\;` unless `escaped_semicolons` is off"
    return complaint(value.span, message, help=way_out, at=record, related=related)


def _refused(record: Record, value: Text, escaped: bool) -> Complaint:
    found, right = ("`;`", "`\\;`") if escaped else ("`\\;`", "`;`")
    message = f"{found} in a file that octoDNS reads with `escaped_semicolons: {str(escaped).lower()}`"
    return complaint(value.span, message, help=f"write {right} in all of its values", at=record)
