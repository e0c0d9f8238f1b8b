"""The tag lists of DKIM, DMARC and their relatives: `name=value` pairs parted by semicolons, with places."""

from functools import lru_cache

from linter.source.frozen import Frozen

BLANKS = " \t\r\n"


class Tag(Frozen):
    """One part of a tag list, between two semicolons, blanks around it taken off.

    Offsets are code points into the record's text. `name` is "" for a part without an equals sign; then
    `value` is the whole part. `start`/`end` enclose the part, `value_start`/`value_end` its value.
    """

    name: str
    value: str
    start: int
    end: int
    value_start: int
    value_end: int


class TagList(Frozen):
    """All parts of a tag list in their order; `empty` holds the offset of each superfluous semicolon."""

    tags: tuple[Tag, ...]
    empty: tuple[int, ...]

    def first(self, name: str) -> Tag | None:
        """The first tag of exactly that name."""
        return next((tag for tag in self.tags if tag.name == name), None)

    def repeated(self) -> tuple[tuple[Tag, Tag], ...]:
        """(first, repetition) for every tag whose name has stood before."""
        seen: dict[str, Tag] = {}
        pairs = []
        for tag in self.tags:
            if tag.name in seen:
                pairs.append((seen[tag.name], tag))
            elif tag.name:
                seen[tag.name] = tag
        return tuple(pairs)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in BLANKS:
        start += 1
    while end > start and text[end - 1] in BLANKS:
        end -= 1
    return start, end


@lru_cache(maxsize=4)  # while a text at a selector is sorted and parsed, it is split up to nine times
def split_tags(text: str) -> TagList:
    """Cut a tag list into its parts (RFC 6376 section 3.2); one semicolon at the end is allowed."""
    tags: list[Tag] = []
    empty: list[int] = []
    position, length = 0, len(text)
    while position <= length:
        semicolon = text.find(";", position)
        stop = length if semicolon < 0 else semicolon
        start, end = _trim(text, position, stop)
        if start < end:
            tags.append(_tag(text, start, end))
        elif semicolon >= 0:
            empty.append(semicolon)
        if semicolon < 0:
            break
        position = semicolon + 1
    return TagList(tuple(tags), tuple(empty))


def _tag(text: str, start: int, end: int) -> Tag:
    equals = text.find("=", start, end)
    if equals < 0:
        return Tag("", text[start:end], start, end, start, end)
    _, name_end = _trim(text, start, equals)
    value_start, value_end = _trim(text, equals + 1, end)
    return Tag(text[start:name_end], text[value_start:value_end], start, end, value_start, value_end)
