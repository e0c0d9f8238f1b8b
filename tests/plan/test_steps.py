"""What plans do to zones, stage by stage: which records, in which order, behind which gates."""

import pytest

from .moves import DECLARED, MOVE, ZONE, after, at, made, phases
from .worlds import World, planned


def test_a_move_authorises_first_and_retires_last() -> None:
    found = made(MOVE)
    assert not found.refusals
    assert phases(found) == ["ttl", "authorise", "switch", "clients", "retire", "ttl-up"]
    assert after(at(found, "authorise"), "a.test.", "TXT") == (
        "other=1",
        "v=spf1 ip4:192.0.2.10 ip4:192.0.2.25 ip4:198.51.100.7 -all",
    )
    assert after(at(found, "authorise"), "s1._domainkey.a.test.", "CNAME") == ("s1.keys.new.test.",)
    assert after(at(found, "switch"), "a.test.", "MX") == ("10 mx.new.test.",)
    assert after(at(found, "retire"), "a.test.", "TXT") == ("other=1", "v=spf1 ip4:192.0.2.25 ip4:198.51.100.7 -all")
    assert after(at(found, "retire"), "old._domainkey.a.test.", "TXT") == ()
    up = at(found, "ttl-up").changes[0]
    assert up.after is not None
    assert up.after.ttl == 7200


def test_a_plan_that_has_nothing_to_do_changes_nothing() -> None:
    found = made("stages: [{name: same, mail: {a.test: {receives: web, sends: [web, erp]}}}]")
    assert found.steps == ()
    assert found.refusals == ()


def test_only_touched_lines_differ() -> None:
    text = at(made(MOVE), "authorise").texts["zones/a.test.yaml"]
    assert "# who sends" in text
    assert "{preference: 10, exchange: mx1.web.test.}" in text


def test_the_old_selector_goes_when_a_system_has_a_new_one() -> None:
    found = made("stages: [{name: rotate, systems: {new: {dkim: [s2]}, web: {dkim: {k2: k2.keys.web.test}}}}]")
    assert after(at(found, "authorise"), "k2._domainkey.a.test.", "CNAME") == ("k2.keys.web.test.",)
    assert after(at(found, "retire"), "old._domainkey.a.test.", "TXT") == ()
    assert not any(change.type == "MX" for step in found.steps for change in step.changes)


def test_a_policy_gets_strict_by_one_degree_at_a_time() -> None:
    found = made("stages: [{name: strict, mail: {a.test: {dmarc: {p: reject}}}}]")
    assert [after(step, "_dmarc.a.test.", "TXT")[0].split("; ")[1] for step in found.steps] == [
        "p=quarantine",
        "p=reject",
    ]
    gates = [gate.id for step in found.steps for gate in step.gates]
    assert gates == ["clean-a-test", "clean-a-test-2"]


def test_a_step_behind_a_gate_is_not_due() -> None:
    gated = made(MOVE)
    assert [step.due for step in gated.steps][:2] == [True, True]
    assert not at(gated, "switch").due
    ids = [gate.id for gate in at(gated, "switch").gates]
    passed = made(MOVE + f"    done: [{', '.join(ids)}]\n")
    assert at(passed, "switch").due


def test_an_unknown_gate_is_refused_with_the_nearest() -> None:
    found = made(MOVE + "    done: [mailboxes-mew]\n")
    assert [refusal.message for refusal in found.refusals] == [
        next(refusal.message for refusal in found.refusals if "mailboxes-new" in refusal.message)
    ]


@pytest.mark.parametrize(
    ("plan", "law"),
    [
        (
            "stages: [{name: x, systems: {ghost: {spf: 'ip4:203.0.113.9', envelope: other.test}}, "
            "mail: {a.test: {sends: [web, erp, ghost], dmarc: {p: quarantine}}}}]",
            "L6",
        ),
        ("stages: [{name: x, mail: {a.test: {split: [{to: new}]}}}]", ""),
    ],
)  # fmt: skip
def test_what_must_not_be_done_is_refused(plan: str, law: str) -> None:
    found = made(plan)
    assert law in [refusal.law for refusal in found.refusals]
    assert all(refusal.span is not None for refusal in found.refusals)


def test_a_name_in_no_zone_is_refused() -> None:
    found = made("stages: [{name: x, mail: {b.test: {receives: new}}}]")
    assert "`b.test` lies in none of the zones" in found.refusals[0].message


CLOSED = "stages: [{name: closed, mail: {a.test: none}}]"


def test_a_domain_ends_by_its_mx_first_and_its_old_host_listens_on() -> None:
    assert [refusal.law for refusal in made(CLOSED).refusals] == ["L7"]
    found = made(CLOSED, ZONE.replace("d@a.test", "d@r.example"))
    assert not found.refusals
    assert phases(found) == ["ttl", "switch", "retire", "ttl-up"]
    assert after(at(found, "switch"), "a.test.", "MX") == ("0 .",)
    assert after(at(found, "retire"), "a.test.", "TXT") == ("other=1", "v=spf1 -all")
    assert "p=reject" in after(at(found, "retire"), "_dmarc.a.test.", "TXT")[0]
    assert after(at(found, "retire"), "old._domainkey.a.test.", "TXT") == ()


