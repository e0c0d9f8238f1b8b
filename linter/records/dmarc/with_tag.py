"""A DMARC record with one tag set anew or left out, and all else as it is written."""

from .record import parse


def with_tag(text: str, tag: str, value: str) -> str:
    """The record with `tag` set to `value`: in its place, `sp` behind `p`, others at the end."""
    record = parse(text)
    held = record.tag(tag)
    if held is not None:
        return f"{text[: held.start]}{tag}={value}{text[held.end :]}"
    first = record.tag("p") if tag == "sp" else None
    if first is not None:
        return f"{text[: first.end]}; {tag}={value}{text[first.end :]}"
    end = text.rstrip().rstrip(";")
    return f"{end}; {tag}={value}" if tag != "p" else f"{text[:8]}; p={value}{text[8:]}"


def without_tag(text: str, tag: str) -> str:
    """The record without `tag` and the semicolon before it."""
    held = parse(text).tag(tag)
    if held is None:
        return text
    return f"{text[: held.start].rstrip().removesuffix(';').rstrip()}{text[held.end :]}"
