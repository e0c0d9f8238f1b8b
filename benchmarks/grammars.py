"""Our grammars against pyspf's and checkdmarc's over texts that all differ, in one process, by CPU time.

A script for the benchmark's own environment: it prints as JSON, for each pair, the CPU seconds of both in each round.
Before that it looks whether both say the same of each kind of record.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from linter.records.dmarc import record as dmarc
from linter.records.spf import record as spf

_SPF = (
    "v=spf1 include:spf{0}.example.com -all",
    "v=spf1 mx a ip4:192.0.2.{1} include:_spf{0}.mail.example.net -all",
    "v=spf1 ip4:198.51.100.{1} ip4:10.{2}.{1}.0/24 ip6:2001:db8:{2:x}::/48 include:s{0}.example.net ~all",
    "v=spf1 a:mail{0}.example.com mx:mx{0}.example.org/28 exists:%{{i}}._spf{0}.example.net -all",
    "v=spf1 include:a{0}.example.com include:b{0}.example.com include:c{0}.example.com ip4:203.0.113.{1} -all",
)
_DMARC = (
    "v=DMARC1; p=none; rua=mailto:d{0}@example.com",
    "v=DMARC1; p=reject; rua=mailto:dmarc@d{0}.example.com",
    "v=DMARC1;p=reject;sp=reject;adkim=s;aspf=s;rua=mailto:r{0}@example.net",
    "v=DMARC1; p=quarantine; sp=reject; rua=mailto:a{0}@example.com,mailto:b{0}@example.org; fo=1",
)
_RECORDS = 200


def texts(forms: Sequence[str], round_number: int) -> list[str]:
    """Records of these forms of which none is in another round."""
    first = round_number * _RECORDS
    return [
        form.format(number, number % 256, number // 256 % 256)
        for number in range(first, first + _RECORDS)
        for form in forms
    ]


def _seconds(parse: Callable[[str], Any], records: Sequence[str]) -> float:
    begin = time.process_time()
    for record in records:
        parse(record)
    return time.process_time() - begin


def _pyspf_check(record: str) -> Any:
    """What pyspf offers to others: it evaluates a record while it reads it; DNS answers at once, with nothing."""
    import spf as pyspf

    return pyspf.query(i="192.0.2.3", s="postmaster@example.com", h="mx.example.com").check(record)


def _pyspf_terms() -> Callable[[str], Any]:
    import spf as pyspf

    pyspf.DNSLookup = lambda *_, **__: []
    words = pyspf.query(i="192.0.2.3", s="postmaster@example.com", h="mx.example.com")

    def terms(record: str) -> list[str]:
        """No more than pyspf's reading of each term, which only its `check` calls."""
        mechanisms = [word for word in record.split(" ")[1:] if not pyspf.RE_MODIFIER.match(word)]
        return [words.validate_mechanism(word)[1] for word in mechanisms]

    for record in texts(_SPF, 0):
        if terms(record) != [mechanism.name for mechanism in spf.parse(record).mechanisms]:
            sys.exit(f"the two do not agree about {record}")
    return terms


def _checkdmarc() -> Callable[[str], Any]:
    from checkdmarc import dmarc as theirs

    def parsed(record: str) -> Any:
        return theirs.parse_dmarc_record(record, "example.com")["tags"]

    theirs.verify_dmarc_report_destination = lambda *_, **__: None
    theirs.get_mx_records = lambda *_, **__: [{"hostname": "mx.example.com"}]
    for record in texts(_DMARC, 0):
        if not {tag.name for tag in dmarc.parse(record).tags.tags} <= parsed(record).keys():
            sys.exit(f"the two do not agree about {record}")
    return parsed


def main(rounds: int) -> None:
    """Time all pairs, each in turn, and print what they took."""
    pairs: dict[str, tuple[Sequence[str], Callable[[str], Any], Callable[[str], Any]]] = {
        "SPF records|pyspf, terms alone": (_SPF, spf.parse, _pyspf_terms()),
        "SPF records|pyspf": (_SPF, spf.parse, _pyspf_check),
        "DMARC records|checkdmarc": (_DMARC, dmarc.parse, _checkdmarc()),
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in pairs}
    for number in range(1, rounds + 1):
        for name, (forms, ours, theirs) in pairs.items():
            records = texts(forms, number)
            taken[name].append((_seconds(ours, records), _seconds(theirs, records)))
    print(json.dumps(taken))


if __name__ == "__main__":
    main(int(sys.argv[1]))
