"""`mailzone lock`: what DNS says of other people's names, asked and written down, or compared with what is locked."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from functools import partial

from linter.facts.texts import Parsers
from linter.finding import Finding
from linter.lookup.asking import Asking
from linter.lookup.lock_document import Entries, entries_of, lock_text, merged, rebased, recording_of
from linter.lookup.lock_moves import Move, moves
from linter.lookup.recorded import Recorded
from linter.records.text.fault import quoted
from linter.report.counts import Counts, Problem
from linter.report.formats import Report, Style, report_lines
from linter.report.lock_report import Told, lock_findings, told_errors, told_moves
from linter.report.shown import shown, shown_path
from linter.run.locks import Lock, locks_of
from linter.run.name_servers import Servers
from linter.run.needs import Needs
from linter.run.recordings import recording_at
from linter.run.refresh import Failure, Refreshed, Walk, refresh
from linter.run.refused import Refused
from linter.source.file import MAX_OCTETS, Unreadable, read_source
from linter.source.holding import folder_held
from linter.source.text import Source

from .clock import Clock
from .faults import crash_words, refused, say_kept
from .outputs import (
    Output,
    below_root,
    is_same,
    refuse_one_file_for_two,
    report_outputs,
    try_file,
    write_file,
    write_report,
)
from .progress import Progress
from .streams import say, write_lines

_MOST_FAILURES = 20
"""Lines about servers that gave no answer; behind them only their number."""

_NOBODY = "no name in other people's zones is needed"
_WAY_OUT = "fix or delete it, then run `mailzone lock`"


def lock(options: argparse.Namespace, clock: Clock) -> int:
    """Run the command; the exit status, as its help says."""
    compared = Compared(options.quiet, options.check)
    try:
        # What has been written is no finding, unless somebody wants it as such.
        wanted = report_outputs(options.format if options.format or options.check else ["text"])
        servers = Servers(options)
        status = max([_refresh(locked, servers, options, clock, compared) for locked in _writable(options, wanted)])
    except (Refused, Unreadable) as error:
        if not options.check:
            write_lines(compared.lines, sys.stdout)  # of the locks before, which are written
        return refused(error)
    return _report(wanted, compared, status)


class Compared:
    """What the locks that were looked at hold, and what has moved in them; `is_check` is whether they stay so."""

    def __init__(self, is_quiet: bool, is_check: bool) -> None:
        self._is_quiet, self._is_check = is_quiet, is_check
        self.lines: list[str] = []
        self.findings: list[Finding] = []
        self.problems: list[Problem] = []
        self.locks = self.zones = self.answers = 0
        self.done = "compared with DNS" if is_check else "locked"

    def add(self, locked: Lock, told: Sequence[Told], answers: int, summary: str) -> None:
        """Take in one lock."""
        source = read_source(locked.path)[0] if os.path.lexists(locked.path) else Source(locked.path, "")
        lines = [each.message for each in told]
        if self._is_check:
            lines = lines or ["nothing moved"]
        else:
            lines = [] if self._is_quiet else [*lines, summary]
        self.lines += [f"{shown_path(locked.path)}: {shown(line)}" for line in lines]
        found = lock_findings(told, source, is_written=not self._is_check)
        self.findings += sorted(found, key=lambda finding: finding.span.start)
        self.locks += 1
        self.zones += sum(len(needs.zones) for needs in locked.needs)
        self.answers += answers


def _report(wanted: Iterable[Output], compared: Compared, status: int) -> int:
    """Write what has moved, in each format that is wanted; the exit status."""
    counts = Counts(compared.locks, compared.zones, compared.answers, problems=tuple(compared.problems))
    report = Report(tuple(compared.findings), counts, Style(done=compared.done), below_root)
    for output in wanted:
        lines = compared.lines if output.name == "text" else report_lines(output.name, report)
        status = status if write_report(lines, output) else 2
    return status


def _writable(options: argparse.Namespace, wanted: Iterable[Output]) -> list[Lock]:
    """The locks, once it is certain that each can be written. Raises Refused, Unreadable."""
    locks = locks_of(options)
    for locked in locks if not options.check else ():
        refuse_one_file_for_two([*(output.file for output in wanted if output.file), locked.path])
        if any(is_same(path, locked.path) for path in options.answers):
            raise Refused(f"{locked.path} is named by `--answers`, so nothing would be asked for; remove it from there")
        try_file(locked.path, own=True)
    return locks


def _refresh(locked: Lock, servers: Servers, options: argparse.Namespace, clock: Clock, compared: Compared) -> int:
    """Ask for one lock, and write it or gather what has moved; the exit status."""
    exists = os.path.lexists(locked.path)
    old = entries_of(recording_at(locked.path, _WAY_OUT)) if exists else {}
    walks = [walk for needs in locked.needs for walk in (*needs.walks(), *_of_zones(needs, locked.asking))]
    with Progress("asking DNS", sys.stderr, not options.no_progress) as bar:
        done = refresh(walks, locked.asking, old, servers.asker(bar), clock.day)
    failed = [needs.crashes for needs in locked.needs if needs.crashes.is_any]
    for crashes in failed:
        say_kept(crashes)
        compared.problems += [
            Problem(crash_words(crash), crash.path, crash.zone, crash.rule) for crash in crashes.all()
        ]
    if done.is_mute:
        why = shown(done.failures[0].reason) if done.failures else "no server answers"
        mute = f"no answer to any of {done.asked} questions ({why})"
        say(f"{mute}, so {shown(locked.path)} stays as it is")
        compared.problems.append(Problem(mute, locked.path))
        return 2
    _say_failures(done)
    # Of what a failed rule would have asked nothing is dropped.
    new = done.entries if locked.is_whole and not failed else merged(old, done.entries)
    found = list(moves(old, new))
    told = found if options.check else [move for move in found if move.is_change]
    sides = (Recorded([recording_of(old)]), Recorded([recording_of(new)]))
    sentences = list(told_moves(told, locked.declared(*sides), Parsers().spf)) if told else []
    if any(move.is_change for move in told):
        sentences += told_errors(locked.broken(*sides))
    if not options.check and (found or new != old):
        _write(locked.path, old, new)
    compared.add(locked, sentences, len(new), _summary(len(new), found) if old or new or done.asked else _NOBODY)
    return 2 if failed else 1 if found and options.check else 0


def _of_zones(needs: Needs, asking: Asking) -> list[Walk]:
    """The SOA of each zone: plans take from it for how long it is remembered that a name is not there."""

    def asked(zone: str) -> None:
        asking.lookup(zone, "SOA")

    return [partial(asked, index.zone.name) for _, index in needs.zones]


def _write(path: str, old: Entries, new: Entries) -> None:
    """Write the lock; what another run has written since this one began is not lost."""
    with folder_held(path):
        if os.path.lexists(path):
            found = entries_of(recording_at(path, _WAY_OUT))
            new = new if found == old else rebased(found, old, new)
        text = lock_text(new)
        if len(text) > MAX_OCTETS:
            much = f"{len(text) // 1024 // 1024} MiB, more than is ever read"
            raise Refused(f"{path} would have {much}, so it stays as it is")
        write_file(path, text, own=True)


def _summary(number: int, found: Sequence[Move]) -> str:
    """How much is locked, and how much of that is different."""
    kinds = (
        ("new", sum(1 for move in found if move.before is None)),
        ("changed", sum(1 for move in found if move.is_change)),
        ("dropped", sum(1 for move in found if move.after is None)),
    )
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds if count)
    return f"{number} answer{'' if number == 1 else 's'}, {counted or 'nothing moved'}"


def _say_failures(done: Refreshed) -> None:
    """Who gave no answer, on standard error."""
    for failure in done.failures[:_MOST_FAILURES]:
        say(shown(_failure_line(failure)))
    if len(done.failures) > _MOST_FAILURES:
        say(f"and {len(done.failures) - _MOST_FAILURES} more without an answer")
    if done.unasked:
        name, kind = done.unasked[0]
        number = len(done.unasked)
        what = "1 question too many is" if number == 1 else f"{number:,} questions too many are"
        say(shown(f"{what} left unasked, {kind} of {name} the first of them"))


def _failure_line(failure: Failure) -> str:
    name, kind = failure.pair
    told = f"no answer for {kind} of {quoted(name.removesuffix('.'), 80)}: {failure.reason}"
    if failure.kept is None:
        return f"{told}; it stays unknown"
    day = f" on {failure.kept.seen}" if failure.kept.seen else ""
    return f"{told}; what was locked{day} is kept"
