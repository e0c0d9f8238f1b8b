"""An SPF record authorises the addresses of a web proxy instead of the server behind it.

`a` matches the addresses that the name is served with (RFC 7208 section 5.3). Behind a web proxy these are the proxy's,
which sends no mail and is shared by its customers; mail from the server itself fails. `mx` is not concerned: where the
host of an MX is proxied, Cloudflare answers with a name that leads to the server.

## Bad

```yaml
'':
  - type: A
    value: 11.22.33.44
    octodns:
      cloudflare:
        proxied: true
  - type: MX
    value:
      preference: 10
      exchange: mx.mail.example.net.
  - type: TXT
    value: v=spf1 a include:_spf.mail.example.net -all  # <- authorises Cloudflare's web proxy
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Good

```yaml
'':
  - type: A
    value: 11.22.33.44
    octodns:
      cloudflare:
        proxied: true
  - type: MX
    value:
      preference: 10
      exchange: mx.mail.example.net.
  - type: TXT
    value: v=spf1 ip4:11.22.33.44 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Fix

If the server sends mail, write its address as `ip4:` or `ip6:`, which others can see then. If not, delete the term.
"""

from collections.abc import Iterator

from linter.facts.proxied import proxied_terms
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.records.fault import quoted
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Every `a` that authorises somebody by a name that a proxy answers for."""
    for text, term, host, at in proxied_terms(facts):
        message = f"{quoted(term.text)} authorises Cloudflare's web proxy, not the server behind `{host.rstrip('.')}`"
        way_out = "write the server's address as `ip4:` or `ip6:` if it sends mail, else delete the term"
        related = tuple(Related(record.name_span, "proxied here") for record in at)
        span = text.value.part(term.start, term.end)
        yield Complaint(span, message, way_out, related, text.record.name, "TXT")


RULE = Rule("spf-authorises-proxy", "warning", check, __doc__, "RFC 7208 section 5.3", needs=("proxied-host",))
