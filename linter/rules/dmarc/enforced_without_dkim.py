"""The DMARC policy is `quarantine` or `reject`, and the name sends mail without any DKIM selector.

SPF breaks when mail is forwarded, and then nothing is left that could pass: mailing lists, forwarders and alumni
addresses lose the mail. Whoever publishes `p=reject` must not rely on SPF alone and must sign with DKIM (RFC 9989
sections 7.4 and 8). A selector of the name, of one above or one below it counts, unless `adkim=s` asks for the name
itself. Names that send nothing by their SPF are left alone, and so are zones that are only partly here.

## Bad

```yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mx1.mail.example.net.
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net  # <- no DKIM selector
```

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=quarantine\\; adkim=s\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
news:
  type: TXT
  value: v=spf1 include:_spf.mail.example.net -all  # <- `quarantine` of `example.com`
```

## Good

```yaml
'':
  - type: MX
    value:
      preference: 10
      exchange: mx1.mail.example.net.
  - type: TXT
    value: v=spf1 include:_spf.mail.example.net -all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Fix

Switch on DKIM at every system that sends in the name, and publish the selectors that it gives. Until then `p=none`.
"""

from collections.abc import Iterator

from linter.facts.declared_names import lacks_declared_keys
from linter.facts.dmarc_policy import Governing
from linter.facts.unsigned import unsigned_senders
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import policy_tag, shown, tag_span


def check(facts: Facts) -> Iterator[Complaint]:
    """Every name that sends under such a policy and that no known key could sign for."""
    own = {text.record.name: text for text in facts.dmarc.single()}
    for sender in unsigned_senders(facts):
        name, found = sender.text.record.name, sender.governing
        if lacks_declared_keys(facts, name):
            continue
        message = f"{shown(name)} sends under {_shown(found)} and has no DKIM selector"
        way_out = "sign with DKIM and publish the selectors; forwarded mail is lost otherwise"
        span = sender.text.value.span
        policy = own.get(f"_dmarc.{name}")
        tag = policy_tag(policy) if policy else None
        if policy and tag:
            yield Complaint(tag_span(policy, tag), message, way_out, (), policy.record.name, "TXT")
        else:
            yield Complaint(span, message, way_out, (), name, "TXT")


def _shown(found: Governing) -> str:
    own = found.domain == found.name
    return f"`{found.tag}={found.policy}`" if own else f"the policy `{found.policy}` of {shown(found.domain)}"


NEEDS = ("unsigned-sender",)
RULE = Rule("dmarc-enforced-without-dkim", "warning", check, __doc__, "RFC 9989 section 7.4", needs=NEEDS)
