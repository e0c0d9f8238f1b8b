"""`mailzone explain 550 5.7.23`: what a bounce means in terms of DNS, and which rules look for its cause."""

import sys
from collections.abc import Iterator, Sequence

from linter.providers.bounces import Bounce, basic_in, bounces, code_in, nearest_codes, source_text

from .streams import say, write_lines


def is_bounce(words: Sequence[str]) -> bool:
    """Whether somebody asks for a status code and not for a rule."""
    return code_in(words) is not None or bool(basic_in(words))


def explain_bounce(words: Sequence[str]) -> int:
    """Print what is known of the first code in the words; the exit status, 2 for a code that nobody here knows."""
    code = code_in(words)
    if code is None:
        basic = basic_in(words)
        say(
            f"`{basic}` alone says only that the message was refused; give the code behind it as well, as in 550 5.7.23"
        )
        return 2
    known = bounces()
    found = [bounce for bounce in known if bounce.means(code)]
    if not found:
        other = code._replace(kind=4 if code.kind == 5 else 5)
        if any(bounce.means(other) for bounce in known):
            say(
                f"nothing is known of `{code.text}`; `{other.text}` has the same last numbers, in earnest or for a time"
            )
        else:
            near = ", ".join(f"`{each.text}`" for each in nearest_codes(code, known))
            say(f"nothing is known of `{code.text}`; the nearest codes are {near}")
        return 2
    write_lines(list(_lines(code.text, found)), sys.stdout)
    return 0


def _lines(code: str, found: Sequence[Bounce]) -> Iterator[str]:
    yield f"{code}: {'a temporary' if code.startswith('4') else 'a final'} refusal"
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
        doubt = "" if evidence.confirmed else "; NOT CONFIRMED by whoever sends it"
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
