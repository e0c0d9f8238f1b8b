"""Every format says the same, whatever a stranger has written: it is read back by somebody else's reader."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import html5lib
import pytest

from linter.finding import Finding, Related
from linter.report.counts import Counts, Problem
from linter.report.formats import FORMATS, Report, report_lines
from linter.report.github import most_shown
from linter.report.shown import shown
from linter.report.suppressed import Suppressed
from linter.source.text import Source, Span

from .readers import HAS_WAY_OUT, READERS, Read, elements, markdown_html, of_gitlab, of_sarif

HOSTILE = (
    "::error file=a::b", "%0A::stop-commands::x", "##vso[task.complete]", "]]>", "<!-- -->",
    "<script>alert(1)</script>",
    "</pre></details><img src=x onerror=alert(1)>", "\x1b[31mred\x1b[0m", "a\nb\r\nc", "\u202eevil\u2066", "\ufeff",
    "\x00", "\ud800", "]\\n`` ``` `", "| a | b |", "**b** _i_ [l](http://x.example) ![i](x)",
    "@team #1 GH-1 http://x.example",
    "&lt;&amp;&#64;", "\"'><b>", "${{ github.token }}", "$(id)`id`", "x" * 65_536, "é 漢字 🙂",
)  # fmt: skip
PLAIN = "`nclude` is not a mechanism; did you mean `include`?"
TAGS = {
    "p", "h3", "br", "table", "thead", "tbody", "tr", "th", "td", "code", "pre", "details", "summary", "strong", "ul",
    "li", "span",
}  # fmt: skip


def finding(message: str = PLAIN, **more: Any) -> Finding:
    source = Source(
        str(more.pop("path", "zones/example.com.yaml")), "'':\n  type: TXT\n  value: v=spf1 nclude:a -all\n"
    )
    start = source.text.index("nclude")
    made = Finding(
        rule="spf-unknown-mechanism",
        severity="error",
        message=message,
        span=Span(source, start, start + 6),
        help="write `include:a`",
        reference="RFC 7208 section 4.6.1",
        related=(Related(Span(source, 0, 2), message),),
        zone="example.com.",
        name="example.com.",
        type="TXT",
    )
    return made._replace(**more)


def written(name: str, *findings: Finding, **more: Any) -> str:
    report = Report(findings, Counts(1, 1, 1))._replace(**more)
    return "\n".join(report_lines(name, report))


def expected(name: str, held: Finding) -> Read:
    message = held.message if name in ("json", "jsonl") else shown(held.message)
    way_out = f" ({held.help})" if name in HAS_WAY_OUT else ""
    return Read(held.span.source.path, 3, held.rule, held.severity, f"{message}{way_out}")


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value)[:30])
def test_a_message_comes_back_as_it_was(name: str, value: str) -> None:
    held = [finding(f"{value} {PLAIN}"), finding(f"{PLAIN} {value}", severity="warning"), finding(severity="info")]

    assert READERS[name](written(name, *held)) == [expected(name, each) for each in held]


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("path", ["a b/ü:1:2.yaml", "::error::x.yaml", "a,b=c%d.yaml", "<b>&\"'.yaml", "- # ?.yaml"])
def test_a_path_comes_back_as_it_was(name: str, path: str) -> None:
    if name in ("concise", "grouped"):
        assert not written(name, finding(path=path)).startswith("::")
    else:
        assert [path] == [read.path for read in READERS[name](written(name, finding(path=path)))]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value)[:30])
def test_nothing_reaches_a_screen_raw(name: str, value: str) -> None:
    text = written(name, finding(value, help=value, reference=value, path=value.replace("/", "_")))

    assert [line for line in text.split("\n") if not line.isprintable()] == []
    assert len(text) < 600_000


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value)[:30])
def test_markdown_shows_text_and_nothing_else(value: str) -> None:
    text = written("markdown", finding(value, help=value, reference=value))
    page = elements(markdown_html(text))

    assert {tag for tag, _ in page.found} <= TAGS
    assert [held for _, held in page.found if held] == []
    assert ("`" not in value and shown(value)[:300] in "".join(page.text)) or "`" in value or len(value) > 300
    assert [each for each in page.text if "@" in each and each != "@" and "code" not in text] == []
    assert len(text.encode("utf-8", "replace")) < 65_536


def test_markdown_is_one_screen_and_folds_the_rest() -> None:
    mild = [finding(f"note {number}", severity="info") for number in range(40)]
    text = written("markdown", *mild, finding("the worst", severity="error"))
    head, _, rest = text.partition("<details>")

    assert head.splitlines()[1] == "### mailzone: 1 error, 40 notes"
    assert head.count("\n| ") == 3
    assert head.index("the worst") < head.index("note 0")
    assert "and 39 more like it" in head
    assert "note 39" in rest


def test_markdown_shows_ten_kinds_and_says_how_many_more_there_are() -> None:
    text = written("markdown", *(finding(rule=f"spf-{number}") for number in range(15)))

    assert text.partition("<details>")[0].count("error | `zones") == 10
    assert "and 5 kinds more, below" in text


def test_markdown_says_what_it_has_no_room_for() -> None:
    text = written("markdown", *(finding(f"{number} {'x' * 300}") for number in range(500)))

    assert len(text.encode()) < 65_536
    assert "for which there is no room here" in text


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: ascii(value)[:30])
def test_the_page_is_strict_html_and_shows_text(value: str) -> None:
    text = written("html", finding(value, help=value, reference=value))
    html5lib.HTMLParser(strict=True).parse(text)
    page = elements(text)

    assert {"script", "img", "link", "iframe", "object", "b"} & {tag for tag, _ in page.found} <= {"b"}
    assert [key for _, held in page.found for key in held if key.startswith("on") or key in ("src", "href")] == []
    assert value.count("`") % 2 or shown(value).replace("`", "") in "".join(page.text)


@pytest.mark.parametrize("name", [*READERS, "markdown", "html", "text"])
def test_a_clean_run_is_a_whole_document(name: str) -> None:
    text = written(name)

    if name in READERS:
        assert READERS[name](text) == []
    else:
        assert "nothing to report" in text


@pytest.mark.parametrize("name", sorted({*FORMATS} - {"text", "concise", "grouped", "jsonl"}))
def test_what_could_not_be_done_is_told_so_that_nothing_reads_as_clean(name: str) -> None:
    problems = (Problem("cannot be read: gone", "zones/a.yaml"), Problem("the rule `x` failed", "", "a.example.", "x"))

    text = written(name, counts=Counts(0, 0, 0, problems=problems))

    assert "gone" in text
    assert "failed" in text


def test_sarif_names_the_run_that_could_not_do_its_work() -> None:
    text = written("sarif", counts=Counts(0, 0, 0, problems=(Problem("cannot be read", "a b.yaml"),)))
    of_sarif(text)

    (invocation,) = json.loads(text)["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    (notice,) = invocation["toolExecutionNotifications"]
    assert notice["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b.yaml"


def test_sarif_has_manuals_fingerprints_and_suppressions() -> None:
    hidden = (Suppressed(finding("hidden"), "ignored", "they know"), Suppressed(finding("old"), "baseline"))
    text = written("sarif", finding(), suppressed=hidden)
    of_sarif(text)

    (run,) = json.loads(text)["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert "## Bad" in rule["help"]["markdown"]
    assert [result.get("suppressions") for result in run["results"]] == [
        None, [{"kind": "inSource", "justification": "they know"}], [{"kind": "external"}],
    ]  # fmt: skip
    assert len({result["partialFingerprints"]["mailzone/v1"] for result in run["results"]}) == 3
    assert run["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize("path", ["/elsewhere/a.yaml", "a/../b:c.yaml", "\udcff.yaml", "<stdin>"])
def test_sarif_names_files_by_uri(path: str) -> None:
    text = written("sarif", finding(path=path))
    of_sarif(text)
    (result,) = json.loads(text)["runs"][0]["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]

    assert ("uriBaseId" in artifact) == (not path.startswith("/"))
    assert artifact["uri"].removeprefix("file://") == quote(path.encode("utf-8", "surrogateescape"))


def test_github_shows_the_severest_first_and_no_more_than_it_would_show() -> None:
    held = [
        finding(str(number), severity=severity) for number in range(12) for severity in ("info", "error", "warning")
    ]

    read = READERS["github"](written("github", *most_shown(held)))

    assert [each.severity for each in read] == ["error"] * 10 + ["warning"] * 10 + ["info"] * 10
    assert [each.message.split()[0] for each in read[:10]] == [str(number) for number in range(10)]


def lines_of(name: str) -> Iterator[str]:
    source = Source("a.yaml", "one\ntwo\nthree\n")
    held = finding(span=Span(source, 0, 8))
    yield from written(name, held).split("\n")


def test_a_place_over_several_lines_has_no_columns_for_github() -> None:
    (line,) = lines_of("github")

    assert line.startswith("::error file=a.yaml,line=1,endLine=2,title=")


def test_equal_findings_have_fingerprints_of_their_own_for_gitlab() -> None:
    assert len(of_gitlab(written("gitlab", finding(), finding(), finding()))) == 3


def test_reviewdog_gets_columns_in_octets() -> None:
    source = Source("a.yaml", "é漢🙂x\n")
    (entry,) = json.loads(written("rdjson", finding(span=Span(source, 3, 4))))["diagnostics"]

    assert entry["location"]["range"] == {"start": {"line": 1, "column": 10}, "end": {"line": 1, "column": 11}}
