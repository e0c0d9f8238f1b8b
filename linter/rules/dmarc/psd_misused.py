"""A DMARC record says `psd=y`, but its domain is no public suffix.

`psd=y` is for registries: for domains below which others register theirs (RFC 9989 section 5.2). Receivers then take
every name one label below for an organisation of its own (section 4.10.2), so that mail from
`news.example.com` no longer aligns with SPF or DKIM of `example.com`, and passes DMARC no more.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; psd=y\\; rua=mailto:dmarc@reports.example.net  # <- `example.com` is no public suffix
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```
"""

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import shown, tag_span


def check(facts: Facts) -> Iterator[Complaint]:
    """The records with `psd=y` at `_dmarc` of a name that the public suffix list does not have."""
    for text in facts.dmarc.policies:
        tag, name = text.dmarc.tag("psd"), text.record.name
        domain = name.removeprefix("_dmarc.")
        if tag is None or text.dmarc.psd != "y" or domain == name or facts.estate.public_suffix(domain) == domain:
            continue
        message = f"{shown(domain)} is no public suffix, and `psd=y` cuts every subdomain off from it"
        way_out = "remove `psd=y`; `psd=n` is for a domain that must not be joined to the one above it"
        yield Complaint(tag_span(text, tag), message, way_out, (), name, "TXT")


RULE = Rule("dmarc-psd-misused", "error", check, __doc__, "RFC 9989 section 5.2", needs=("dmarc:psd=y",))
