"""What a change means for DKIM: selectors that come, go or change, and whether their keys verify."""

from collections.abc import Iterator

from linter.lookup.answer import FOUND, Answer
from linter.records.dkim.record import DkimKey, can_verify, parse
from linter.records.text.fault import Fault
from linter.records.text.name import dotless, shown
from linter.source.frozen import Frozen
from linter.source.typed import Final, Literal, TypeAlias

from .compared import Compared
from .model import INFO, WARNING, Change
from .side import Side
from .subjects import DKIM

_SPOILING = frozenset({"syntax", "key-missing", "key-undecodable", "key-too-short"})
KeyWord: TypeAlias = Literal["verifies", "does not verify", "revoked", "missing", "unknown"]
VERIFIES: Final = "verifies"
FAILS: Final = "does not verify"
REVOKED: Final = "revoked"
MISSING: Final = "missing"
OPEN: Final = "unknown"


class KeyState(Frozen):
    """What verifiers make of a selector: a word, why, and the key itself."""

    word: KeyWord
    why: str = ""
    key: str = ""

    @property
    def text(self) -> str:
        """The word with its reason."""
        return f"{self.word} ({self.why})" if self.why else self.word


def key_state(side: Side, name: str) -> KeyState:
    """What verifiers find at the name of a selector."""
    answer = side.resolver.lookup(name, "TXT")
    if answer.status == FOUND:
        return _of_texts([value for value in answer.values if isinstance(value, str)])
    if answer.is_empty and not answer.steps:
        return KeyState(MISSING)
    return KeyState(MISSING if answer.is_empty else OPEN, _led(answer))


def _led(answer: Answer) -> str:
    return f"leads to {dotless(answer.steps[-1].target)}" if answer.steps else ""


def _of_texts(texts: list[str]) -> KeyState:
    keys = [parse(text) for text in texts]
    good = [key for key in keys if can_verify(key) and not _spoilt(key)]
    if len(texts) > 1:
        return KeyState(VERIFIES if len(good) == len(keys) else FAILS, f"{len(texts)} texts", "".join(map(_key, good)))
    if good:
        return KeyState(VERIFIES, "", _key(good[0]))
    if keys and keys[0].revoked:
        return KeyState(REVOKED)
    return KeyState(FAILS, next((fault.message for fault in _spoilt(keys[0]) or keys[0].faults), "") if keys else "")


def _spoilt(key: DkimKey) -> tuple[Fault, ...]:
    """The faults by which verifiers cannot read a key that the grammar has made out all the same."""
    return tuple(fault for fault in key.faults if fault.kind in _SPOILING and not fault.severity)


def _key(key: DkimKey) -> str:
    found = key.tags.first("p")
    return "".join(found.value.split()) if found is not None else ""


def keys(compared: Compared) -> Iterator[Change]:
    """Every selector that is touched."""
    for name in dict.fromkeys(each.hunk.name for each in compared.differences.of(DKIM)):
        hunks = [each for each in compared.differences.of(DKIM) if each.hunk.name == name]
        old, new = key_state(compared.before, name), key_state(compared.after, name)
        message, severity = _message(compared, name, hunks[0].domains[0], old, new)
        yield Change("dkim", name, old.text, new.text, message, severity, hunks[0].hunk.place)


def _message(compared: Compared, name: str, domain: str, old: KeyState, new: KeyState) -> tuple[str, str]:
    if compared.is_new_zone(name):
        return f"the key {shown(name)}: {new.text}", WARNING if new.word == FAILS else INFO
    told = f"the key {shown(name)}: {old.text} -> {new.text}"
    if new.word == VERIFIES:
        if old.word == FAILS:
            return f"{told}; it is repaired", INFO
        is_other = old.word == VERIFIES and old.key != new.key
        return (f"{told}, with another key", WARNING) if is_other else (told, INFO)
    if old.word != VERIFIES:
        return told, INFO if new.word != FAILS else WARNING
    if _has_overlap(compared, name, domain):
        return told, WARNING
    if new.word == OPEN:
        return f"{told}; it is not known here whether a key is there", WARNING
    return f"{told}; no other key of {shown(domain)} was there before", WARNING


def _has_overlap(compared: Compared, name: str, domain: str) -> bool:
    """Whether another selector of the domain was there before, and still is."""
    ending = f"._domainkey.{domain}"
    others = {each for each, kind in compared.before.plain.sets if each.endswith(ending) and kind in ("TXT", "CNAME")}
    return any(key_state(compared.after, other).word in (VERIFIES, OPEN) for other in sorted(others - {name}))
