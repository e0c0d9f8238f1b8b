"""`dns:` of a first configuration: what the zones show of their publisher, as lines with comments."""

from collections.abc import Iterable, Iterator

from linter.facts.facts import Facts
from linter.records.text.name import dotless


def dns_lines(zones: Iterable[Facts]) -> Iterator[str]:
    """The lines: what an octoDNS configuration says needs none, and what the targets leave open is a comment."""
    bare = dotted = 0
    publishers: dict[str, None] = {}
    flattened: dict[str, None] = {}
    unknown = 0
    for facts in zones:
        publishing = facts.publishing
        publishers.update(dict.fromkeys(publishing.publishers))
        if publishing.is_known:
            continue
        unknown += 1
        for _, target in facts.targets:
            plain = target.written.rstrip(".")
            if not target.fault and "." in plain:
                bare, dotted = bare + (not target.dotted), dotted + target.dotted
        apex = (record for record in facts.records("CNAME") if record.name == facts.zone.name)
        flattened.update(dict.fromkeys(f"CNAME at {dotless(record.name)}" for record in apex))
    if publishers:
        yield f"# dns:  # octoDNS's configuration says who publishes: {', '.join(sorted(publishers))}"
    if unknown:
        yield from _unknown_lines(bare, dotted, list(flattened))


def _unknown_lines(bare: int, dotted: int, flattened: list[str]) -> Iterator[str]:
    """What the zones themselves show, where nobody says who publishes them."""
    is_bare = bare and not dotted
    yield "dns:" if is_bare else "# dns:"
    if is_bare:
        yield f"  target-dots: optional  # none of {bare:,} targets has a final dot: who publishes takes them as whole"
    else:
        held = f"{bare:,} of {bare + dotted:,} targets have no final dot" if bare else "every target has a final dot"
        yield f"#   target-dots: optional  # if who publishes takes targets without final dot as whole; {held}"
    shown = f"there is a {flattened[0]}" if flattened else "no CNAME is at an apex"
    yield f"#   cname-flattening: true  # if who publishes serves a CNAME at the apex as addresses; {shown}"
