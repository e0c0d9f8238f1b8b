"""What an editor gets: findings of the last text, manuals, vendors and costs at a place, and comments that work."""

from pathlib import Path

import pytest
from lsprotocol import types

from .editor import Editor, edited, session

ZONE = "example.com.yaml"
REST = (
    "_dmarc: {type: TXT, value: v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.org}\n"
    "s1._domainkey: {type: CNAME, value: s1.keys.example.org.}\n"
)
GOOD = "'': {type: TXT, value: v=spf1 ip4:192.0.2.1 -all}\n" + REST
BAD = "'': {type: TXT, value: v=spf1 nclude:_spf.example.net -all}\n" + REST


def codes(shown: list[types.Diagnostic]) -> list[str]:
    return [str(each.code) for each in shown]


def test_what_is_found_in_a_text_is_shown_at_its_place_with_the_way_out(tmp_path: Path) -> None:
    text = "# é😀\n'': {type: TXT, value: 'v=spf1 exp=😀 nclude:x.example -all'}\n" + REST

    async def act(editor: Editor) -> list[types.Diagnostic]:
        editor.open(ZONE, text)
        return await editor.shown(ZONE)

    shown, editor = session(tmp_path, act)
    (one,) = [each for each in shown if each.code == "spf-unknown-mechanism"]
    line = text.splitlines()[1]
    before = len(line[: line.index("nclude")].encode("utf-16-le")) // 2
    assert one.range == types.Range(types.Position(1, before), types.Position(1, before + len("nclude:x.example")))
    assert one.message.splitlines() == [
        "`nclude` is not a mechanism; did you mean `include`?",
        "help: write `include:x.example`",
    ]
    assert (one.source, one.severity) == ("mailzone", types.DiagnosticSeverity.Error)
    assert one.code_description is not None
    assert one.code_description.href.endswith("/docs/rules/spf-unknown-mechanism.md")
    assert (editor.status, editor.said) == (0, "")


def test_only_the_last_of_many_texts_is_shown(tmp_path: Path) -> None:
    async def act(editor: Editor) -> list[tuple[int | None, list[str]]]:
        editor.open(ZONE, GOOD)
        await editor.shown(ZONE)
        for length in range(1, 40):
            editor.type(ZONE, BAD[:length])
        editor.type(ZONE, BAD)
        version = editor.type(ZONE, GOOD)
        told: list[tuple[int | None, list[str]]] = []
        while not told or told[-1][0] != version:
            params = await editor.published.get()
            told.append((params.version, codes(list(params.diagnostics))))
        await editor.hover(ZONE, 0, 0)  # whatever was still to come has come before the answer
        while not editor.published.empty():
            params = editor.published.get_nowait()
            told.append((params.version, codes(list(params.diagnostics))))
        return told

    told, _ = session(tmp_path, act)
    assert told[-1] == (42, [])
    assert [version for version, _ in told] == sorted(version or 0 for version, _ in told)


def test_other_zones_count_as_they_lie_on_disk_and_a_change_there_is_seen(tmp_path: Path) -> None:
    text = "'': {type: TXT, value: v=spf1 include:spf.example.net -all}\n" + REST
    other = tmp_path / "example.net.yaml"
    other.write_text("www: {type: A, value: 198.51.100.1}\n")

    async def act(editor: Editor) -> tuple[list[str], list[str]]:
        editor.open(ZONE, text)
        before = codes(await editor.shown(ZONE))
        other.write_text("spf: {type: TXT, value: v=spf1 ip4:198.51.100.1 -all}\n")
        editor.save("example.net.yaml")
        return before, codes(await editor.shown(ZONE))

    (before, after), editor = session(tmp_path, act)
    assert (before, after) == (["spf-include-without-record"], [])
    assert [each.method for each in editor.registered] == ["workspace/didChangeWatchedFiles"]


def test_a_place_tells_the_manual_the_vendor_and_the_cost(tmp_path: Path) -> None:
    record = "v=spf1 nclude:x include:_spf.google.com -all"
    text = (
        f"'':\n  - {{type: MX, value: {{preference: 1, exchange: smtp.google.com.}}}}\n"
        f"  - {{type: TXT, value: '{record}'}}\n{REST}"
    )

    async def act(editor: Editor) -> tuple[str, str, str, str]:
        editor.open(ZONE, text)
        lines = text.splitlines()
        places = [(1, lines[1].index("smtp")), (2, lines[2].index("nclude")), (2, lines[2].index("_spf")), (0, 0)]
        first, second, third, fourth = [await editor.hover(ZONE, *place) for place in places]
        return first, second, third, fourth

    (host, fault, include, nothing), _ = session(tmp_path, act)
    assert "`smtp.google.com` is a mail host of Google Workspace" in host
    assert "**spf-unknown-mechanism**" in fault
    assert "RFC 7208 section 4.6" in fault
    assert "`_spf.google.com` is an SPF record of Google Workspace" in include
    assert f"```text\nexample.com.  ({tmp_path / ZONE}:3)\n{record}\n" in include
    assert "lookups: 1 of at most 10" in include
    assert nothing == ""


