"""Stages as people write them: MTA-STS and keys of hosts, gates by vendor, what is so already, what cannot be."""

import pytest

from linter.plan.planned import Planned
from linter.plan.render.as_text import plan_text

from .moves import DECLARED, MOVE, ZONE, after, at, made
from .worlds import World, planned

POLICY = "version: STSv1\nmode: enforce\nmx: mx1.web.test\nmx: mx2.web.test\nmax_age: 604800\n"
SERVED = ZONE + "mta-sts: {type: A, value: 192.0.2.9}\n"


def test_mta_sts_begins_by_testing_whatever_it_is_to_become() -> None:
    world = World({"zones/a.test.yaml": SERVED}, {"a.test.": POLICY})
    found = planned("stages: [{name: x, mail: {a.test: {mta-sts: enforce}}}]", DECLARED, world)
    assert not found.refusals
    assert [(step.phase, after(step, "_mta-sts.a.test.", "TXT")[0]) for step in found.steps] == [
        ("policy", "v=STSv1; id=2027013101"),
        ("tighten", "v=STSv1; id=2027013102"),
    ]
    assert ["mode: testing" in step.files[0].text for step in found.steps] == [True, False]
    assert [[gate.id for gate in step.gates] for step in found.steps] == [
        ["policy-served-a-test"],
        ["tls-clean-a-test"],
    ]


def test_mta_sts_that_begins_with_a_move_lists_both_systems_until_the_end() -> None:
    world = World({"zones/a.test.yaml": SERVED}, {"a.test.": POLICY})
    move = "stages: [{name: x, mail: {a.test: {receives: new, sends: [new, erp], mta-sts: testing}}}]"
    found = planned(move, DECLARED, world)
    texts = {step.phase: step.files[0].text for step in found.steps if step.files}
    assert not found.refusals
    assert [("mx1.web.test" in text, "mx.new.test" in text) for text in texts.values()] == [(True, True), (False, True)]
    assert list(texts) == ["policy", "retire"]


def test_a_record_that_is_broken_is_to_be_repaired_and_not_to_be_waited_for() -> None:
    zone = ZONE.replace("v=spf1 ", "v=spf1 nclude:_spf.web.test ")
    assert zone != ZONE
    (found,) = [each for each in made(MOVE, zone).refusals if each.law == "L4"]
    assert "receivers cannot use the SPF of `a.test`" in found.message
    assert found.insert.startswith("repair that record first")


def test_a_policy_that_is_not_here_is_asked_for_until_it_is_strict() -> None:
    found = made("stages: [{name: x, mail: {a.test: {mta-sts: enforce}}}]")
    assert [(step.phase, len(step.missing)) for step in found.steps] == [("policy", 2), ("tighten", 1)]
    assert "`mode: testing`, `mx: mx1.web.test`, `mx: mx2.web.test`" in found.steps[0].missing[1].what
    assert "`mode: enforce`" in found.steps[1].missing[0].what


def test_the_keys_of_new_hosts_are_asked_for_where_the_old_have_theirs() -> None:
    key = "{certificate_usage: 3, selector: 1, matching_type: 1, certificate_association_data: " + "ab" * 32 + "}"
    hosts = "\n".join(f"{host}: {{type: A, value: 192.0.2.{number}}}" for number, host in enumerate(("m1", "m2"), 60))
    zone = ZONE.replace("mx1.web.test.", "m1.a.test.").replace("mx2.web.test.", "m1b.a.test.")
    zone += f"{hosts}\nm1b: {{type: A, value: 192.0.2.62}}\n_25._tcp.m1: {{type: TLSA, value: {key}}}\n"
    declared = DECLARED.replace("mx1.web.test, mx2.web.test", "m1.a.test, m1b.a.test").replace(
        "mx.new.test", "m2.a.test"
    )
    step = at(made(MOVE, zone, declared), "authorise")
    assert "L10" in step.laws
    assert [need.what for need in step.missing] == ["the TLSA of m2.a.test, as `3 1 1` and the digest of its key"]
    assert at(made(MOVE, zone.replace("_25._tcp.m1:", "_25._tcp.other:"), declared), "authorise").missing == ()


