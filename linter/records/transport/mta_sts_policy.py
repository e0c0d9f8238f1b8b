"""MTA-STS policy files: which hosts may take a domain's mail, and only over TLS (RFC 8461 section 3.2)."""

from .mta_sts_policy_value import LARGEST, MODES, VERSION, Line, MxPattern, Policy, is_age, is_pattern, to_text

__all__ = ["LARGEST", "Policy", "parse", "to_text"]


def parse(text: str) -> Policy:
    """Read the whole file as it is served; line ends are LF or CRLF."""
    lines = _lines(text)
    named = {line.key: line for line in reversed(lines)}
    mode, age = named.get("mode"), named.get("max_age")
    policy = Policy(
        text,
        lines,
        (),
        mode.value if mode is not None and mode.value in MODES else None,
        int(age.value) if age is not None and is_age(age.value) else None,
        tuple([_pattern(line) for line in lines if line.key == "mx" and is_pattern(line.value)]),
    )
    if _is_sound(policy, named):
        return policy
    # Loaded here because well-formed policies never need it.
    from .mta_sts_policy_diagnosis import diagnose, lone_return

    if "\r" in text and "\n" not in text:
        again = parse(text.replace("\r", "\n"))
        return policy._replace(mx=again.mx, faults=tuple(sorted([lone_return(text), *again.faults])))
    patterns, faults = diagnose(policy)
    return policy._replace(mx=patterns, faults=faults)


def _lines(text: str) -> tuple[Line, ...]:
    lines = []
    position = 0
    for written in text.split("\n"):
        kept = written.rstrip(" \t\r")
        start = position + len(kept) - len(kept.lstrip(" \t"))
        end = position + len(kept)
        if start < end:
            lines.append(_line(text, start, end))
        position += len(written) + 1
    return tuple(lines)


def _line(text: str, start: int, end: int) -> Line:
    key, colon, value = text[start:end].partition(":")
    if not colon:
        return Line("", key, start, end, start, end)
    value = value.lstrip(" \t")
    return Line(key.rstrip(" \t"), value, start, end, end - len(value), end)


def _pattern(line: Line) -> MxPattern:
    return MxPattern(line.value, line.value.lower(), line.value_start, line.value_end)


def _is_sound(policy: Policy, named: dict[str, Line]) -> bool:
    """Whether the file holds its keys, each valid and as often as it may stand, and not a character more."""
    text, lines = policy.text, policy.lines
    wanted = 3 + len(policy.mx)
    return (
        policy.mode is not None
        and policy.max_age is not None
        and (policy.mx != () or policy.mode == "none")
        and "version" in named
        and named["version"].value == VERSION
        and len(lines) == wanted
        and text.count("\n") == wanted - 1 + text.endswith("\n")
        and text.count("\r") == text.count("\r\n")
        and "\t" not in text
        and text.isascii()
        and text.replace("\n", "").replace("\r", "").isprintable()
        and len(text) <= LARGEST
        and all(text[line.start + len(line.key)] == ":" for line in lines)
        and all(line.start == 0 or text[line.start - 1] == "\n" for line in lines)
    )