PLACES = {
    "at the end of the line": (BAD, "-all}  # mailzone: ignore[spf-unknown-mechanism]\n"),
    "in a comment that is there": (
        BAD.replace("-all}", "-all}  # mailzone: ignore[ttl-out-of-bounds] because", 1),
        "# mailzone: ignore[spf-unknown-mechanism, ttl-out-of-bounds] because\n",
    ),
    "on a line above": (
        "'':\n  type: TXT\n  values:\n    - >-\n      v=spf1\n      nclude:_spf.example.net -all\n" + REST,
        "# mailzone: ignore[spf-unknown-mechanism]\n",
    ),
    "beside another comment": (
        BAD.replace("-all}", "-all}  # ours", 1),
        "-all}  # ours  # mailzone: ignore[spf-unknown-mechanism]\n",
    ),
}


@pytest.mark.parametrize("case", PLACES)
def test_a_comment_that_is_offered_holds_the_finding_back_and_brings_no_other(tmp_path: Path, case: str) -> None:
    text, expected = PLACES[case]

    async def act(editor: Editor) -> tuple[list[types.CodeAction], list[str], str]:
        editor.open(ZONE, text)
        (one,) = [each for each in await editor.shown(ZONE) if each.code == "spf-unknown-mechanism"]
        offered = [each for each in await editor.actions(ZONE, one.range) if each.title == f"Ignore {one.code} here"]
        edit = offered[0].edit
        assert edit is not None
        assert edit.changes is not None
        after = edited(text, list(edit.changes[editor.uri(ZONE)]))
        version = editor.type(ZONE, after)
        return offered, codes(await editor.shown(ZONE, version)), after

    ((action, *others), left, after), _ = session(tmp_path, act)
    assert others == []
    assert action.kind == types.CodeActionKind.QuickFix
    assert [each.code for each in action.diagnostics or ()] == ["spf-unknown-mechanism"]
    assert "spf-unknown-mechanism" not in left
    assert expected in after


def test_of_what_was_not_read_no_comment_is_offered(tmp_path: Path) -> None:
    async def act(editor: Editor) -> tuple[list[str], list[types.CodeAction]]:
        editor.open(ZONE, "'': [")
        shown = await editor.shown(ZONE)
        return codes(shown), await editor.actions(ZONE, shown[0].range)

    (found, offered), _ = session(tmp_path, act)
    assert (found, offered) == (["yaml-syntax"], [])


HALF_TYPED = [
    "",
    "'",
    "'': {",
    "a: &a [*a]\n",
    "? ",
    "\x00",
    "\ud800",
    "{" * 3000,
    "'': !include x\n",
    "\r\r\n: :",
    "- ",
    "%",
]


def test_nothing_that_is_half_typed_ends_the_server(tmp_path: Path) -> None:
    folder = tmp_path / "gone"  # and no file of it is there
    name = f"gone/{ZONE}"

    async def act(editor: Editor) -> list[str]:
        editor.open(name, BAD)
        await editor.shown(name)
        for text in HALF_TYPED:
            version = editor.type(name, text)
            await editor.shown(name, version)
            await editor.hover(name, 0, 3)
            await editor.actions(name, types.Range(types.Position(0, 0), types.Position(9, 9)))
        return codes(await editor.shown(name, editor.type(name, BAD)))

    found, editor = session(tmp_path, act)
    assert found == ["spf-unknown-mechanism"]
    assert not folder.exists()
    assert (editor.status, editor.said) == (0, "")


def test_of_files_that_are_no_zones_nothing_is_said(tmp_path: Path) -> None:
    async def act(editor: Editor) -> list[list[str]]:
        found = []
        for name, text in (("docker-compose.yaml", "services: {web: {image: x}}\n"), ("values.yaml", "a: 1\n")):
            editor.open(name, text)
            found.append(codes(await editor.shown(name)))
        return found

    found, _ = session(tmp_path, act)
    assert found == [[], []]


def test_a_faulty_configuration_is_shown_in_its_own_file_until_it_is_right(tmp_path: Path) -> None:
    config = tmp_path / ".mailzone.yaml"
    config.write_text("profil: strict\n")

    async def act(editor: Editor) -> tuple[list[str], list[types.Diagnostic], list[types.Diagnostic], list[str]]:
        editor.open(ZONE, BAD)
        own = [each.message for each in await editor.shown(ZONE)]
        there = await editor.shown(".mailzone.yaml")
        config.write_text("profile: strict\n")
        editor.save(".mailzone.yaml")
        after = codes(await editor.shown(ZONE))
        return own, there, await editor.shown(".mailzone.yaml"), after

    (own, there, later, after), _ = session(tmp_path, act)
    assert [message.partition(": ")[0] for message in own] == ["mailzone could not judge this file"]
    assert [(each.range.start.line, each.message[:20]) for each in there] == [(0, "`profil` is unknown;")]
    assert later == []
    assert after == ["spf-unknown-mechanism"]


def test_what_was_shown_of_a_document_goes_when_it_is_closed(tmp_path: Path) -> None:
    async def act(editor: Editor) -> tuple[list[str], list[str]]:
        editor.open(ZONE, BAD)
        before = codes(await editor.shown(ZONE))
        editor.close(ZONE)
        return before, codes(await editor.shown(ZONE))

    (before, after), _ = session(tmp_path, act)
    assert (before, after) == (["spf-unknown-mechanism"], [])


def test_options_count_as_for_a_check(tmp_path: Path) -> None:
    async def act(editor: Editor) -> list[str]:
        editor.open(ZONE, BAD)
        return codes(await editor.shown(ZONE))

    found, _ = session(tmp_path, act, "--ignore", "spf", "--stdio")
    assert found == []
