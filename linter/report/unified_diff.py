"""A file before and after as a unified diff, which `git apply` and `patch -p1` take."""

from collections.abc import Iterator

_CUT = "\\ No newline at end of file"


def diff_lines(path: str, old: str, new: str) -> Iterator[str]:
    """The lines without their ends; a carriage return before one is a part of the line."""
    from difflib import unified_diff  # for changes only

    below = path.replace("\\", "/").lstrip("/")
    for line in unified_diff(_lines(old), _lines(new), f"a/{below}", f"b/{below}"):
        yield line.removesuffix("\n")
        if not line.endswith("\n"):
            yield _CUT


def _lines(text: str) -> list[str]:
    """The lines with their ends; `str.splitlines` would also end them where diffs do not."""
    parts = text.split("\n")
    return [*(f"{part}\n" for part in parts[:-1]), *filter(None, parts[-1:])]