def test_a_name_below_a_wildcard_keeps_its_mx_until_it_moves() -> None:
    wild = ZONE + "'*': {type: MX, ttl: 7200, value: {preference: 10, exchange: mx1.web.test.}}\n"
    found = made("stages: [{name: sub, mail: {s.a.test: {receives: new, sends: [new]}}}]", wild)
    assert not found.refusals
    first = found.steps[0]
    assert after(first, "s.a.test.", "MX") == ("10 mx1.web.test.",)
    assert first.wait.seconds >= 7200
    assert after(at(found, "switch"), "s.a.test.", "MX") == ("10 mx.new.test.",)


def test_more_than_ten_lookups_are_refused() -> None:
    terms = " ".join(f"a:h{number}.a.test" for number in range(10))
    many = ZONE.replace("ip4:192.0.2.10 ip4", f"ip4:192.0.2.10 {terms} ip4")
    many += "".join(f"h{number}: {{type: A, value: 192.0.2.{number + 100}}}\n" for number in range(11))
    declared = DECLARED.replace("spf: 'ip4:198.51.100.7'", "spf: 'a:h10.a.test'")
    found = made(MOVE, many, declared)
    assert any("spf-too-many-lookups" in refusal.message for refusal in found.refusals)


def test_one_domain_in_two_tenants_is_refused() -> None:
    declared = DECLARED.replace(
        "mail:\n", "  t1: {provider: microsoft-365, tenant: one}\n  t2: {provider: microsoft-365, tenant: two}\nmail:\n"
    )
    plan = "stages: [{name: first, mail: {a.test: {receives: t1}}}, {name: second, mail: {a.test: {receives: t2}}}]"
    assert "L20" in [refusal.law for refusal in made(plan, ZONE, declared).refusals]


def test_the_terms_of_a_remaining_sender_are_found_before_others_go() -> None:
    """The old system's network covers a sender that stays: it gets a term of its own first."""
    zone = ZONE.replace("ip4:192.0.2.10 ip4:192.0.2.25", "ip4:192.0.2.0/24")
    declared = DECLARED.replace("spf: 'ip4:192.0.2.10'", "spf: 'ip4:192.0.2.0/24'")
    found = made(MOVE, zone, declared)
    assert not found.refusals
    assert after(at(found, "retire"), "a.test.", "TXT")[1] == "v=spf1 ip4:198.51.100.7 ip4:192.0.2.25 -all"


def test_what_the_files_leave_to_the_provider_is_to_be_looked_up() -> None:
    found = made(MOVE, ZONE.replace("  - type: MX\n", "  - type: MX\n    octodns: {ignored: true}\n"))
    assert "which is not in the files" in at(found, "switch").missing[0].what
    assert not at(found, "switch").due


def test_a_change_that_the_editor_refuses_is_told_with_the_reason() -> None:
    zone = ZONE.replace("_dmarc: {type", "x: &x [{type: CNAME, value: x.test.}]\nautodiscover: *x\n_dmarc: {type")
    found = made(MOVE, zone, DECLARED.replace("dkim: {s1", "clients: {autodiscover: a.new.test}, dkim: {s1"))
    assert any("CNAME of `autodiscover.a.test`" in refusal.message for refusal in found.refusals)
    assert "ttl: 300, type: CNAME" not in found.steps[-1].texts["zones/a.test.yaml"]


def test_a_new_sender_that_an_unknown_include_may_cover_is_named_all_the_same() -> None:
    zone = ZONE.replace("ip4:192.0.2.10 ip4", "include:_spf.unknown.test ip4:192.0.2.10 ip4")
    found = made(MOVE, zone)
    assert "ip4:198.51.100.7" in after(at(found, "authorise"), "a.test.", "TXT")[1]


def test_a_sender_that_an_unknown_include_may_have_covered_gets_a_term_when_it_goes() -> None:
    zone = ZONE.replace("ip4:192.0.2.10 ip4:192.0.2.25", "include:_spf.web.test include:_spf.more.test")
    declared = DECLARED.replace("spf: 'ip4:192.0.2.10'", "spf: 'include:_spf.web.test'")
    text = after(at(made(MOVE, zone, declared), "retire"), "a.test.", "TXT")[1]
    assert "ip4:192.0.2.25" in text
    assert "include:_spf.web.test" not in text


def test_what_mx_let_send_is_named_by_its_hosts_before_the_mx_changes() -> None:
    zone = ZONE.replace("ip4:192.0.2.10 ip4", "mx ip4")
    declared = DECLARED.replace("spf: 'ip4:192.0.2.10'", "spf: mx")
    found = made(MOVE, zone, declared)
    assert "a:mx1.web.test a:mx2.web.test" in after(at(found, "authorise"), "a.test.", "TXT")[1]
    assert after(at(found, "retire"), "a.test.", "TXT")[1] == "v=spf1 ip4:192.0.2.25 ip4:198.51.100.7 -all"


