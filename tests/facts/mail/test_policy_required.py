"""The DMARC record that a name with declared mail is to have: as declared, as demanded, once its senders pass."""

import pytest

from linter.facts.demands import Demands
from linter.facts.mail.policy_required import policy_records
from linter.facts.mail.requirement import Required

from .test_senders import declared

SYSTEMS = "zone: example.com\nsystems:\n  relay: {spf: 'ip4:50.0.0.9'}\nmail:\n"
SPF = "  '': {type: TXT, value: 'v=spf1 ip4:50.0.0.9 -all'}\n"
REPORTS = "rua=mailto:a@example.com"


def asked(mail: str, records: str, demands: Demands | None = None, dns: str = "") -> list[Required]:
    found = declared(f"{SYSTEMS}  example.com: {mail}\nrecords:\n{records}", dns)
    found.facts.demands = demands or Demands()
    entry = found.of("example.com.")
    assert entry is not None
    return list(policy_records(found, entry))


def dmarc(text: str) -> str:
    return f"  _dmarc: {{type: TXT, value: '{text}'}}\n"


STRICT = "{sends: [relay], dmarc: {p: reject, rua: [a@example.com]}}"
CASES = [
    ("{sends: [relay]}", SPF, "missing", ()),
    ("{sends: [relay], dmarc: {rua: [a@example.com]}}", SPF, "missing", (f"v=DMARC1; p=none; {REPORTS}",)),
    (STRICT, SPF, "missing", (f"v=DMARC1; p=reject; {REPORTS}",)),
    (STRICT, "  a: {type: A, value: 192.0.2.1}\n", "missing", (f"v=DMARC1; p=reject; {REPORTS}",)),
    (STRICT, SPF + dmarc(f"v=DMARC1; p=reject; {REPORTS}"), "present", (f"v=DMARC1; p=reject; {REPORTS}",)),
    (STRICT, SPF + dmarc(f"v=DMARC1; p=none; {REPORTS}"), "differs", (f"v=DMARC1; p=reject; {REPORTS}",)),
    (STRICT, SPF + dmarc("v=DMARC1; p=reject"), "differs", (f"v=DMARC1; p=reject; {REPORTS}",)),
    (STRICT, SPF + dmarc("v=DMARC1 p=reject"), "differs", ()),
    ("{sends: [relay], dmarc: {p: none, sp: reject, rua: [a@example.com]}}", SPF, "missing",
     (f"v=DMARC1; p=none; sp=reject; {REPORTS}",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("mail", "records", "state", "values"), CASES, ids=[str(number) for number in range(len(CASES))]
)
def test_the_record_of_a_name(mail: str, records: str, state: str, values: tuple[str, ...]) -> None:
    (record,) = asked(mail, records)

    assert (record.name, record.type, record.state, record.values) == ("_dmarc.example.com.", "TXT", state, values)
    assert record.purpose == "policy"


@pytest.mark.parametrize(
    ("demands", "expected"),
    [
        (Demands(), f"v=DMARC1; p=none; {REPORTS}"),
        (Demands("quarantine"), f"v=DMARC1; p=quarantine; {REPORTS}"),
        (Demands("none", ("b@example.com",)), f"v=DMARC1; p=none; {REPORTS},mailto:b@example.com"),
    ],
)
def test_a_profile_may_demand_more(demands: Demands, expected: str) -> None:
    (record,) = asked("{sends: [relay], dmarc: {p: none, rua: [a@example.com]}}", SPF, demands)

    assert record.values == (expected,)


def test_a_policy_waits_for_senders_that_are_not_known_to_pass() -> None:
    (record,) = asked(STRICT.replace("relay", "relay, other"), SPF)

    assert record.values == ()
    assert "once every sender passes; not known to pass: `other`" in record.hint


ANSWER = "version: 1\nanswers:\n  example.com._report._dmarc.example.net:\n    TXT: %s\n"


@pytest.mark.parametrize(
    ("dns", "lacking"),
    [
        ("", []),
        (ANSWER % "nodata", ["example.com._report._dmarc.example.net."]),
        (ANSWER % "['v=DMARC1;']", []),
        (ANSWER % "['other']", ["example.com._report._dmarc.example.net."]),
    ],
)
def test_those_who_get_reports_must_agree(dns: str, lacking: list[str]) -> None:
    record = dmarc("v=DMARC1; p=none; rua=mailto:a@example.net")
    _, *permits = asked("{sends: [relay], dmarc: {rua: [a@example.net]}}", SPF + record, dns=dns)

    assert [each.name for each in permits] == lacking
    assert all((each.purpose, each.values) == ("report", ("v=DMARC1;",)) for each in permits)
