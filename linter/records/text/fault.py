"""What a grammar found wrong in the text of one record, and where in it; and the turns of phrase of messages."""

from linter.source.frozen import Frozen
from linter.source.pattern import Pattern
from linter.source.text import escaped
from linter.source.typed import Iterable


class Fault(Frozen):
    """One fault in a record's text.

    `start` and `end` are offsets in code points into the text (half open; equal for "something is missing
    here"). `kind` is the second half of the rule that reports it: kind "syntax" of an SPF record is reported
    by the rule `spf-syntax`. `message` is one line without a full stop; `help` says the way out, or nothing;
    `reference` names the RFC and section. `severity` is set only where this fault is milder than its kind. `change` is
    (start, end, new): what the text becomes without the fault, where the help does not say that letter for letter.
    """

    start: int
    end: int
    kind: str
    message: str
    help: str = ""
    reference: str = ""
    severity: str = ""
    change: tuple[int, int, str] | None = None


def quoted(text: str, limit: int = 40) -> str:
    """`text` in backticks for a message, cut in the middle when it is longer than `limit` characters."""
    if len(text) > limit:
        head = (limit - 1) * 2 // 3
        text = f"{text[:head]}…{text[head + 1 - limit :]}"
    return f"`{one_line(text)}`"


def one_line(text: str) -> str:
    """The text in one line: every character that is not printable as the escape that YAML and Python have for it."""
    return text if text.isprintable() else "".join(each if each.isprintable() else escaped(each) for each in text)


_LONGEST_PROPOSAL = 200


def proposal(text: str) -> str:
    """The help that proposes a text for the marked place; "" for one that a message cannot hold as it is.

    No other help begins with "write `": whoever applies what stands there in place of what is marked is rid of the
    fault. `proposed` reads it back.
    """
    if len(text) > _LONGEST_PROPOSAL or "`" in text or not text.isprintable():
        return ""
    return f"write `{text}`"


def proposed(help: str) -> str | None:
    """What a help proposes in place of the marked text; None where it proposes no exact text."""
    if not help.startswith("write `"):
        return None
    return help.removeprefix("write `").partition("`")[0]


_REMOVED = ("remove it", "remove the backslash", "remove the blank", "remove the comma", "remove the semicolon")
_PUT = Pattern(r"put (?:`([^`]+)`( and a space)?|a space) (?:there|in its place)")

_BEGIN = Pattern(r"begin the (?:text|record) with `(v=spf1|v=\w+;)`")


def instead(text: str, fault: Fault) -> tuple[int, int, str] | None:
    """What is meant in the place of a fault, as (start, end, new) of the text; None where that is not one exact change.

    A term or tag that is to be removed goes with the blank or semicolon that parts it from the one before.
    """
    if fault.change is not None:
        return fault.change
    new = proposed(fault.help)
    put = _PUT.fullmatch(fault.help)
    if new is None and put is not None:
        blank = " " if put[2] and text[fault.end : fault.end + 1] != " " else ""
        new = f"{put[1]}{blank}" if put[1] else " "
    if new is not None:
        return fault.start, fault.end, new
    if fault.help in _REMOVED or fault.help.startswith("remove it: "):
        return (*with_mark(text, fault.start, fault.end), "")
    return _begun(text, fault)


def _begun(text: str, fault: Fault) -> tuple[int, int, str] | None:
    """A record that is to begin with its version, which is in its first tag if it is anywhere."""
    begin = _BEGIN.fullmatch(fault.help)
    if begin is None:
        return None
    if begin[1].startswith("v=spf1"):
        return fault.start, fault.end, ""
    if fault.start == fault.end == 0:
        return 0, 0, f"{begin[1]} "
    stop = text.find(";", fault.end)
    return (0, len(text) if stop < 0 else stop + 1, begin[1]) if ";" not in text[: fault.start] else None


def with_mark(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch that is to go, with what parts it from the word, tag or address before it, else from the one behind."""
    if text[start:end] in ("", ";", ",", " "):
        return start, end
    before, after = text[:start].rstrip(" \t"), text[end:].lstrip(" \t")
    if before[-1:] == ";" and after[:1] in ("", ";"):
        return len(before) - 1, end
    if before[-1:] == "," and after[:1] in ("", ",", ";"):
        return len(before) - 1, end
    if after[:1] == "," and before[-1:] == "=":
        return start, len(text) - len(after[1:].lstrip(" \t"))
    if not before and after[:1] == ";":
        return start, len(text) - len(after[1:].lstrip(" \t"))
    if text[start - 1 : start] in (" ", "\t") and text[end : end + 1] in ("", " ", "\t"):
        return len(before), end
    return start, end


def one_of(words: "tuple[str, ...] | list[str]") -> str:
    """An enumeration for a message: one_of(("a", "b", "c")) is "`a`, `b` or `c`"."""
    ticked = [f"`{word}`" for word in words]
    if len(ticked) < 2:
        return "".join(ticked)
    return f"{', '.join(ticked[:-1])} or {ticked[-1]}"


def few(phrases: Iterable[str], most: int = 3) -> str:
    """The first of some phrases, and how many more there are."""
    held = list(phrases)
    listed = ", ".join(held[:most])
    return f"{listed} and {len(held) - most} more" if len(held) > most else listed


def count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def nearest(word: str, known: "tuple[str, ...] | list[str]") -> str:
    """The known word that was probably meant, or an empty string where none is near enough."""
    from difflib import get_close_matches  # only on the way to a message: 4 ms that clean files never pay

    close = get_close_matches(word.lower()[:64], known, n=1, cutoff=0.6)
    return close[0] if close else ""


_LEAST_ALIKE = 0.72
"""Of words that people type; `josn` and `json` are 0.75 alike, `fix` and `config` 0.67."""


def near(word: str, known: Iterable[str]) -> str:
    """The known word of a command line or configuration that was surely meant, "" for none; a longer one by its start.

    What begins alike and is cut short, such as `spf-lookup`, is not taken for any of several.
    """
    from difflib import get_close_matches

    bare = word.lower()[:64].lstrip("-")
    words = {each.lstrip("-"): each for each in known}
    close = get_close_matches(bare, list(words), n=1, cutoff=_LEAST_ALIKE)
    close = close or [each for each in words if sorted(each) == sorted(bare)]
    started = [each for each in words if len(bare) > 2 and each.startswith(bare)]
    found = close[0] if close else started[0] if len(started) == 1 else ""
    return words.get(found, "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message about a word that is not known; "" where none of the known ones is near."""
    found = near(word, known)
    return f"; did you mean `{found}`?" if found else ""
