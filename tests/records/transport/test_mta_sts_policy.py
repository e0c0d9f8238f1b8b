"""MTA-STS policy files: what senders read, which hosts a pattern allows, and what is said about each wrong line."""

import re
import sys
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.records.transport import mta_sts_policy
from linter.records.transport.mta_sts_policy import parse
from linter.records.transport.mta_sts_policy_value import LONGEST_AGE, MODES, Policy, is_pattern, matches, to_text

REFUSED = "so senders refuse the whole policy"
HOSTS = ["mail.example.com", "*.example.net", "backupmx.example.com"]
RFC_EXAMPLE = "version: STSv1\nmode: enforce\n" + "".join(f"mx: {host}\n" for host in HOSTS) + "max_age: 604800\n"
SHORT = "version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 604800\n"


def found(text: str) -> list[tuple[str, str]]:
    """(kind, text it points at) of every fault."""
    return [(fault.kind, text[fault.start : fault.end]) for fault in parse(text).faults]


def invalid(text: str) -> list[str]:
    """The texts that faults of kind "policy-invalid" point at; there are no others."""
    faults = parse(text).faults
    assert {fault.kind for fault in faults} <= {"policy-invalid"}
    return [text[fault.start : fault.end] for fault in faults]


def with_line(old: str, new: str) -> str:
    """SHORT with one of its lines replaced."""
    assert f"{old}\n" in SHORT
    return SHORT.replace(f"{old}\n", f"{new}\n")


@pytest.mark.parametrize(
    ("text", "mode", "age", "hosts"),
    [
        (RFC_EXAMPLE, "enforce", 604800, HOSTS),
        (
            RFC_EXAMPLE.replace("\n", "\r\n"),
            "enforce",
            604800,
            ["mail.example.com", "*.example.net", "backupmx.example.com"],
        ),
        (SHORT.rstrip(), "enforce", 604800, ["mail.example.com"]),
        (SHORT.replace("\n", "\r\n").rstrip(), "enforce", 604800, ["mail.example.com"]),
        (SHORT.replace("\n", "\r\n", 1), "enforce", 604800, ["mail.example.com"]),
        ("max_age: 0\nmode: none\nversion: STSv1\n", "none", 0, []),
        ("mx: a.example\nmax_age:31557600\nmode:\ttesting \t\nversion:STSv1", "testing", 31557600, ["a.example"]),
        ("version: STSv1\nmode: none\nmx: MAIL.Example.com\nmax_age: 0000000001\n", "none", 1, ["mail.example.com"]),
    ],
)
def test_a_policy_is_read_whatever_its_line_ends_and_order(text: str, mode: str, age: int, hosts: list[str]) -> None:
    policy = parse(text)
    assert (mode, age, hosts, ()) == (policy.mode, policy.max_age, [each.name for each in policy.mx], policy.faults)


