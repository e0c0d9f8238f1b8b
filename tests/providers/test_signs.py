"""The tables that every check looks into say the same as the catalogue, and load nothing heavy."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.finding import LOCK, Witness
from linter.lookup.answer import FOUND, UNKNOWN
from linter.lookup.chain import Chain
from linter.providers import VERIFICATION, name_signs, signs
from linter.providers.catalogue import catalogue
from linter.providers.files import policies_folder, provider_documents
from linter.providers.mail_hosts import host_sign
from linter.providers.model import MxHost
from linter.providers.sign_data import sign_data
from linter.providers.snapshots import Snapshots, SpfSign, is_snapshot, spf_sign

HOSTS = [
    (provider.key, example, host)
    for provider in catalogue().providers.values()
    for host in provider.mx
    for example in host.examples or (host.host,)
]
LABELS = st.sampled_from(
    [
        "a",
        "b",
        "mx",
        "microsoft",
        "mail",
        "protection",
        "outlook",
        "com",
        "google",
        "smtp",
        "ess",
        "de",
        "mx00",
        "ionos",
        "barracudanetworks",
        "inbound-smtp",
        "eu-west-1",
        "amazonaws",
        "www1",
        "your-server",
    ]
)


def test_the_tables_are_those_of_the_files() -> None:
    expected = sign_data(document for _, document in provider_documents(f"{policies_folder()}/providers"))

    assert {name: (vars(signs) | vars(name_signs))[name] for name in expected} == expected


@pytest.mark.parametrize(("key", "name", "host"), HOSTS, ids=str)
def test_a_host_has_the_same_owner_by_its_sign_and_in_the_catalogue(key: str, name: str, host: MxHost) -> None:
    sign = host_sign(f"{name}.")
    found = catalogue().of_mx(name)

    assert sign is not None
    assert found is not None
    assert (sign.provider, found.provider.key) == (key, key)
    assert sign.takes_mail is not host.verification
    assert sign.style == (VERIFICATION if host.verification else host.style)
    assert sign.roles == found.provider.roles


@given(st.lists(LABELS, min_size=1, max_size=7).map(".".join))
def test_any_name_has_the_same_owner_by_both(name: str) -> None:
    sign, found = host_sign(f"{name}."), catalogue().of_mx(name)

    assert (sign.provider if sign else None) == (found.provider.key if found else None)


def test_a_snapshot_answers_with_its_date_and_only_for_what_it_holds() -> None:
    answer = Snapshots().lookup("_spf.google.com.", "TXT")

    assert (answer.status, answer.origin) == (FOUND, "provider snapshot of 2026-07-06")
    assert str(answer.values[0]).startswith("v=spf1 ip4:74.125.0.0/16")
    assert is_snapshot(answer.witnesses)
    assert not is_snapshot((Witness(LOCK, "mailzone.lock", "2026-07-06"),))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("_spf.google.com.", "MX"), ("_spf.google.com.", "A"), ("nobody.example.", "TXT"), ("google.com.", "TXT")],
)
def test_what_no_snapshot_holds_is_unknown_and_never_missing(name: str, kind: str) -> None:
    assert Snapshots().lookup(name, kind).status == UNKNOWN


def test_whoever_is_asked_before_the_snapshots_is_believed() -> None:
    class Lock:
        def lookup(self, name: str, kind: str) -> object:
            return (
                Snapshots()
                .lookup(name, kind)
                ._replace(values=("v=spf1 -all",), witnesses=(Witness(LOCK, "mailzone.lock"),))
            )

    answer = Chain([Lock(), Snapshots()]).lookup("_spf.google.com.", "TXT")  # type: ignore[list-item]

    assert (answer.values, answer.origin) == (("v=spf1 -all",), "mailzone.lock")


def test_every_snapshot_holds_one_spf_record() -> None:
    for values, seen, *_ in name_signs.SNAPSHOTS.values():
        assert sum(value.startswith("v=spf1 ") for value in values) == 1
        assert seen.startswith("20")


MET = [
    ("_spf.protonmail.ch", "proton-mail"),
    ("sendgrid.net", "sendgrid"),
    ("icloud.com", "icloud"),
    ("mailgun.org", "mailgun"),
    ("spf.improvmx.com", "improvmx"),
    ("_spf.mx.cloudflare.net", "cloudflare-email-routing"),
    ("spf.migadu.com", "migadu"),
    ("simplelogin.co", "simplelogin"),
    ("_spf.dotdigital.com", "dotdigital"),
    ("_spf.mlsend.com", "mailerlite"),
    ("zoho.com", "zoho-mail"),
    ("zoho.eu", "zoho-mail"),
    ("spf.mailjet.com", "mailjet"),
    ("_spf.purelymail.com", "purelymail"),
    ("spf.mtasv.net", "postmark"),
    ("spf.infomaniak.ch", "infomaniak"),
    ("amazonses.com", "amazon-ses"),
    ("servers.mcsv.net", "mailchimp"),
]


@pytest.mark.parametrize(("name", "key"), MET)
def test_the_includes_that_people_have_are_known_by_vendor_and_least_cost(name: str, key: str) -> None:
    sign = spf_sign(f"{name.upper()}.")
    found = catalogue().of_spf(name)

    assert sign is not None
    assert found is not None
    assert (sign.provider, found.provider.key) == (key, key)
    assert sign.least >= 1
    assert sign.seen.startswith("20")
    assert spf_sign(name) == sign


def test_the_least_cost_is_what_the_vendor_s_fact_says_by_the_word_of_who_counted() -> None:
    assert spf_sign("sendgrid.net") == SpfSign("sendgrid", 2, "audit", "2026", False)
    assert spf_sign("mailgun.org") == SpfSign("mailgun", 5, "audit", "2026", False)
    assert spf_sign("icloud.com") == SpfSign("icloud", 1, *catalogue().providers["icloud"].spf[0].evidence)
    assert [spf_sign(name) for name in ("", ".", "example.com", "eu._netblocks.mimecast.com", "x" * 300)] == [None] * 5


def test_no_help_page_that_names_a_term_is_the_witness_of_its_cost() -> None:
    terms = [term for provider in catalogue().providers.values() for term in provider.spf if term.cost is not None]

    assert terms
    assert [term.term for term in terms if term.cost == 1] == [], "that an include costs itself needs no witness"
    assert [term.term for term in terms if term.counted is None and term.evidence.confirmed] == []


def test_a_record_that_is_known_whole_costs_what_it_holds() -> None:
    """Where a record's text is known as well, the least cost is not more than what is in it."""
    for kind, name in name_signs.SNAPSHOTS:
        sign = spf_sign(name)
        if sign is not None:
            (record,) = (value for value in name_signs.SNAPSHOTS[kind, name][0] if value.startswith("v=spf1 "))
            words = [word.lstrip("+-~?") for word in record.split()]
            asked = sum(word.startswith(("include:", "a:", "mx:", "exists:", "redirect=")) for word in words)
            assert sign.least <= 1 + asked or asked


def test_nothing_is_loaded_before_a_question_needs_it() -> None:
    program = (
        "import sys; from linter.providers.snapshots import Snapshots; Snapshots().lookup('a.', 'A');"
        "print([name for name in sys.modules if name.startswith('linter.providers.') and 'snapshots' not in name])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"