def test_what_the_old_system_serves_for_others_is_asked_before_it_goes() -> None:
    zone = SERVED.replace("type: A, value: 192.0.2.9", "type: CNAME, value: www.web.test.")
    zone += "autoconfig: {type: CNAME, value: mx1.web.test.}\n"
    names = [gate.id for gate in at(made(MOVE, zone), "retire").gates]
    assert [name for name in names if name.endswith("-a-test")] == ["autoconfig-a-test"]
    zone += "_mta-sts: {type: TXT, value: 'v=STSv1\\; id=7'}\n"
    names = [gate.id for gate in at(made(MOVE, zone), "retire").gates]
    assert [name for name in names if name.endswith("-a-test")] == ["mta-sts-a-test", "autoconfig-a-test"]


def test_who_goes_on_to_send_is_not_waited_for_until_it_is_silent() -> None:
    names = [
        [
            gate.id
            for gate in at(
                made(f"stages: [{{name: x, mail: {{a.test: {{receives: new, sends: [{who}]}}}}}}]"), "retire"
            ).gates
        ]
        for who in ("new, erp", "new, erp, web")
    ]
    assert names == [["old-silent-web", "unused-web"], ["old-silent-web"]]


TENANT = """
systems:
  web: {receives: [mx1.web.test, mx2.web.test], spf: 'ip4:192.0.2.10', dkim: [old]}
  ms: {provider: microsoft-365, receives: [a-test.mail.protection.outlook.com], dkim: [old]}
mail:
  a.test: {receives: web, sends: [web]}
"""
SPLIT = """
stages:
  - {name: some, mail: {a.test: {receives: web, split: [{to: ms}], sends: [web, ms]}}}
  - {name: all, mail: {a.test: {receives: ms, split: ~, sends: [ms]}}}
"""


def gates(found: Planned, stage: int) -> dict[str, list[str]]:
    return {step.phase: [gate.id for gate in step.gates] for step in found.stages[stage].steps if step.gates}


def test_a_split_asks_for_routing_first_and_gives_it_up_last() -> None:
    found = made(SPLIT, ZONE, TENANT)
    assert [gates(found, stage) for stage in (0, 1)] == [
        {
            "verify": ["outbound-connector-ms"],
            "authorise": [
                "out-of-hours-ms",
                "verify-domain-ms",
                "accepted-domain-relay-ms",
                "split-inbound-connector-ms",
            ],
            "switch": ["create-recipients-ms", "mailboxes-ms", "enable-dkim-ms"],
        },
        {
            "switch": ["remote-web", "users-web"],
            "clients": ["last-mailbox-web"],
            "retire": ["old-silent-web", "unused-web", "accepted-domain-authoritative-ms"],
        },
    ]


def test_a_domain_that_the_vendor_knows_is_not_verified_again() -> None:
    found = made(SPLIT, ZONE.replace("other=1", "MS=ms12345678"), TENANT)
    assert gates(found, 0)["authorise"] == ["accepted-domain-relay-ms", "split-inbound-connector-ms"]


def test_every_step_says_how_to_go_back_and_whether_one_may_stop() -> None:
    found = made(SPLIT, ZONE, TENANT)
    text = "\n".join(plan_text(found))
    assert text.count("       back: ") == text.count("if you stop here, mail works") == len(found.steps)