@pytest.mark.parametrize(
    ("pattern", "host", "expected"),
    [
        ("*.example.com", "mail.example.com", True),
        ("*.example.com", "mail.example.com.", True),
        ("*.EXAMPLE.com", "Mail.Example.Com", True),
        ("*.example.com", "example.com", False),
        ("*.example.com", "foo.bar.example.com", False),
        ("*.example.com", ".example.com", False),
        ("*.example.com", "mailexample.com", False),
        ("*.example.com", "mail.example.com.evil.example", False),
        ("mail.example.com", "mail.example.com", True),
        ("mail.example.com", "MAIL.example.com.", True),
        ("mail.example.com", "a.mail.example.com", False),
        ("mail.example.com", "ail.example.com", False),
        ("mail.example.com.", "mail.example.com.", False),
        (".example.com", "mail.example.com", False),
        ("*", "com", False),
        ("*.", "mail.", False),
        ("", "", False),
        ("", ".", False),
        # What the large providers need.
        ("*.mail.protection.outlook.com", "example-com.mail.protection.outlook.com.", True),
        ("*.mx.microsoft", "contoso-com.o-v1.mx.microsoft.", False),
        ("*.o-v1.mx.microsoft", "contoso-com.o-v1.mx.microsoft.", True),
        ("*.aspmx.l.google.com", "alt1.aspmx.l.google.com.", True),
        ("*.aspmx.l.google.com", "aspmx.l.google.com.", False),
        ("smtp.google.com", "smtp.google.com.", True),
    ],
)
def test_a_star_is_exactly_one_label(pattern: str, host: str, expected: bool) -> None:
    assert matches(pattern, host) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail.example.com", True),
        ("*.example.com", True),
        ("*.co.uk", True),
        ("xn--mnchen-3ya.example", True),
        ("a-b.example", True),
        ("1.example", True),
        (f"{'a' * 63}.example", True),
        (f"{'a' * 64}.example", False),
        (".".join(["a" * 49] * 5) + ".exa", True),
        (".".join(["a" * 49] * 5) + ".exam", False),
        ("mail.example.com.", False),
        (".example.com", False),
        ("mail", False),
        ("*.com", False),
        ("*", False),
        ("*.*.example.com", False),
        ("mail.*.example.com", False),
        ("*mail.example.com", False),
        ("-a.example", False),
        ("a-.example", False),
        ("a_b.example", False),
        ("a..example", False),
        ("m\u00fcnchen.example", False),
        ("192.0.2.1", False),
        ("2001:db8::1", False),
        ("a.example b.example", False),
        ("", False),
    ],
)
def test_a_pattern_is_a_host_name_or_one_with_a_star_in_place_of_its_first_label(text: str, expected: bool) -> None:
    assert is_pattern(text) is expected
    assert invalid(with_line("mx: mail.example.com", f"mx: {text}")) == ([] if expected else [text or "mx:"])


