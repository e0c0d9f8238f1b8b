"""A declaration drafted from what zones show: vendors by their names, own servers, and names without mail."""

import pytest

from linter.facts.mail.drafted_mail import DraftEntry, Drafter, is_plain_name
from linter.facts.mail.shown_mail import shown_mail

from ..zones import facts_of, txt


def mx(*hosts: str) -> str:
    values = ", ".join(f"{{preference: {number}, exchange: {host}}}" for number, host in enumerate(hosts))
    return f"{{type: MX, values: [{values}]}}"


def drafted(zone: str) -> DraftEntry:
    """The one entry of a zone, its systems with their keys."""
    drafter = Drafter(lambda name: name)
    for shown in shown_mail(facts_of(zone)):
        drafter.add(shown)
    (entry,) = drafter.declaration().entries
    return entry


@pytest.mark.parametrize(
    ("zone", "is_none", "receives", "sends"),
    [
        (f"'': {mx('smtp.google.com.')}\n", False, "google-workspace", None),
        (f"'': [{mx('smtp.google.com.')}, {{type: TXT, value: 'v=spf1 include:_spf.google.com -all'}}]\n",
         False, "google-workspace", ["google-workspace"]),
        (f"'': [{mx('.')}, {{type: TXT, value: v=spf1 -all}}]\n", True, "", None),
        (txt("v=spf1 -all"), True, "", None),
    ],
)  # fmt: skip
def test_what_a_zone_shows_is_declared(zone: str, is_none: bool, receives: str, sends: list[str] | None) -> None:
    entry = drafted(zone)

    assert entry.is_none is is_none
    assert (entry.receives.provider if entry.receives else "") == receives
    assert (None if entry.sends is None else [each.provider for each in entry.sends]) == sends
    assert entry.is_usable


def test_a_server_of_ones_own_is_a_system_without_vendor() -> None:
    entry = drafted(f"'': {mx('mx.example.net.')}\n")

    assert entry.receives is not None
    assert (entry.receives.provider, entry.receives.receives) == ("", ("mx.example.net.",))
    assert entry.receives.key


def test_of_a_name_that_two_files_show_differently_nothing_is_said() -> None:
    drafter = Drafter(lambda name: name)
    for zone in (f"'': {mx('smtp.google.com.')}\n", f"'': {mx('mx.example.net.')}\n"):
        for shown in shown_mail(facts_of(zone)):
            drafter.add(shown)
    (entry,) = drafter.declaration().entries

    assert not entry.is_usable
    assert drafter.declaration().systems == ()


@pytest.mark.parametrize(("name", "is_one"), [("a-b.example.", True), ("_a.example.", False), ("*.example.", False)])
def test_names_that_a_declaration_can_have(name: str, is_one: bool) -> None:
    assert is_plain_name(name) is is_one


@pytest.mark.parametrize("host", ["feedback-smtp.eu-west-1.amazonses.com.", "mx.sendgrid.net.", "mxa.mailgun.org."])
def test_where_bounces_go_nobody_receives(host: str) -> None:
    """Whatever else the vendor does: some hold mailboxes, at other hosts."""
    assert drafted(f"'': {mx(host)}\n").problem.endswith(", a return path")
    assert drafted(f"'': {mx('inbound-smtp.eu-west-1.amazonaws.com.')}\n").problem == ""
