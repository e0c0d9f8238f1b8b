"""What declared mail asks for, held against the records: the state of each, and what is to be published instead."""

import pytest

from linter.facts.mail.required import Required, required

from .test_senders import KEY, declared, sender, spf

SYSTEMS = (
    "zone: example.com\nsystems:\n"
    "  web: {receives: [mx1.web.example, mx2.web.example], spf: include:_spf.web.example}\n"
    "  office: {provider: microsoft-365, verification: MS=ms1}\n"
    "  exchange: {receives: [mail.example.com], spf: mx, clients: {autodiscover: mail.example.com}}\n"
    "  filter: {provider: proofpoint}\n"
    "  post: {provider: fastmail}\n"
    "  relay: {spf: 'ip4:50.0.0.9'}\n"
    "mail:\n"
)
HOST = "  mail: {type: A, value: 50.0.0.25}\n"
DMARC = "  _dmarc: {type: TXT, value: 'v=DMARC1; %s; rua=mailto:a@reports.example.net'}\n"


def asked(mail: str, records: str, name: str = "example.com.") -> list[Required]:
    facts = declared(f"{SYSTEMS}{mail}records:\n{records}")
    entry = facts.of(name)
    assert entry is not None
    return list(required(facts.facts, entry))


def one(found: list[Required], purpose: str) -> Required:
    (record,) = (each for each in found if each.purpose == purpose)
    return record


def mx(*hosts: str) -> str:
    return f"    - {{type: MX, values: [{', '.join(f'{{preference: 10, exchange: {host}}}' for host in hosts)}]}}\n"


PROOFPOINT = "mxa-00112233.gslb.pphosted.com."
WEB, FILTERED = "  example.com: {receives: web}\n", "  example.com: {receives: web, behind: filter}\n"
MX_STATES = [
    (WEB, ("mx1.web.example.", "mx2.web.example."), "present", ("10 mx1.web.example.", "20 mx2.web.example.")),
    (WEB, ("mx1.web.example.",), "differs", ("10 mx1.web.example.", "20 mx2.web.example.")),
    (WEB, ("mx1.web.example.", "mx2.web.example.", "mx.old.example."), "differs", None),
    (WEB, (), "missing", None),
    (FILTERED, (PROOFPOINT,), "present", ()),
    (FILTERED, (PROOFPOINT, "mx1.web.example."), "differs", (f"10 {PROOFPOINT}",)),
    (FILTERED, (), "missing", ()),
]  # fmt: skip


@pytest.mark.parametrize(("mail", "hosts", "state", "values"), MX_STATES, ids=[f"{n}" for n in range(len(MX_STATES))])
def test_mx_of_a_system(mail: str, hosts: tuple[str, ...], state: str, values: tuple[str, ...] | None) -> None:
    record = one(asked(mail, f"  '':\n{mx(*hosts) if hosts else ''}    - {{type: A, value: 50.0.0.1}}\n"), "receive")

    assert record.state == state
    assert values is None or record.values == values


def test_the_vendor_tells_which_hosts_where_nobody_else_can() -> None:
    assert "provisioning" in one(asked(FILTERED, HOST), "receive").hint


@pytest.mark.parametrize(
    ("texts", "state", "wanted"),
    [
        ("[token=1, 'v=spf1 ip4:50.0.0.9 -all']", "present", "v=spf1 ip4:50.0.0.9 -all"),
        ("[token=1, 'v=spf1 -all']", "differs", "v=spf1 ip4:50.0.0.9 -all"),
        ("[token=1, 'v=spf1 a']", "differs", "v=spf1 a ip4:50.0.0.9"),
        ("[token=1, 'v=spf1 a redirect=b.example']", "unknown", "v=spf1 a redirect=b.example"),
        ("[token=1, 'v=spf1 -all', 'v=spf1 ip4:50.0.0.9 ~all']", "differs", "v=spf1 ip4:50.0.0.9 -all"),
        ("[token=1]", "missing", "v=spf1 ip4:50.0.0.9 -all"),
    ],
)
def test_spf_of_a_name(texts: str, state: str, wanted: str) -> None:
    found = asked("  example.com: {sends: [relay]}\n", f"  '': {{type: TXT, values: {texts}}}\n")

    record = one(found, "send")
    assert (record.state, record.values, record.beside) == (state, (wanted,), ("token=1",))


