"""A provider that is called by another of its names is told by its key, whatever other key is spelt more alike."""

import pytest

from .conftest import CheckZone

NAMES = [
    ("office365", "did you mean `microsoft-365`?"),
    ("o365", "did you mean `microsoft-365`?"),
    ("exchange-online", "did you mean `microsoft-365`?"),
    ("Microsoft365", "did you mean `microsoft-365`?"),
    ("gsuite", "did you mean `google-workspace`?"),
    ("google", "did you mean `google-workspace`?"),
    ("microsoft-36", "did you mean `microsoft-365`?"),
    ("qqqqqq", "such as"),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_what_people_call_a_vendor(name: str, expected: str, check_zone: CheckZone) -> None:
    zone = f"zone: example.com\nsystems:\n  office: {{provider: {name}}}\nmail:\n  example.com: {{sends: [office]}}\n" \
        "records:\n  '':\n    - {type: TXT, value: v=spf1 -all}\n"  # fmt: skip
    (found,) = [each for each in check_zone(zone) if each.rule == "intent-unknown-system"]

    assert expected in found.message
    assert found.span.text == name
