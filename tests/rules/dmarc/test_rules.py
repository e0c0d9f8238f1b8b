"""DMARC rules where their manuals' examples do not reach: odd names, odd sets, and what must stay silent."""

import pytest

from tests.rules.conftest import CheckZone

RIGHT = "_dmarc: {type: TXT, value: 'v=DMARC1\\; p=reject\\; rua=mailto:d@reports.example.net'}\n"
SPF = "{type: TXT, value: 'v=spf1 include:_spf.mail.example.net -all'}"
MX = "{type: MX, value: {preference: 10, exchange: mx1.mail.example.net.}}"
MAIL = f"  - {MX}\n  - {SPF}\n"


def said(zone: str, check_zone: CheckZone, config: str = "") -> list[tuple[str, str, int, str]]:
    """Rule, severity, line and words of every finding of this family."""
    return [
        (
            each.rule.removeprefix("dmarc-"),
            each.severity,
            each.span.source.position(each.span.start).line,
            f"{each.message} ({each.help})",
        )
        for each in check_zone(zone, config=config)
        if each.rule.startswith("dmarc-")
    ]


def at(name: str, *texts: str) -> str:
    """A zone with TXT values at one name, each on a line of its own from line 4 on."""
    values = "".join(f"    - '{text}'\n" for text in texts)
    return f"{name}:\n  type: TXT\n  values:\n{values}"


POLICY = "v=DMARC1\\; p=reject\\; rua=mailto:d@reports.example.net"

WRONG_NAMES = [
    ("''", "`_dmarc.example.com`"),
    ("www", "`_dmarc.www.example.com`"),
    ("DMARC", "`_dmarc.example.com`"),
    ("dmarc", "`_dmarc.example.com`"),
    ("dmarc.mail", "`_dmarc.mail.example.com`"),
    ("_damrc", "`_dmarc.example.com`"),
    ("_dmrac", "`_dmarc.example.com`"),
    ("_dmar", "`_dmarc.example.com`"),
    ("__dmarc", "`_dmarc.example.com`"),
    ("_dmark.mail", "`_dmarc.mail.example.com`"),
    ("mail._dmarc", "`_dmarc.mail.example.com`"),
    ("_dmarc._dmarc", "`_dmarc.example.com`"),
    ("'*._dmarc'", "`_dmarc.example.com`"),
    ("'*._dmarc.mail'", "`_dmarc.mail.example.com`"),
    ("'_dmarc.*'", "`_dmarc.example.com`"),
    ("_domainkey", "`_dmarc.example.com`"),
    ("s1._domainkey.mail", "`_dmarc.mail.example.com`"),
    ("_report._dmarc", "`*._report._dmarc.example.com`"),
    ("example.net._reports._dmarc", "`example.net._report._dmarc.example.com`"),
]


@pytest.mark.parametrize(("name", "right"), WRONG_NAMES, ids=[name for name, _ in WRONG_NAMES])
def test_a_record_at_a_wrong_name_is_told_its_right_one(name: str, right: str, check_zone: CheckZone) -> None:
    found = said(at(name, POLICY), check_zone)

    assert [(rule, severity, line) for rule, severity, line, _ in found] == [("wrong-name", "error", 4)]
    assert f"publish it at {right}" in found[0][3]


QUIET_NAMES = [
    "_dmarc",
    "_dmarc.mail",
    "_dmarc_parked",
    "_dmarc-parked.policies",
    "_dmarc_p",
    "_policy",
    "example.net._report._dmarc",
    "'*._report._dmarc'",
    "example.net._d",
    "'*'",
    "'*.mail'",
]


@pytest.mark.parametrize("name", QUIET_NAMES)
def test_a_record_is_left_alone_where_receivers_may_find_it(name: str, check_zone: CheckZone) -> None:
    assert said(at(name, POLICY), check_zone) == []


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("example.net._dmarc", "`example.net._report._dmarc.example.com`"),
        ("example.net.report._dmarc", "`example.net._report._dmarc.example.com`"),
        ("'*._dmarc'", "`*._report._dmarc.example.com`"),
    ],
)
def test_a_record_that_authorises_reports_belongs_below_report(name: str, right: str, check_zone: CheckZone) -> None:
    [(rule, _, _, words)] = said(at(name, "v=DMARC1\\;"), check_zone)

    assert rule == "wrong-name"
    assert right in words


