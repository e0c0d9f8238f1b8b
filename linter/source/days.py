"""Days of the calendar as people write them, `2027-01-31` in UTC: what is one, and what lies between two."""


def is_day(written: str) -> bool:
    """Whether a text is a day of the calendar, as YEAR-MONTH-DAY in digits."""
    parts = written.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not all(part.isascii() and part.isdigit() for part in parts):
        return False
    year, month, day = map(int, parts)
    from calendar import monthrange  # few files name a day

    return year > 0 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def days_between(earlier: str, later: str) -> int | None:
    """The days from one to another, both as "2026-11-23"; None where one of them is no day."""
    first, last = _number(earlier), _number(later)
    return last - first if first is not None and last is not None else None


def _number(day: str) -> int | None:
    """A day of the Gregorian calendar, counted; years begin in March, so that the day of leap years is their last."""
    parts = day.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, month, number = map(int, parts)
    if not (1 <= month <= 12 and 1 <= number <= 31):
        return None
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + number
