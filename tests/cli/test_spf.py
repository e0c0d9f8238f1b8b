"""`mailzone spf` as people run it: the tree, the evaluation, both formats, exit statuses, and odd input."""

import json
from pathlib import Path
from typing import Any

import pytest

from linter.cli.main import main

from .conftest import Run

ZONE = """\
'':
  - type: TXT
    value: v=spf1 include:_spf.example.net mx a:gone.example.com -all ip4:192.0.2.9 foo=bar exp=why.example.com
  - type: MX
    value: {preference: 10, exchange: mail.example.com.}
mail: {type: A, value: 192.0.2.25}
why: {type: TXT, value: "%{i} is not ours"}
loop: {type: TXT, value: v=spf1 include:loop2.example.com -all}
loop2: {type: TXT, value: v=spf1 redirect=loop.example.com}
far: {type: TXT, value: v=spf1 include:_spf.unknown.example a:host.unknown.example ~all}
many: {type: TXT, value: v=spf1 a:mail.example.com mx ptr a mx ptr a mx ptr a ptr -all}
broken: {type: TXT, value: v=spf1 nclude:x.example -all}
two: {type: TXT, values: [v=spf1 a -all, v=spf1 mx -all]}
text: {type: TXT, value: hello}
macro: {type: TXT, value: "v=spf1 include:%{i}._spf.example.com -all"}
"""
ANSWERS = """\
version: 1
answers:
  _spf.example.net:
    TXT: {ttl: 300, seen: 2026-11-23, values: ["v=spf1 ip4:198.51.100.0/24 include:deep.example.net ?all"]}
  deep.example.net:
    TXT: ["v=spf1 exists:%{i}.list.example.net -all"]
  192.0.2.25.list.example.net: nxdomain
"""


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A zone and a file of recorded answers, side by side."""
    (tmp_path / "example.com.yaml").write_text(ZONE)
    (tmp_path / "answers.yml").write_text(ANSWERS)
    return tmp_path


def document(mailzone: Run, *arguments: str) -> dict[str, Any]:
    ran = mailzone("spf", *arguments, "-f", "json")
    assert ran.err == ""
    found = json.loads(ran.out)
    assert isinstance(found, dict)
    return found


@pytest.mark.usefixtures("world")
def test_the_tree_is_drawn_with_costs_totals_sources_and_voids(mailzone: Run) -> None:
    ran = mailzone("spf", "example.com", "example.com.yaml", "--answers", "answers.yml")

    assert (ran.status, ran.err) == (0, "")
    assert (
        ran.out
        == """\
example.com.  (example.com.yaml:3)
v=spf1 include:_spf.example.net mx a:gone.example.com -all ip4:192.0.2.9 foo=bar exp=why.example.com

 cost  total  term
    3      3  include:_spf.example.net  -- answers.yml:4
    0      1    ip4:198.51.100.0/24
    2      3    include:deep.example.net  -- answers.yml:6
    1      3      exists:%{i}.list.example.net
    0      3      -all
    0      3    ?all
    1      4  mx  -- 1 mail host
    1      5  a:gone.example.com  -- void: gone.example.com.
    0      5  -all
    0      5  ip4:192.0.2.9  -- never read: it stands behind `all`
    0      5  foo=bar  -- no effect: an unknown modifier
    0      5  exp=why.example.com

