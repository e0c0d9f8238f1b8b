"""What declared mail needs outside DNS, in an order that loses none."""

import pytest

from linter.facts.mail.manual_steps import manual_steps

from .test_senders import declared

ORDER = ["first", "before-mx", "after-mx", "after-dkim", "last"]


@pytest.mark.parametrize(
    ("system", "mail", "has_steps"),
    [
        ("{provider: microsoft-365}", "{receives: one, sends: [one]}", True),
        ("{provider: google-workspace}", "{receives: one, sends: [one]}", True),
        ("{receives: [mx.example.net]}", "{receives: one}", False),
        ("{provider: microsoft-365}", "none", False),
    ],
)
def test_steps_of_systems(system: str, mail: str, has_steps: bool) -> None:
    found = declared(f"zone: example.com\nsystems: {{one: {system}}}\nmail: {{example.com: {mail}}}\nrecords: {{}}\n")
    steps = manual_steps(found, found.entries[0])

    assert bool(steps) is has_steps
    assert [ORDER.index(step.when) for step in steps] == sorted(ORDER.index(step.when) for step in steps)
    assert len({step.what for step in steps}) == len(steps)
    assert all(step.evidence.source and step.system for step in steps)
