"""An SPF record with faults: read to its end, each cause told once, and what was plainly meant kept."""

import re
from itertools import islice

from linter.records.text.fault import Fault, quoted
from linter.records.text.scripts import a_label
from linter.source.frozen import Frozen
from linter.source.pattern import Pattern

from .argument import GRAMMAR, shown, suggestion
from .refusal import refusal, word
from .term import MECHANISMS, MODIFIERS, TWO_RECORDS, Term, term

MOST_FAULTS = 100  # a record may be hostile; nobody reads on behind that many

_WORD = Pattern(r"[^ ]+")
_COMMENTS = ("#", "//", "/*", "(", ";#", ";;", "<!--")
_STRAY = "\"'`,;|\\"
_STRAYS = Pattern(r"""["'`,;|\\]+""")
_STRAY_MESSAGES = {
    ",": "`,` is not a separator; only spaces separate the terms of a record",
    ";": "`;` is not a separator; only spaces separate the terms of a record",
    "|": "`|` is not a separator; only spaces separate the terms of a record",
    "\\": "a backslash is in the text of the record",
    ".": "a dot comes after a mechanism that has no argument",
}
_QUOTE_MESSAGE = "a quote character is in the text of the record"
_LOOKALIKES = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u02dc\u223c\u301c\uff5e"), "~"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb\u2033\u00b4"), '"'),
    **dict.fromkeys((*range(32), 127)),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")),
}
_CHARACTERS = {"\t": "a tab", "\n": "a line break", "\r": "a carriage return", "\0": "a null byte"}
_JOINT = Pattern(
    r"(?!^)(?:[-+?~](?:all|include:|exists:|ip[46]:|a|mx|ptr)|include:|exists:|ip[46]:|redirect=|exp=|v=spf1)",
    re.ASCII | re.IGNORECASE,
)
_UNFINISHED = Pattern(r"([-+?~]*)(include|exists|ip4|ip6|a|mx|ptr|redirect|exp|)([:=]?)", re.ASCII | re.IGNORECASE)


class _Diagnosis(Frozen):
    """What one refused word came to: `end` is where reading goes on; of one `stray` message one is enough."""

    faults: list[Fault]
    terms: list[Term]
    end: int
    stray: Fault | None = None


def diagnose(text: str) -> tuple[list[Term], list[Fault]]:
    """The terms and the faults of a record that is not well-formed, but for modifiers that stand twice."""
    plain, faults = _spaces_only(text)
    terms: list[Term] = []
    strays: dict[str, list[Fault]] = {}
    resume, previous = 0, ""
    for match in _WORD.finditer(plain, 6):
        if match.start() < resume:
            continue
        found = term(match[0], match.start())
        if found is not None:
            terms.append(found)
        elif len(faults) + len(strays) >= MOST_FAULTS:
            faults.append(_too_many(match))
            break
        else:
            diagnosis = _diagnose_word(plain, match[0], match.start(), previous)
            resume = diagnosis.end
            terms += diagnosis.terms
            faults += diagnosis.faults[:MOST_FAULTS]
            if diagnosis.stray:
                strays.setdefault(diagnosis.stray.message, []).append(diagnosis.stray)
        previous = match[0]
    return terms, faults + [_one_for_all(same) for same in strays.values()]


def _one_for_all(strays: list[Fault]) -> Fault:
    """One habit, one fault: the first of its kind stands for the others."""
    count = len(strays)
    return strays[0] if count == 1 else strays[0]._replace(help=f"remove it in all {count} places")


def _too_many(match: re.Match[str]) -> Fault:
    message = f"reading stops here: {MOST_FAULTS} faults before this"
    return Fault(match.start(), match.end(), "syntax", message, "", GRAMMAR)


def _diagnose_word(text: str, token: str, start: int, previous: str) -> _Diagnosis:
    for cause in (_comment, _foreign, _punctuated, _listed, _lone_delimiter, _spaced, _joined):
        found = cause(text, token, start, previous)
        if found is not None:
            return found
    return _Diagnosis(refusal(word(token, start, previous)), [], start + len(token))


def _spaces_only(text: str) -> tuple[str, list[Fault]]:
    """The text with a space for each other white space; one fault for each kind of it (section 4.6.1)."""
    faults = []
    told: set[str] = set()
    for match in re.finditer(r"[^\S ]+", text):
        if not told.intersection(match[0]):
            message = f"{_character(match[0][0])} is in the record; only spaces separate its terms"
            way_out = "remove it" if match.end() == len(text) else "put a space in its place"
            faults.append(Fault(*match.span(), "syntax", message, way_out, "RFC 7208 section 4.6.1"))
        told.update(match[0])
    return re.sub(r"[^\S ]", " ", text), faults