lookups: 5 of at most 10
void lookups: 1 of at most 2
"""
    )


@pytest.mark.usefixtures("world")
def test_json_keeps_its_contract(mailzone: Run) -> None:
    found = document(mailzone, "Example.COM.", "--answers", "answers.yml")

    voids = ["void_lookups", "void_lookups_ipv4", "void_lookups_ipv6"]
    assert list(found) == ["domain", "record", "lookups", *voids, "unknown", "problems", "tree"]
    assert (found["domain"], found["record"][:13]) == ("example.com.", "v=spf1 includ")
    assert (found["lookups"], found["void_lookups"], found["unknown"]) == ({"min": 5, "max": 5}, 1, [])
    first = found["tree"]["terms"][0]
    assert (first["term"], first["lookups"], first["total"]) == (
        "include:_spf.example.net",
        {"min": 3, "max": 3},
        {"min": 3, "max": 3},
    )
    assert first["records"][0]["source"] == {"path": "answers.yml", "line": 4}
    assert [term["total"]["min"] for term in first["records"][0]["terms"]] == [1, 3, 3]


@pytest.mark.usefixtures("world")
def test_names_that_nobody_knows_are_listed(mailzone: Run) -> None:
    ran = mailzone("spf", "far.example.com")

    assert ran.status == 0
    assert "not counted, since nobody here knows their records: _spf.unknown.example.\n" in ran.out
    assert document(mailzone, "far.example.com")["unknown"] == ["_spf.unknown.example."]


UNKNOWN_PARTS = """\
lookups: at least 3 of at most 10
"""


def test_what_is_not_known_makes_a_number_the_least(mailzone: Run, world: Path) -> None:
    (world / "example.com.yaml").write_text(
        "'': {type: TXT, value: v=spf1 include:a.example.com a -all}\n"
        "a: {type: TXT, value: v=spf1 include:far.example ip4:192.0.2.1 -all}\n"
    )
    ran = mailzone("spf", "example.com")
    found = document(mailzone, "example.com")

    assert "\n   2+     2+  include:a.example.com  -- example.com.yaml:2\n" in ran.out
    assert "\n    1     3+  a" in ran.out
    assert UNKNOWN_PARTS in ran.out
    assert found["lookups"] == {"min": 3, "max": None}
    include, own, stop = found["tree"]["terms"]
    assert (include["lookups"], include["total"]) == ({"min": 2, "max": None}, {"min": 2, "max": None})
    assert (own["lookups"], own["total"]) == ({"min": 1, "max": 1}, {"min": 3, "max": None})
    assert stop["total"] == {"min": 3, "max": None}
    assert include["records"][0]["lookups"] == {"min": 1, "max": None}
    for form in ("markdown", "html", "mermaid"):
        assert "at least 3" in mailzone("spf", "example.com", "-f", form).out


SENDERS = [
    ("x@other.example", "example.com", "other.example.", "fail"),
    ("x@OTHER.example.", "example.com", "other.example.", "fail"),
    ("x@sub.example.com", "example.com", "sub.example.com.", "none"),
    ("", "other.example", "other.example.", "fail"),
    ("x@example.com", "other.example", "example.com.", "pass"),
    ("a@b@example.com", "other.example", "example.com.", "pass"),
    ("postmaster", "other.example", "example.com.", "pass"),
]


@pytest.mark.parametrize(("sender", "helo", "evaluated", "result"), SENDERS)
def test_the_domain_of_mail_from_is_evaluated_as_receivers_do(
    mailzone: Run, world: Path, sender: str, helo: str, evaluated: str, result: str
) -> None:
    (world / "example.com.yaml").write_text("'': {type: TXT, value: v=spf1 ip4:192.0.2.1 -all}\n")
    (world / "other.example.yaml").write_text("'': {type: TXT, value: v=spf1 -all}\n")
    arguments = ("example.com", "--ip", "192.0.2.1", "--sender", sender, "--helo", helo)
    found = document(mailzone, *arguments)

    assert (found["trace"]["domain"], found["result"]) == (evaluated, result)
    assert (f"evaluated: the SPF record of {evaluated}, " in mailzone("spf", *arguments).out) == (
        evaluated != "example.com."
    )


EXPECTED = [
    (0, "pass", "192.0.2.25", ""),
    (0, "PASS", "192.0.2.25", ""),
    (1, "fail", "192.0.2.25", "the result is pass, not fail"),
    (1, "pass", "203.0.113.1", "the result is unknown, not pass"),
    (2, "pas", "192.0.2.25", "did you mean `pass`?"),
    (2, "soft-fail", "192.0.2.25", "did you mean `softfail`?"),
    (2, "", "192.0.2.25", "expected one of `pass`, `fail`"),
    (2, "pass", "", "`--expect` is the result for a client; give its address with `--ip`"),
]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(("status", "expected", "address", "words"), EXPECTED)
def test_the_expected_result_sets_the_exit_status(
    mailzone: Run, status: int, expected: str, address: str, words: str
) -> None:
    given = ["--ip", address] if address else []
    ran = mailzone("spf", "example.com", "--answers", "answers.yml", "--expect", expected, *given)

    assert (ran.status, words in ran.err, bool(ran.err)) == (status, True, bool(words))


def test_a_result_that_is_an_error_may_be_the_expected_one(mailzone: Run, world: Path) -> None:
    (world / "example.com.yaml").write_text("'': {type: TXT, value: v=spf1 nclude:x.example -all}\n")

    assert mailzone("spf", "example.com", "--ip", "192.0.2.1", "--expect", "permerror").status == 0


@pytest.mark.usefixtures("world")
def test_macros_make_a_range(mailzone: Run) -> None:
    assert document(mailzone, "macro.example.com")["lookups"] == {"min": 1, "max": 11}


@pytest.mark.parametrize(
    ("result", "arguments"),
    [
        ("pass", ["--ip", "192.0.2.25"]),
        ("pass", ["--ip", "198.51.100.77"]),
        ("pass", ["--ip", "::ffff:192.0.2.25", "--sender", "a@example.com", "--helo", "mail.example.com"]),
        (None, ["--ip", "203.0.113.1"]),
    ],
)
@pytest.mark.usefixtures("world")
def test_an_address_is_evaluated(mailzone: Run, result: str | None, arguments: list[str]) -> None:
    found = document(mailzone, "example.com", "--answers", "answers.yml", *arguments)

    assert found["result"] == result
    assert found["unknown"] == ([] if result else ["203.0.113.1.list.example.net."])
    assert found["trace"]["domain"] == "example.com."
    assert "explanation" not in found


def test_a_fail_has_its_explanation_and_a_trace(mailzone: Run, world: Path) -> None:
    (world / "answers.yml").write_text(ANSWERS.replace("version: 1", "complete: true"))

    ran = mailzone(
        "spf", "example.com", "--answers", "answers.yml", "--ip", "203.0.113.1", "--sender", "", "--helo", "example.com"
    )

    assert (ran.status, ran.err) == (0, "")
    assert (
        ran.out.partition("\n\nclient ")[2]
        == """\