@pytest.mark.parametrize(
    ("old", "new", "pointed"),
    [
        # Modes.
        ("mode: enforce", "mode: live", "live"),
        ("mode: enforce", "mode: Enforce", "Enforce"),
        ("mode: enforce", "mode: report", "report"),
        ("mode: enforce", "mode: enforce; ", "enforce;"),
        ("mode: enforce", 'mode: "enforce"', '"enforce"'),
        ("mode: enforce", "mode:", "mode:"),
        ("mode: enforce", "Mode: enforce", "Mode"),
        ("mode: enforce", "modes: enforce", "modes"),
        ("mode: enforce", "mode=enforce", "mode=enforce"),
        ("mode: enforce", "mode enforce", "mode enforce"),
        ("mode: enforce", "mode : enforce", "mode : enforce"),
        ("mode: enforce", " mode: enforce", " "),
        # The version.
        ("version: STSv1", "version: stsv1", "stsv1"),
        ("version: STSv1", "version: STSv2", "STSv2"),
        ("version: STSv1", "version: v=STSv1", "v=STSv1"),
        ("version: STSv1", "versoin: STSv1", "versoin"),
        ("version: STSv1", "v: STSv1", "v"),
        ("version: STSv1", "\ufeffversion: STSv1", "\ufeff"),
        # The lifetime, in seconds, up to a year.
        ("max_age: 604800", "max_age: 31557600", None),
        ("max_age: 604800", "max_age: 31557601", "31557601"),
        ("max_age: 604800", "max_age: 9999999999", "9999999999"),
        ("max_age: 604800", "max_age: 00000000001", "00000000001"),
        ("max_age: 604800", f"max_age: {'9' * 6000}", "9" * 6000),
        ("max_age: 604800", "max_age: -1", "-1"),
        ("max_age: 604800", "max_age: 7d", "7d"),
        ("max_age: 604800", "max_age: 604,800", "604,800"),
        ("max_age: 604800", "max_age: 1e6", "1e6"),
        ("max_age: 604800", "max_age: \u0661", "\u0661"),
        ("max_age: 604800", "max-age: 604800", "max-age"),
        ("max_age: 604800", "MAX_AGE: 604800", "MAX_AGE"),
        ("max_age: 604800", "maxage: 604800", "maxage"),
        ("max_age: 604800", "max: 604800", "max"),
        # Hosts.
        ("mx: mail.example.com", "mx: mail.example.com.", "mail.example.com."),
        ("mx: mail.example.com", "mx: .example.com", ".example.com"),
        ("mx: mail.example.com", "mx: 10 mail.example.com", "10 mail.example.com"),
        ("mx: mail.example.com", "mx: a.example, b.example", "a.example, b.example"),
        ("mx: mail.example.com", "mx: mail.example.com # our host", "mail.example.com # our host"),
        ("mx: mail.example.com", "mx: https://mail.example.com/", "https://mail.example.com/"),
        ("mx: mail.example.com", "MX: mail.example.com", "MX"),
        ("mx: mail.example.com", "mxs: mail.example.com", "mxs"),
        ("mx: mail.example.com", "- mx: mail.example.com", "- mx"),
        ("mx: mail.example.com", "mx:", "mx:"),
        ("mx: mail.example.com", "mx:\n- a.example\n- b.example", "mx:"),
        ("mx: mail.example.com", "mx:\n  - a.example\n  - b.example", "mx:"),
        # The layout.
        ("mode: enforce", "# a comment\nmode: enforce\n# another: one", "# a comment"),
        ("mode: enforce", "\nmode: enforce\n", ""),
        ("mode: enforce", " \t\r\nmode: enforce\n", " \t"),
        ("max_age: 604800", "max_age: 604800\n", ""),
        ("max_age: 604800", "max_age: 604800\n  ", "  "),
        ("mode: enforce", "mode: enforce\0", "\0"),
        ("mode: enforce", "mo\0de: enforce", "\0"),
        ("mode: enforce", "mode: enforce\rmx: a.example", "\r"),
        ("mode: enforce", "mode: enforce\nhello", "hello"),
        ("mode: enforce", "mode: enforce\nb\u00e9: 1", "b\u00e9"),
        ("mode: enforce", "mode: enforce\nfoo:", "foo:"),
        ("mode: enforce", "mode: enforce\n: bar", ": bar"),
    ],
)
def test_one_cause_has_one_fault(old: str, new: str, pointed: str | None) -> None:
    assert ([] if pointed is None else [pointed]) == invalid(with_line(old, new))


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (f"{SHORT}foo: bar\n", [("policy-ignored-field", "foo")]),
        (f"{SHORT}foo: \u00e9\u20ac\nfoo: bar\n", [("policy-ignored-field", "foo")]),
        (f"{SHORT}mode: none\n", [("policy-ignored-field", "mode: none")]),
        (
            f"{SHORT}max_age: 1\nmax_age: 2\n",
            [("policy-ignored-field", "max_age: 1"), ("policy-ignored-field", "max_age: 2")],
        ),
        (SHORT * 3, [("policy-ignored-field", "version: STSv1")]),
        (f"{SHORT}Mode: none\n", [("policy-ignored-field", "Mode")]),
        (f"Mode: none\n{SHORT}", [("policy-ignored-field", "Mode")]),
        (f"{SHORT}MX: b.example\n", [("policy-invalid", "MX")]),
        (f"{SHORT}mxs: b.example\n", [("policy-invalid", "mxs")]),
        (f"{SHORT}node: a\n", [("policy-ignored-field", "node")]),
        (f"{SHORT}tx: 1\n", [("policy-ignored-field", "tx")]),
    ],
)
def test_senders_pass_over_unknown_keys_and_all_but_the_first_of_a_key(
    text: str, faults: list[tuple[str, str]]
) -> None:
    assert faults == found(text)
    assert parse(text)[3:5] == ("enforce", 604800)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: STSv1\nmode: enforce\nmax_age: 1\n", f"`mx` is missing, {REFUSED}"),
        ("version: STSv1\nmode: testing\nmax_age: 1\n", f"`mx` is missing, {REFUSED}"),
        ("mode: none\nmax_age: 1\n", f"`version` is missing, {REFUSED}"),
        ("version: STSv1\nmx: a.example\n", f"`mode` and `max_age` are missing, {REFUSED}"),
        ("mode: enforce\n", f"`version`, `mx` and `max_age` are missing, {REFUSED}"),
    ],
)
def test_missing_keys_are_named_together_behind_the_last_line(text: str, message: str) -> None:
    (fault,) = parse(text).faults
    assert (len(text) - 1, len(text) - 1, message) == (fault.start, fault.end, fault.message)


def test_a_policy_of_mode_none_needs_no_mx() -> None:
    assert invalid("version: STSv1\nmode: none\nmax_age: 86400\n") == []


