"""PLAN.yaml is read with the place of every word; a stage says only what is new."""

import pytest

from linter.intent.model import Intent
from linter.intent.reader import read_intent
from linter.plan.model import Plan
from linter.plan.reader import read_plan
from linter.source.plain import entry_of
from linter.source.text import Source
from linter.source.tree import Mapping
from linter.source.yaml_reader import read_yaml

BASE = """
systems: {web: {receives: [mx.web.test], spf: 'include:_spf.web.test', dkim: [old]}, erp: {spf: 'ip4:192.0.2.1'}}
mail: {a.test: {receives: web, sends: [web, erp], dmarc: {p: none, rua: 'mailto:d@a.test'}}, p.test: none}
"""


def base() -> Intent:
    root = read_yaml(Source(".mailzone.yaml", BASE)).root
    assert isinstance(root, Mapping)
    systems, mail = entry_of(root, "systems"), entry_of(root, "mail")
    assert systems
    assert mail
    intent, faults = read_intent(systems[1], mail[1], "config")
    assert not faults
    return intent


def plan(text: str) -> Plan:
    found, faults = read_plan(Source("PLAN.yaml", text), base())
    assert not faults
    assert found is not None
    return found


def test_a_stage_keeps_what_it_does_not_name() -> None:
    found = plan(
        """
title: To Microsoft 365
stages:
  - name: pilot
    systems: {m365: {provider: microsoft-365}}
    mail: {o365.a.test: {receives: m365, sends: [m365]}}
  - name: everybody
    mail: {a.test: {receives: m365, sends: [m365, erp]}}
    systems: {web: {dkim: ~}}
    people: [anna, bert]
    done: [connector]
  - name: strict
    mail: {a.test: {dmarc: {p: reject}}, p.test: {receives: m365}}
values: {m365: {a.test: {mx: a-test.mail.protection.outlook.com}}}
"""
    )

    pilot, everybody, strict = found.stages
    assert pilot.intent.mail["a.test."] == found.base.mail["a.test."]
    moved = everybody.intent.mail["a.test."]
    assert moved.receives is not None
    assert (moved.receives.text, [word.text for word in moved.sends or ()]) == ("m365", ["m365", "erp"])
    assert moved.dmarc == found.base.mail["a.test."].dmarc
    assert everybody.intent.systems["web"].dkim == ()
    assert everybody.intent.systems["web"].receives == found.base.systems["web"].receives
    assert (everybody.people, sorted(everybody.done)) == (("anna", "bert"), ["connector"])
    last = strict.intent.mail["a.test."]
    assert last.dmarc is not None
    assert last.dmarc.p is not None
    assert (last.dmarc.p.text, last.dmarc.rua[0].text) == ("reject", "mailto:d@a.test")
    assert not strict.intent.mail["p.test."].is_none
    assert strict.intent.systems["m365"].values["a.test."]["mx"].text == "a-test.mail.protection.outlook.com"
    assert list(strict.mentioned) == ["a.test.", "p.test."]


def test_when_people_work() -> None:
    found = plan(
        "stages: [{name: x}]\nwindow: {days: [tue, thu], from: '18:00', to: '02:30', tz: Europe/Vienna}\n"
        "freeze: [2026-12-20/2027-01-06, 2027-02-01]\nstart: 2026-12-01\npropagation: 60\nsafety: cautious\n"
    )

    assert found.window is not None
    assert (found.window.days, str(found.window.begin), str(found.window.end)) == ((1, 3), "18:00:00", "02:30:00")
    assert [str(day) for freeze in found.freezes for day in freeze] == [
        "2026-12-20",
        "2027-01-06",
        "2027-02-01",
        "2027-02-01",
    ]
    assert (str(found.start), found.propagation, found.safety) == ("2026-12-01", 60, "cautious")


@pytest.mark.parametrize(
    ("text", "marked", "words"),
    [
        ("", "", "empty"),
        ("stages: []", "[]", "empty list"),
        ("title: x", "title: x", "stages"),
        ("stages: [{nmae: x}]", "nmae", "`name`"),
        ("stages: [{name: x, mail: {a.test: {recieves: web}}}]", "recieves", "`receives`"),
        ("stages: [{name: x, mail: {q.test: {receives: [web, m365]}}}]", "[web, m365]", "under `split`"),
        ("stages: [{name: x}]\nsystems: {web: {}}", "systems", "before the first stage"),
        ("stages: [{name: x}, {name: x}]", "x", "two stages"),
        ("stages: [{name: x}]\nwindow: {from: '25:00', to: '02:00'}", "'25:00'", "not a time"),
        ("stages: [{name: x}]\nwindow: {from: '20:00', to: '02:00', tz: Europe/Wien}", "Europe/Wien", "time zone"),
        ("stages: [{name: x}]\nfreeze: 2027-02-30", "2027-02-30", "not a day"),
        ("stages: [{name: x}]\nfreeze: 2027-02-03/2027-02-01", "2027-02-03/2027-02-01", "before it begins"),
        ("stages: [{name: x}]\nsafety: paranoid", "paranoid", "expected one of"),
        ("stages: [{name: x}]\nvalues: {m366: {a.test: {mx: x}}}", "m366", "not a system"),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(text: str, marked: str, words: str) -> None:
    found, faults = read_plan(Source("PLAN.yaml", text), base())

    assert found is None
    assert any(fault.span.text == marked and words in f"{fault.message} {fault.help}" for fault in faults), faults
