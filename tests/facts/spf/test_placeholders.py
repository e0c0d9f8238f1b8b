"""Placeholders of manuals and templates have their place in the text of a record."""

import pytest

from linter.facts.spf.placeholders import placeholders_in

from ..zones import facts_of, txt


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ("v=spf1 include:<your-domain> -all", ["<your-domain>"]),
        ("v=spf1 include:YOUR-DOMAIN.example ip4:192.0.2.1 -all", ["YOUR-DOMAIN"]),
        ("v=spf1 include:{domain}.example -all", ["{domain}"]),
        ("v=spf1 include:%{d}.example -all", []),
        ("v=spf1 a mx -all", []),
    ],
)
def test_placeholders_are_found(record: str, words: list[str]) -> None:
    (text,) = facts_of(txt(record)).texts.spf

    assert [text.spf.text[start:end] for start, end in placeholders_in(text, "example.com.")] == words
