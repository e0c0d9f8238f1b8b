"""A rule's manual as a terminal shows it: prose wrapped to its width, examples indented, without the marks of tests."""

from collections.abc import Iterator

from linter.rules.manual import CLEAN_MAIL, FILE, MARK

_LEAST, _MOST = 40, 100


def manual_lines(page: str, width: int) -> Iterator[str]:
    """The lines of a page in Markdown for a terminal of so many columns."""
    width = max(_LEAST, min(width, _MOST))
    paragraph: list[str] = []
    in_example = False
    for line in [*page.splitlines(), ""]:
        if line.startswith("```"):
            yield from _wrapped(paragraph, width)
            in_example = not in_example
        elif in_example:
            yield f"    {_unmarked(line)}".rstrip()
        elif not line.strip() or line.startswith("#"):
            yield from _wrapped(paragraph, width)
            yield line
        elif line.lstrip().startswith(("- ", "| ")) and paragraph:
            yield from _wrapped(paragraph, width)
            paragraph.append(line)
        else:
            paragraph.append(line)


def without_marks(page: str) -> str:
    """A page as it is, but for the marks of tests."""
    return "\n".join(map(_unmarked, page.splitlines()))


def _wrapped(paragraph: list[str], width: int) -> Iterator[str]:
    """The lines gathered so far, as long as they may be; none are left."""
    if paragraph and paragraph[0].startswith("| "):
        yield from paragraph
    elif paragraph:
        from textwrap import wrap

        is_item = paragraph[0].lstrip().startswith("- ")
        text = " ".join(line.strip() for line in paragraph)
        yield from wrap(text, width, subsequent_indent="  " * is_item, break_long_words=False, break_on_hyphens=False)
    paragraph.clear()


def _unmarked(line: str) -> str:
    """A line of an example without what the tests look for; the name of a file stays."""
    if line.startswith(FILE):
        return line
    if line == CLEAN_MAIL:
        return "# with a DMARC policy that rejects and a DKIM selector"
    return line.partition(MARK)[0].rstrip() if MARK in line else line