@pytest.mark.parametrize("text", ["v=DMARC1\\; p=rejct", "v=dmarc1\\; p=none", "v=DMARC1\\; p=none"])
def test_what_a_wildcard_answers_is_left_to_another_rule(text: str, check_zone: CheckZone) -> None:
    assert said(at("'*'", text), check_zone) == []


@pytest.mark.parametrize("target", ["dmarc.example.com.", "example.com.", "p.example.com."])
@pytest.mark.parametrize("alias", ["_dmarc.shop", "_dmarc"])
def test_the_target_of_a_dmarc_alias_is_a_right_name(target: str, alias: str, check_zone: CheckZone) -> None:
    name = target.removesuffix("example.com.").rstrip(".") or "''"
    other = f"# file: example.org.yaml\n{alias}: {{type: CNAME, value: {target}}}\n"

    assert said(f"# file: example.com.yaml\n{at(name, POLICY)}{other}", check_zone) == []


def test_aliases_are_followed_back_over_others(check_zone: CheckZone) -> None:
    zone = at("dmarc", POLICY) + "p: {type: CNAME, value: dmarc.example.com.}\n"
    zone += "_dmarc.shop: {type: CNAME, value: p.example.com.}\n"

    assert said(zone, check_zone) == []


def test_a_loop_of_aliases_ends(check_zone: CheckZone) -> None:
    zone = at("dmarc", POLICY) + "a: {type: CNAME, value: dmarc.example.com.}\n"
    zone += "dmarc2: {type: CNAME, value: a.example.com.}\na.b: {type: CNAME, value: a.b.example.com.}\n"

    assert [rule for rule, *_ in said(zone, check_zone)] == ["wrong-name"]


def test_beside_a_right_record_a_wrong_name_is_a_warning(check_zone: CheckZone) -> None:
    [(rule, severity, line, words)] = said(at("''", POLICY) + RIGHT, check_zone)

    assert (rule, severity, line) == ("wrong-name", "warning", 4)
    assert "the record at `_dmarc.example.com` is the one that receivers use" in words


def test_where_the_right_name_leads_elsewhere_a_wrong_name_is_a_warning(check_zone: CheckZone) -> None:
    zone = at("''", POLICY) + "_dmarc: {type: CNAME, value: example.com.hosted.example.net.}\n"

    assert [(rule, severity) for rule, severity, *_ in said(zone, check_zone)] == [("wrong-name", "warning")]


def test_a_near_miss_at_a_wrong_name_is_told_both_in_one_finding(check_zone: CheckZone) -> None:
    [(rule, _, _, words)] = said(at("''", "v=dmarc1\\; p=reject"), check_zone)

    assert rule == "wrong-name"
    assert "and fix it: `dmarc1` is not `DMARC1` letter for letter" in words


def test_two_texts_at_one_wrong_name_are_one_finding(check_zone: CheckZone) -> None:
    zone = at("''", POLICY, "v=dmarc1\\; p=none", "v=DMARC1\\; p=quarentine")

    assert [(rule, line) for rule, _, line, _ in said(zone, check_zone)] == [("wrong-name", 4)]


