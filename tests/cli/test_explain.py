"""`mailzone explain` tells a rule's manual and a bounce's meaning, and says so where it knows neither."""

import pytest

from linter.cli.main import main


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
    ],
)
def test_what_is_known(words: list[str], expected: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *words]) == 0
    out = capsys.readouterr().out
    assert all(word in out for word in expected), out


def test_what_is_confirmed_carries_no_doubt(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "5.7.509"]) == 0
    assert "NOT CONFIRMED" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["spf-mising"], "did you mean `spf-missing`?"),
        (["spf", "missing"], "did you mean `spf-missing`?"),
        (["550"], "give the code behind it as well"),
        (["5.7.752"], "the nearest codes are"),
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
