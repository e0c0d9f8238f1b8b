"""The same DKIM key stands under two domains that have nothing to do with each other.

Whoever holds the private key signs as both. When it leaks, or when one of the domains changes hands, the other is lost
with it; and a key that was copied into the wrong zone verifies nothing there. Domains of one organisation, and
selectors whose CNAMEs lead to one key, are left alone. A key at a selector of one peculiar name was probably
handed out by some service, and is only worth knowing (RFC 6376 section 8 on private keys in wrong hands).

## Bad

```yaml
# file: example.com.yaml
s1._domainkey:
  type: TXT
  value: v=DKIM1\\; k=ed25519\\; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=  # <- `example.org`
s2._domainkey:
  type: CNAME
  value: s2.keys.example.net.
# file: example.org.yaml
s1._domainkey:
  type: TXT
  value: v=DKIM1\\; k=ed25519\\; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=  # <- `example.com`
s2._domainkey:
  type: CNAME
  value: s2.keys.example.net.
```

## Good

```yaml
# file: example.com.yaml
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
# file: example.org.yaml
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Fix

Make a key for each domain. Where one service signs for both, point both selectors at its name with a CNAME.
"""

from collections.abc import Iterator

from linter.facts.shared_keys import shared_keys
from linter.facts.zone_facts import Facts
from linter.finding import Complaint, Related
from linter.rules.rule import Rule


def check(facts: Facts) -> Iterator[Complaint]:
    """Each key of the zone that another zone of the estate has too, with all places there."""
    policies = facts.dmarc_policies
    for shared in shared_keys(facts.texts.keys, facts.zone.name, facts.estate, facts.parsers):
        own = policies.org_domain_by_list(shared.domain)
        others = [other for other in shared.others if policies.org_domain_by_list(other.domain) != own]
        if not others:
            continue
        message = f"`{others[0].domain.rstrip('.')}` has the same key"
        if len(others) > 1:
            message = f"{message}, and so {'has' if len(others) == 2 else 'have'} {len(others) - 1} more"
        related = tuple(Related(other.span, f"the key of `{other.domain.rstrip('.')}`") for other in others[:10])
        way_out = "make a key for each domain, or point both selectors at one name with a CNAME"
        severity = ""
        if shared.is_handed_out:
            way_out, severity = "if a service gives it to all its customers, ask for a key of your own", "info"
        yield Complaint(shared.span, message, way_out, related, shared.name, "TXT", severity)


RULE = Rule("dkim-shared-key", "warning", check, __doc__, "RFC 6376 section 8", needs=("dkim-key",))
