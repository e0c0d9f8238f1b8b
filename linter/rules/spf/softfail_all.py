"""An SPF record ends with `~all`, and no DMARC policy acts on what fails.

"Softfail" asks receivers to accept the message and perhaps to mark it (RFC 7208 section 8.5). With DMARC at quarantine
or reject that is enough, and even better than `-all`, which some receivers act on before they look at DKIM (RFC 9989
section 7.1). Without, forged mail is delivered. A domain that sends nothing has no DKIM to lose: where every such
record is to end in `-all`, the option `also-enforced: true` reports `~all` under such a policy too.

## Bad

```yaml
'':
  type: TXT
  value: v=spf1 ip4:192.0.2.0/24 ~all  # <- only marks
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=none\\; rua=mailto:dmarc@reports.example.net  # <- [dmarc-policy-none] p=none
```

## Good

```yaml
'':
  type: TXT
  value: v=spf1 ip4:192.0.2.0/24 ~all
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
s1._domainkey:
  type: CNAME
  value: s1.keys.example.net.
```

## Bad

```config
rules:
  spf-softfail-all: {severity: error, options: {also-enforced: true}}
```

```yaml
'':
  type: TXT
  value: v=spf1 ~all  # <- write `-all`
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; rua=mailto:dmarc@reports.example.net
```
"""

from collections.abc import Iterator

from linter.facts.spf_places import is_include_target
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule
from linter.source.frozen import Frozen


class Options(Frozen):
    """`also_enforced`: whether `~all` is reported where DMARC is enforced as well."""

    also_enforced: bool = False


def check(facts: Facts, options: Options) -> Iterator[Complaint]:
    """An `all` with "~" where it is known that no policy is enforced, or wherever it stands."""
    for text in facts.texts.spf:
        term, name = text.spf.all_term, text.record.name
        if term is None or term.qualifier != "~" or is_include_target(name):
            continue
        governing = facts.dmarc_policies.by_tree_walk(name)
        is_open = not governing.is_unknown and not governing.is_enforced
        if not is_open and not options.also_enforced:
            continue
        message, way_out = "`~all` only marks mail from everybody else, and `-all` is asked for", "write `-all`"
        if is_open:
            message = "`~all` only marks mail from everybody else, and no DMARC policy acts on that"
            way_out = "write `-all`, or let DMARC say `p=quarantine` or `p=reject`"
        yield Complaint(text.value.part(term.start, term.end), message, way_out, (), name, "TXT")


RULE = Rule("spf-softfail-all", "off", check, __doc__, "RFC 7208 section 8.5", Options, ("spf:~all",))
