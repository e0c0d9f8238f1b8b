"""An MTA-STS policy as values: its lines, and which hosts its patterns allow (RFC 8461 section 3.2)."""

from linter.records.text.fault import Fault
from linter.records.text.name import MAX_LABEL, MAX_NAME
from linter.source.frozen import Frozen

KEYS = ("version", "mode", "mx", "max_age")
MODES = ("enforce", "testing", "none")
VERSION = "STSv1"
LONGEST_AGE = 31_557_600
"""Seconds; a year of 365.25 days."""
LARGEST = 65_536
"""Octets that senders are bound to read of a policy (RFC 8461 section 3.3 suggests it)."""


class Line(Frozen):
    """One line of a policy, blanks around key and value taken off.

    Offsets are code points into the file. `key` is "" for a line without a colon; then `value` is the whole line.
    `start`/`end` enclose the line, `value_start`/`value_end` its value.
    """

    key: str
    value: str
    start: int
    end: int
    value_start: int
    value_end: int


class MxPattern(Frozen):
    """The hosts that one `mx` line allows: `text` as it is written, `name` as it is meant.

    `name` is in lower case, `*.` and a domain or a host name. Senders compare `text`; only a fault makes the two
    differ in more than case. `start`/`end` enclose `text` in the file.
    """

    text: str
    name: str
    start: int
    end: int


class Policy(Frozen):
    """One policy as senders read it: what is missing or invalid is None. `max_age` is in seconds.

    `mx` has the patterns that could be made out, faulty ones as they were meant. The kinds of its faults:
    "policy-invalid" where senders refuse the file or would miss something of it, "policy-ignored-field" where they
    pass over a line.
    """

    text: str
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    mode: str | None
    max_age: int | None
    mx: tuple[MxPattern, ...]

    def line(self, key: str) -> Line | None:
        """The first line of exactly that key: the one that counts."""
        return next((line for line in self.lines if line.key == key), None)


def matches(pattern: str, host: str) -> bool:
    """Whether a pattern allows an MX host; `*` stands for exactly one label (RFC 8461 section 4.1).

    `host` may have its final dot. Case does not matter. A pattern with a final dot allows no host.
    """
    return pattern != "" and pattern.lower() in allowing(host)


def allowing(host: str) -> tuple[str, ...]:
    """The patterns that allow a host, in lower case: its own name, and `*` in place of its first label."""
    name = host.lower().removesuffix(".")
    label, _, rest = name.partition(".")
    return (name, f"*.{rest}") if label and rest else (name,)


def is_pattern(text: str) -> bool:
    """Whether a text can be the value of `mx`: a host name of two labels or more, `*` in place of the first one."""
    name = text.removeprefix("*.")
    labels = name.split(".")
    # By hand, because a regular expression takes longer to compile than to read all policies there are.
    return (
        len(labels) > 1
        and name.isascii()
        and len(name) <= MAX_NAME
        and not labels[-1].isdigit()
        and all(label.replace("-", "x").isalnum() and label[0] != "-" != label[-1] for label in labels)
        and max(map(len, labels)) <= MAX_LABEL
    )


def is_age(value: str) -> bool:
    """Whether a text can be the value of `max_age`."""
    return value.isascii() and value.isdigit() and len(value) <= 10 and int(value) <= LONGEST_AGE


def to_text(policy: Policy) -> str:
    """The policy in its usual form, one LF behind each line; what is missing or invalid is left out."""
    lines = [f"version: {VERSION}"]
    if policy.mode is not None:
        lines.append(f"mode: {policy.mode}")
    lines += [f"mx: {pattern.name}" for pattern in policy.mx]
    if policy.max_age is not None:
        lines.append(f"max_age: {policy.max_age}")
    return "".join(f"{line}\n" for line in lines)
