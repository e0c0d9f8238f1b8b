"""The one clock: the day and the time that everything is judged and dated by, taken once and given as an argument."""

import time

from linter.records.text.fault import quoted
from linter.run.refused import Refused
from linter.source.frozen import Frozen
from linter.source.typed import Mapping

EPOCH = "SOURCE_DATE_EPOCH"
"""The variable of the environment in which builds that can be repeated give the time, in seconds since 1970 (UTC)."""

_LAST = 253_402_300_799
"""The last second of the year 9999: later years have no date in four digits."""


class Clock(Frozen):
    """A time that does not pass, in seconds since 1970 (UTC)."""

    seconds: int

    @property
    def day(self) -> str:
        """The day in UTC, as "2026-11-23"."""
        year, month, day = time.gmtime(self.seconds)[:3]
        return f"{year:04}-{month:02}-{day:02}"


def clock_of(today: str | None, environment: Mapping[str, str]) -> Clock:
    """The clock by --today (midnight, UTC), else by SOURCE_DATE_EPOCH, else by the system. Raises Refused."""
    if today is not None:
        return Clock(_midnight(today))
    epoch = environment.get(EPOCH, "")
    if not epoch:
        return Clock(int(time.time()))
    if not (epoch.isascii() and epoch.isdigit()) or len(epoch.lstrip("0")) > len(str(_LAST)) or int(epoch) > _LAST:
        raise Refused(f"{EPOCH} is {quoted(epoch)}; expected seconds since 1970, such as `1795392000`")
    return Clock(int(epoch))


def _midnight(written: str) -> int:
    from calendar import timegm

    parts = written.split("-")
    if [len(part) for part in parts] == [4, 2, 2] and all(part.isascii() and part.isdigit() for part in parts):
        year, month, day = map(int, parts)
        # What the calendar does not have comes out as another day.
        seconds = timegm((year, month, day, 0, 0, 0)) if year >= 1970 and 1 <= month <= 12 and 1 <= day <= 31 else -1
        if seconds >= 0 and Clock(seconds).day == written:
            return seconds
    raise Refused(f"--today: {quoted(written)} is not a date; expected one from 1970 on, such as `2026-11-23`")
