"""Mail records are told apart by what they are, with the text as it is published and what the grammar has read."""

import pytest

from linter.facts.characters import mail_texts

from .zones import facts_of, txt


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (txt("v=spf1 -all"), [("SPF", False)]),
        (txt("spf1 -all"), [("SPF", False)]),
        (txt("v=DMARC1\\; p=none", "_dmarc"), [("DMARC", False)]),
        (txt("v=DKIM1\\; p=AAAA", "s._domainkey"), [("DKIM", False)]),
        (txt("v=STSv1\\; id=1", "_mta-sts"), [("MTA-STS", False)]),
        (txt("v=TLSRPTv1\\; rua=mailto:a@example.com", "_smtp._tls"), [("TLS-RPT", False)]),
        (txt("v=BIMI1\\; l=", "default._bimi"), [("BIMI", False)]),
        (txt("v=spf1 include:exämple.net -all"), [("SPF", True)]),
        (txt("google-site-verification=x"), []),
    ],
)
def test_mail_records_have_their_kind(zone: str, expected: list[tuple[str, bool]]) -> None:
    assert [(text.kind, text.has_foreign_fault) for text in mail_texts(facts_of(zone).texts)] == expected


def test_the_published_text_is_kept_beside_what_is_read() -> None:
    (found,) = mail_texts(facts_of(txt("“v=spf1 -all”")).texts)

    assert (found.value.text, found.meant) == ("“v=spf1 -all”", "v=spf1 -all")


@pytest.mark.parametrize(("key", "note"), [("v=DKIM1\\; n=hello\\; p=AAAA", "hello"), ("v=DKIM1\\; p=AAAA", "")])
def test_free_text_of_a_key_has_its_place(key: str, note: str) -> None:
    (found,) = mail_texts(facts_of(txt(key, "s._domainkey")).texts)

    assert found.value.text[slice(*found.note)] == note