POLICIES: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("v=DMARC1\\; p=none\\; rua=mailto:d@reports.example.net", [("policy-none", "info", "")]),
    ("v=DMARC1\\; p=none\\; rua=d@reports.example.net", [("policy-none", "info", ""), ("invalid-uri", "error", "")]),
    ("v=DMARC1\\; p=none\\; ruf=mailto:d@reports.example.net", [("none-without-reports", "warning", "")]),
    ("v=DMARC1\\; p=none\\; p=reject", [("duplicate-tag", "error", "")]),
    ("v=DMARC1\\; p=reject", []),
    ("v=DMARC1", [("invalid-value", "error", "apply no DMARC at all")]),
    ("v=DMARC1\\; p=quarentine", [("invalid-value", "error", "apply no DMARC at all")]),
    (
        "v=DMARC1\\; p=quarantine\\; sp=none\\; np=none",
        [("subdomains-weaker", "warning", "`sp=none` is weaker than `p=quarantine`")],
    ),
    (
        "v=DMARC1\\; p=reject\\; sp=reject\\; np=quarantine",
        [("subdomains-weaker", "warning", "applies to all subdomains that do not exist")],
    ),
    ("v=DMARC1\\; p=none\\; sp=reject\\; rua=mailto:d@reports.example.net", [("policy-none", "info", "")]),
    ("v=DMARC1\\; p=quarantine\\; sp=reject\\; np=reject", []),
    ("v=DMARC1\\; p=reject\\; pct=100", [("historic-tag", "info", "")]),
    ("v=DMARC1\\; p=reject\\; pct=0", [("historic-tag", "warning", "0 % of it")]),
    ("v=DMARC1\\; p=reject\\; ri=3600", [("historic-tag", "info", "")]),
    ("v=DMARC1\\; p=reject\\; ri=3600\\; pct=50", [("historic-tag", "info", "ri"), ("historic-tag", "warning", "pct")]),
    ("v=DMARC1\\; p=quarantine\\; t=y", [("historic-tag", "warning", "apply `none` instead of `p=quarantine`")]),
    ("v=DMARC1\\; p=reject\\; t=n", []),
    (
        "v=DMARC1\\; p=none\\; t=y\\; pct=50\\; rua=mailto:d@reports.example.net",
        [("policy-none", "info", ""), ("historic-tag", "info", "")],
    ),
    (
        "v=DMARC1\\; p=none\\; sp=reject\\; t=y\\; rua=mailto:d@reports.example.net",
        [("policy-none", "info", ""), ("historic-tag", "warning", "`sp=reject`")],
    ),
    ("v=DMARC1\\; p=rejct\\; t=y", [("invalid-value", "error", "")]),
    ("v=DMARC1\\; p=rejct\\; sp=reject\\; t=y", [("invalid-value", "error", "")]),
    ("v=DMARC1\\; p=reject\\; sp=rejct\\; t=y", [("invalid-value", "error", "")]),
    ("v=DMARC1\\; p=reject\\; psd=n", []),
]


@pytest.mark.parametrize(("text", "expected"), POLICIES, ids=[text.replace("\\", "") for text, _ in POLICIES])
def test_one_policy(text: str, expected: list[tuple[str, str, str]], check_zone: CheckZone) -> None:
    found = said(at("_dmarc", text), check_zone)

    assert [(rule, severity, 4) for rule, severity, _ in expected] == [each[:3] for each in found]
    assert all(words in each[3] for (_, _, words), each in zip(expected, found, strict=True))


def test_a_policy_at_the_target_of_aliases_is_judged_as_one(check_zone: CheckZone) -> None:
    zone = at("_dmarc_parked", "v=DMARC1\\; p=rejct", "nv=DMARC1\\; p=none")

    assert [(rule, line) for rule, _, line, _ in said(zone, check_zone)] == [("invalid-value", 4), ("version", 5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("v=DMARC1", []),
        ("v=DMARC1\\;", []),
        ("v=DMARC1\\; rua=mailto:d@example.com", []),
        ("v=DMARC1\\; p=none", []),
        ("v=DMARC1\\;\\;", ["syntax"]),
        ("v=DMARC", ["version"]),
        ("v=dmarc1\\;", ["version"]),
    ],
)
@pytest.mark.parametrize("name", ["example.net._report._dmarc", "'*._report._dmarc'"])
def test_a_record_that_authorises_reports_needs_no_policy(
    name: str, text: str, expected: list[str], check_zone: CheckZone
) -> None:
    assert expected == [rule for rule, *_ in said(at(name, text), check_zone)]