def test_what_a_wildcard_answers_stands_beside_nothing() -> None:
    found = asked("  '*': none\n", "  '*': {type: TXT, value: token}\n", "www.example.com.")

    assert one(found, "send").beside == ()


@pytest.mark.parametrize(
    ("records", "state"),
    [("  '': {type: TXT, value: MS=ms1}\n", "present"), ("  '': {type: TXT, value: MS=ms2}\n", "missing"),
     (HOST, "missing")],
)  # fmt: skip
def test_a_token_that_was_declared(records: str, state: str) -> None:
    assert one(asked("  example.com: {receives: office}\n", records), "verify").state == state


@pytest.mark.parametrize(
    ("name", "records", "state", "place", "wanted"),
    [
        ("example.com.", HOST, "missing", "_dmarc.example.com.", "v=DMARC1; p=reject"),
        ("example.com.", DMARC % "p=none", "differs", "_dmarc.example.com.",
         "v=DMARC1; p=reject; rua=mailto:a@reports.example.net"),
        ("example.com.", DMARC % "p=reject", "present", "_dmarc.example.com.", "v=DMARC1; p=reject"),
        ("x.example.com.", DMARC % "p=reject; sp=none", "missing", "_dmarc.x.example.com.", "v=DMARC1; p=reject"),
        ("x.example.com.", DMARC % "p=reject", "present", "_dmarc.example.com.", "v=DMARC1; p=reject"),
        ("example.com.", "  _dmarc: {type: NS, values: [ns.example.net.]}\n", "unknown", "_dmarc.example.com.",
         "v=DMARC1; p=reject"),
    ],
)  # fmt: skip
def test_the_policy_of_a_name_without_mail(name: str, records: str, state: str, place: str, wanted: str) -> None:
    record = one(asked("  '*': none\n", f"{records}  x: {{type: A, value: 50.0.0.1}}\n", name), "policy")

    assert (record.state, record.name, record.values) == (state, place, (wanted,))


def test_what_nobody_here_knows_of_a_name_without_mail_is_not_missing() -> None:
    found = asked("  '*': none\n", "  away: {type: NS, values: [ns.example.net.]}\n", "away.example.com.")

    assert [record.state for record in found if record.purpose != "policy"] == ["unknown", "unknown"]


EXCHANGE = "  example.com: {receives: exchange}\n"


@pytest.mark.parametrize(
    ("records", "state"),
    [
        (f"{HOST}  autodiscover: {{type: A, value: 50.0.0.25}}\n", "present"),
        (f"{HOST}  autodiscover: {{type: A, value: 50.0.0.26}}\n", "elsewhere"),
        (f"{HOST}  autodiscover: {{type: CNAME, value: mail.example.com.}}\n", "present"),
        (f"{HOST}  '*': {{type: A, value: 50.0.0.26}}\n", "differs"),
        (HOST, "missing"),
    ],
)
def test_autodiscover_by_alias_and_by_address(records: str, state: str) -> None:
    assert one(asked(EXCHANGE, records), "autodiscover").state == state


def test_a_selector_whose_target_follows_from_the_domain_is_told_in_full() -> None:
    found = [each for each in asked("  example.com: {receives: post, sends: [post]}\n", HOST) if each.purpose == "sign"]

    assert [each.values for each in found][:1] == [("fm1.example.com.dkim.fmhosted.com.",)]
    assert {each.state for each in found} == {"missing"}


@pytest.mark.parametrize(
    ("records", "published"),
    [
        ("  s1._domainkey: {type: CNAME, value: gone.example.com.}\n", False),
        ("  s1._domainkey: {type: CNAME, value: key.example.com.}\n  key: {type: TXT, value: '" + KEY + "'}\n", True),
        ("  s1._domainkey: {type: CNAME, value: key.example.net.}\n", True),
        ("  _domainkey: {type: NS, values: [ns.example.net.]}\n", None),
    ],
)
def test_a_selector_that_is_an_alias_of_nothing_has_no_key(records: str, published: bool | None) -> None:
    row = sender("{spf: mx, dkim: [s1]}", f"{spf('v=spf1 mx -all')}{records}")

    assert [key.is_there for key in row.signing.keys] == [published]


