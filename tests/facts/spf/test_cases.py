"""Which record speaks where several suffer from one cause."""

from linter.facts.spf.cases import SpfCase, reports
from linter.facts.spf.cost import SpfTree
from linter.facts.spf.limits import MAX_LOOKUPS
from linter.facts.spf.tree import SpfTrees
from linter.facts.texts import SpfText
from linter.records.spf.record import parse
from linter.source.text import Source
from linter.zone.model import Text
from linter.zone.reading import read_document, zone_from
from tests.facts.recorded_world import records, world


def cases(texts: dict[str, str]) -> list[SpfCase]:
    """The cases of a zone `example` with these records."""
    trees = SpfTrees(world(records(**texts)), parse)
    zone = "".join(f"{name}: {{type: TXT, value: {text!r}}}\n" for name, text in texts.items())
    declared = zone_from([read_document(Source("example.yaml", zone))])
    assert declared is not None
    found = []
    for record in declared.records:
        (value,) = record.values
        assert isinstance(value, Text)
        found.append(SpfCase(SpfText(record, value, parse(value.text)), trees.at(record.name)))
    return found


def test_a_chain_of_thousands_of_records_is_walked_once() -> None:
    """Measured by questions, not by time: each record is looked at a few times, whatever leads to it."""
    length = 2_000
    texts = {f"r{number}": f"v=spf1 include:r{number + 1}.example -all" for number in range(length)}
    asked = 0

    def measure(tree: SpfTree) -> int:
        nonlocal asked
        asked += 1
        return tree.lookups.min

    (reported,) = reports(cases({**texts, f"r{length}": "v=spf1 -all"}), measure, MAX_LOOKUPS + 1)

    assert reported.case.name == f"r{length - MAX_LOOKUPS - 1}.example."
    assert len(reported.others) == length - MAX_LOOKUPS - 1
    assert asked < 5 * length
