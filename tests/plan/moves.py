"""A zone, what is declared for it, and moves of its mail, with what tests ask of the steps."""

from linter.plan.planned import Planned, Step

from .worlds import World, planned

ZONE = """---
'':
  - {type: A, value: 192.0.2.80}
  - type: MX
    ttl: 7200
    values:
      - {preference: 10, exchange: mx1.web.test.}
      - {preference: 20, exchange: mx2.web.test.}
  # who sends
  - type: TXT
    values: [other=1, 'v=spf1 ip4:192.0.2.10 ip4:192.0.2.25 -all']
_dmarc: {type: TXT, value: 'v=DMARC1\\; p=none\\; rua=mailto:d@a.test'}
old._domainkey: {type: TXT, value: 'v=DKIM1\\; k=ed25519\\; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='}
"""
DECLARED = """
systems:
  web: {receives: [mx1.web.test, mx2.web.test], spf: 'ip4:192.0.2.10', dkim: [old]}
  new: {receives: [mx.new.test], spf: 'ip4:198.51.100.7', dkim: {s1: s1.keys.new.test}}
  erp: {spf: 'ip4:192.0.2.25'}
mail:
  a.test: {receives: web, sends: [web, erp]}
"""
MOVE = """
stages:
  - name: move
    mail: {a.test: {receives: new, sends: [new, erp]}}
"""


def made(plan: str, zone: str = ZONE, declared: str = DECLARED) -> Planned:
    return planned(plan, declared, World({"zones/a.test.yaml": zone}))


def phases(found: Planned) -> list[str]:
    return [step.phase for step in found.steps]


def at(found: Planned, phase: str) -> Step:
    return next(step for step in found.steps if step.phase == phase)


def after(step: Step, name: str, kind: str) -> tuple[str, ...]:
    return next(
        each.after.values if each.after else () for each in step.changes if (each.name, each.type) == (name, kind)
    )