@pytest.mark.parametrize(("envelope", "aligned"), [("b.example.com", True), ("b.example.net", False)])
def test_alignment_without_a_policy_is_relaxed(envelope: str, aligned: bool) -> None:
    row = sender(f"{{spf: include:b.example, envelope: {envelope}}}", spf("v=spf1 -all"))

    assert (row.spf_aligned, row.policy) == (aligned, "")


def test_a_sender_with_several_spf_records_has_one_in_error() -> None:
    row = sender("{spf: mx}", "  '': {type: TXT, values: [v=spf1 mx -all, v=spf1 a -all]}\n")

    assert row.spf is not None
    assert row.spf.state == "broken"


ROUTES = [
    ("web", "mx2.web.example", "", "open"),
    ("web", "way.example.com", "  way: {type: A, value: 50.0.0.1}\n", "open"),
    ("web", "way.example.com", "  way: {type: AAAA, value: '2a00::1'}\n", "open"),
    ("web", "way.example.com", "  way: {type: TXT, value: x}\n", "nowhere"),
    ("web", "way.example.com", "  way: {type: NS, values: [ns.example.net.]}\n", "unknown"),
    ("web", "way.example.com", f"  way:\n{mx('mx1.web.example.')}", "open"),
    ("web", "way.example.com", f"  way:\n{mx('mx1.web.example.', 'mx.stranger.example.')}", "elsewhere"),
    ("web", "way.example.com", f"  way:\n{mx('mail.example.com.')}", "loop"),
    ("web", "way.example.com", f"  way:\n{mx('.')}", "nowhere"),
    ("relay", "way.example.com", f"  way:\n{mx('mx.stranger.example.')}", "open"),
    ("nobody", "way.example.com", f"  way:\n{mx('mx.stranger.example.')}", "open"),
    ("web", "", "", "no route"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("to", "through", "records", "state"), ROUTES, ids=[f"{r[0]}-{r[3]}-{n}" for n, r in enumerate(ROUTES)]
)
def test_how_the_route_of_a_split_ends(to: str, through: str, records: str, state: str) -> None:
    way = f", through: {through}" if through else ""
    facts = declared(
        f"{SYSTEMS}  example.com: {{receives: exchange, split: [{{to: {to}{way}}}]}}\nrecords:\n{HOST}{records}"
    )

    (route,) = facts.flow(facts.entries[0]).routes
    assert route.state == state
    assert "mx1.web.example" not in route.why


@pytest.mark.parametrize(
    ("system", "state", "is_told"),
    [("{dkim: [s1]}", "unknown", True), ("{dkim: [s1], envelope: b.example.net}", "present", False)],
)
def test_a_sender_of_which_nobody_says_what_it_sends_from_asks_for_its_term(
    system: str, state: str, is_told: bool
) -> None:
    facts = declared(
        f"zone: example.com\nsystems: {{one: {system}}}\nmail: {{example.com: {{sends: [one]}}}}\nrecords:\n"
        f"{spf('v=spf1 -all')}"
    )

    record = one(list(required(facts.facts, facts.entries[0])), "send")

    assert (record.state, record.values) == (state, () if is_told else ("v=spf1 -all",))
    assert ("the SPF term of `one`" in record.hint) is is_told


@pytest.mark.parametrize(
    ("records", "place", "state"),
    [
        (DMARC % "p=none" + "  _dmarc.x: {type: TXT, value: v=DMARC1; p=reject}\n", "_dmarc.x.example.com.", "present"),
        (DMARC % "p=none", "_dmarc.example.com.", "present"),
        ("  x: {type: A, value: 50.0.0.1}\n", "_dmarc.example.com.", "missing"),
    ],
)
def test_the_policy_stands_where_it_governs_the_name(records: str, place: str, state: str) -> None:
    found = asked("  x.example.com: {sends: [relay]}\n", records, "x.example.com.")

    record = one(found, "policy")
    assert (record.name, record.state) == (place, state)


DISCOVERED = [
    ("  autodiscover: {type: CNAME, value: mail.example.com.}\n", "CNAME", "autodiscover", "mail.example.com."),
    ("  autodiscover: {type: A, value: 50.0.0.25}\n", "A", "autodiscover", "50.0.0.25"),
    ("  autodiscover: {type: A, value: 50.0.0.77}\n", "A", "autodiscover", "50.0.0.77"),
    ("  _autodiscover._tcp: {type: SRV, value: {priority: 0, weight: 1, port: 443, target: mail.example.com.}}\n",
     "SRV", "_autodiscover._tcp", "0 1 443 mail.example.com."),
    ("", "CNAME", "autodiscover", "mail.example.com."),
]  # fmt: skip


@pytest.mark.parametrize(("records", "kind", "name", "value"), DISCOVERED)
def test_autodiscover_keeps_the_form_in_which_it_stands(records: str, kind: str, name: str, value: str) -> None:
    """An address is not a value for a CNAME, and a service record needs no alias beside it."""
    record = one(asked("  example.com: {receives: exchange}\n", HOST + records), "autodiscover")

    assert (record.type, record.name, record.values) == (kind, f"{name}.example.com.", (value,))


BEHIND = "  example.com: {receives: exchange, behind: web, sends: [exchange]}\n"
MOVING = [
    ("v=spf1 mx -all", "v=spf1 mx ip4:50.0.0.25 -all"),
    ("v=spf1 ip4:50.0.0.25 -all", "v=spf1 ip4:50.0.0.25 -all"),
    ("v=spf1 mx a:mail.example.com -all", "v=spf1 mx a:mail.example.com -all"),
]


@pytest.mark.parametrize(("stands", "wanted"), MOVING)
@pytest.mark.parametrize(("host", "is_right"), [("mail.example.com.", False), ("mx1.web.example.", True)])
def test_spf_is_asked_for_as_the_wanted_mx_will_have_it(stands: str, wanted: str, host: str, is_right: bool) -> None:
    """`mx` authorises the mail server only as long as the MX names it."""
    systems = SYSTEMS.replace("spf: mx,", "spf: 'ip4:50.0.0.25',").replace(", mx2.web.example]", "]")
    zone = f"{systems}{BEHIND}records:\n{HOST}  '':\n{mx(host)}    - {{type: TXT, value: '{stands}'}}\n"
    facts = declared(zone)
    entry = facts.of("example.com.")
    assert entry is not None
    record = one(list(required(facts.facts, entry)), "send")

    assert record.values == ((stands,) if is_right else (wanted,))
    assert is_right or (record.state == "differs") is (stands != wanted)


BOUNCING = SYSTEMS.replace("relay: {", "relay: {envelope: bounce.example.com, ")


@pytest.mark.parametrize(
    ("records", "state", "wanted"),
    [
        ("", "missing", "v=spf1 ip4:50.0.0.9 -all"),
        ("  bounce: {type: TXT, value: 'v=spf1 ip4:50.0.0.9 -all'}\n", "present", "v=spf1 ip4:50.0.0.9 -all"),
        ("  bounce: {type: TXT, value: 'v=spf1 -all'}\n", "differs", "v=spf1 ip4:50.0.0.9 -all"),
        ("  bounce: {type: CNAME, value: u1.letters.example.}\n", None, ""),
    ],
)
def test_a_mail_from_of_its_own_needs_spf(records: str, state: str | None, wanted: str) -> None:
    facts = declared(f"{BOUNCING}  example.com: {{sends: [relay]}}\nrecords:\n{HOST}{records}")
    entry = facts.of("example.com.")
    assert entry is not None
    found = [each for each in required(facts.facts, entry) if each.name == "bounce.example.com."]

    assert [(each.state, each.values, each.system) for each in found] == (
        [(state, (wanted,), "relay")] if state else []
    )
