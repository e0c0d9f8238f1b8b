"""`mailzone compare`: what the files declare held against what the zones' name servers serve."""

import argparse
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from functools import partial

from linter.lookup.recorder import Recorder
from linter.lookup.served import Served
from linter.lookup.served_recording import Replay
from linter.records.text.fault import one_of
from linter.records.text.name import dotless
from linter.report.counts import Seen
from linter.report.shown import shown
from linter.run.check import Checker
from linter.run.compare import Comparison, Opened
from linter.run.compare_shares import Judging, Piece, Told, in_processes, number_of_processes, planned
from linter.run.compared import Compared
from linter.run.files import Found
from linter.run.outcome import Outcome, joined
from linter.run.parts import groups
from linter.run.policy import Policy
from linter.run.recordings import recording_at
from linter.run.refused import Refused
from linter.run.told_once import told_once
from linter.run.wanted import wanted_files
from linter.source.ending import end_by, endings_noted
from linter.source.file import MAX_RECORDING, Unreadable
from linter.source.inputs import note_inputs
from linter.source.typed import TYPE_CHECKING

from .asking import checker_of, comparison_of, finder_of, limits_of
from .clock import Clock
from .faults import refused
from .findings import domains_for, report, say_problems
from .outputs import STANDARD_OUTPUT, Output, report_outputs, try_file, write_file
from .progress import Progress
from .streams import say, write_lines
from .whom import WhomOf

