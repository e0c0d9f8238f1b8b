"""One declared set against the one that is served: missing, different, more, or in place."""

import pytest

from linter.facts.drift.expected import expectations
from linter.facts.drift.sets import judge
from linter.lookup.served import Said, Served

from ..zones import facts_of, txt

ZONE = txt("v=spf1 mx -all") + "mx: {type: A, values: [192.0.2.1, 192.0.2.2]}\n"
SPF, HOST = ("example.com.", "TXT"), ("mx.example.com.", "A")


@pytest.mark.parametrize(
    ("pair", "said", "missing", "differing", "extra"),
    [
        (SPF, Said("found", ('"v=spf1 mx -all"',)), 0, 0, 0),
        (SPF, Said("found", ('"v=spf1 mx ~all"',)), 0, 1, 0),
        (SPF, Said("found", ('"v=spf1 mx -all"', '"token=x"')), 0, 0, 1),
        (SPF, Said("nodata"), 1, 0, 0),
        (SPF, Said("nxdomain"), 1, 0, 0),
        (HOST, Said("found", ("192.0.2.2", "192.0.2.1")), 0, 0, 0),
        (HOST, Said("found", ("192.0.2.1",)), 0, 1, 0),
    ],
)
def test_a_set_is_judged(pair: tuple[str, str], said: Said, missing: int, differing: int, extra: int) -> None:
    facts = facts_of(ZONE)
    served = Served("example.com.", ("ns",), {"ns": {pair: said}}, "probe")
    expected = expectations(facts).of(*pair)
    assert expected is not None
    judged = judge(facts, served, pair, expected)

    assert (len(judged.missing), len(judged.differing), len(judged.extra)) == (missing, differing, extra)
