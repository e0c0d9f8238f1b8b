"""What is missing in another declared zone is shown at the line that is nearest to it."""

import pytest

from linter.facts.elsewhere import lacking

from .zones import facts_of

OTHER = "a: {type: A, value: 192.0.2.1}\n'*.b': {type: A, value: 192.0.2.2}\n"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("a.example.net.", "a"),
        ("x.a.example.net.", "a"),
        ("x.b.example.net.", "'*.b'"),
        ("c.example.net.", "a"),
        ("a.example.com.", None),
        ("a.example.org.", None),
    ],
)
def test_the_nearest_line_is_shown(name: str, near: str | None) -> None:
    found = lacking(facts_of("x: {type: A, value: 192.0.2.3}\n", {"example.net.yaml": OTHER}), name)

    assert [related.span.text for related in found] == ([near] if near else [])
