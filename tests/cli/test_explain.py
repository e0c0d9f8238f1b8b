"""`mailzone explain` tells a rule's manual and a bounce's meaning, and says so where it knows neither."""

import pytest

from linter.cli.main import main
from linter.rules.registry import all_rules


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["spf-missing"], ["spf-missing: warning", "## Bad"]),
        (["550", "5.7.23"], ["Everywhere", "Microsoft 365", "intent-sender-unauthorised", "RFC 7372"]),
        (["5.7.515"], ["5,000 messages a day", "dmarc-missing"]),
        (["5.1.10"], ["null MX", "Microsoft 365", "RFC 7505"]),
        (["550-5.7.26 This mail has been blocked"], ["Gmail", "unauthenticated"]),
        (["5.7.620"], ["banned"]),
        (["5.7.360"], ["NOT CONFIRMED"]),
        (["550", "5.7.1", "rejected", "by", "DMARC", "policy"], ["By its text", "dmarc-missing", "RFC 9989"]),
        (["250", "2.0.0", "Ok"], ["2.0.0 is not a bounce: the message was accepted"]),
        (["421"], ["421: a temporary refusal", "tries again"]),
        (["421", "4.7.0", "TLS", "required"], ["4.7.0: a temporary refusal"]),
        (["451", "5.7.1"], ["5.7.1: a temporary refusal"]),
        (["5.7.520"], ["forwards mail", "outbound spam policy"]),
        (["5.6.11"], ["bare line feeds", "BDAT"]),
        (["5.1.8"], ["Everywhere", "the sender's account is blocked"]),
        (["4.7.24"], ["more than 24 months old"]),
    ],
)
def test_what_is_known(words: list[str], expected: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *words]) == 0
    out = capsys.readouterr().out
    assert all(word in out for word in expected), out


def test_a_text_about_dmarc_is_not_about_relaying(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "550 5.7.1 rejected by DMARC policy"]) == 0
    assert "relay" not in capsys.readouterr().out


def test_what_is_confirmed_carries_no_doubt(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "5.7.509"]) == 0
    assert "NOT CONFIRMED" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["spf-mising"], "did you mean `spf-missing`?"),
        (["spf", "missing"], "did you mean `spf-missing`?"),
        (["550"], "give what comes after it as well"),
        (["5.7.752"], "a final refusal about security or a policy; its text may say more"),
        (["5.9.1"], "a final refusal about anything"),
        (["5.7.31"], "`4.7.31` has the same last numbers"),
        (["\x1b[31mspf"], "there is no rule"),
    ],
)
def test_what_is_not_known(words: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert expected in captured.err
    assert "\x1b" not in captured.err


def test_manuals_and_families_are_listed_one_after_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "spf-ptr,mx-implicit", "transport"]) == 0
    out = capsys.readouterr().out

    places = [out.index(each) for each in ("spf-ptr: warning", "mx-implicit: info", "transport: a family")]
    assert places == sorted(places)
    assert "  mta-sts-syntax" in out


@pytest.mark.parametrize("columns", ["40", "60", "100", "300"])
def test_manuals_are_wrapped_and_have_no_marks_of_tests(
    columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for rule in all_rules():
        assert main(["explain", rule.name]) == 0
        lines = capsys.readouterr().out.splitlines()
        prose = [line for line in lines if not line.startswith(("    ", "|", "  ", "##", "See "))]

        assert not any("# <-" in line or "```" in line for line in lines)
        assert all(len(line) <= min(int(columns), 100) or " " not in line.strip("-* ") for line in prose[1:])
