"""`mailzone plan --status`: which step the servers serve, asked of them or taken from recordings."""

import argparse
import secrets
import sys

from linter.lookup.served import Served
from linter.lookup.served_recording import Replay
from linter.plan.model import CAUTIOUS
from linter.plan.planned import Planned
from linter.report.shown import shown
from linter.run.name_servers import servers_of
from linter.run.plan_status import pairs_of, status_lines, statuses
from linter.run.recordings import recording_at
from linter.run.refused import Refused

from .streams import write_lines

_MOST_SECONDS = 300.0


def status(planned: Planned, options: argparse.Namespace) -> int:
    """Run it; 0 where every zone's servers serve one step, else 1. Raises Refused."""
    recorded = _recorded(planned, options.answers) if options.answers else {}
    seen = recorded if any(recorded.values()) else _asked(planned, options)
    found = list(statuses(planned, seen))
    write_lines(map(shown, status_lines(planned, found, planned.plan.safety == CAUTIOUS)), sys.stdout)
    return int(not all(each.is_even for each in found))


def _recorded(planned: Planned, paths: list[str]) -> dict[str, list[tuple[str, Served]]]:
    """What recordings say of the zones, the newest first."""
    found: dict[str, list[tuple[str, Served]]] = {}
    for path in paths:
        recording = recording_at(path)
        days = [held.seen for held in recording.written.values() if held.seen]
        replay = Replay(recording)
        for zone in pairs_of(planned):
            served = replay.of(zone) if replay.holds(zone) else None
            if served is not None:
                found.setdefault(zone, []).append((max(days, default=""), served))
    return {zone: sorted(held, key=lambda each: each[0], reverse=True) for zone, held in found.items()}


def _asked(planned: Planned, options: argparse.Namespace) -> dict[str, list[tuple[str, Served]]]:
    """What the servers of the zones say now."""
    from linter.live.conversation import Conversations
    from linter.live.engine import Limits
    from linter.live.guard import Guard
    from linter.live.server import parse_server
    from linter.run.authority import Finder
    from linter.run.zone_talk import talk_of

    try:
        given = [parse_server(each) for each in options.server]
    except ValueError as error:
        raise Refused(f"--server: {error}") from error
    resolvers = () if given else servers_of(options.resolver, "--resolver")
    finder, probe = Finder(list(dict.fromkeys(given)), resolvers), f"mailzone-{secrets.token_hex(8)}"
    found: dict[str, list[tuple[str, Served]]] = {}

    def done(served: Served) -> None:
        found[served.zone] = [("", served)]

    pairs = pairs_of(planned)
    facts = planned.steps[-1].moments[-1].built.facts if planned.steps else {}
    conversations = Conversations(Limits(), Guard(3, _MOST_SECONDS), done)
    conversations.run(talk_of(facts[zone], finder, asked, probe) for zone, asked in pairs.items())
    return found
