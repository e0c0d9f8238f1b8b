"""`mailzone compare`: what the files declare held against what the zones' name servers serve."""

import argparse
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from linter.lookup.recorder import Recorder
from linter.lookup.served import Served
from linter.lookup.served_recording import Replay
from linter.records.text.fault import one_of
from linter.report.counts import Seen
from linter.report.shown import shown
from linter.run.check import Checker
from linter.run.compare import Opened, Work
from linter.run.files import Found
from linter.run.outcome import Outcome, joined
from linter.run.parts import groups, parts
from linter.run.policy import Policy
from linter.run.recordings import recording_at
from linter.run.refused import Refused
from linter.run.resolvers import Resolvers
from linter.run.shares import Share
from linter.run.told_once import told_once
from linter.run.wanted import wanted_files
from linter.source.ending import end_by, endings_noted
from linter.source.file import MAX_RECORDING, Unreadable
from linter.source.inputs import note_inputs

from .asking import INTERRUPTED, checker_of, comparison_of, converse, work_of
from .clock import Clock
from .faults import refused
from .findings import domains_for, report, say_problems
from .outputs import STANDARD_OUTPUT, Output, report_outputs, try_file, write_file
from .progress import Progress
from .streams import say, write_lines
from .whom import WhomOf

if TYPE_CHECKING:
    from linter.run.authority import Whom

_MOST_LINES = 20


def compare(options: argparse.Namespace, clock: Clock) -> int:
    """Run the command; the exit status, as its help says."""
    try:
        wanted = _outputs(options)
        return _Run(options, clock).status(wanted)
    except (Refused, Unreadable) as error:
        return refused(error)


class _Run:
    """One run: its zones, whom it asks, and what came of it."""

    def __init__(self, options: argparse.Namespace, clock: Clock) -> None:
        self._options = options
        self._found = _found(options)
        self._recorder = Recorder(clock.day) if options.record is not None else None
        keep: Callable[[Served], None] = self._recorder.add if self._recorder else lambda served: None
        self._probe = f"mailzone-{secrets.token_hex(8)}"
        self._comparison = comparison_of(options, self._probe, self._whom_of, keep)
        self._comparison.expect(self._found.files)
        self._whom: dict[str, WhomOf] = {}
        self._shares: list[tuple[Share, Checker]] = []
        self._checkers: list[Checker] = []
        self._policies: list[Policy] = []
        self._unrouted: dict[str, int] = {}
        self._signals: list[int] = []

    def status(self, wanted: Sequence[Output]) -> int:
        """Ask, or read what was recorded; write what was found, and say how it went."""
        options, comparison = self._options, self._comparison
        files = [output.file for output in wanted if output.file]
        for file in files if options.record in (None, STANDARD_OUTPUT) else (*files, options.record):
            try_file(file)
        self._share_out()
        ask = self._ask if options.executor is None else self._ask_elsewhere
        answered = self._replay() if options.answers else ask()
        judged = zip(self._checkers, self._policies, strict=True)
        outcome = joined([_outcome(checker, policy) for checker, policy in judged], self._found)
        outcome = outcome._replace(findings=told_once(outcome.findings))
        say_problems(outcome)
        nothing = not outcome.findings and not outcome.problems and not outcome.crashes and comparison.is_complete
        if not comparison.zones and not comparison.unrecorded and nothing:
            if options.names:
                raise Refused(f"--names: no zone has a name that matches {one_of(options.names)}")
            raise Refused(f"no zone file in {', '.join(f'`{each}`' for each in options.paths or ['.'])}")
        self._say_what_is_open()
        if comparison.unrecorded and not comparison.zones:
            raise Refused(f"{', '.join(options.answers)}: nothing is recorded of any of these zones")
        seen = comparison.seen
        status = report(wanted, outcome, options, domains_for(options), "compared", seen)
        is_mute = bool(comparison.zones or not comparison.is_complete) and not answered
        if self._recorder:
            _write(options.record, self._recorder, is_mute)
        if self._signals:
            end_by(self._signals[0])
        if is_mute:
            say("no answer to any question, so what is served is not known")
            return 2
        return status or self._status_of_unknown(seen)

    def _status_of_unknown(self, seen: Seen) -> int:
        """The exit status of a run that found nothing: 0 is a promise, and of what is unknown none can be made."""
        bounds = {policy.settings.defaults.fail_on if policy.settings.defaults else "" for policy in self._policies}
        is_never = self._options.fail_on == "never" or (not self._options.fail_on and bounds == {"never"})
        if not seen.unknown or self._options.allow_unknown or is_never:
            return 0
        what = "1 record set" if seen.unknown == 1 else f"{seen.unknown:,} record sets"
        say(f"{what} stayed unknown, so the exit status is 1; --allow-unknown accepts that")
        return 1

    def _share_out(self) -> None:
        """Find out which files are compared under which policy."""
        for group in groups(self._options, self._found):
            settings = group.policy.settings
            if settings.path not in self._whom:
                self._whom[settings.path] = WhomOf(settings)
            checker = checker_of(group.policy)
            self._checkers.append(checker)
            self._policies.append(group.policy)
            self._shares += [(Share(part.files, part, group.policy, []), checker) for part in parts(group)]

    def _works(self) -> Iterator[Work]:
        resolvers = Resolvers([])
        return (work_of(share, checker, resolvers) for share, checker in self._shares)

    def _whom_of(self, opened: Opened) -> "Whom":
        """Whom the configuration of a zone says to ask."""
        return self._whom[opened.work.checker.settings.path].of(opened.facts.zone.name, opened.facts.is_inside)

    def _ask(self) -> bool:
        """Ask the servers; whether anybody answered anything."""
        from linter.live.guard import Guard

        options = self._options
        guard = Guard(options.tries, options.max_time)

        def note(number: int) -> None:
            self._signals.append(number)
            guard.stop(INTERRUPTED)

        wanted = not options.no_progress
        with endings_noted(note), Progress("asking DNS", sys.stderr, wanted, unit="zones") as bar:
            bar.expect(len(self._found.files))

            def done(result: tuple[Opened, Served | None]) -> None:
                self._comparison.judge(*result)
                bar.step()

            self._unrouted = converse(
                options, guard, lambda finder: self._comparison.talks(self._works(), finder), done
            )
        self._comparison.over = guard.over()
        return guard.answered > 0

    def _ask_elsewhere(self) -> bool:
        """Have the workers of a cluster ask, and judge what they heard; whether anybody answered anything."""
        from .asking_elsewhere import AskedElsewhere

        asked = AskedElsewhere(self._options, self._probe, self._shares)
        with endings_noted(self._signals.append), asked.answers(lambda: bool(self._signals)) as heard:
            self._comparison.settle(self._works(), heard)
        self._unrouted, self._comparison.over = asked.unrouted, asked.over
        return asked.answered > 0

    def _replay(self) -> bool:
        """Compare with what was recorded; whether it holds any answer for these zones."""
        replays = [Replay(recording_at(path)) for path in self._options.answers]

        def served(zone: str) -> Served | None:
            return next((replay.of(zone) for replay in replays if replay.holds(zone)), None)

        self._comparison.replay(self._works(), served)
        return True

    def _say_what_is_open(self) -> None:
        """What was not compared, on standard error: nothing is passed over in silence."""
        done = self._comparison
        for (server, why), zones in list(done.untransferred.items())[:_MOST_LINES]:
            more = f" and {len(zones) - 1} more" if len(zones) > 1 else ""
            told = f"no transfer of `{zones[0].rstrip('.')}`{more} from {server}: {why}"
            say(shown(f"{told}; its names were asked one by one, which cannot show undeclared names"))
        self._say_whom_nobody_asked()
        for (name, kind), reason in done.first_passed_over:
            say(shown(f"passed over: {kind} of `{name.rstrip('.')}`: {reason}"))
        if done.passed_over > len(done.first_passed_over):
            say(f"and {done.passed_over - len(done.first_passed_over)} more passed over")
        for zone in done.unrecorded[:_MOST_LINES]:
            say(shown(f"passed over: nothing is recorded of `{zone.rstrip('.')}`"))
        if len(done.unrecorded) > _MOST_LINES:
            say(f"and {len(done.unrecorded) - _MOST_LINES} more zones of which nothing is recorded")

    def _say_whom_nobody_asked(self) -> None:
        """Addresses without a route, and delegations that could not be seen: each once."""
        if self._unrouted:
            first, *others = self._unrouted
            more = f" and {len(others)} more addresses" if others else ""
            family = "IPv6" if ":" in first else "IPv4"
            say(f"no way from here to {first}{more} ({family}); they were left out, and the other addresses asked")
        for why, zones in list(self._comparison.undelegated.items())[:_MOST_LINES]:
            more = f" and {len(zones) - 1} more zones" if len(zones) > 1 else ""
            say(shown(f"delegation not seen of `{zones[0].rstrip('.')}`{more}: {why}; the resolver's word was taken"))


