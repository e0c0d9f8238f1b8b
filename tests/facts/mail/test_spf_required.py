"""SPF records that declared mail asks for: proposed only where receivers would then let the senders pass."""

import pytest

from linter.facts.mail.required import required

from .test_required import HOST, SYSTEMS, mx, one
from .test_senders import declared

OPEN = SYSTEMS.removesuffix("mail:\n")
CROWDED = " ".join(f"a:h{number}.example.com" for number in range(10))
IN_VAIN = [
    ("relay", "v=spf1 -ip4:50.0.0.9 -all", "`-ip4:50.0.0.9` comes first and refuses `relay`", "-ip4:50.0.0.9 {} -all"),
    ("relay", "v=spf1 ~ip4:50.0.0.0/24 a -all", "`~ip4:50.0.0.0/24` comes first", "~ip4:50.0.0.0/24 a {} -all"),
    ("other", "v=spf1 a -all", "would still refuse `other`: declare other `spf:` terms", "a redirect=b.example -all"),
    ("exchange", f"v=spf1 {CROWDED} -all", "(permerror): give a sender its own MAIL FROM domain", f"{CROWDED} mx -all"),
]  # fmt: skip


@pytest.mark.parametrize(("system", "stands", "hint", "refused"), IN_VAIN, ids=[each[0] for each in IN_VAIN])
def test_a_record_that_would_refuse_a_declared_sender_is_not_proposed(
    system: str, stands: str, hint: str, refused: str
) -> None:
    declares = f"  other: {{spf: redirect=b.example}}\nmail:\n  example.com: {{sends: [{system}]}}\n"
    hosts = "".join(f"  h{number}: {{type: A, value: 50.0.1.{number}}}\n" for number in range(10))
    host = f"{HOST}  '':\n{mx('mail.example.com.')}    - {{type: TXT, value: '{stands}'}}\n"
    facts = declared(f"{OPEN}{declares}records:\n{host}{hosts}")
    entry = facts.of("example.com.")
    assert entry is not None
    record = one(list(required(facts.facts, entry)), "send")

    assert (record.state, record.values) == ("differs", ())
    assert hint in record.hint
    assert record.in_vain == f"v=spf1 {refused}".format("ip4:50.0.0.9")
    assert ("--shorten" in record.hint) is (system == "exchange")


def test_terms_that_no_record_can_hold_are_not_proposed() -> None:
    terms = ", ".join(f"'a:h{number}.example.com'" for number in range(11))
    systems = f"{OPEN}  many: {{spf: [{terms}]}}\nmail:\n  example.com: {{sends: [many]}}\n"
    hosts = "".join(f"  h{number}: {{type: A, value: 50.0.1.{number}}}\n" for number in range(11))
    facts = declared(f"{systems}records:\n{hosts}")
    entry = facts.of("example.com.")
    assert entry is not None
    record = one(list(required(facts.facts, entry)), "send")

    assert (record.state, record.values) == ("missing", ())
    assert record.hint.endswith("give a sender its own MAIL FROM domain (`envelope:`)")