def test_several_authorisations_are_no_fault(check_zone: CheckZone) -> None:
    assert said(at("example.net._report._dmarc", "v=DMARC1", "v=DMARC1\\;"), check_zone) == []


def test_an_authorisation_behind_an_alias_needs_no_policy(check_zone: CheckZone) -> None:
    zone = at("authorised", "v=DMARC1\\;")
    zone += "example.net._report._dmarc: {type: CNAME, value: authorised.example.com.}\n"

    assert said(zone, check_zone) == []


SETS: list[tuple[str, tuple[str, ...], list[tuple[str, int]]]] = [
    ("two records", ("v=DMARC1\\; p=none", POLICY), [("multiple-records", 5)]),
    ("three records", ("v=DMARC1\\; p=none", POLICY, "v=DMARC1\\; p=none"), [("multiple-records", 5)]),
    ("the same text twice", (POLICY, POLICY), []),
    ("the same fault twice", ("v=DMARC1\\; p=rejct", "v=DMARC1\\; p=rejct"), [("invalid-value", 4)]),
    ("a record and other text", (POLICY, "google-site-verification=abc"), []),
    ("two records, each with a fault", ("v=DMARC1\\; p=rejct", "v=DMARC1\\; p=none\\; sp=x"), [
        ("invalid-value", 4), ("multiple-records", 5), ("invalid-value", 5)]),
    ("cut at every semicolon", ("v=DMARC1", "p=reject", "rua=mailto:d@reports.example.net"), [("split-values", 4)]),
    ("a piece with a literal quote", ("v=DMARC1", 'p=reject"'), [("split-values", 4)]),
    ("cut once", ("v=DMARC1\\; p=none", "rua=mailto:d@reports.example.net"), [("split-values", 4)]),
    ("pieces in another order", ("rua=mailto:d@reports.example.net", "p=reject", "v=DMARC1\\;"), [("split-values", 6)]),
    ("pieces and other text", ("google-site-verification=abc", "v=DMARC1", "p=none"), [("split-values", 5)]),
    ("cut in a list of URIs", ("v=DMARC1\\; p=none\\; rua=mailto:d@a.example", "mailto:d@b.example\\; sp=none"),
     [("split-values", 4)]),
    ("a URI beside a record without any", ("v=DMARC1\\; p=reject", "mailto:d@b.example"), []),
    ("a policy beside a whole record", (POLICY, "p=none"), [("version", 5)]),
    ("pieces without a version", ("p=reject", "rua=mailto:d@reports.example.net"), [("version", 4)]),
    ("pieces of two records", ("v=DMARC1", "p=reject", POLICY), [
        ("invalid-value", 4), ("version", 5), ("multiple-records", 6)]),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "expected"), [row[1:] for row in SETS], ids=[row[0] for row in SETS])
def test_several_values_at_one_name(
    texts: tuple[str, ...], expected: list[tuple[str, int]], check_zone: CheckZone
) -> None:
    assert expected == [(rule, line) for rule, _, line, _ in said(at("_dmarc", *texts), check_zone)]


def test_two_entries_of_a_list_are_one_set(check_zone: CheckZone) -> None:
    zone = f"_dmarc:\n  - {{type: TXT, value: '{POLICY}'}}\n  - {{type: TXT, value: 'v=DMARC1\\; p=none'}}\n"

    assert [(rule, line) for rule, _, line, _ in said(zone, check_zone)] == [("multiple-records", 3)]


def test_a_multiple_record_says_what_both_generations_do(check_zone: CheckZone) -> None:
    [(*_, words)] = said(at("_dmarc", POLICY, "v=DMARC1\\; p=none"), check_zone)

    assert "old receivers apply none of them, new ones go on to the parent domain's" in words


def test_literal_quotes_are_left_to_their_own_rule(check_zone: CheckZone) -> None:
    assert said("_dmarc:\n  type: TXT\n  value: '\\\"v=DMARC1\\; p=reject\\\"'\n" + f"'':\n{MAIL}", check_zone) == []