def test_without_a_valid_mode_nobody_knows_whether_mx_is_missing() -> None:
    assert invalid("version: STSv1\nmode: live\nmax_age: 86400\n") == ["live"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the policy is empty"),
        ("\r\n\n", "the policy is empty"),
        ("<!DOCTYPE html>\n<html>\n", "this is HTML, not a policy"),
        ("v=STSv1; id=20240101;\n", "this is the text of the TXT record, not of the policy"),
        ('{"version": "STSv1"}\n', "this is JSON, which only drafts of MTA-STS had"),
        ("hello\nworld\n", "no line of this file belongs in a policy"),
    ],
)
def test_a_file_that_is_no_policy_has_one_fault(text: str, message: str) -> None:
    (fault,) = parse(text).faults
    assert f"{message}, {REFUSED}" == fault.message


def test_lines_that_end_in_cr_alone_are_one_fault_and_read_on() -> None:
    text = with_line("mx: mail.example.com", "mx: mail.example.com.").replace("\n", "\r")
    assert invalid(text) == ["\r", "mail.example.com."]
    assert [each.name for each in parse(text).mx] == ["mail.example.com"]


def test_a_policy_that_senders_may_not_read_to_its_end_is_too_long() -> None:
    hosts = "".join(f"mx: host{number:05}.example\n" for number in range(3_000))
    (fault,) = parse(SHORT + hosts).faults
    assert fault.message == f"the policy has {len(SHORT + hosts)} bytes, and senders may stop reading at 65536"
    assert fault.reference == "RFC 8461 section 3.3"


@pytest.mark.parametrize(
    ("written", "message", "way_out"),
    [
        (
            "mail.example.com.",
            "`mail.example.com.` ends in a dot, which no pattern has",
            "write `mail.example.com`",
        ),
        (".example.com", "`.example.com` begins with a dot", "write `*.example.com`"),
        ("M\u00fcnchen.example", "`M\u00fcnchen.example` is not ASCII", "write `xn--mnchen-3ya.example`"),
        (
            "mail.*.example.com",
            "`mail.*.example.com` has `*` where it is not allowed",
            "put `*.` before a domain; `*` is the whole first label",
        ),
        ("mail", "`mail` is not a whole host name", "write the host with its domain"),
        (
            "[192.0.2.1]",
            "`[192.0.2.1]` is an address; patterns are compared with host names",
            "name the host",
        ),
        ("10 mail.example.com.", "`10 mail.example.com.` begins with a preference", "write `mail.example.com`"),
        (
            "a.example b.example",
            "`a.example b.example` is more than one host",
            "give each host its own `mx:` line",
        ),
        (
            "a.example # ours",
            "`a.example # ours` has a comment, which a policy cannot have",
            "write `a.example`",
        ),
        ("https://a.example/x", "`https://a.example/x` is a URL where a host must be", "write `a.example`"),
        ("'a.example'", "`'a.example'` is not a host name", "write `a.example`"),
        ("a_b.example", "`a_b.example` is not a host name", "use letters, digits and hyphens in labels of up to 63"),
    ],
)
def test_a_wrong_pattern_is_explained(written: str, message: str, way_out: str) -> None:
    (fault,) = parse(with_line("mx: mail.example.com", f"mx: {written}")).faults
    assert (f"{message}, {REFUSED}", way_out) == (fault.message, fault.help)
    assert fault.reference == "RFC 8461 section 3.2"


@pytest.mark.parametrize(
    ("written", "way_out"),
    [
        ("7d", "write `604800`"),
        ("1 week", "write `604800`"),
        ("2 weeks", "write `1209600`"),
        ("604800s", "write `604800`"),
        ("12h", "write `43200`"),
        ("604 800", "write `604800`"),
        ("31557601", "write `31557600`"),
        ("99 years", "expected a number from 0 to 31557600"),
        ("a week", "expected a number from 0 to 31557600"),
        ("-1", "expected a number from 0 to 31557600"),
        ("", "the line is `max_age: 604800`"),
    ],
)
def test_a_wrong_lifetime_comes_with_the_seconds_that_were_meant(written: str, way_out: str) -> None:
    (fault,) = parse(with_line("max_age: 604800", f"max_age: {written}")).faults
    assert way_out == fault.help


