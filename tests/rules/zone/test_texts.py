"""Cases of the rules about the characters of TXT values: quotes that stay, what looks like ASCII and is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.source.text import Source
from linter.source.tree import Scalar
from linter.zone.lookalikes import lookalike
from linter.zone.model import Text
from linter.zone.published import as_meant, publish
from tests.rules.conftest import CheckZone, Expected, assert_said


def text(value: str, name: str = "www") -> str:
    return f"{name}:\n  type: TXT\n  value: {value}\n"


QUOTES = "txt-quotes-in-value"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (text("'\"v=spf1 -all\"'"), []),
        (text('\'"v=spf1 " "-all"\''), []),
        (text('\'"v=spf1 "  "-all"\''), [(QUOTES, 3, '`"  "` is published')]),
        (text('\'"v=spf1 ""-all"\''), [(QUOTES, 3, "part of the SPF record")]),
        (text("'v=spf1 -all\"'"), [(QUOTES, 3, "part of the SPF record")]),
        (text("'v=spf1 \"-all\"'"), [(QUOTES, 3, "here and in one more place")]),
        (text('\'""v=spf1 -all""\''), [(QUOTES, 3, "part of the SPF record")]),
        (text("'\"v=spf1 -all'"), [(QUOTES, 3, "without its last `l`")]),
        (text('\'""v=spf1 -alll""\''), [(QUOTES, 3, "SPF"), ("spf-unknown-mechanism", 3, "`alll`")]),
        (text(r"'v=DMARC1\; p=\"reject\"'", "_dmarc"), [(QUOTES, 3, r"`\"` is published as part of the DMARC")]),
        (text("'v=DMARC1\\; \"\"p=reject'", "_dmarc"), [(QUOTES, 3, "DMARC")]),
        (text("'v=TLSRPTv1\\; rua=\"mailto:tls@b.example\"'", "_smtp._tls"), [(QUOTES, 3, "TLS-RPT")]),
        (text("'v=DKIM1\\; n=\"our key\"\\; p='", "s._domainkey"), []),
        (text('\'{"a":"","b":"\\""}\''), []),
        (text('\'docker="a" b=""\''), []),
        (text("'one=abc\"\"def'"), [(QUOTES, 3, "part of the text")]),
        (text("'one=abc\"   \"def'"), [(QUOTES, 3, "part of the text")]),
        (text("'size 5\" or 6\"'"), []),
        (text('\'""one=abc""\''), [(QUOTES, 3, "part of the text")]),
        (text("'\"one=abc'"), [(QUOTES, 3, "without its last `c`")]),
        (text("'\"'"), [(QUOTES, 3, "never closed")]),
    ],
)
def test_quotes(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    assert_said(check_zone(zone), expected)


@pytest.mark.parametrize(("value", "severity"), [("'v=spf1 \"-all\"'", "error"), ("'one=abc\"\"def'", "warning")])
def test_quotes_are_an_error_where_they_break_a_mail_record(check_zone: CheckZone, value: str, severity: str) -> None:
    (found,) = check_zone(text(value))

    assert severity == found.severity


def test_the_caret_stands_under_the_quotes(check_zone: CheckZone) -> None:
    (found,) = check_zone(text('\'"v=spf1 ""-all"\''))

    assert found.span.text == '""'


FOREIGN = "txt-non-ascii"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (text("v=spf1 –all"), [(FOREIGN, 3, "a typographic dash, `–` (U+2013), is in the SPF record")]),
        (text("“v=spf1 -all”"), [(FOREIGN, 3, "take it out, and look at 1 more")]),
        (text("v=spf1\u00a0-all"), [(FOREIGN, 3, "a blank of another kind (U+00A0)")]),
        (text("v=spf1 -all\u200b"), [(FOREIGN, 3, "an invisible character (U+200B) is in")]),
        (text("v=spf1 -all\u3000"), [(FOREIGN, 3, "write a plain blank")]),
        (text("v=spf1 ～all"), [(FOREIGN, 3, "write `~`")]),
        (text("v=spf1 －all"), [(FOREIGN, 3, "write `-`")]),
        (text("v=spf1 -ａll"), [(FOREIGN, 3, "a full-width character, `ａ` (U+FF41)")]),
        (text("v=DMARC1\\; p=“reject”", "_dmarc"), [(FOREIGN, 3, "DMARC record")]),
        (text("v=DKIM1\\; n=Schlüssel\\; p=", "s._domainkey"), [(FOREIGN, 3, "`xn--` labels")]),
        (text("v=TLSRPTv1\\; rua=mailto:müller@example.com", "_smtp._tls"), [("tls-rpt-syntax", 3, "is not ASCII")]),
        (text("v=spf1 include:müller.example -all"), [("spf-syntax", 3, "include:xn--mller-kva.example")]),
        (text("Grüße – “von” uns"), []),
    ],
)
def test_characters_that_are_not_ascii(check_zone: CheckZone, zone: str, expected: Expected) -> None:
    assert_said(check_zone(zone), expected)


SOUND = "v=spf1 include:_spf.example.net ~all"
STRAY = ['"', '\\"', '""', "“", "”", "\u200b", "\ufeff"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SOUND)), st.sampled_from(STRAY)), max_size=6))
def test_what_was_meant_is_read_however_it_is_spoilt(strays: list[tuple[int, str]]) -> None:
    spoilt = SOUND
    for place, stray in sorted(strays, reverse=True):
        spoilt = spoilt[:place] + stray + spoilt[place:]
    written = f"x{spoilt}".replace('" "', '"')  # octoDNS joins at these, which is not a fault

    assert f"x{SOUND}".replace(" ", "") == as_meant(publish(written)).replace(" ", "")


@settings(deadline=None)
@given(st.text(alphabet='ab "\\;“–\u00a0é', max_size=40))
def test_every_character_that_was_meant_has_its_place(written: str) -> None:
    raw = "'" + written.replace("'", "''") + "'"
    value = Text(publish(written), Scalar(Source("a.yaml", raw), 0, len(raw), written, "'")).as_meant()

    for place, character in enumerate(value.text):
        shown = value.part(place, place + 1).text
        found = lookalike(shown)
        assert character in (shown, found.meant if found else "") or shown == f"\\{character}"
