"""Why a command has not done all of its work, on standard error: what it refuses, and faults of mailzone's own."""

import os

from linter.report.shown import shown
from linter.run.crashes import Crash, Crashes
from linter.run.refused import Refused
from linter.source.file import Unreadable
from linter.source.typed import Iterable

from .streams import say


def refused(error: Refused | Unreadable) -> int:
    """Say why the command cannot do its work; its exit status."""
    lines = error.lines if isinstance(error, Refused) else (f"cannot use {error.path}: {error.reason}",)
    for line in lines:
        say(shown(line))
    return 2


def say_kept(kept: Crashes) -> None:
    """What could not be read and what failed, where a command goes on with the rest."""
    for path, reason in kept.unreadable:
        say(f"cannot read {shown(path)}: {shown(reason)}")
    say_crashes(kept.all())


def say_crashes(crashes: Iterable[Crash]) -> None:
    """One line for each, and where in the code it was raised if somebody wants to know."""
    for crash in crashes:
        say(f"{crash_words(crash)} (MAILZONE_DEBUG=1 shows where)")
        if os.environ.get("MAILZONE_DEBUG"):
            for line in crash.trace.splitlines():
                say(shown(line))


def crash_words(crash: Crash) -> str:
    """A fault in one line."""
    zone = f"`{crash.zone.removesuffix('.')}` " if crash.zone else ""
    place = f"{zone}({crash.path})" if crash.path else zone.rstrip()
    more = f" and {crash.times - 1} more" if crash.times > 1 else ""
    lost = "its findings are missing; " if crash.rule else ""
    return shown(f"{crash.what} failed on {place}{more}: {crash.reason}; {lost}please report this fault of mailzone")
