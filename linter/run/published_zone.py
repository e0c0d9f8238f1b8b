"""A zone as octoDNS makes it of the files of its sources and sends it through its processors."""

from collections.abc import Callable, Iterator

from linter.providers.as_published import as_published
from linter.providers.reach import with_added
from linter.records.text.fault import quoted
from linter.records.text.name import dotless
from linter.source.text import SourceFault, Span
from linter.zone.document import Document
from linter.zone.model import Zone
from linter.zone.octodns_processors import UNKNOWN
from linter.zone.reading import zone_from

from .assembly import Assembled, Assembly


def published_zone(name: str, assembly: Assembly, document: Callable[[str], Document]) -> Zone | None:
    """The zone of that name; None where none of its files holds one. Raises Unreadable.

    Where all of its files say that they are another zone, it has that one's name, and nothing is known of either by a
    question: nobody here can tell which is meant.
    """
    assembled = assembly.zones[name]
    documents = list(documents_of(name, assembly, document))
    others = [each for each in documents if each.names is not None and each.zone != name]
    if others and len({each.zone for each in documents if each.names is not None}) > 1:
        documents = [each._replace(names=None, complete=False) if each in others else each for each in documents]
    zone = zone_from(documents)
    if zone is None:
        return None
    conflicts = [fault for each in others for fault in _conflict(name, each, assembly, assembled)]
    faults = (*zone.faults, *conflicts, *_unknown_processors(assembly, assembled))
    zone = zone._replace(complete=zone.complete and assembled.complete and not others, faults=faults)
    zone = with_added(zone, assembled.added)
    if assembled.processors:
        from linter.zone.processed import processed  # few configurations have any

        zone = processed(zone, assembled.processors)
    return as_published(zone, assembled.publishing)


def documents_of(name: str, assembly: Assembly, document: Callable[[str], Document]) -> Iterator[Document]:
    """The files of a zone, in the order of its sources and as these are read. Raises Unreadable."""
    for layer in assembly.zones[name].layers:
        for path in layer.files:
            read = document(path)
            # What is written for octoDNS takes its zone from the configuration; a native file has its own.
            origin = name if read.declared is None else read.zone
            source = layer.source
            ttl = source.ttl if read.ttl is None else read.ttl
            yield read._replace(zone=origin, ttl=ttl, replaces=source.replaces, escaped=source.escaped)


def _conflict(name: str, document: Document, assembly: Assembly, assembled: Assembled) -> Iterator[SourceFault]:
    """The fault in both of its places: the entry of the configuration, and the file."""
    here = document.declared or Span(document.source, 0, 0)
    there = assembly.places.zones.get(assembled.entry)
    shown, given = quoted(dotless(document.zone), 80), quoted(dotless(name), 80)
    message = f"the file says that it is {shown}, the octoDNS configuration makes {given} of it"
    way_out = "let both name one zone"
    related = ((there, "the entry of the configuration"),) if there is not None else ()
    yield SourceFault(here, "zone-name-conflict", message, way_out, related)
    if there is not None:
        message = f"{given} is made of a file that says that it is {shown}"
        yield SourceFault(there, "zone-name-conflict", message, way_out, ((here, "the file's own word"),))


def _unknown_processors(assembly: Assembly, assembled: Assembled) -> Iterator[SourceFault]:
    """The processors that may change whatever they like."""
    for processor in assembled.processors:
        place = assembly.places.processors.get(processor.name) or assembly.places.zones.get(assembled.entry)
        if processor.effect == UNKNOWN and place is not None:
            message = f"what {quoted(processor.name, 60)} does to values is unknown here, so they are not judged"
            yield SourceFault(place, "zone-processor-unknown", message)
