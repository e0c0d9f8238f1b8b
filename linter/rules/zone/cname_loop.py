"""A CNAME leads back to itself, so the name has no answer at all.

A resolver that follows the alias ends where it began, gives up and reports a failure (RFC 1034 section 3.6.2). To
mail servers that is a fault of the moment: they try again for days instead of saying that the name is broken.
Loops are found as far as the zones that are checked together reach, through wildcards as well.

## Bad

```yaml
mail:
  type: CNAME
  value: webmail.example.com.  # <- leads back to itself
webmail:
  type: CNAME
  value: mail.example.com.
```

## Good

```yaml
mail:
  type: A
  value: 192.0.2.25
webmail:
  type: CNAME
  value: mail.example.com.
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.lookup.answer import FOUND, Resolver
from linter.rules.rule import Rule
from linter.source.frozen import Frozen
from linter.source.text import Span
from linter.zone.model import Record, Target


class _Alias(Frozen):
    """One CNAME on the way: its owner (the wildcard's name where one answers), and where it points."""

    owner: str
    target: str
    span: Span | None


def check(facts: Facts) -> Iterator[Complaint]:
    """Every loop once, at the first of its CNAMEs in this zone."""
    done: set[str] = set()
    for record in facts.records("CNAME"):
        for target in record.values[:1]:
            if isinstance(target, Target) and record.name not in done:
                loop = _loop(_Alias(record.name, target.name, target.span), facts.resolver, done)
                if loop:
                    yield _complaint(facts, loop, record)


def _loop(alias: _Alias, resolver: Resolver, done: set[str]) -> list[_Alias]:
    """The loop that a CNAME leads into, unless it has been walked before; all names on the way are done then."""
    way: list[_Alias] = []
    following: _Alias | None = alias
    while following is not None:
        if following.owner in done:
            start = next((place for place, each in enumerate(way) if each.owner == following.owner), len(way))
            return way[start:]
        done.add(following.owner)
        way.append(following)
        following = _next(following.target, resolver)
    return []


def _next(name: str, resolver: Resolver) -> _Alias | None:
    answer = resolver.lookup(name, "CNAME")
    target = answer.values[0] if answer.status == FOUND and answer.values and not answer.steps else None
    if not isinstance(target, str):
        return None
    return _Alias(answer.owner, target, answer.spans[0] if answer.spans else None)


def _complaint(facts: Facts, loop: list[_Alias], record: Record) -> Complaint:
    own = [place for place, alias in enumerate(loop) if facts.index.records(alias.owner, "CNAME") and alias.span]
    start = own[0] if own else 0
    turned = loop[start:] + loop[:start]
    shown = turned[0].owner.rstrip(".")
    if len(turned) == 1:
        message = f"`{shown}` is an alias of itself"
    else:
        message = f"`{shown}` is an alias that leads back to itself after {len(turned)} steps"
    related = tuple(Related(alias.span, "leads on") for alias in turned[1:] if alias.span)
    way_out = "name the host that the last of them stands for"
    return Complaint(turned[0].span or record.name_span, message, way_out, related, turned[0].owner, "CNAME")


RULE = Rule("cname-loop", "error", check, __doc__, "RFC 1034 section 3.6.2", needs=("CNAME",))
