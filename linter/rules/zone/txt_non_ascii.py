"""A mail record has a character that is not ASCII: a typographic quote or dash, or a blank that is none.

SPF, DMARC and DKIM records are ASCII (RFC 7208 section 3.1, RFC 9989 section 4.8, RFC 6376 section 3.2). The
character often cannot be told from the right one by eye: word processors, wikis and chat programs put in
typographic quotes and dashes and no-break spaces. Receivers see no record, no policy or no key. Domains in other
scripts are written with their `xn--` labels.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:“dmarc@example.com”  # <- typographic quote
shop:
  type: TXT
  value: v=spf1 mx –all  # <- write `-`
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@example.com
shop:
  type: TXT
  value: v=spf1 mx -all
info:
  type: TXT
  value: Grüße aus der IT
```
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linter.facts.characters import mail_texts
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.fault import quoted
from linter.rules.rule import Rule

_FOREIGN = re.compile(r"[^\x00-\x7f]+")


class _Sort(NamedTuple):
    """One sort of characters: how they are called, and what to do about them."""

    characters: str
    name: str
    help: str


_SORTS = (
    _Sort(
        "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2039\u203a\u2033\u2032\u00b4\uff02\uff07",
        "a typographic quote",
        "take it out: the record needs no quotes",
    ),
    _Sort("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "a typographic dash", "write `-`"),
    _Sort("\u02dc\u223c\u301c\uff5e", "a typographic tilde", "write `~`"),
    _Sort("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad", "an invisible character", "take it out"),
)


def check(facts: Facts) -> Iterator[Complaint]:
    """Mail records and what was meant as one; any other text may be in any script."""
    for text in mail_texts(facts.texts, facts.records("TXT")):
        runs = list(_FOREIGN.finditer(text.value.text))
        if not runs:
            continue
        character = runs[0][0][0]
        sort = _sort_of(character)
        shown = f" {quoted(character)}" if character.isprintable() else ""
        message = f"{sort.name}{shown} (U+{ord(character):04X}) stands in the {text.kind} record, which must be ASCII"
        more = f", and look at {len(runs) - 1} more" if len(runs) > 1 else ""
        start = runs[0].start()
        end = start + 1 if sort.name != "the character" else runs[0].end()
        span = text.value.part(start, end)
        yield Complaint(span, message, f"{sort.help}{more}", (), text.record.name, "TXT")


def _sort_of(character: str) -> _Sort:
    for sort in _SORTS:
        if character in sort.characters:
            return sort
    if character.isspace():
        return _Sort(character, "a blank of another kind", "write a plain blank")
    if character.isalpha():
        return _Sort(character, "the character", "write domains with their `xn--` labels")
    return _Sort(character, "the character", "write it in ASCII")


RULE = Rule("txt-non-ascii", "error", check, __doc__, "RFC 7208 section 3.1", needs=("non-ascii",))