if TYPE_CHECKING:
    from linter.live.limits import Limits
    from linter.run.authority import Finder, Whom

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
        self._probe = f"mailzone-{secrets.token_hex(8)}"
        self._groups = groups(options, self._found)
        self._whom = {group.policy.settings.path: WhomOf(group.policy.settings) for group in self._groups}
        self._judging = Judging(checker_of)
        self._done = Compared()
        self._signals: list[int] = []

    def status(self, wanted: Sequence[Output]) -> int:
        """Ask, or read what was recorded; write what was found, and say how it went."""
        options = self._options
        files = [output.file for output in wanted if output.file]
        for file in files if options.record in (None, STANDARD_OUTPUT) else (*files, options.record):
            try_file(file)
        ask = self._ask if options.executor is None else self._ask_elsewhere
        self._gather([self._replay()] if options.answers else ask())
        done = self._done
        judged = ((self._judging.of(place, group.policy), group.policy) for place, group in enumerate(self._groups))
        outcome = joined([_outcome(checker, policy) for checker, policy in judged], self._found)
        outcome = outcome._replace(findings=told_once(outcome.findings))
        say_problems(outcome)
        nothing = not outcome.findings and not outcome.problems and not outcome.crashes and done.is_complete
        if not done.zones and not done.unrecorded and nothing:
            if options.names:
                raise Refused(f"--names: no zone has a name that matches {one_of(options.names)}")
            raise Refused(f"no zone file in {', '.join(f'`{each}`' for each in options.paths or ['.'])}")
        self._say_what_is_open()
        if done.unrecorded and not done.zones:
            raise Refused(f"{', '.join(options.answers)}: nothing is recorded of any of these zones")
        seen = done.seen
        status = report(wanted, outcome, options, domains_for(options), "compared", seen)
        is_mute = bool(done.zones or not done.is_complete) and not done.answered and not options.answers
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
        defaults = (group.policy.settings.defaults for group in self._groups)
        bounds = {each.fail_on if each else "" for each in defaults}
        is_never = self._options.fail_on == "never" or (not self._options.fail_on and bounds == {"never"})
        if not seen.unknown or self._options.allow_unknown or is_never:
            return 0
        what = "1 record set" if seen.unknown == 1 else f"{seen.unknown:,} record sets"
        say(f"{what} stayed unknown, so the exit status is 1; --allow-unknown accepts that")
        return 1

    def _whom_of(self, opened: Opened) -> "Whom":
        """Whom the configuration of a zone says to ask."""
        return self._whom[opened.work.checker.settings.path].of(opened.facts.zone.name, opened.facts.is_inside)

    def _comparison(self, pieces: Sequence[Piece]) -> Comparison:
        """The comparison of some pieces of the files."""
        keep: Callable[[Served], None] = self._recorder.add if self._recorder else lambda served: None
        files = (file for piece in pieces for file in piece.share.files)
        return comparison_of(self._options, self._probe, self._whom_of, keep, files)

    def _ask(self) -> list[Told]:
        """Ask the servers; what came of each piece of the files."""
        from linter.live.together import Together

        options, finder, limits = self._options, finder_of(self._options), limits_of(self._options)
        # A recording is one file; whole zones and policies are fetched side by side by one process.
        is_one = self._recorder is not None or options.transfer or options.policies
        number = 1 if is_one else number_of_processes(len(self._found.files), limits)
        limits = limits._replace(concurrency=limits.concurrency // number, per_second=limits.per_second // number)
        plan, together = planned(self._groups, number), Together(number)

        def note(signal: int) -> None:
            self._signals.append(signal)
            together.end()

        def ask(place: int, is_ended: Callable[[], bool]) -> Told:
            return self._ask_for(plan[place], finder(), limits, partial(together.step, place), is_ended)

        wanted = not options.no_progress
        bar = Progress("asking DNS", sys.stderr, wanted, unit="zones", done=together.done)
        bar.expect(len(self._found.files))
        with endings_noted(note):
            return in_processes(ask, number, together, bar)

    def _ask_elsewhere(self) -> list[Told]:
        """Have the workers of a cluster ask, and judge what they heard."""
        from .asking_elsewhere import AskedElsewhere

        (pieces,), judging = planned(self._groups, 1), Judging(checker_of)
        shares = [(piece.share, judging.of(piece.group, piece.share.policy)) for piece in pieces]
        asked, comparison = AskedElsewhere(self._options, self._probe, shares), self._comparison(pieces)
        with endings_noted(self._signals.append), asked.answers(lambda: bool(self._signals)) as heard:
            comparison.settle(judging.works(pieces), heard)
        came = comparison.done
        came.unrouted, came.over, came.answered = asked.unrouted, asked.over, asked.answered
        return [judging.told(came)]

    def _ask_for(
        self,
        pieces: Sequence[Piece],
        finder: "Finder",
        limits: "Limits",
        step: Callable[[], None],
        is_ended: Callable[[], bool],
    ) -> Told:
        """Ask the servers of some pieces of the files."""
        from linter.live.conversation import Conversations
        from linter.live.guard import Guard

        comparison, judging = self._comparison(pieces), Judging(checker_of)
        guard = Guard(limits.tries, self._options.max_time, is_ended)

        def done(result: tuple[Opened, Served | None]) -> None:
            comparison.judge(*result)
            step()

        Conversations(limits, guard, done).run(comparison.talks(judging.works(pieces), finder))
        came = comparison.done
        came.unrouted, came.over, came.answered = finder.unrouted, guard.over(), guard.answered
        return judging.told(came)

    def _replay(self) -> Told:
        """Compare with what was recorded."""
        replays = [Replay(recording_at(path)) for path in self._options.answers]

        def served(zone: str) -> Served | None:
            return next((replay.of(zone) for replay in replays if replay.holds(zone)), None)

        (pieces,), judging = planned(self._groups, 1), Judging(checker_of)
        comparison = self._comparison(pieces)
        comparison.replay(judging.works(pieces), served)
        return judging.told(comparison.done)

    def _gather(self, told: Sequence[Told]) -> None:
        """Take in what came of each share."""
        for each in told:
            self._done.add(each.compared)
            for place, judged in each.judged.items():
                self._judging.of(place, self._groups[place].policy).take_in(judged)

    def _say_what_is_open(self) -> None:
        """What was not compared, on standard error: nothing is passed over in silence."""
        done = self._done
        for (server, why), zones in list(done.untransferred.items())[:_MOST_LINES]:
            more = f" and {len(zones) - 1} more" if len(zones) > 1 else ""
            told = f"no transfer of `{dotless(zones[0])}`{more} from {server}: {why}"
            say(shown(f"{told}; its names were asked one by one, which cannot show undeclared names"))
        self._say_whom_nobody_asked()
        for (name, kind), reason in done.first_passed_over:
            say(shown(f"passed over: {kind} of `{dotless(name)}`: {reason}"))
        if done.passed_over > len(done.first_passed_over):
            say(f"and {done.passed_over - len(done.first_passed_over)} more passed over")
        for zone in done.unrecorded[:_MOST_LINES]:
            say(shown(f"passed over: nothing is recorded of `{dotless(zone)}`"))
        if len(done.unrecorded) > _MOST_LINES:
            say(f"and {len(done.unrecorded) - _MOST_LINES} more zones of which nothing is recorded")

    def _say_whom_nobody_asked(self) -> None:
        """Addresses without a route, and delegations that could not be seen: each once."""
        if self._done.unrouted:
            first, *others = self._done.unrouted
            more = f" and {len(others)} more addresses" if others else ""
            family = "IPv6" if ":" in first else "IPv4"
            say(f"no way from here to {first}{more} ({family}); they were left out, and the other addresses asked")
        for why, zones in list(self._done.undelegated.items())[:_MOST_LINES]:
            more = f" and {len(zones) - 1} more zones" if len(zones) > 1 else ""
            say(shown(f"delegation not seen of `{dotless(zones[0])}`{more}: {why}; the resolver's word was taken"))


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
