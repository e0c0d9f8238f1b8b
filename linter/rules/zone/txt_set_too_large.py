"""All TXT values of a mail name together make an answer that does not fit one packet.

Who asks for SPF gets every TXT value of the name, verification tokens included. Above 1232 octets, the limit that
servers and resolvers agree on, the answer is cut off and must be asked for again over TCP, which some firewalls drop:
then SPF fails for a moment, and for those behind them always (RFC 7208 section 3.4, RFC 9210 section 3). Above 512,
where RFC 7208 asks to stay, this is only worth knowing.

## Bad

```yaml
'':
  - type: TXT
    values:
      - v=spf1 -all  # <- 3 of the 4 values are verification tokens
      - google-site-verification=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
      - docusign=verification-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
      - atlassian-domain-verification=cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc
```

## Good

```yaml
'':
  - type: TXT
    values:
      - v=spf1 -all
      - google-site-verification=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
```

## Fix

Delete the tokens that have done their work: most services look once. Put the others at names of their own where
the service offers that, and put long SPF records behind an include.
"""  # noqa: E501 - a token is one word

from collections.abc import Iterator

from linter.facts.spf_limits import RECORD_LENGTH
from linter.facts.txt_sets import MESSAGE_LIMIT, PLAIN_LIMIT, USUAL_LIMIT, TxtSet, txt_set
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule
from linter.source.text import Span


def check(facts: Facts) -> Iterator[Complaint]:
    """Each name with SPF or DMARC once, at the first of them; between 512 and 1232 octets only where SPF stands."""
    places: dict[str, Span] = {}
    texts = facts.texts
    held = [(text.record, text.value) for text in texts.spf]
    held += [(text.record, text.value) for text in texts.dmarc]
    for record, value in held:
        places.setdefault(record.name, value.span)
    for name, place in places.items():
        found = txt_set(name, facts.index.records(name, "TXT"))
        # One SPF record that is too long by itself is the fault of spf-record-too-long.
        long = [text.value for text in facts.spf_by_name.get(name, ()) if len(text.value.text) > RECORD_LENGTH]
        if long and found.octets <= MESSAGE_LIMIT and found.without(long[:1]) <= PLAIN_LIMIT:
            continue
        if found.octets > (PLAIN_LIMIT if name in facts.spf_by_name else USUAL_LIMIT):
            yield _complaint(found, place)


def _complaint(found: TxtSet, place: Span) -> Complaint:
    count, octets = len(found.values), f"{found.octets:,} octets"
    what = "the TXT value makes" if count == 1 else f"the {count} TXT values of this name make"
    message = f"{what} an answer of {octets}"
    severity = ""
    if found.octets > MESSAGE_LIMIT:
        message, severity = f"{message}, more than DNS can carry", "error"
    elif found.octets > USUAL_LIMIT:
        message = f"{message}, {found.octets - USUAL_LIMIT:,} more than fit one packet"
    else:
        message, severity = f"{message}; RFC 7208 asks for {PLAIN_LIMIT} at most", "info"
    tokens = found.tokens
    way_out = "make the values shorter, or move what is not for this name"
    if tokens:
        are = "is a verification token" if len(tokens) == 1 else "are verification tokens"
        way_out = f"{len(tokens)} of the {count} values {are}; without, the answer has {found.without(tokens):,} octets"
    related = tuple(Related(token.span, "a verification token") for token in tokens[:20])
    return Complaint(place, message, way_out, related, found.name, "TXT", severity)


RULE = Rule("txt-set-too-large", "warning", check, __doc__, "RFC 7208 section 3.4", needs=("long-txt",))