203.0.113.1, MAIL FROM <>, HELO example.com
 cost  total  term
    1      3  include:_spf.example.net  -- no match
    0      1    ip4:198.51.100.0/24  -- no match
    1      3    include:deep.example.net  -- no match
    1      3      exists:%{i}.list.example.net  -- no match; 203.0.113.1.list.example.net. A: nxdomain (void)
    0      3      -all  -- match
    0      3    ?all  -- match
    1      4  mx  -- no match; example.com. MX: 10 mail.example.com.; mail.example.com. A: 192.0.2.25
    1      5  a:gone.example.com  -- no match; gone.example.com. A: nxdomain (void)
    0      5  -all  -- match
    0      5  exp=why.example.com  -- why.example.com. TXT: %{i} is not ours

result: fail
explanation: 203.0.113.1 is not ours
lookups: 5, void lookups: 2
"""
    )


@pytest.mark.parametrize(
    ("status", "words", "arguments"),
    [
        (0, "lookups: 5 of", ["example.com", "--answers", "answers.yml"]),
        (1, "problem: `loop.example.com.`: `include:loop2.example.com` leads back", ["loop.example.com"]),
        (1, "problem: 11 lookups, 1 too many", ["many.example.com"]),
        (1, "problem: `broken.example.com.`: `nclude` is not a mechanism", ["broken.example.com"]),
        (1, "`two.example.com.` has more than one SPF record", ["two.example.com"]),
        (1, "result: permerror", ["two.example.com", "--ip", "192.0.2.1"]),
        (1, "result: permerror (the evaluation needs more than 10 lookups)", ["loop.example.com", "--ip", "192.0.2.1"]),
        (1, "result: unknown (nobody here knows", ["far.example.com", "--ip", "192.0.2.1"]),
        (0, "result: none (`nope.example.com.` has no SPF record)", ["nope.example.com", "--ip", "192.0.2.1"]),
        (0, "result: none (`a..b` is not a domain name", ["a..b", "--ip", "192.0.2.1"]),
        (2, "mailzone: `nope.example.com.` has no SPF record to count (nxdomain)", ["nope.example.com"]),
        (2, "mailzone: `text.example.com.` has no SPF record to count (nodata)", ["text.example.com"]),
        (2, "mailzone: it is unknown whether `x.example.` has an SPF record", ["x.example"]),
        (2, "`a..b` is not a domain name that can have", ["a..b"]),
        (2, "`localhost` is not a domain name", ["localhost"]),
        (2, "--ip: `192.0.2` is not an IP address", ["example.com", "--ip", "192.0.2"]),
        (2, "give its address with `--ip`", ["example.com", "--sender", "a@example.com"]),
        (2, "expected one of `text`, `json`, `markdown`, `html` or `mermaid`", ["example.com", "-f", "yaml"]),
        (2, "two formats for standard output", ["example.com", "-f", "text", "-f", "json"]),
        (2, "cannot read nowhere.yaml", ["example.com", "nowhere.yaml"]),
        (2, "cannot read nowhere.yaml", ["example.com", "--answers", "nowhere.yaml"]),
        (2, "no other PATH goes with it", ["example.com", "-", "example.com.yaml"]),
    ],
)
@pytest.mark.usefixtures("world")
def test_the_exit_status_tells_what_became_of_it(mailzone: Run, status: int, words: str, arguments: list[str]) -> None:
    ran = mailzone("spf", *arguments)

    assert (status, True) == (ran.status, words in ran.out + ran.err)


def test_a_mistake_in_an_answers_file_is_shown_with_its_place(mailzone: Run, world: Path) -> None:
    (world / "wrong.yml").write_text("version: 1\nanswers:\n  a.example: nxdomian\n  b.example: {TX: [x]}\n")

    ran = mailzone("spf", "example.com", "--answers", "wrong.yml")

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        "mailzone: wrong.yml:3:14: `nxdomian` is not a status of a name; expected one of `nxdomain`, `nodata`, "
        "`servfail` or `timeout`; did you mean `nxdomain`?",
        "mailzone: wrong.yml:4:15: `TX` is not a record type; did you mean `TXT`?",
    ]


def test_declared_zones_come_before_answers_and_answers_add_up(mailzone: Run, world: Path) -> None:
    (world / "first.yml").write_text(
        "complete: true\nanswers: {example.com: {TXT: [v=spf1 +all]}, _spf.example.net: nodata}\n"
    )

    found = document(mailzone, "example.com", "--answers", "first.yml", "--answers", "answers.yml")

    assert found["record"].startswith("v=spf1 include:")
    assert found["tree"]["terms"][0]["records"][0]["status"] == "nodata"


def test_zones_come_from_the_configuration_from_folders_and_from_standard_input(mailzone: Run, world: Path) -> None:
    (world / "zones").mkdir()
    (world / "zones" / "native.yaml").write_text("zone: example.org\nrecords:\n  '': {type: TXT, value: v=spf1 -all}\n")
    zone = "'': {type: TXT, value: v=spf1 redirect=example.org}\n"

    assert document(mailzone, "example.org", "zones")["record"] == "v=spf1 -all"
    assert document(mailzone, "example.org")["record"] == "v=spf1 -all"
    (world / ".mailzone.yaml").write_text("zones: [zones/*.yaml]\n")
    assert document(mailzone, "example.org")["record"] == "v=spf1 -all"
    assert mailzone("spf", "example.com").status == 2
    assert document(mailzone, "example.com", "--no-config")["record"] != "v=spf1 -all"
    ran = mailzone("spf", "example.net", "-", "--stdin-filename", "example.net.yaml", "-f", "json", stdin=zone)
    assert (ran.status, json.loads(ran.out)["lookups"]["min"]) == (0, 1)


def test_reports_go_into_files(mailzone: Run, world: Path) -> None:
    ran = mailzone("spf", "example.com", "-f", "text", "-f", "json=out.json")

    assert (ran.status, ran.err) == (0, "")
    assert json.loads((world / "out.json").read_text())["domain"] == "example.com."
    assert mailzone("spf", "example.com", "-f", "json=nowhere/out.json").status == 2


def records(**texts: str) -> str:
    names = {f"{name}.example": {"TXT": [text]} for name, text in texts.items()}
    return json.dumps({"complete": True, "answers": names}, ensure_ascii=False)


@pytest.mark.parametrize(
    "answers",
    [
        records(r="v=spf1 " + "a " * 10_000 + "-all"),
        records(r="v=spf1 include:" + "a." * 30_000 + "example -all"),
        records(r="v=spf1 " + "%{" * 30_000),
        records(r="v=spf1 😀 \u202e \x1b[31m \x07"),
        records(r="v=spf1 redirect=%{d} exp=%{p}%{p}"),
        records(
            r="v=spf1 include:r0.example",
            **{f"r{number}": f"v=spf1 include:r{number + 1}.example" for number in range(5_000)},
        ),
        records(**{f"r{number or ''}": f"v=spf1{f' include:r{number + 1}.example' * 2}" for number in range(200)}),
    ],
    ids=["terms", "long-name", "percents", "emoji", "self", "chain", "doubling"],
)
def test_hostile_records_get_an_answer(mailzone: Run, tmp_path: Path, answers: str) -> None:
    (tmp_path / "answers.yml").write_text(answers)

    for form in ("text", "json"):
        ran = mailzone("spf", "r.example", "--answers", "answers.yml", "--ip", "192.0.2.1", "-f", form)

        assert (ran.status in (0, 1), ran.err) == (True, "")
        assert "\x1b" not in ran.out
        assert "\x07" not in ran.out


def test_a_vendors_record_that_nobody_gave_comes_from_a_snapshot_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    zone = tmp_path / "example.com.yaml"
    zone.write_text("'':\n  type: TXT\n  value: v=spf1 include:_spf.google.com include:spf.unknown.example -all\n")

    main(["spf", "example.com", str(zone)])

    out = capsys.readouterr().out
    assert "include:_spf.google.com  -- provider snapshot of 2026-07-06" in out
    assert "lookups: at least 2 of at most 10" in out
    assert "not counted, since nobody here knows their records: spf.unknown.example." in out
