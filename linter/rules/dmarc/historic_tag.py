"""A DMARC record has a tag by which old and new receivers act differently, or that is no longer read.

RFC 9989 dropped `pct`, `rf` and `ri` (appendix C) and brought `t`. Receivers of both generations read the same record
for years: with `pct=25` new ones apply the policy to all mail, and with `t=y` they apply a milder one while
old ones know nothing of it. Where the two act differently this is a warning; otherwise the tag is only in the way.

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; pct=25\\; rua=mailto:dmarc@reports.example.net  # <- old ones to 25 % of it
```

## Bad

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=reject\\; t=y\\; rua=mailto:dmarc@reports.example.net  # <- apply `quarantine` instead
```

## Good

```yaml
_dmarc:
  type: TXT
  value: v=DMARC1\\; p=quarantine\\; rua=mailto:dmarc@reports.example.net
```

## Fix

To go slowly, publish the milder policy itself: `p=none` with reports, then `p=quarantine`, then `p=reject`.
"""

from collections.abc import Iterator

from linter.facts.texts import DmarcText
from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.records.dmarc import Dmarc
from linter.rules.rule import Rule

from .grammar import fault_complaint, tag_span

_MILDER = {"reject": "quarantine", "quarantine": "none"}


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind, and `t=y` where there is something to be mild about."""
    for text in facts.dmarc.policies:
        for fault in text.dmarc.faults:
            if fault.kind == "historic-tag":
                pct = text.dmarc.tag("pct")
                is_divided = pct is not None and pct.start == fault.start and (text.dmarc.pct or 0) < 100
                graver = is_divided and _enforced(text.dmarc) is not None
                yield fault_complaint(text, fault)._replace(severity="warning" if graver else "")
        if text.dmarc.t:
            yield from _tested(text)


def _enforced(dmarc: Dmarc) -> tuple[str, str] | None:
    """The first tag with a policy other than none, and that policy; nothing where the policy is lost."""
    if dmarc.policy is None or dmarc.policy != dmarc.p:
        return None
    for name, policy in (("p", dmarc.p), ("sp", dmarc.sp), ("np", dmarc.np)):
        if policy in _MILDER:
            return name, policy
    return None


def _tested(text: DmarcText) -> Iterator[Complaint]:
    tag, enforced = text.dmarc.tag("t"), _enforced(text.dmarc)
    if tag is None or enforced is None:
        return
    name, policy = enforced
    message = f"`t=y`: new receivers apply `{_MILDER[policy]}` instead of `{name}={policy}`, old ones do not know it"
    way_out = f"use `{name}={_MILDER[policy]}` while you are testing, without `t`"
    span = tag_span(text, tag)
    yield Complaint(span, message, way_out, (), text.record.name, "TXT", "warning", "RFC 9989 appendix A.6")


NEEDS = ("dmarc:historic-tag", "dmarc:t=y")
RULE = Rule("dmarc-historic-tag", "info", check, __doc__, "RFC 9989 appendix C", needs=NEEDS)
