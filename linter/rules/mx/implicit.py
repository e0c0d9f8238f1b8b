"""A name with SPF or DMARC has an address and no MX, so mail for it goes to that address.

Without MX, senders deliver to the A or AAAA record of the name (RFC 5321 section 5.1): mostly a web server, which takes
no mail, so that a message waits for days and comes back. An MX says where mail goes; the null MX says at once that
there is none (RFC 7505). Hosts that an MX names are left alone, and so are those that send in their own name.

## Bad

```yaml
'':
  - type: A
    value: 11.22.33.44
  - type: TXT
    value: v=spf1 -all  # <- has SPF but no MX
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject
```

## Good

```yaml
'':
  - type: A
    value: 11.22.33.44
  - type: MX
    value:
      preference: 0
      exchange: .
  - type: TXT
    value: v=spf1 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject
```
"""

from collections.abc import Iterator

from linter.facts.declared_names import is_declared_closed
from linter.facts.mx_places import Fallback, fallbacks
from linter.facts.proxied import is_placeholder, proxied_at
from linter.facts.spf_places import authorises_own_address
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule
from linter.source.text import Span

_WAY_OUT = "publish its MX, or the null MX `0 .` if it takes no mail"


def check(facts: Facts) -> Iterator[Complaint]:
    """Each such name once: at its SPF record, else at its DMARC record."""
    hosts = {host.exchange.name for values in facts.mail_hosts.values() for host in values}
    places = list(_places(facts))
    for found in fallbacks(places, facts.resolver):
        if found.name not in hosts and not is_declared_closed(facts, found.name):
            yield _complaint(found)
    seen = set()
    for name, kind, span in places:
        if name not in seen and name not in hosts and not is_declared_closed(facts, name):
            seen.add(name)
            yield from _behind_proxy(facts, name, kind, span)


def _behind_proxy(facts: Facts, name: str, kind: str, span: Span) -> Iterator[Complaint]:
    """A name whose address is a proxy's, but for those that stand for no server."""
    at = proxied_at(facts.index, name)
    if at and not is_placeholder(at) and facts.resolver.lookup(name, "MX").is_empty:
        shown = name.rstrip(".")
        message = f"`{shown}` has {kind} but no MX, so mail for it goes to Cloudflare's web proxy, which takes none"
        related = (Related(at[0].name_span, "proxied here"),)
        yield Complaint(span, message, _WAY_OUT, related, name, "MX")


def _places(facts: Facts) -> Iterator[tuple[str, str, Span]]:
    for spf in facts.texts.spf:
        # `v=spf1 a -all` at a host is for its greeting and its bounces (RFC 7208 section 10.1.3).
        if spf.record.name == facts.zone.name or not authorises_own_address(spf.spf):
            yield spf.record.name, "SPF", spf.value.span
    for text in facts.dmarc.policies:
        domain = text.record.name.removeprefix("_dmarc.")
        if domain != text.record.name:
            yield domain, "DMARC", text.value.span


def _complaint(found: Fallback) -> Complaint:
    name = found.name.rstrip(".")
    message = f"`{name}` has {found.kind} but no MX, so mail for it goes to `{found.address.values[0]}`"
    related = tuple(Related(span, "the address that stands in for an MX") for span in found.address.spans[:1])
    return Complaint(found.span, message, _WAY_OUT, related, found.name, "MX")


RULE = Rule("mx-implicit", "info", check, __doc__, "RFC 5321 section 5.1", needs=("implicit-mx",))