def _character(char: str) -> str:
    from unicodedata import name  # only on the way to a message

    if char in _CHARACTERS:
        return _CHARACTERS[char]
    return f"the character U+{ord(char):04X} ({name(char, 'a control character').lower()})"


def _comment(text: str, token: str, start: int, previous: str) -> _Diagnosis | None:
    """Words for people, led in by `#` or the like; terms at the end of the record are not part of it."""
    lead = next((at for at, char in enumerate(token) if char in "#("), -1)
    head = term(token[:lead], start) if lead > 0 else None
    dashes = token == "--" and _WORD.search(text, start + 2) is not None
    led_in = token.startswith(_COMMENTS) or dashes
    if not led_in and head is None and not _is_note(text, token, start):
        return None
    start += lead if head else 0
    end = start + len(token) - (lead if head else 0)
    kept = False
    for match in _WORD.finditer(text, end):
        found = term(match[0], match.start())
        if found is None:
            end, kept = match.end(), False
        kept = kept or (found is not None and (found.name == "all" or len(match[0]) > len(found.name)))
    end = end if kept else len(text.rstrip(" "))
    message = (
        f"{quoted(text[start:end])} looks like a comment; a record cannot have one, and receivers answer permerror"
    )
    return _Diagnosis([Fault(start, end, "syntax", message, "remove it", GRAMMAR)], [head] if head else [], end)


def _is_note(text: str, token: str, start: int) -> bool:
    """Whether a lone `;` leads in words of which the first is neither a term nor like one."""
    following = _WORD.search(text, start + len(token))
    return token == ";" and following is not None and following[0].isalpha() and term(following[0], 0) is None


def _foreign(text: str, token: str, start: int, previous: str) -> _Diagnosis | None:
    """A word that holds something else than visible ASCII (section 3.1)."""
    at = next((index for index, char in enumerate(token) if not "!" <= char <= "~"), None)
    if at is None:
        return None
    end = start + len(token)
    foreign = [char for char in token if not "!" <= char <= "~"]
    lookalike = token.translate(_LOOKALIKES)
    meant = lookalike.strip(_STRAY)
    message = f"{_character(token[at])} in {shown(token)} is not ASCII; SPF allows nothing else"
    if token[at] < "\x80":
        message = f"{_character(token[at])} is in {shown(token)}"
    # Where characters are dropped, those behind them would have wrong offsets.
    found = term(meant, start + lookalike.index(meant))
    terms = [found] if found and len(lookalike) == len(token) else []
    place = start + at, start + at + 1
    same = foreign[0].translate(_LOOKALIKES)
    if len(foreign) == 1 and same != foreign[0] and term(meant, 0):
        way_out = f"write `{same}`" if same in ("-", "~") else "remove it"
    else:
        way_out = suggestion(meant) or _ascii_domain(token)
        place = (start, end) if way_out else place
    fault = Fault(*place, "syntax", message, way_out, "RFC 7208 section 3.1")
    return _Diagnosis([fault], terms, end)


def _ascii_domain(token: str) -> str:
    """The way out for an internationalised domain name: its A-labels (RFC 8616 section 4)."""
    head, delimiter, domain = re.split("([:=])", f"{token}:", maxsplit=1)
    domain = domain.removesuffix(":")
    made = [a_label(label) for label in domain.split(".")] if len(domain) <= 253 and domain.isprintable() else [None]
    return suggestion(head + delimiter + ".".join(filter(None, made))) if None not in made else ""


def _punctuated(text: str, token: str, start: int, previous: str) -> _Diagnosis | None:
    """A term with commas, semicolons, quotes, backslashes or a dot around it."""
    inner = token.strip(_STRAY)
    if inner.endswith(".") and not re.search("[:=]", inner) and term(inner.rstrip("."), start):
        inner = inner.rstrip(".")
    if inner == token:
        return None
    before = token.index(inner) if inner else len(token)
    behind = token[before + len(inner) :]
    run = token[:before] + behind
    at = start if before else start + len(inner)
    end = start + len(token)
    following = _WORD.search(text, end)
    if ";" in behind and following and following[0].lower() == "v=spf1":
        # Two records in one text: the version inside says so.
        found = term(inner, start + before)
        return _Diagnosis([], [found], end) if found else None
    way_out = "remove them on both sides" if before and behind else "remove it"
    stray = _stray(run, at, at + (before or len(behind)), way_out)
    if not inner:
        return _Diagnosis([], [], end, stray)
    found = term(inner, start + before)
    if found is not None:
        return _Diagnosis([], [found], end, stray)
    deeper = _diagnose_word(text, inner, start + before, previous)
    return deeper._replace(end=max(end, deeper.end), stray=stray)


