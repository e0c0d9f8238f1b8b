"""With which keys a declared sender signs, and what is known of them."""

import pytest

from linter.facts.mail.signing import State

from .test_senders import KEY, sender

THERE = f"  s1._domainkey: {{type: TXT, value: '{KEY.replace(';', chr(92) + ';')}'}}\n"


@pytest.mark.parametrize(
    ("system", "records", "state", "missing"),
    [
        ("{dkim: [s1]}", THERE, "published", 0),
        ("{dkim: [s1, s2]}", THERE, "published", 1),
        ("{dkim: [s2]}", THERE, "missing", 1),
        ("{spf: ip4:192.0.2.1}", THERE, "none", 0),
        ("{dkim: [s3]}", "  s3._domainkey: {type: CNAME, value: s3.unknown.example.}\n", "published", 0),
    ],
)
def test_the_state_of_keys(system: str, records: str, state: State, missing: int) -> None:
    signing = sender(system, records).signing

    assert signing.state == state
    assert len(signing.missing) == missing
    assert signing.domain == "example.com."