@pytest.mark.parametrize(
    ("written", "way_out"),
    [
        ("Testing", "did you mean `testing`?"),
        ("report", "did you mean `testing`?"),
        ("enforced", "did you mean `enforce`?"),
        ("live", "expected `enforce`, `testing` or `none`"),
    ],
)
def test_a_wrong_mode_comes_with_the_nearest(written: str, way_out: str) -> None:
    (fault,) = parse(with_line("mode: enforce", f"mode: {written}")).faults
    assert (f"`{written}` is not a mode, {REFUSED}", way_out) == (fault.message, fault.help)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("mx: Mail.Example.com.", ["mail.example.com"]),
        ("mx: .example.com", ["*.example.com"]),
        ("mx: a.example, b.example;c.example", ["a.example", "b.example", "c.example"]),
        ("mx: 10 a.example", ["a.example"]),
        ("MX: a.example", ["a.example"]),
        ("mx = a.example", ["a.example"]),
        ("mx:\n- a.example\n- b.example.", ["a.example", "b.example"]),
        ("mx: m\u00fcnchen.example # ours", ["xn--mnchen-3ya.example"]),
        ("mx: mail", []),
        ("mx: mail.*.example.com", []),
    ],
)
def test_faulty_patterns_are_kept_as_they_were_meant(line: str, names: list[str]) -> None:
    policy = parse(with_line("mx: mail.example.com", line))
    assert names == [each.name for each in policy.mx]
    assert policy.faults


def test_a_line_knows_its_place() -> None:
    policy = parse(SHORT.replace("\n", "\r\n"))
    age = policy.line("max_age")
    assert age is not None
    assert age == ("max_age", "604800", 53, 68, 62, 68)
    assert policy.line("foo") is None
    assert policy.mx[0] == ("mail.example.com", "mail.example.com", 35, 51)


def test_the_usual_form_leaves_out_what_is_invalid() -> None:
    text = "max_age: 7d\r\nMX: A.example\r\nmode: testing\r\nfoo: bar\r\n"
    assert to_text(parse(text)) == "version: STSv1\nmode: testing\nmx: a.example\n"


def test_a_well_formed_policy_loads_no_diagnosis(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "linter.records.transport.mta_sts_policy_diagnosis"
    monkeypatch.delitem(sys.modules, name, raising=False)
    assert parse(RFC_EXAMPLE).faults == ()
    assert name not in sys.modules


PIECES = st.one_of(
    st.sampled_from(
        ["version: STSv1", "mode: enforce", "mode: none", "max_age: 1", "mx: a.example", "mx: *.b.example"]
    ),
    st.sampled_from(["mx:", "mode:", "foo: bar", "- c.example", "# no", "Mode: none", "mx: a.example.", "max_age: 7d"]),
    st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", " ", "\t", ":", ": ", "\0", "\ufeff", "\u00e9", "\U0001f511"]),
    st.text(max_size=4),
)
LINES = st.sampled_from(["mx: a.example\n", "mx: *.b.example\r\n", "foo: bar\n", "mode: none\n", "mx: a.example\n\n"])
SOUP = st.one_of(
    st.lists(PIECES, max_size=14).map("".join),
    st.lists(PIECES, max_size=4).map(lambda pieces: SHORT + "".join(pieces)),
    st.permutations(["version: STSv1\n", "mode: enforce\n", "max_age: 1\n", *["mx: a.example\n"] * 2]).map("".join),
    st.lists(LINES, max_size=3).map(lambda lines: "".join(lines) + SHORT),
)


def assert_is_well_formed(policy: Policy) -> None:
    end = len(policy.text)
    assert list(policy.faults) == sorted(policy.faults)
    for fault in policy.faults:
        assert 0 <= fault.start <= fault.end <= end
        assert fault.kind in ("policy-invalid", "policy-ignored-field")
        for line in (fault.message, fault.help):
            assert "\n" not in line
            assert not line.endswith(".")
    for each in policy.lines:
        assert 0 <= each.start <= each.value_start <= each.value_end == each.end <= end
        assert each.value == policy.text[each.value_start : each.value_end]
        assert policy.text[each.start :].startswith(each.key)
    for pattern in policy.mx:
        assert pattern.text == policy.text[pattern.start : pattern.end]
        assert is_pattern(pattern.name)


@settings(deadline=None)
@given(st.one_of(SOUP, st.text()))
def test_any_text_is_read(text: str) -> None:
    policy = parse(text)
    assert_is_well_formed(policy)
    if policy.mode is None or policy.max_age is None or not (policy.mx or policy.mode == "none"):
        assert policy.faults
    usual = to_text(policy)
    again = parse(usual)
    read = (policy.mode, policy.max_age, [each.name for each in policy.mx])
    assert read == (again.mode, again.max_age, [each.name for each in again.mx])
    assert usual == to_text(again)


@settings(deadline=None)
@given(SOUP)
def test_reading_with_and_without_diagnosis_is_the_same(text: str) -> None:
    quickly = parse(text)
    with patch.object(mta_sts_policy, "_is_sound", return_value=False):
        assert quickly == parse(text)


# Unlike the RFC with tabs inside a value: there they make no difference to anybody.
FIELD = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}:[ \t]*[^\x00-\x20\x7f](?:[^\x00-\x08\x0a-\x1f\x7f]*[^\x00-\x20\x7f])?"
FILE = re.compile(rf"{FIELD}[ \t]*(?:\r?\n{FIELD}[ \t]*)*(?:\r?\n)?")


