"""What a record costs for certain leaves out what only snapshots tell."""

import pytest

from linter.facts.spf.firm import FirmLookups, assumed_in, is_snapshot
from linter.facts.spf.tree import SpfTrees
from linter.lookup.chain import Chain
from linter.providers.snapshots import Snapshots
from linter.records.spf.record import parse

from ..recorded_world import records, world


@pytest.mark.parametrize(
    ("record", "firm", "snapshots"),
    [
        ("v=spf1 a mx -all", 2, []),
        ("v=spf1 include:leaf.example -all", 2, []),
        ("v=spf1 include:_spf.google.com -all", 1, None),
        ("v=spf1 include:leaf.example include:leaf.example -all", 4, []),
    ],
)
def test_snapshots_cost_nothing_for_certain(record: str, firm: int, snapshots: list[str] | None) -> None:
    resolver = Chain([world(records(root=record, leaf="v=spf1 a -all"), complete=False), Snapshots()])
    tree = SpfTrees(resolver, parse).at("root.example.")

    assert FirmLookups()(tree) == firm
    assert FirmLookups()(tree) <= tree.lookups.min
    if snapshots is not None:
        assert [each.name for each in assumed_in(tree)] == snapshots
    assert all(is_snapshot(each) for each in assumed_in(tree))
    assert not is_snapshot(tree)
