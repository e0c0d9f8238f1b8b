"""Time our grammars against those of pyspf and checkdmarc over records as they are published; answers checked first.

The records are read again and again, as one estate has them again and again: what our grammars remember of a word
at its place counts as theirs. One line has records that are all different.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from linter.records.dmarc import record as dmarc
from linter.records.spf import record as spf

SPF = (
    "v=spf1 -all",
    "v=spf1 include:spf.protection.outlook.com -all",
    "v=spf1 include:_spf.google.com ~all",
    "v=spf1 mx a ip4:192.0.2.0/24 include:_spf.mail.example.net -all",
    "v=spf1 ip4:192.0.2.1 ip4:198.51.100.0/24 ip6:2001:db8::/32 include:sendgrid.net include:servers.mcsv.net ~all",
    "v=spf1 a:mail.example.com mx:example.org/28 exists:%{i}._spf.example.net -all",
    "v=spf1 include:amazonses.com include:spf.mandrillapp.com include:mail.zendesk.com ip4:203.0.113.5 -all",
)
DMARC = (
    "v=DMARC1; p=none",
    "v=DMARC1; p=reject; rua=mailto:dmarc@example.com",
    "v=DMARC1;p=reject;sp=reject;adkim=s;aspf=s",
    "v=DMARC1; p=none; rua=mailto:dmarc-rua@dmarc.service.example;",
    "v=DMARC1; p=quarantine; sp=reject; rua=mailto:a@example.com,mailto:b@example.org; ruf=mailto:f@example.com; fo=1",
)
_ROUNDS = 200


def seconds(parse: Callable[[str], Any], records: Sequence[str], rounds: int = _ROUNDS) -> float:
    """The time of many rounds over the records."""
    begin = time.perf_counter()
    for _ in range(rounds):
        for record in records:
            parse(record)
    return time.perf_counter() - begin


def compared(
    ours: Callable[[str], Any], theirs: Callable[[str], Any], records: Sequence[str], runs: int
) -> tuple[float, float, float]:
    """(median of ours, median of theirs, median of the ratios), in turn."""
    return medians([(seconds(ours, records), seconds(theirs, records)) for _ in range(runs)])


def medians(taken: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """(median of ours, median of theirs, median of the ratios) of pairs of times."""
    return (
        statistics.median(mine for mine, _ in taken),
        statistics.median(other for _, other in taken),
        statistics.median(mine / other for mine, other in taken),
    )


def against_pyspf(runs: int) -> tuple[float, float, float]:
    """SPF: pyspf reads a record in `query.check`, which is its only way in; DNS answers at once, with nothing."""
    import spf as pyspf  # of the group `bench`

    pyspf.DNSLookup = lambda *_: []

    def theirs(record: str) -> Any:
        return pyspf.query(i="192.0.2.3", s="postmaster@example.com", h="mx.example.com").check(record)

    return compared(spf.parse, theirs, SPF, runs)


def against_pyspf_terms(runs: int) -> tuple[float, float, float]:
    """SPF once more, against no more than pyspf's reading of each term, which only its `check` calls."""
    import spf as pyspf  # of the group `bench`

    words = pyspf.query(i="192.0.2.3", s="postmaster@example.com", h="mx.example.com")

    def theirs(record: str) -> list[str]:
        told_apart = [word for word in record.split(" ")[1:] if not pyspf.RE_MODIFIER.match(word)]
        return [words.validate_mechanism(word)[1] for word in told_apart]

    for record in SPF:
        if theirs(record) != [mechanism.name for mechanism in spf.parse(record).mechanisms]:
            raise SystemExit(f"the two do not agree about {record}")
    return compared(spf.parse, theirs, SPF, runs)


def against_checkdmarc(runs: int) -> tuple[float, float, float]:
    """DMARC: checkdmarc's `parse_dmarc_record`, without the questions it asks about where the reports go."""
    return compared(dmarc.parse, _checkdmarc(), DMARC, runs)


def against_checkdmarc_once(runs: int) -> tuple[float, float, float]:
    """DMARC once more, with other addresses in every record: nothing that was read before can help."""
    theirs = _checkdmarc()
    taken = []
    for run in range(runs):
        records = [_of_its_own(record, run * _ROUNDS + number) for number in range(_ROUNDS) for record in DMARC]
        taken.append((seconds(dmarc.parse, records, 1), seconds(theirs, records, 1)))
    return medians(taken)


def _of_its_own(record: str, number: int) -> str:
    """The record with every mailbox and every domain changed."""
    return record.replace("@", f"{number}@").replace("example", f"example{number}")


def _checkdmarc() -> Callable[[str], dict[str, Any]]:
    from checkdmarc import dmarc as theirs  # of the group `bench`

    theirs.verify_dmarc_report_destination = lambda *_, **__: None
    theirs.get_mx_records = lambda *_, **__: [{"hostname": "mx.example.com"}]

    def parsed(record: str) -> dict[str, Any]:
        tags: dict[str, Any] = theirs.parse_dmarc_record(record, "example.com")["tags"]
        return tags

    for record in DMARC:
        ours = [tag.name for tag in dmarc.parse(record).tags.tags]
        if not set(ours) <= parsed(record).keys():
            raise SystemExit(f"the two do not agree about {record}")
    return parsed