def test_a_new_name_has_no_old_host_to_wait_for() -> None:
    found = made("stages: [{name: x, mail: {s.a.test: {receives: new, sends: [new]}}}]")
    assert "old host" not in at(found, "switch").wait.because
    assert "old host" in at(made(MOVE), "switch").wait.because


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("mail: {a.test: {behind: web}}", "behind itself"),
        ("mail: {q.test: {behind: web}}", "`receives`"),
        ("mail: {a.test: {split: [{to: new, through: b.a.test}]}, b.a.test: {receives: new, split: [{to: web, through: "
         "a.test}]}}", "comes back to itself: a.test ->"),
        ("mail: {a.test: {receives: webb}}", "`webb` of `a.test` is not a declared system; did you mean `web`?"),
        ("systems: {t: {spf: 'ip4:192.0.2.1'}}, mail: {a.test: {receives: t}}", "`t` is to receive mail for `a.test`"),
        ("systems: {t1: {provider: microsoft-365, tenant: one}, t2: {provider: microsoft-365, tenant: two}}, mail: "
         "{a.test: {receives: t1, split: [{to: t2}]}}", "`t1` and `t2`"),
    ],
)  # fmt: skip
def test_a_stage_that_cannot_be_is_refused_at_its_place_once(stage: str, words: str) -> None:
    found = made(f"stages: [{{name: x, {stage}}}, {{name: y}}]")
    said = [refusal for refusal in found.refusals if words in refusal.message]
    assert len(said) == 1
    assert all(refusal.span is not None and refusal.span.source.path == "PLAN.yaml" for refusal in found.refusals)
    assert len(found.refusals) == (2 if "comes back" in words else 1)  # both splits of a circle, each at its place


FOUND = """
stages:
  - name: as it is today
    systems:
      web: {receives: [mx1.web.test, mx2.web.test], spf: 'ip4:192.0.2.10', dkim: [old, older]}
      erp: {spf: 'ip4:192.0.2.25', dkim: [erp1]}
    mail: {a.test: {receives: web, sends: [web, erp]}}
  - name: move
    systems:
      new: {receives: [mx.new.test], spf: 'ip4:198.51.100.7', dkim: {s1: s1.keys.new.test}}
    mail: {a.test: {receives: new, sends: [new, erp]}}
"""


def test_what_the_records_show_already_needs_no_step() -> None:
    found = planned(FOUND, "systems: {}", World({"zones/a.test.yaml": ZONE}))
    assert not found.refusals
    assert found.stages[0].steps == ()
    assert [(step.phase, [change.name for change in step.changes]) for step in found.stages[1].steps][1] == (
        "authorise",
        ["s1._domainkey.a.test.", "a.test."],
    )


def test_a_sender_that_is_not_let_yet_is_new() -> None:
    found = planned(FOUND.replace("192.0.2.25", "192.0.2.99"), "systems: {}", World({"zones/a.test.yaml": ZONE}))
    assert [gate.id for gate in at(found, "switch").gates] == ["dkim-erp"]


def test_a_receiver_whose_term_is_there_is_new_where_mail_moves_to_it() -> None:
    zone = ZONE.replace("ip4:192.0.2.25", "ip4:198.51.100.7")
    system = "systems: {new: {receives: [mx.new.test], spf: 'ip4:198.51.100.7', dkim: {s1: s1.keys.new.test}}}"
    plan = f"stages: [{{name: move, {system}, mail: {{a.test: {{receives: new, sends: [new]}}}}}}]"
    found = planned(plan, "systems: {}", World({"zones/a.test.yaml": zone}))
    assert after(at(found, "authorise"), "s1._domainkey.a.test.", "CNAME") == ("s1.keys.new.test.",)


def test_a_policy_in_force_is_not_forgotten_where_the_new_host_is_not_known() -> None:
    zone = SERVED + "_mta-sts: {type: TXT, ttl: 300, value: 'v=STSv1\\; id=7'}\n"
    mail = "mail: {a.test: {receives: ms, sends: [ms, erp]}}"
    plan = f"stages: [{{name: x, systems: {{ms: {{provider: microsoft-365}}}}, {mail}}}]"
    found = planned(plan, DECLARED, World({"zones/a.test.yaml": zone}, {"a.test.": POLICY}))
    asked = [need.what for phase in ("authorise", "retire") for need in at(found, phase).missing]
    assert sum("MTA-STS policy of a.test must" in what for what in asked) == 2