def _outcome(checker: Checker, policy: Policy) -> Outcome:
    """What a checker found, with what its policy says of that."""
    outcome = checker.outcome()._replace(gate=policy.gate)
    return outcome._replace(bounds=policy.bounds(outcome.findings))


def _outputs(options: argparse.Namespace) -> tuple[Output, ...]:
    """Where the findings go, before anything is asked. Raises Refused."""
    if options.record == "":
        raise Refused("`--record` names no file; `--record -` is standard output")
    note_inputs([*options.paths, *options.answers, *(path for path in (options.config, options.key) if path)])
    return report_outputs(options.format, options.record)


def _write(path: str, recorder: Recorder, is_mute: bool) -> None:
    """Write a recording. Raises Refused for one that nobody could read again.

    One in which nobody has answered takes the place of none: what was seen before is worth more.
    """
    if recorder.octets > MAX_RECORDING:
        much = f"{recorder.octets // 1024 // 1024} MiB, more than is ever read"
        raise Refused(f"{path} would have {much}, so it is not written; record fewer zones at once")
    if path == STANDARD_OUTPUT:
        write_lines(recorder.text().removesuffix("\n").split("\n"), sys.stdout)
    elif is_mute and os.path.lexists(path):
        say(shown(f"{path} stays as it is, since there was no answer"))
    else:
        write_file(path, recorder.pieces())


def _found(options: argparse.Namespace) -> Found:
    """The files of the zones. Raises Refused."""
    if "-" in options.paths:
        raise Refused("`-`: compare is for files; name the zone's file")
    asking = {"--server": options.server, "--record": options.record, "--transfer": options.transfer}
    asking |= {"--policies": options.policies, "--executor": options.executor}
    given = [each for each in asking if asking[each]]
    if options.answers and given:
        raise Refused(f"--answers asks no server and cannot be combined with {one_of(given)}")
    if options.names and options.transfer:
        raise Refused("--names asks for single names and cannot be combined with `--transfer`")
    if options.key and not options.transfer:
        raise Refused("--key signs transfers; it needs `--transfer` beside it")
    return wanted_files(options, options.paths)
