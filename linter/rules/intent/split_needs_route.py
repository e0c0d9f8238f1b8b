"""A split hands mail on by a domain that nothing receives, or that leads back.

Where the mailboxes of one domain live on two systems, the one that receives has to hand on what is not its own,
and it needs a name for the way: a domain whose MX leads to the other system alone, such as the tenant's
`mail.onmicrosoft.com`, or that system's own host. Its MX at the domain itself cannot be that way: mail would come
back until a hop limit ends the loop (RFC 5321 section 6.3).

## Bad

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example}
  exchange: {receives: [mail.example.com, mx2.example.net], spf: 'ip4:198.51.100.25'}
mail:
  example.com:
    receives: webhost
    split: [{to: exchange, through: exchange.example.com}]  # <- has neither MX nor address
    sends: [webhost, exchange]
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: 'v=spf1 ip4:198.51.100.25 include:_spf.webhost.example -all'}
  mail:
    - {type: A, value: 198.51.100.25}
    - {type: TXT, value: v=spf1 a -all}
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Good

```yaml
zone: example.com
systems:
  webhost: {receives: [mx1.webhost.example], spf: include:_spf.webhost.example}
  exchange: {receives: [mail.example.com, mx2.example.net], spf: 'ip4:198.51.100.25'}
mail:
  example.com:
    receives: webhost
    split: [{to: exchange, through: exchange.example.com}]
    sends: [webhost, exchange]
records:
  '':
    - {type: MX, value: {preference: 10, exchange: mx1.webhost.example.}}
    - {type: TXT, value: 'v=spf1 ip4:198.51.100.25 include:_spf.webhost.example -all'}
  exchange:
    - type: MX
      values:
        - {preference: 10, exchange: mail.example.com.}
        - {preference: 20, exchange: mx2.example.net.}
    - {type: TXT, value: v=spf1 -all}
  mail:
    - {type: A, value: 203.0.113.25}
    - {type: TXT, value: v=spf1 a -all}
  s1._domainkey: {type: CNAME, value: s1.keys.example.net.}
  _dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net}
```

## Fix

Give the other system a name of its own and let the MX of that name lead to it; for Microsoft 365 use the routing domain
of the tenant. The route itself (a connector, a transport or a forward) is set in the systems, not in DNS.
"""

from collections.abc import Iterator

from linter.facts.mail_flow import ELSEWHERE, LOOPS, NO_ROUTE, NO_WAY, Route
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.intent.model import Mail
from linter.rules.rule import Rule

from .places import bare


def check(facts: Facts) -> Iterator[Complaint]:
    """The splits of this zone's names whose route is known to end elsewhere than at their system."""
    for mail in facts.mail.entries:
        for route in facts.mail.flow(mail).routes:
            if route.state in (NO_ROUTE, NO_WAY, LOOPS, ELSEWHERE):
                to = facts.mail.system(route.split.to)
                is_sure = route.state != ELSEWHERE or to is None or to.is_sure_of_hosts
                yield _complaint(mail, route)._replace(is_firm=is_sure)


def _complaint(mail: Mail, route: Route) -> Complaint:
    split, name = route.split, bare(mail.name.text)
    if split.through is None:
        message = f"{name} is split to `{split.to.text}`, but nothing says through which domain or host mail gets there"
        way_out = "add `through:`, a domain or a host that leads to the other system alone"
        return Complaint(split.to.span, message, way_out, (), mail.name.text, "MX")
    reason = {LOOPS: "so mail comes back: a loop", ELSEWHERE: f"not a host of `{split.to.text}`"}.get(route.state, "")
    reason = reason or f"so mail for `{split.to.text}` has no way"
    message = f"{name} is split through {bare(split.through.text)}: {route.why}, {reason}"
    way_out = f"let the MX of {bare(split.through.text)} lead to `{split.to.text}`"
    return Complaint(split.through.span, message, way_out, (), split.through.text, "MX")


RULE = Rule("intent-split-needs-route", "error", check, __doc__, "RFC 5321 section 5.1", needs=("intent",))
