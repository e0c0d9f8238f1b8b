"""Texts of MTA-STS, TLS-RPT and BIMI at names where nobody looks belong to a right one, unless an alias leads there."""

import pytest

from linter.facts.texts import BimiText, StsText, TlsRptText
from linter.facts.transport.wrong_names import strays

from ..zones import facts_of, txt

STS, RPT, BIMI = "v=STSv1\\; id=1", "v=TLSRPTv1\\; rua=mailto:a@example.com", "v=BIMI1\\; l="


@pytest.mark.parametrize(
    ("zone", "rights"),
    [
        (txt(STS, "mta-sts"), ["_mta-sts.example.com."]),
        (txt(STS, "_mta-sts"), []),
        (txt(STS), ["_mta-sts.example.com."]),
        (txt(STS, "_own-policy"), []),
        (txt(STS, "'*'"), []),
        (txt(STS, "sts") + "_mta-sts: {type: CNAME, value: sts.example.com.}\n", []),
        (txt(RPT, "_tls"), ["_smtp._tls.example.com."]),
        (txt(RPT, "_smtp._tls"), []),
        (txt(BIMI, "default.bimi"), ["default._bimi.example.com."]),
        (txt(BIMI, "a"), ["default._bimi.a.example.com."]),
        (txt(BIMI, "default._bimi"), []),
        (txt(BIMI, "logo") + "default._bimi: {type: CNAME, value: logo.example.com.}\n", []),
        (txt(BIMI, "logo") + "www: {type: CNAME, value: logo.example.com.}\n", ["default._bimi.logo.example.com."]),
    ],
)
def test_the_name_that_a_text_belongs_to(zone: str, rights: list[str]) -> None:
    facts = facts_of(zone)
    texts: list[StsText | TlsRptText | BimiText] = [*facts.texts.mta_sts, *facts.texts.tls_rpt, *facts.texts.bimi]

    assert [each.right for each in strays("example.com.", texts, facts.estate.aliases_to)] == rights
