"""Days as people write them into configurations and comments: `2027-01-31`, in UTC."""


def is_day(written: str) -> bool:
    """Whether a text is a day of the calendar, as YEAR-MONTH-DAY in digits."""
    parts = written.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not all(part.isascii() and part.isdigit() for part in parts):
        return False
    year, month, day = map(int, parts)
    from calendar import monthrange  # few files name a day

    return year > 0 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
