"""How two values of one kind differ, in words: SPF term by term, tag lists tag by tag, sets value by value."""

from collections import Counter
from collections.abc import Iterable

from linter.records.spf import term as spf_term
from linter.records.text.fault import few, quoted
from linter.records.text.name import dotless
from linter.records.text.tags import split_tags
from linter.source.frozen import Frozen

_MOST_PARTS = 6
_LONGEST = 60
_BEFORE, _BEHIND = 8, 24
"""Characters that are shown of long values before and behind the place where they part."""
_FOLDED = ("p", "h")
"""Tags whose values may be folded: blanks in them mean nothing (RFC 6376 section 3.6.1)."""


class Difference(Frozen):
    """The difference in words that follow "is served otherwise: "; `is_spelling` where it means nothing to anybody."""

    words: str
    is_spelling: bool = False


def text_difference(role: str, declared: str, served: str) -> Difference:
    """How a TXT value that is served differs from the declared one; `role` as in `text_role`."""
    literal = literal_difference(declared, served)
    if literal is not None:
        return literal
    if role == "SPF":
        return _spf(declared, served)
    if role:
        return _tags(declared, served)
    return Difference(f"{_shown(served)} is served")


def literal_difference(declared: str, served: str) -> Difference | None:
    """How what belongs to the notation of files is served as a part of the text; None where that is not it."""
    if served == declared or plain_text(served) != plain_text(declared):
        return None
    found = []
    if served.count("\\;") > declared.count("\\;"):
        found.append("the backslashes before `;`")
    if served.count('"') > declared.count('"'):
        found.append("the quotes")
    if not found:
        return None
    return Difference(f"{' and '.join(found)} are part of the text in DNS: {_shown(served)}")


def plain_text(text: str) -> str:
    """A text without what files have for notation: backslashes before semicolons, and quotes."""
    return "".join(text.replace("\\;", ";").replace('"', "").split(" "))


def _spf(declared: str, served: str) -> Difference:
    """Term by term, each in its canonical form; terms are tried in their order (RFC 7208 section 4.6.2)."""
    ours, theirs = _terms(declared), _terms(served)
    lacking, extra = (
        list((Counter(ours) - Counter(theirs)).elements()),
        list((Counter(theirs) - Counter(ours)).elements()),
    )
    parts = []
    for term in lacking:
        other = next((each for each in extra if each.lstrip("+-?~") == term.lstrip("+-?~")), None)
        if other is not None:
            extra.remove(other)
            parts.append(f"{_shown(term)} is served as {_shown(other)}")
        else:
            parts.append(f"{_shown(term)} is not in DNS")
    parts += [f"{_shown(term)} is only in DNS" for term in extra]
    if parts:
        return Difference(_listed(parts))
    if ours != theirs:
        return Difference("its terms are in another order in DNS")
    return Difference("it is written differently, but means the same", True)


def _terms(text: str) -> list[str]:
    words = [word for word in text.split(" ")[1:] if word]
    read = ((word, spf_term.term(word, 0)) for word in words)
    return [word if term is None else term.text for word, term in read]


def _tags(declared: str, served: str) -> Difference:
    """Tag by tag; of a tag that occurs twice, the first counts."""
    ours, theirs = _values(declared), _values(served)
    parts = []
    for name, value in ours.items():
        if name not in theirs:
            parts.append(f"{_shown(f'{name}={value}')} is not in DNS")
        elif theirs[name] != value:
            parts.append(_other_value(name, value, theirs[name]))
    parts += [f"{_shown(f'{name}={value}')} is only in DNS" for name, value in theirs.items() if name not in ours]
    if parts:
        return Difference(_listed(parts))
    if list(ours) != list(theirs):
        return Difference("its tags are in another order in DNS", True)
    return Difference("it is written differently, but means the same", True)


def _other_value(name: str, ours: str, theirs: str) -> str:
    """Two values of a tag: whole where they are short, long ones from where they part."""
    longest = _LONGEST - len(name) - 1
    if len(ours) <= longest and len(theirs) <= longest:
        return f"{_shown(f'{name}={ours}')} is served as {_shown(f'{name}={theirs}')}"
    pairs = zip(ours, theirs, strict=False)
    same = next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(ours), len(theirs)))
    if same == len(theirs):
        return f"`{name}=` is cut off in DNS after {same} of {len(ours)} characters"
    if same == len(ours):
        return f"`{name}=` has {len(theirs) - same} more characters in DNS than the {same} that are declared"
    begin = max(0, same - _BEFORE)
    parts = [_shown(f"{'…' if begin else ''}{each[begin : same + _BEHIND]}…") for each in (ours, theirs)]
    return f"`{name}=` differs from character {same + 1} on: {parts[0]} is served as {parts[1]}"


def _values(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in split_tags(text).tags:
        value = "".join(tag.value.split()) if tag.name in _FOLDED else tag.value
        found.setdefault(tag.name or tag.value, value)
    return found


def mx_difference(declared: Iterable[str], served: Iterable[str]) -> Difference:
    """How two MX sets differ; the order of equal preferences means nothing (RFC 5321 section 5.1)."""
    ours, theirs = set(declared), set(served)
    lacking, extra = sorted(ours - theirs, key=_by_number), sorted(theirs - ours, key=_by_number)
    parts = []
    for value in lacking:
        preference, _, host = value.partition(" ")
        other = next((each for each in extra if each.partition(" ")[2] == host), None)
        if other is not None:
            extra.remove(other)
            parts.append(f"{shown_name(host)} is served at {other.partition(' ')[0]} instead of {preference}")
        else:
            parts.append(f"{shown_name(host)} is not in DNS")
    parts += [f"{shown_name(value.partition(' ')[2])} is served at {value.partition(' ')[0]}" for value in extra]
    return Difference(_listed(parts))


def set_difference(declared: Iterable[str], served: Iterable[str]) -> Difference:
    """How two sets of values differ."""
    ours, theirs = dict.fromkeys(declared), dict.fromkeys(served)
    lacking, extra = [each for each in ours if each not in theirs], [each for each in theirs if each not in ours]
    if len(ours) == len(theirs) == 1:
        return Difference(f"{_value(extra[0])} is served")
    parts = [f"{_value(each)} is not in DNS" for each in lacking]
    return Difference(_listed([*parts, *(f"{_value(each)} is only in DNS" for each in extra)]))


def listed_values(values: Iterable[str]) -> str:
    """Some values for a message, the first few of many."""
    return few(map(_value, values))


def shown_name(name: str) -> str:
    """A name for a message."""
    return _shown(dotless(name))


def _listed(parts: list[str]) -> str:
    if len(parts) > _MOST_PARTS:
        parts = [*parts[: _MOST_PARTS - 1], f"and {len(parts) - _MOST_PARTS + 1} more"]
    return ", ".join(parts)


def _by_number(value: str) -> tuple[int, str]:
    return int(value.partition(" ")[0]), value


def _shown(text: str) -> str:
    return quoted(text, _LONGEST)


def _value(value: str) -> str:
    return _shown(value.removesuffix(".") if value != "." and " " not in value else value)