def _stray(run: str, start: int, end: int, way_out: str) -> Fault:
    quote = next((char for char in run if char in "\"'`"), "")
    message = _QUOTE_MESSAGE if quote else _STRAY_MESSAGES[run[0]]
    return Fault(start, end, "syntax", message, way_out, GRAMMAR)


def _listed(text: str, token: str, start: int, previous: str) -> _Diagnosis | None:
    """Terms with something else than spaces between them, such as `a,mx;-all`."""
    first = _STRAYS.search(token)
    if first is None:
        return None
    terms = []
    position = 0
    for piece in _STRAYS.split(token):
        position = token.index(piece, position)
        found = term(piece, start + position)
        if found is None:
            return None
        terms.append(found)
        position += len(piece)
    if any(piece.lower() == "v=spf1" for piece in _STRAYS.split(token)):
        return _Diagnosis([], terms, start + len(token))  # the version inside says that these are two records
    stray = _stray(first[0], start + first.start(), start + first.end(), "put a space in its place")
    return _Diagnosis([], terms, start + len(token), stray)


def _lone_delimiter(text: str, token: str, start: int, previous: str) -> _Diagnosis | None:
    """A colon with a space on either side, behind a mechanism that is complete without it: `a : x.example`."""
    behind = _WORD.search(text, start + 1)
    way_out = suggestion(previous + token + behind[0]) if behind and token in (":", "=") else ""
    if not (behind and way_out):
        return None
    fault = Fault(start, behind.end(), "syntax", f"a space comes before `{token}`, inside the term", way_out, GRAMMAR)
    return _Diagnosis([fault], [], behind.end())


def _spaced(text: str, token: str, start: int, previous: str) -> _Diagnosis | None:
    """A term with a space inside: behind its qualifier, or around its colon or equals sign."""
    head = _UNFINISHED.fullmatch(token)
    behind = _WORD.search(text, start + len(token))
    if head is None or behind is None:
        return None
    delimiter, argument, end = head[3], behind[0], behind.end()
    if argument in (":", "=") and not delimiter:
        delimiter, behind = argument, _WORD.search(text, end)
        if behind is None:
            return None
        argument, end = behind[0], behind.end()
    own = "=" if head[2].lower() in MODIFIERS else ":"
    # An IPv6 address may begin with a colon of its own.
    if (
        head[2]
        and not delimiter
        and (argument[0] not in ":=" or (argument[0] == own and not term(token + argument, 0)))
    ):
        delimiter = own
    written = head[1] + head[2] + delimiter + argument
    meant = term(written, end - len(written))
    name = re.split("[:=/]", argument, maxsplit=1)[0].lower().lstrip("-+?~")
    alone = term(argument, 0) is not None or name in MECHANISMS + MODIFIERS
    if (alone and head[2]) or (meant is None and not head[2]):
        return None
    message = f"a space comes after {quoted(token)}, inside the term"
    way_out = suggestion(written) or "leave out the space"
    fault = Fault(start, end, "syntax", message, way_out, GRAMMAR)
    return _Diagnosis([fault], [meant._replace(start=start)] if meant else [], end)


def _joined(text: str, token: str, start: int, previous: str) -> _Diagnosis | None:
    """Two terms without a space between them, as where two strings of a TXT record meet (section 3.3)."""
    for match in islice(_JOINT.finditer(token), 8):
        at = match.start()
        head, tail = term(token[:at], start), term(token[at:], start + at)
        if head is None or tail is None:
            continue
        end = start + len(token)
        if match[0].lower() == "v=spf1":
            message = f"a second {quoted(token[at:])} comes right after {quoted(token[:at])}"
            fault = Fault(start + at, end, "syntax", message, TWO_RECORDS, "RFC 7208 section 4.5")
            return _Diagnosis([fault], [head], end)
        message = f"a space is missing between {quoted(token[:at])} and {quoted(token[at:])}"
        way_out = "strings of a TXT record are joined with nothing between them: end the first one with a space"
        fault = Fault(start + at, start + at, "syntax", message, way_out, "RFC 7208 section 3.3")
        return _Diagnosis([fault], [head, tail], end)
    return None
