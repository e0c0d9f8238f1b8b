"""`mailzone explain 550 5.7.23`: what a bounce means in terms of DNS, and which rules look for its cause."""

import sys
from collections.abc import Iterator, Sequence

from linter.providers.bounce_text import Code, Pasted, basic_in, code_in, read_bounce
from linter.providers.bounces import SUBJECTS, Bounce, Bounces, bounces, source_text

from .streams import say, write_lines

_KINDS = {4: "a temporary refusal: the sending server tries again by itself", 5: "a final refusal"}


def is_bounce(words: Sequence[str]) -> bool:
    """Whether somebody asks for a status code and not for a rule."""
    return code_in(words) is not None or bool(basic_in(words))


def explain_bounce(words: Sequence[str]) -> int:
    """Print what is known of the bounce in the words; the exit status, 2 for one that is not known."""
    known = bounces()
    pasted = read_bounce(words, known.topics)
    code = pasted.code.text if pasted.code is not None else pasted.basic
    if pasted.kind == 2:
        write_lines([f"{code} is not a bounce: the message was accepted"], sys.stdout)
        return 0
    found = known.of(pasted)
    if found:
        write_lines(list(_lines(f"{code}: {_KINDS[pasted.kind]}", found)), sys.stdout)
        return 0
    if pasted.code is None and pasted.kind == 4:
        write_lines([f"{code}: {_KINDS[4]}; its text says why"], sys.stdout)
        return 0
    if pasted.code is None:
        say(
            f"`{code}` alone says only that the message was refused; give what comes after it as well, as in 550 5.7.23"
        )
        return 2
    say(_unknown(pasted.code, pasted, known))
    return 2


def _unknown(code: Code, pasted: Pasted, known: Bounces) -> str:
    """What can be said of a code that has no meaning here."""
    other = code._replace(kind=4 if code.kind == 5 else 5)
    if any(bounce.means(other) for bounce in known.meanings):
        return f"nothing is known of `{code.text}`; `{other.text}` has the same last numbers, in earnest or for a time"
    kind = "temporary" if pasted.kind == 4 else "final"
    subject = SUBJECTS[code.subject] if code.subject < len(SUBJECTS) else SUBJECTS[0]
    return f"nothing is known of `{code.text}` but that it is a {kind} refusal about {subject}; its text may say more"


def _lines(head: str, found: Sequence[Bounce]) -> Iterator[str]:
    yield head
    for bounce in found:
        yield ""
        yield f"{bounce.who[0].upper()}{bounce.who[1:]}"
        yield f"  {bounce.meaning}"
        if bounce.dns:
            yield f"  in DNS: {bounce.dns}"
        for number, cause in enumerate(bounce.causes):
            yield f"  {'causes:' if number == 0 else '':7} {cause.what}"
        yield from _rules("rules:", bounce.rules)
        evidence = bounce.evidence
        old = "; more than 24 months old" if bounce.is_old else ""
        doubt = old if evidence.confirmed else "; NOT CONFIRMED by whoever sends it"
        yield f"  source: {source_text(evidence.source)} (seen {evidence.seen}){doubt}"
    causes = dict.fromkeys(cause for bounce in found for cause in bounce.causes)
    if causes:
        yield ""
        yield "Rules that look for these causes; `mailzone explain RULE` says more"
    for cause in causes:
        yield f"  {cause.what}"
        yield from _rules("", cause.rules)


def _rules(head: str, rules: Sequence[str]) -> Iterator[str]:
    """Rules in lines of three, behind a word in the first of them."""
    for start in range(0, len(rules), 3):
        comma = "," if start + 3 < len(rules) else ""
        before = f"{head if start == 0 else '':6}  " if head else "  "
        yield f"  {before}{', '.join(rules[start : start + 3])}{comma}"
