"""SRV names and ports of mail services: what programs look up, and what was plainly meant and is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.records.hosts.services import SERVICES, service_of
from linter.records.hosts.srv import name_fault, port_fault


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.label)
def test_a_service_is_known_by_its_two_labels(service: object) -> None:
    known = {each.label: each for each in SERVICES}
    label = getattr(service, "label", "")

    assert service_of(f"{label}._tcp.example.com.") is known[label]
    assert service_of(f"{label.upper()}._TCP") is known[label]
    assert service_of(f"{label}._udp.example.com.") is None
    assert name_fault(f"{label}._tcp") is None
    assert port_fault(known[label], known[label].port) is None


def test_each_service_and_its_form_with_tls_know_each_other() -> None:
    known = {service.label: service for service in SERVICES}
    for service in SERVICES:
        if service.sibling:
            sibling = known[service.sibling]
            assert (sibling.sibling, sibling.tls) == (service.label, not service.tls)
        assert service.tls_sibling == ("" if service.tls else service.sibling)


@pytest.mark.parametrize(
    ("name", "ports", "meant"),
    [
        ("_imap4s._tcp", (993,), "_imaps._tcp"),
        ("_imaps._tls", (993,), "_imaps._tcp"),
        ("_imaps._udp", (993,), "_imaps._tcp"),
        ("_imaps.tcp", (993,), "_imaps._tcp"),
        ("imaps._tcp", (993,), "_imaps._tcp"),
        ("_tcp._imaps", (993,), "_imaps._tcp"),
        ("_imaps_tcp", (993,), "_imaps._tcp"),
        ("_imaps", (993,), "_imaps._tcp"),
        ("_submisson._tcp", (587,), "_submission._tcp"),
        ("_smtps._tcp", (465,), "_submissions._tcp"),
        ("_smtp._tcp", (587,), "_submission._tcp"),
        ("_pop._tcp", (110,), "_pop3._tcp"),
        ("_autodiscovery._tcp", (443,), "_autodiscover._tcp"),
        ("_managesieve._tcp.shop", (4190,), "_sieve._tcp"),
    ],
)
def test_a_misspelt_name_has_what_was_meant(name: str, ports: tuple[int, ...], meant: str) -> None:
    fault = name_fault(name, ports)

    assert fault is not None
    assert fault.message.endswith(f"did you mean `{meant}`?")
    assert 0 <= fault.start < fault.end <= len(name)


@pytest.mark.parametrize(
    "name",
    [
        "_sip._tls",
        "_sipfederationtls._tcp",
        "_xmpp-client._tcp",
        "_minecraft._tcp",
        "_ldap._tcp",
        "*._tcp",
        "imap.tcp",
        "www",
        "_dmarc",
        "",
        "_imap._tcp",
        "_jmap._tcp",
    ],
)
def test_other_services_and_hosts_are_left_alone(name: str) -> None:
    assert name_fault(name) is None


@pytest.mark.parametrize(("name", "words"), [("_smtp._tcp", "MX records"), ("_autoconfig._tcp", "no mail program")])
def test_names_that_nobody_defined_are_told(name: str, words: str) -> None:
    fault = name_fault(name, (25,))

    assert fault is not None
    assert words in fault.message


@pytest.mark.parametrize(
    ("label", "port", "words"),
    [
        ("_submission", 465, "`_submissions`"),
        ("_submission", 993, "`_imaps`"),
        ("_submission", 25, "between servers"),
        ("_imaps", 143, "`_imap`"),
        ("_imaps", 0, "not a port"),
        ("_caldavs", 80, "HTTP without TLS"),
    ],
)
def test_the_port_of_another_service_is_told(label: str, port: int, words: str) -> None:
    service = service_of(f"{label}._tcp")
    assert service is not None

    fault = port_fault(service, port)

    assert fault is not None
    assert words in fault.message
    assert fault.end == len(str(port))


@pytest.mark.parametrize("port", [1, 2525, 8443, 50_000])
def test_a_port_of_nobody_in_particular_is_the_operators_choice(port: int) -> None:
    assert all(port_fault(service, port) is None for service in SERVICES)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=30),
        st.lists(
            st.sampled_from(["_", ".", "tcp", "imap", "s", "smtp", "-", "udp", "é", "\0", "pop3"]), max_size=7
        ).map("".join),
    ),
    st.lists(st.integers(0, 70_000), max_size=2).map(tuple),
)
def test_any_name_is_judged(name: str, ports: tuple[int, ...]) -> None:
    fault = name_fault(name, ports)

    if fault is not None:
        assert 0 <= fault.start < fault.end <= len(name)
        assert "\n" not in fault.message
        assert service_of(name) is None
