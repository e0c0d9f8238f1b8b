"""What is kept of a record: once for each, bounded, and never that of another one."""

from linter.facts.spf.of_record import LONGEST_KEPT, MOST_KEPT, of_record
from linter.records.spf.record import Spf, parse

CALLS: list[str] = []


@of_record
def words(spf: Spf) -> tuple[str, ...]:
    """The words of a record."""
    CALLS.append(spf.text)
    return tuple(spf.text.split())


def test_a_record_is_looked_at_once() -> None:
    CALLS.clear()
    record, other = parse("v=spf1 a -all"), parse("v=spf1 mx -all")

    assert [words(each)[1] for each in (record, other, record, other)] == ["a", "mx", "a", "mx"]
    assert [record.text, other.text] == CALLS


def test_records_that_are_gone_are_not_taken_for_others() -> None:
    for number in range(2 * MOST_KEPT + 10):
        text = f"v=spf1 ip4:50.0.{number // 256}.{number % 256} -all"
        assert words(parse(text)) == tuple(text.split())


def test_long_records_are_not_kept() -> None:
    CALLS.clear()
    record = parse(f"v=spf1 {'a:b.example ' * LONGEST_KEPT}-all")

    assert words(record) == words(record)
    assert len(CALLS) == 2
