"""MX and SRV values as DNS writes them: fields with their places, every fault of a value, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.records.hosts import host_value
from linter.records.hosts.host_value import HostValue


@pytest.mark.parametrize(
    ("text", "preference", "host", "written"),
    [
        ("10 mail.example.com.", 10, "mail.example.com.", "10 mail.example.com."),
        (" 0\t. ", 0, ".", "0 ."),
        ("65535 MAIL.Example", 65535, "mail.example.", "65535 mail.example."),
        ("007 a.b", 7, "a.b.", "7 a.b."),
        ("10 a\\ b.example", 10, "a b.example.", "10 a\\032b.example."),
        ("10 m\u00fcller.example", 10, "xn--mller-kva.example.", "10 xn--mller-kva.example."),
    ],
)
def test_a_mail_host_is_read_and_written(text: str, preference: int, host: str, written: str) -> None:
    value = host_value.parse(text, host_value.MX)

    assert value[1:3] == ((preference,), host)
    assert value.faults == ()
    assert host_value.to_text(value) == written


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("", [("", "is not an MX value")]),
        ("10", [("10", "is not an MX value")]),
        ("mail.example.com.", [("mail.example.com.", "is not an MX value")]),
        ("65536 a.b", [("65536", "not a valid preference; expected a number from 0 to 65535")]),
        ("-1 a.b", [("-1", "not a valid preference")]),
        ("\u0661 a.b", [("\u0661", "not a valid preference")]),
        ("1" * 5000 + " a.b", [("1" * 5000, "not a valid preference")]),
        ("10 a..b", [("a..b", "empty label")]),
        ("10 -", [("-", "`-` is not a host")]),
        ("10 \\999", [("\\999", "is not a byte")]),
        ("10 a\\", [("\\", "nothing comes after the backslash")]),
        ("x a..b c d", [("x", "not a valid preference"), ("a..b", "empty label"), ("c d", "comes after the host")]),
        ("a.b 10", [("a.b", "not a valid preference")]),
    ],
)
def test_every_fault_of_a_mail_host_has_its_place(text: str, marked: list[tuple[str, str]]) -> None:
    value = host_value.parse(text, host_value.MX)

    assert [text[fault.start : fault.end] for fault in value.faults] == [each for each, _ in marked]
    for fault, (_, words) in zip(value.faults, marked, strict=True):
        assert words in fault.message
        assert fault.reference.startswith("RFC 1035")


def test_a_service_has_three_numbers_and_a_target() -> None:
    value = host_value.parse("0 1 993  imap.Example.com", host_value.SRV)

    assert value == HostValue(
        "0 1 993  imap.Example.com", (0, 1, 993), "imap.example.com.", ((0, 1), (2, 3), (4, 7), (9, 25))
    )
    assert host_value.to_text(value) == "0 1 993 imap.example.com."


def test_every_fault_of_a_service_has_its_place() -> None:
    value = host_value.parse("x 70000 993 a..b", host_value.SRV)

    assert [fault.message.partition(";")[0] for fault in value.faults] == [
        "`x` is not a valid priority",
        "`70000` is not a valid weight",
        "`a..b` has an empty label",
    ]
    assert [(fault.start, fault.end) for fault in value.faults] == [(0, 1), (2, 7), (12, 16)]
    assert host_value.to_text(value) == "- - 993 -"
    (short,) = host_value.parse("993 imap.example.com.", host_value.SRV).faults
    assert short.help == "write priority, weight, port and target, such as `0 1 993 imap.example.com.`"


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for value in (host_value.parse(text, host_value.MX), host_value.parse(text, host_value.SRV)):
        assert all(0 <= start < end <= len(text) for start, end in value.spans)
        assert all(0 <= fault.start <= fault.end <= len(text) for fault in value.faults)
        assert bool(value.faults) == (None in (*value.numbers, value.host) or len(value.spans) > len(value.numbers) + 1)


LABEL = st.text(
    st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=".ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    min_size=1,
    max_size=9,
)


@given(st.tuples(*[st.integers(0, 65535)] * 3), st.lists(LABEL, max_size=4))
def test_what_is_written_is_read_back(numbers: tuple[int, int, int], labels: list[str]) -> None:
    host = "".join(f"{label}." for label in labels) or "."
    service = host_value.parse(host_value.to_text(HostValue("", numbers, host, ())), host_value.SRV)
    mail = host_value.parse(host_value.to_text(HostValue("", numbers[:1], host, ())), host_value.MX)

    assert (service[1:3], service.faults) == ((numbers, host), ())
    assert (mail[1:3], mail.faults) == ((numbers[:1], host), ())
