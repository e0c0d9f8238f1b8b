"""The servers that other tests rely on: they start, answer, and are gone afterwards."""

import dns.exception
import dns.rcode
import pytest

from .servers import KINDS, NotStarted, running

SOA = "@ 60 IN SOA ns. host. 1 60 60 60 60\n@ 60 IN NS ns.\n"


def zone(name: str, text: str = "") -> dict[str, str]:
    return {name: f"$ORIGIN {name}\n{SOA}{text}"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_answers_from_its_zones_and_ends(kind: str) -> None:
    long = " ".join(f'"{"x" * 250}"' for _ in range(40))
    with running({**zone("a.test.", f"www 60 IN A 192.0.2.1\nlong 60 IN TXT {long}\n"), **zone("b.test.")}, kind) as it:
        (found,) = it.ask("www.a.test.", "A").answer
        assert [each.to_text() for each in found] == ["192.0.2.1"]
        assert it.ask("none.b.test.", "A").rcode() == dns.rcode.NXDOMAIN
        assert len(it.ask("long.a.test.", "TXT").answer[0][0].to_text()) > 10_000
    with pytest.raises((dns.exception.Timeout, OSError)):
        it.ask("www.a.test.", "A", timeout=0.5)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "pdns"])  # which serves what it can read
def test_a_zone_that_the_server_refuses_is_said_so(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.live.servers._POLLS", 20)
    with pytest.raises(NotStarted, match="does not answer for a"), running(zone("a.test.", "www 60 IN A oops\n"), kind):
        pass
