"""What is to be declared from a step on, so that the configuration says no more than `check` finds true."""

from collections.abc import Iterator

from linter.intent.model import Intent, Mail, Word, is_glob
from linter.records.text.name import dotless

from .model import Stage
from .planned import Step
from .want import SWITCH

_MOST_SENDERS = 20


def with_declarations(steps: list[Step], told: Intent, stage: Stage) -> list[Step]:
    """The steps, the right one with what is to be declared with it, where the estate declares mail at all.

    `told` is what is declared before the stage. Where mail moves that is the step that moves it, else the last one.
    """
    lines = tuple(declarations(told, stage)) if steps and told.mail else ()
    if not lines:
        return steps
    switch = (number for number, step in enumerate(steps) if step.phase == SWITCH)
    place = next(switch, len(steps) - 1)
    return [*steps[:place], steps[place]._replace(declare=lines), *steps[place + 1 :]]


def declarations(told: Intent, stage: Stage) -> Iterator[str]:
    """A line for each system that the stage describes and each name that does other things from now on."""
    first = next(iter(told.mail.values())).name.span.source.path
    for name in stage.mentioned:
        if name in stage.intent.systems:
            held = told.systems.get(name)
            yield f"in `systems:` of {held.name.span.source.path if held else first}: `{name}` as in the plan"
    for name in stage.mentioned:
        new, old = stage.intent.mail.get(name), told.mail.get(name)
        fields = list(_fields(old, new)) if new is not None else []
        if fields:
            path = old.name.span.source.path if old is not None else first
            shown = name if is_glob(name) else dotless(name)
            yield f"in `mail:` of {path}: `{shown}` with {', '.join(fields)}"


def _fields(old: Mail | None, new: Mail) -> Iterator[str]:
    """What a name's entry says now and did not before."""
    if new.is_none:
        if old is None or not old.is_none:
            yield "`none`"
        return
    for key in ("receives", "behind"):
        word, before = getattr(new, key), getattr(old, key, None)
        if _text(word) != _text(before):
            yield f"`{key}: {word.text}`" if word is not None else f"no `{key}`"
    senders = _texts(new.sends)
    if senders != _texts(old.sends if old is not None else None):
        named = ", ".join(senders[:_MOST_SENDERS])
        yield f"`sends: [{named}{', …' if len(senders) > _MOST_SENDERS else ''}]`"
    for key, told, was in (
        ("split", _splits(new), _splits(old)),
        ("envelope", _text(new.envelope), _text(old.envelope) if old else ""),
        ("dmarc", _policy(new), _policy(old)),
        ("mta-sts", _text(new.mta_sts), _text(old.mta_sts) if old else ""),
    ):
        if told != was:
            yield f"`{key}` as in the plan" if told else f"no `{key}`"


def _text(word: Word | None) -> str:
    return word.text if word is not None else ""


def _texts(words: tuple[Word, ...] | None) -> list[str]:
    return [word.text for word in words or ()]


def _splits(mail: Mail | None) -> list[tuple[str, str]]:
    return [(split.to.text, _text(split.through)) for split in mail.splits] if mail is not None else []


def _policy(mail: Mail | None) -> list[str]:
    said = mail.dmarc if mail is not None else None
    return [] if said is None else [_text(said.p), _text(said.sp), *_texts(said.rua)]
