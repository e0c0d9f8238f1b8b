"""The size of an answer with TXT, and which values only prove who owns a name."""

import dns.message
import dns.rrset
import pytest

from linter.facts.txt_sets import is_token, octets_of, txt_set

from .zones import facts_of


@pytest.mark.parametrize("texts", [[], ["a"], [""], ["a" * 255], ["a" * 256], ["ä" * 200, "b"], ["a" * 1000] * 3])
def test_the_size_is_that_of_the_message(texts: list[str]) -> None:
    query = dns.message.make_query("a.example.", "TXT", use_edns=0)
    message = dns.message.make_response(query)
    for text in texts:
        octets = text.encode()
        pieces = [octets[start : start + 255] for start in range(0, len(octets), 255)] or [b""]
        data = " ".join('"' + "".join(f"\\{octet:03}" for octet in piece) + '"' for piece in pieces)
        message.answer.append(dns.rrset.from_text("a.example.", 300, "IN", "TXT", data))

    assert octets_of("a.example.", texts) == len(message.to_wire(max_size=65535))


def test_a_value_that_is_there_twice_is_served_once() -> None:
    facts = facts_of("a:\n- {type: TXT, values: [x, x, MS=ms1]}\n")
    found = txt_set("a.example.com.", facts.records("TXT"))

    assert [value.text for value in found.values] == ["x", "MS=ms1"]
    assert [value.text for value in found.tokens] == ["MS=ms1"]
    assert found.without(found.tokens) == octets_of("a.example.com.", ["x"])


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("google-site-verification=abc", True),
        ("MS=ms12345678", True),
        ("x-domain-verify: abc", True),
        ("v=spf1 include:verification.example -all", False),
        ("v=DMARC1; p=none; rua=mailto:verification@a.example", False),
        ("hello", False),
    ],
)
def test_tokens_are_told_from_records(text: str, is_one: bool) -> None:
    assert is_token(text) is is_one