def test_a_policy_of_its_own_keeps_the_reports_of_the_one_above() -> None:
    found = made("stages: [{name: x, mail: {s.a.test: {receives: new, sends: [new], dmarc: {p: quarantine}}}}]")
    texts = [after(step, "_dmarc.s.a.test.", "TXT") for step in found.steps if step.phase in ("policy", "tighten")]
    assert texts[-1] == ("v=DMARC1; p=quarantine; rua=mailto:d@a.test",)


def test_reports_elsewhere_are_permitted_before_they_are_asked_for() -> None:
    other = "---\n'':\n  - {type: MX, value: {preference: 1, exchange: mx.r.example.}}\n"
    world = World({"zones/a.test.yaml": ZONE, "zones/r.test.yaml": other})
    found = planned("stages: [{name: x, mail: {a.test: {dmarc: {rua: 'mailto:d@r.test'}}}}]", DECLARED, world)
    assert not found.refusals
    assert phases(found) == ["authorise", "policy"]
    assert after(found.steps[0], "a.test._report._dmarc.r.test.", "TXT") == ("v=DMARC1;",)
    assert after(found.steps[1], "_dmarc.a.test.", "TXT") == ("v=DMARC1; p=none; rua=mailto:d@r.test",)


def test_mta_sts_ends_by_mode_none_and_the_old_age() -> None:
    zone = ZONE + "_mta-sts: {type: TXT, ttl: 300, value: 'v=STSv1\\; id=7'}\nmta-sts: {type: A, value: 192.0.2.9}\n"
    policy = "version: STSv1\nmode: enforce\nmx: mx1.web.test\nmx: mx2.web.test\nmax_age: 604800\n"
    world = World({"zones/a.test.yaml": zone}, {"a.test.": policy})
    found = planned("stages: [{name: x, mail: {a.test: {mta-sts: none}}}]", DECLARED, world)
    assert not found.refusals
    assert phases(found) == ["retire", "end"]
    assert found.steps[0].wait.seconds == 604_800
    assert "mode: none" in found.steps[0].files[0].text
    assert "max_age: 86400" in found.steps[0].files[0].text
    assert after(found.steps[0], "_mta-sts.a.test.", "TXT") == ("v=STSv1; id=2027013101",)
    assert after(found.steps[1], "_mta-sts.a.test.", "TXT") == ()


def test_a_policy_file_that_is_not_here_is_asked_for() -> None:
    zone = ZONE + "_mta-sts: {type: TXT, ttl: 300, value: 'v=STSv1\\; id=7'}\n"
    missing = at(made(MOVE, zone), "authorise").missing
    assert "must list mx.new.test" in missing[0].what


def test_a_share_of_mail_is_given_up_before_the_policy_gets_strict() -> None:
    zone = ZONE.replace("p=none", "p=quarantine\\; pct=20")
    found = made("stages: [{name: strict, mail: {a.test: {dmarc: {p: reject}}}}]", zone)
    assert not found.refusals
    assert [after(step, "_dmarc.a.test.", "TXT")[0] for step in found.steps] == [
        "v=DMARC1; p=quarantine; rua=mailto:d@a.test",
        "v=DMARC1; p=reject; rua=mailto:d@a.test",
    ]
    assert [gate.id for step in found.steps for gate in step.gates] == ["clean-a-test", "clean-a-test-2"]


def test_a_share_of_mail_that_says_nothing_goes_with_the_first_degree() -> None:
    found = made(
        "stages: [{name: strict, mail: {a.test: {dmarc: {p: quarantine}}}}]", ZONE.replace("p=none", "p=none\\; pct=5")
    )
    assert not found.refusals
    assert [after(step, "_dmarc.a.test.", "TXT") for step in found.steps] == [
        ("v=DMARC1; p=quarantine; rua=mailto:d@a.test",)
    ]


def test_the_policies_of_a_domain_that_ends_end_with_it() -> None:
    zone = ZONE.replace("d@a.test", "d@r.example\\; pct=20")
    zone += "_mta-sts: {type: TXT, ttl: 300, value: 'v=STSv1\\; id=7'}\nmta-sts: {type: A, value: 192.0.2.9}\n"
    policy = "version: STSv1\nmode: enforce\nmx: mx1.web.test\nmx: mx2.web.test\nmax_age: 604800\n"
    found = planned(CLOSED, DECLARED, World({"zones/a.test.yaml": zone}, {"a.test.": policy}))
    assert not found.refusals
    assert not any(step.missing for step in found.steps)
    assert phases(found) == ["ttl", "switch", "retire", "end", "ttl-up"]
    assert after(at(found, "retire"), "_dmarc.a.test.", "TXT") == ("v=DMARC1; p=reject; rua=mailto:d@r.example",)
    assert "mode: none" in at(found, "retire").files[0].text
    assert at(found, "retire").wait.seconds == 604_800
    assert after(at(found, "end"), "_mta-sts.a.test.", "TXT") == ()
