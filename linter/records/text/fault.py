"""What a grammar found wrong in the text of one record, and where in it."""

from collections.abc import Iterable

from linter.source.frozen import Frozen
from linter.source.text import escaped


class Fault(Frozen):
    """One fault in a record's text.

    `start` and `end` are offsets in code points into the text (half open; equal for "something is missing
    here"). `kind` is the second half of the rule that reports it: kind "syntax" of an SPF record is reported
    by the rule `spf-syntax`. `message` is one line without a full stop; `help` says the way out, or nothing;
    `reference` names the RFC and section. `severity` is set only where this fault is milder than its kind.
    """

    start: int
    end: int
    kind: str
    message: str
    help: str = ""
    reference: str = ""
    severity: str = ""


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


def one_of(words: "tuple[str, ...] | list[str]") -> str:
    """An enumeration for a message: one_of(("a", "b", "c")) is "`a`, `b` or `c`"."""
    ticked = [f"`{word}`" for word in words]
    if len(ticked) < 2:
        return "".join(ticked)
    return f"{', '.join(ticked[:-1])} or {ticked[-1]}"


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
