"""Every TXT value lands where receivers, or whoever wrote it, would look for it."""

import pytest

from linter.facts.texts import Parsers, is_host_text

from .zones import facts_of, txt

KEY = "v=DKIM1\\; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC"


@pytest.mark.parametrize(
    ("zone", "kind"),
    [
        (txt("v=spf1 -all"), "spf"),
        (txt("v=spf1 -all", "a"), "spf"),
        (txt("vspf1 -all"), "near_spf"),
        (txt("v=spf1 -all", "_dmarc"), "stray_spf"),
        (txt("v=spf1 -all", "_mta-sts"), "stray_spf"),
        (txt("v=DMARC1\\; p=none", "_dmarc"), "dmarc"),
        (txt("v=DMARC1\\; p=none", "a"), "dmarc"),
        (txt("DMARC1\\; p=none", "_dmarc"), "near_dmarc"),
        (txt(KEY, "s._domainkey"), "keys"),
        (txt("anything", "s._domainkey"), "keys"),
        (txt(KEY, "s"), "stray_keys"),
        (txt("s.keys.example.net", "s._domainkey"), "host_names"),
        (txt("o=~", "_domainkey"), "leftovers"),
        (txt("o=~", "s._domainkey"), "leftovers"),
        (txt("t=y", "s._domainkey"), "keys"),
        (txt("t=y\\; o=~", "s._domainkey"), "leftovers"),
        (txt("dkim=all", "_adsp._domainkey"), "leftovers"),
        (txt("v=STSv1\\; id=1", "_mta-sts"), "mta_sts"),
        (txt("v=STSv1\\; id=1", "a"), "mta_sts"),
        (txt("v=TLSRPTv1\\; rua=mailto:a@example.com", "_smtp._tls"), "tls_rpt"),
        (txt("v=BIMI1\\; l=", "default._bimi"), "bimi"),
        (txt("v=BIMI1\\; l=", "a"), "bimi"),
        (txt("google-site-verification=x"), ""),
        (txt("", "_report._domainkey"), ""),
    ],
)
def test_a_value_is_sorted(zone: str, kind: str) -> None:
    texts = facts_of(zone).texts._asdict()

    assert [name for name, found in texts.items() if found] == ([kind] if kind else [])


@pytest.mark.parametrize(("name", "role"), [("_dmarc", "policy"), ("x._report._dmarc", "report"), ("a", "stray")])
def test_a_dmarc_text_has_a_role(name: str, role: str) -> None:
    (found,) = facts_of(txt("v=DMARC1\\; p=none", name)).texts.dmarc

    assert found.role == role


def test_one_text_is_parsed_once() -> None:
    parsers = Parsers()

    assert parsers.spf("v=spf1 -all") is parsers.spf("v=spf1 -all")
    assert parsers.dkim("p=AAAA") is parsers.dkim("p=AAAA")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("s1.domainkey.example.net", True),
        (" s1.example.net. ", True),
        ("example.net", False),
        ("1.2.3.4", False),
        ("v=DKIM1; p=a.b.c", False),
        ("a b.example.net", False),
        ("a..example.net", False),
        (f"{'a' * 64}.example.net", False),
    ],
)
def test_a_host_name_has_two_dots(text: str, is_one: bool) -> None:
    assert is_host_text(text) is is_one