SUBDOMAIN = "_dmarc.shop: {type: TXT, value: 'v=DMARC1\\; p=reject\\; sp=none\\; rua=mailto:d@reports.example.net'}\n"
ORGANISATION = [
    ("below a record of the organisation", RIGHT + SUBDOMAIN, [("sp-without-effect", "info")]),
    ("no record of the organisation", SUBDOMAIN, [("subdomains-weaker", "warning")]),
    (
        "the organisation's record is elsewhere",
        SUBDOMAIN + "_dmarc: {type: CNAME, value: p.example.net.}\n",
        [("subdomains-weaker", "warning")],
    ),
    (
        "an organisation of its own",
        RIGHT + SUBDOMAIN.replace("sp=none", "sp=none\\; psd=n"),
        [("subdomains-weaker", "warning")],
    ),
    ("np below the organisation", RIGHT + SUBDOMAIN.replace("sp=none", "np=reject"), [("sp-without-effect", "info")]),
    ("no sp", RIGHT + SUBDOMAIN.replace("sp=none", "adkim=s"), []),
]


@pytest.mark.parametrize(("zone", "expected"), [row[1:] for row in ORGANISATION], ids=[row[0] for row in ORGANISATION])
def test_sp_below_an_organisational_domain(zone: str, expected: list[tuple[str, str]], check_zone: CheckZone) -> None:
    assert expected == [(rule, severity) for rule, severity, *_ in said(zone, check_zone)]


@pytest.mark.parametrize(("name", "expected"), [("co.uk", []), ("gov.uk", []), ("example.gov.uk", ["psd-misused"])])
def test_psd_is_for_public_suffixes(name: str, expected: list[str], check_zone: CheckZone) -> None:
    text = "v=DMARC1\\; p=reject\\; psd=y"
    found = check_zone(at("_dmarc", text), name=f"{name}.yaml")

    assert [f"dmarc-{rule}" for rule in expected] == [each.rule for each in found]


MISSING: list[tuple[str, str, list[tuple[int, str]]]] = [
    ("MX", f"'':\n{MAIL}", [(2, "`example.com` has MX but no DMARC record (")]),
    ("MX and a policy", f"'':\n{MAIL}{RIGHT}", []),
    ("an inherited policy", f"mail:\n{MAIL}{RIGHT}", []),
    ("a policy that a wildcard answers", f"shop:\n{MAIL}" + at("'*'", POLICY), []),
    (
        "SPF that authorises senders",
        f"shop: {SPF}\n",
        [(1, "`shop.example.com` sends mail by its SPF but has no DMARC")],
    ),
    ("SPF that lets nobody send", "shop: {type: TXT, value: v=spf1 -all}\n", []),
    ("SPF to be included", f"_spf: {SPF}\nspf._mail: {SPF}\n", []),
    ("a null MX", "'':\n  - {type: MX, value: {preference: 0, exchange: .}}\n", []),
    (
        "a null MX and SPF that authorises senders",
        f"'':\n  - {{type: MX, value: {{preference: 0, exchange: .}}}}\n  - {SPF}\n",
        [(3, "sends mail by its SPF")],
    ),
    ("a wildcard", f"'*':\n{MAIL}'*.mail':\n{MAIL}", []),
    ("a name with an underscore", f"_mail:\n{MAIL}", []),
    ("meant, and no record", f"'':\n{MAIL}{at('_dmarc', 'v=dmarc1; p=none')}", []),
    ("meant, and several", f"'':\n{MAIL}{at('_dmarc', 'v=DMARC1; p=none', POLICY)}", []),
    ("meant, and in pieces", f"'':\n{MAIL}{at('_dmarc', 'v=DMARC1', 'p=reject')}", []),
    ("meant, and at a wrong name", f"'':\n{MAIL}{at('dmarc', POLICY)}", []),
    ("meant for the domain above", f"mail:\n{MAIL}{at('dmarc', POLICY)}", []),
    ("meant for another", f"'':\n{MAIL}{at('dmarc.shop', POLICY)}", [(2, "`example.com`")]),
    ("behind a CNAME to a zone that is not here", f"'':\n{MAIL}_dmarc: {{type: CNAME, value: p.example.net.}}\n", []),
    ("left to the provider", f"'':\n{MAIL}_dmarc: {{octodns: {{ignored: true}}, type: TXT, value: x}}\n", []),
    ("delegated away", f"shop:\n  - {MX}\n  - {{type: NS, value: ns1.example.net.}}\n", []),
    (
        "many names of one organisation are one finding",
        f"a.shop:\n{MAIL}b:\n{MAIL}'':\n{MAIL}c: {SPF}\n",
        [(8, "`example.com` has MX but no DMARC record; 3 more names have none either (")],
    ),
    (
        "two names below an organisation",
        f"a:\n{MAIL}b:\n{MAIL}",
        [
            (
                2,
                "no DMARC record, neither its own nor one of `example.com`; 1 more name has none either",
            )
        ],
    ),
]


