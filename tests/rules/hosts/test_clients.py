"""Cases of the rules about client discovery that do not fit a manual: refusals, other zones, near misses."""

import pytest

from tests.rules.conftest import CheckZone, Expected, assert_said

HOST = "imap: {type: A, value: 192.0.2.143}\n"


def srv(name: str, port: int, target: str = "imap.example.com.") -> str:
    """Three lines: the name, the type, the value."""
    return f"{name}:\n  type: SRV\n  value: {{priority: 0, weight: 1, port: {port}, target: {target}}}\n"


ALIAS, GONE, NAME = "srv-target-is-alias", "srv-target-missing", "srv-name-invalid"
PORT, PLAIN = "srv-port-unusual", "client-plaintext-only"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (srv("_imaps._tcp", 993) + HOST, []),
        (srv("_IMAPS._TCP", 993, "IMAP.Example.com.") + HOST, []),
        (srv("_imaps._tcp", 993), [(GONE, 3, "`imap.example.com` does not exist")]),
        (srv("_imaps._tcp", 993) + "imap: {type: TXT, value: x}\n", [(GONE, 3, "has no A or AAAA")]),
        (srv("_imaps._tcp", 993) + "imap: {type: AAAA, value: '2001:db8::1'}\n", []),
        (srv("_imaps._tcp", 993) + "'*': {type: A, value: 192.0.2.1}\n", []),
        (srv("_imaps._tcp", 993) + "imap: {type: ALIAS, value: x.example.net.}\n", []),
        (srv("_imaps._tcp", 993, "imap.example.net."), []),
        (srv("_imaps._tcp", 993, "'{host}.example.com.'"), []),
        (srv("_imaps._tcp", 0, "."), []),
        (srv("_sip._tls", 443, "gone.example.com."), []),
        (srv("_imaps._tcp", 993) + "imap: {type: CNAME, value: gone.example.com.}\n", [(ALIAS, 3, "is an alias of")]),
        (srv("_imaps._tcp.a", 993) + HOST, []),
    ],
)
def test_targets(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    assert_said(check_zone(zone), expected)


def test_targets_are_looked_for_in_other_zones(check_zone: CheckZone) -> None:
    here = srv("_imaps._tcp", 993, "imap.example.net.") + srv("_pop3s._tcp", 995, "pop.example.net.")
    there = "imap: {type: CNAME, value: mail.example.org.}\n"

    found = check_zone(f"# file: example.com.yaml\n{here}# file: example.net.yaml\n{there}")

    assert_said(found, [(ALIAS, 3, "`mail.example.org`"), (GONE, 6, "`pop.example.net` does not exist")])


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (srv("_submissions._tcp", 465), []),
        (srv("_autodiscover._tcp", 443), []),
        (srv("_caldavs._tcp", 8443), []),
        (srv("_imap._tls", 993), [(NAME, 1, "did you mean `_imap._tcp`?")]),
        (srv("_imaps", 993), [(NAME, 1, "without a protocol")]),
        (srv("_tcp._imaps", 993), [(NAME, 1, "`_imaps._tcp`")]),
        (srv("_ldap._tcp", 389), []),
        (srv("'*._tcp'", 993), []),
        (srv("_imaps._tcp", 12345), []),
        (srv("_imaps._tcp", 0), [(PORT, 3, "port 0 is not a port")]),
        (srv("_submission._tcp", 465), [(PORT, 3, "move the record to `_submissions._tcp`")]),
        (srv("_submissions._tcp", 587), [(PORT, 3, "port 587 is that of `_submission`")]),
    ],
)
def test_names_and_ports(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    assert_said(check_zone(zone + HOST), expected)


def test_a_zone_for_the_protocol_alone_has_right_names(check_zone: CheckZone) -> None:
    zone = srv("_imaps", 993, "imap.example.net.")

    assert check_zone(zone, name="_tcp.example.com.yaml") == ()


def test_a_name_with_several_entries_is_told_once(check_zone: CheckZone) -> None:
    value = "{type: SRV, value: {priority: 0, weight: 1, port: 993, target: imap.example.com.}}"
    zone = f"_imap-ssl._tcp:\n- {value}\n- {value.replace('priority: 0', 'priority: 1')}\n"

    assert [each.rule for each in check_zone(zone + HOST)].count(NAME) == 1


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (srv("_imap._tcp", 143), [(PLAIN, 3, "no `_imaps._tcp`")]),
        (srv("_submission._tcp", 587), [(PLAIN, 3, "no `_submissions._tcp`")]),
        (srv("_pop3._tcp.a", 110), [(PLAIN, 3, "`a.example.com` offers POP3")]),
        (srv("_caldav._tcp", 80), []),
        (srv("_imap._tcp", 143) + srv("_imaps._tcp", 993), []),
        (srv("_imap._tcp", 0, ".") + srv("_pop3._tcp", 0, "."), []),
        (srv("_imap._tcp", 143) + srv("_imaps._tcp", 0, "."), [(PLAIN, 3, "declines `_imaps._tcp`")]),
        (srv("_imap._tcp", 143) + srv("_imaps._tcp.a", 993), [(PLAIN, 3, "`example.com` offers IMAP")]),
        (srv("_submission._tcp", 587) + srv("_smtps._tcp", 465), [(NAME, 4, "`_submissions._tcp`")]),
        (srv("_imap._tcp", 143) + "_imaps._tcp: {type: CNAME, value: _imaps._tcp.provider.example.}\n", []),
        (srv("_imap._tcp", 143) + "_imaps._tcp: {type: SRV, value: x, octodns: {ignored: true}}\n", None),
    ],
)
def test_plain_text_only(check_zone: CheckZone, zone: str, expected: Expected | None) -> None:
    found = check_zone(zone + HOST)
    if expected is None:
        assert PLAIN not in {each.rule for each in found}
    else:
        assert_said(found, expected)