@settings(deadline=None, max_examples=300)
@given(SOUP)
def test_a_policy_has_an_invalid_line_exactly_where_the_grammar_refuses_it(text: str) -> None:
    pairs = [(key, value.rstrip(" \t")) for key, value in re.findall(r"(?:^|\n)([^:\n]*):[ \t]*([^\r\n]*)", text)]
    first = dict(reversed(pairs))
    hosts = [value for key, value in pairs if key == "mx"]
    is_valid = (
        FILE.fullmatch(text) is not None
        and "\ufeff" not in text
        and (first.get("version"), first.get("mode") in MODES) == ("STSv1", True)
        and re.fullmatch(r"[0-9]{1,10}", first.get("max_age", "")) is not None
        and int(first["max_age"]) <= LONGEST_AGE
        and all(is_pattern(host) for host in hosts)
        and bool(hosts or first["mode"] == "none")
    )
    faults = [fault.message for fault in parse(text).faults if fault.kind == "policy-invalid"]
    # Hosts that are lost with a line are not faults to the grammar.
    assert is_valid == all(message.endswith("so senders ignore the line") for message in faults)


LABEL = st.from_regex(r"[a-z0-9](?:[a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True)
NAMES = st.builds(
    lambda star, labels: f"{star}{'.'.join(labels)}.example",
    st.sampled_from(["", "*."]),
    st.lists(LABEL, min_size=1, max_size=3),
)


@settings(deadline=None)
@given(st.sampled_from(MODES), st.integers(0, LONGEST_AGE), st.lists(NAMES, min_size=1, max_size=4))
def test_what_is_written_is_read_again(mode: str, age: int, names: list[str]) -> None:
    lines = ["version: STSv1", f"mode: {mode}", *[f"mx: {name}" for name in names], f"max_age: {age}", ""]
    policy = parse("\n".join(lines))
    assert ((), "\n".join(lines)) == (policy.faults, to_text(policy))


@settings(deadline=None)
@given(NAMES, LABEL, LABEL)
def test_a_pattern_matches_itself_with_one_label_for_the_star_and_nothing_longer(name: str, one: str, two: str) -> None:
    host = name.replace("*", one)
    assert matches(name, host)
    assert matches(name.upper(), f"{host}.")
    assert not matches(name, f"{two}.{host}")
    assert matches(name, host.partition(".")[2]) is False


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 65_536,
        "\r" * 65_536,
        " " * 65_536 + SHORT,
        SHORT + "foo: bar\n" * 10_000,
        SHORT + "".join(f"k{number}: 1\n" for number in range(10_000)),
        SHORT + "mx:" + " a.example" * 10_000,
        SHORT + "mx:\n" + "- a.example\n" * 10_000,
        SHORT + "\0" * 65_536,
        SHORT + " \t" * 32_768,
        SHORT + "#" * 65_536,
        "version" * 10_000 + ": STSv1",
        "mode: enforce" + " " * 65_536 + "x",
    ],
)
def test_long_files_are_read(text: str) -> None:
    assert_is_well_formed(parse(text))