@pytest.mark.parametrize(("zone", "expected"), [row[1:] for row in MISSING], ids=[row[0] for row in MISSING])
def test_whether_a_record_is_missing(zone: str, expected: list[tuple[int, str]], check_zone: CheckZone) -> None:
    found = [(line, words) for rule, _, line, words in said(zone, check_zone) if rule == "missing"]

    assert [line for line, _ in expected] == [line for line, _ in found]
    assert all(words in message for (_, words), (_, message) in zip(expected, found, strict=True))


ESTATES = [
    ("the zone above is not here", "# file: shop.example.com.yaml\n", []),
    (
        "the zone above has a record",
        f"# file: example.com.yaml\n{RIGHT}# file: shop.example.com.yaml\n",
        ["enforced-without-dkim"],
    ),
    (
        "the zone above has what was meant as one",
        "# file: example.com.yaml\n_dmarc: {type: TXT, value: 'nv=DMARC1\\; p=none'}\n# file: shop.example.com.yaml\n",
        ["version"],
    ),
    ("the zone above has none", "# file: example.com.yaml\nwww: {}\n# file: shop.example.com.yaml\n", ["missing"]),
    (
        "the zone above leads elsewhere",
        "# file: example.com.yaml\n_dmarc: {type: CNAME, value: p.example.net.}\n# file: shop.example.com.yaml\n",
        [],
    ),
    ("the public suffix is not here", "# file: example.gov.uk.yaml\n", ["missing"]),
    ("the organisation is not here", "# file: shop.example.gov.uk.yaml\n", []),
]


@pytest.mark.parametrize(("files", "expected"), [row[1:] for row in ESTATES], ids=[row[0] for row in ESTATES])
def test_what_lies_in_zones_that_are_not_here_is_unknown(
    files: str, expected: list[str], check_zone: CheckZone
) -> None:
    files = files.replace("www: {}", "www: {type: A, value: 192.0.2.80}")

    assert expected == [rule for rule, *_ in said(f"{files}'':\n{MAIL}", check_zone)]


def test_reports_are_asked_for_where_the_rule_is_on(check_zone: CheckZone) -> None:
    config = "rules: {dmarc-no-reports: warning}\n"

    assert [rule for rule, *_ in said(at("_dmarc", "v=DMARC1\\; p=reject"), check_zone, config)] == ["no-reports"]
    assert said(at("_dmarc", "v=DMARC1\\; p=reject\\; rua=d@example.net"), check_zone, config)[0][0] == "invalid-uri"
    assert said(at("_dmarc", POLICY), check_zone, config) == []


def test_a_zone_of_many_names_is_checked(check_zone: CheckZone) -> None:
    zone = "".join(f"h{number}: {MX}\n" for number in range(300))

    [(rule, _, line, words)] = said(zone, check_zone)

    assert (rule, line) == ("missing", 1)
    assert "299 more names have none either" in words
