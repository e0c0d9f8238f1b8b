"""An MX or SRV names a host that a web proxy answers for.

A proxy takes web traffic only. Where MX or SRV and the host are in one zone, Cloudflare answers with a name of its own
making (`_dc-mx.….example.com`, `dc-….example.com`) that leads past the proxy: mail arrives, everybody can see the
address that the proxy is there to hide, and certificates, TLSA records and the patterns of MTA-STS have to be for that
name. From a zone that is published elsewhere, the host's name leads to the proxy, which takes no mail.

## Bad

```yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mail.example.com.  # <- is behind Cloudflare's web proxy
  - type: TXT
    value: v=spf1 ip4:11.22.33.25 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
mail:
  type: A
  value: 11.22.33.25
  octodns:
    cloudflare:
      proxied: true
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Good

```yaml
'':
  - type: MX
    values:
      - preference: 10
        exchange: mail.example.com.
      - preference: 20
        exchange: mx2.mail.example.net.
  - type: TXT
    value: v=spf1 ip4:11.22.33.25 -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
mail:
  - type: A
    value: 11.22.33.25
  - type: TXT
    value: v=spf1 a -all
www:
  type: A
  value: 11.22.33.80
  octodns:
    cloudflare:
      proxied: true
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Fix

Give mail a host name of its own, with addresses that are not proxied.
"""

from collections.abc import Iterator

from linter.facts.proxied import NO_PROXY_ZONE, SAME_ZONE, ProxiedHost, proxied_hosts
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule

_WAY_OUT = "name a host that is not proxied, or take `proxied: true` from this one"


def check(facts: Facts) -> Iterator[Complaint]:
    """Every host of an MX or SRV for which a proxy answers: dead from elsewhere, or behind an address for nothing."""
    for found in proxied_hosts(facts):
        target, record = found.target, found.record
        words, severity = _words(found)
        message = f"`{target.name.rstrip('.')}` is behind Cloudflare's web proxy, {words}"
        related = tuple(Related(each.name_span, "proxied here") for each in found.at)
        yield Complaint(target.span, message, _WAY_OUT, related, record.name, record.type, severity)


def _words(found: ProxiedHost) -> tuple[str, str]:
    """What comes of it, and how grave that is; "" for the rule's own severity."""
    service = "mail" if found.record.type == "MX" else "the service"
    if found.is_placeholder:
        return f"with no address behind it that {service} could reach", "error"
    if found.place == NO_PROXY_ZONE:
        return f"and this zone is not at Cloudflare: {service} goes to the proxy, which does not take it", "error"
    if found.place == SAME_ZONE:
        label = "_dc-mx" if found.record.type == "MX" else "dc-"
        return f"so Cloudflare answers with a `{label}` name that shows the address behind it", ""
    return f"in another zone: {service} reaches it only if Cloudflare publishes both zones and leads past the proxy", ""


RULE = Rule("mx-target-proxied", "warning", check, __doc__, "RFC 5321 section 5.1", needs=("proxied-host",))
