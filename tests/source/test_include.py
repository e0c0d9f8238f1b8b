"""`!include` brings in files of the repository, with the place of the text and of its use, and nothing else."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from linter.source import include
from linter.source.include import Includer
from linter.source.plain import plain_value
from linter.source.text import Source, SourceFault
from linter.source.tree import Mapping, Sequence, located
from linter.source.yaml_reader import Tree, read_yaml

ReadMain: TypeAlias = Callable[..., Tree]


@pytest.fixture
def read_main(tmp_path: Path) -> ReadMain:
    """`read_main(text, files)`: the tree of zones/main.yaml in a repository that holds the files."""

    def read(text: str, files: dict[str, str] | None = None) -> Tree:
        root = tmp_path / "repository"
        for name, content in {"zones/main.yaml": text, **(files or {})}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(content)
        return read_yaml(Source(str(root / "zones" / "main.yaml"), text), Includer(str(root)))

    return read


def value(tree: Tree) -> object:
    assert tree.faults == ()
    assert tree.root is not None
    return plain_value(tree.root)


def told(tree: Tree) -> list[tuple[str, str, str]]:
    """(kind, text there, message) of each fault."""
    return [(fault.kind, fault.span.text, fault.message) for fault in tree.faults]


RECORD = "type: A\nvalue: 192.0.2.1\n"
FILES = {
    "zones/record.yaml": RECORD,
    "zones/list.yaml": "- 1\n- 2\n",
    "zones/more.yaml": "- 3\n",
    "zones/ttl.yaml": "ttl: 60\ntype: AAAA\n",
    "zones/text.yaml": "v=spf1 -all\n",
    "zones/empty.yaml": "# nothing\n",
    "zones/parts/deep.yaml": "inner: !include ../text.yaml\n",
    "zones/anchored.yaml": "a: &a {k: 1}\nb: *a\n",
    "shared/key.yaml": "v=DKIM1\n",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("www: !include record.yaml", {"www": {"type": "A", "value": "192.0.2.1"}}),
        ("!include record.yaml", {"type": "A", "value": "192.0.2.1"}),
        ("www: [!include text.yaml, b]", {"www": ["v=spf1 -all", "b"]}),
        ("www: !include ../shared/key.yaml", {"www": "v=DKIM1"}),
        ("www: !include './text.yaml'", {"www": "v=spf1 -all"}),
        ("www: !include parts/deep.yaml", {"www": {"inner": "v=spf1 -all"}}),
        ("www: !include anchored.yaml", {"www": {"a": {"k": 1}, "b": {"k": 1}}}),
        ("www: !include empty.yaml", {"www": None}),
        ("www: {<<: !include ttl.yaml, type: A}", {"www": {"ttl": 60, "type": "A"}}),
        ("www: {type: A, <<: !include ttl.yaml}", {"www": {"ttl": 60, "type": "A"}}),
        ("<<: [!include ttl.yaml, !include record.yaml]", {"ttl": 60, "type": "AAAA", "value": "192.0.2.1"}),
        ("a: &a !include record.yaml\nb: *a", {name: {"type": "A", "value": "192.0.2.1"} for name in "ab"}),
        ("a: &a !include [list.yaml]\nb: *a", {"a": [1, 2], "b": [1, 2]}),
        ("a: !include [list.yaml, more.yaml]", {"a": [1, 2, 3]}),
        ("a: &f text.yaml\nb: !include [*f, text.yaml]", None),
        ("a: !include [record.yaml, ttl.yaml]", {"a": {"type": "AAAA", "value": "192.0.2.1", "ttl": 60}}),
        ("<<: !include [record.yaml, ttl.yaml]", {"type": "AAAA", "value": "192.0.2.1", "ttl": 60}),
        ("a: !include []", {"a": []}),
    ],
)
def test_a_file_stands_in_the_place_of_the_value(read_main: ReadMain, text: str, expected: object) -> None:
    tree = read_main(text, FILES)

    if expected is not None:
        assert value(tree) == expected


def test_a_file_may_be_included_twice_but_not_inside_itself(read_main: ReadMain) -> None:
    assert value(read_main("a: !include text.yaml\nb: !include text.yaml", FILES)) == dict.fromkeys("ab", "v=spf1 -all")


@pytest.mark.parametrize(
    ("text", "kind", "there", "message"),
    [
        ("a: !include none.yaml", "yaml-syntax", "none.yaml", "cannot be included: no such file or directory"),
        ("a: !include parts", "yaml-syntax", "parts", "cannot be included: is a directory"),
        ("a: !include /etc/passwd", "yaml-syntax", "/etc/passwd", "lies outside the repository and is not read"),
        ("a: !include ../../secret", "yaml-syntax", "../../secret", "lies outside the repository and is not read"),
        ("a: !include ../../repository2/x", "yaml-syntax", "../../repository2/x", "lies outside the repository"),
        ("a: !include ..", "yaml-syntax", "..", "lies outside the repository"),
        ("a: !include ~/x", "yaml-syntax", "~/x", "no such file or directory"),
        ("a: !include main.yaml", "yaml-limits", "main.yaml", "`main.yaml` includes itself"),
        ("a: !include parts/../main.yaml", "yaml-limits", "parts/../main.yaml", "includes itself"),
        ("a: !include", "yaml-syntax", "", "`!include` takes the path of a file"),
        ("a: !include ''", "yaml-syntax", "''", "`!include` takes the path of a file"),
        ('a: !include "x\\0.yaml"', "yaml-syntax", '"x\\0.yaml"', "a null byte"),
        (f"a: !include {'x' * 5000}", "yaml-syntax", "x" * 5000, "name too long"),
        ("a: !include [[text.yaml]]", "yaml-syntax", "[text.yaml]", "`!include` takes the path of a file"),
        ("a: !include [none.yaml, text.yaml]", "yaml-syntax", "none.yaml", "no such file"),
        ("a: !include [list.yaml, record.yaml]", "yaml-syntax", "[list.yaml, record.yaml]", "put together"),
        ("a: !include [text.yaml, text.yaml]", "yaml-syntax", "[text.yaml, text.yaml]", "put together"),
        ("a: !include {b: text.yaml}", "yaml-syntax", "!include", "has no meaning"),
        ("<<: !include text.yaml", "yaml-syntax", "!include text.yaml", "`<<` merges a mapping"),
        ("<<: !include none.yaml", "yaml-syntax", "none.yaml", "no such file"),
        ("<<: !include [none.yaml]", "yaml-syntax", "none.yaml", "no such file"),
        ("? !include record.yaml\n: b", "yaml-syntax", "!include record.yaml", "as a key"),
    ],
)
def test_what_cannot_be_included_is_one_fault_at_its_name(
    read_main: ReadMain, text: str, kind: str, there: str, message: str
) -> None:
    ((found_kind, found_there, found_message),) = told(read_main(text, FILES))

    assert (found_kind, found_there) == (kind, there)
    assert message in found_message


def test_a_link_that_leads_out_of_the_repository_is_not_followed(read_main: ReadMain, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("k: v")
    (tmp_path / "repository" / "zones").mkdir(parents=True)
    (tmp_path / "repository" / "zones" / "link.yaml").symlink_to(tmp_path / "secret")
    (tmp_path / "repository" / "out").symlink_to(tmp_path)

    first, second = (read_main(f"a: !include {name}") for name in ("link.yaml", "../out/secret"))

    assert "outside" in first.faults[0].message
    assert "outside" in second.faults[0].message


def test_a_link_within_the_repository_is_followed(read_main: ReadMain, tmp_path: Path) -> None:
    (tmp_path / "repository" / "zones").mkdir(parents=True)
    (tmp_path / "repository" / "zones" / "link.yaml").symlink_to("text.yaml")

    assert value(read_main("a: !include link.yaml", FILES)) == {"a": "v=spf1 -all"}


def test_the_repository_may_itself_be_reached_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.yaml").write_text("1")
    (tmp_path / "link").symlink_to("real")
    source = Source(str(tmp_path / "link" / "main.yaml"), "x: !include a.yaml")

    assert value(read_yaml(source, Includer(str(tmp_path / "link")))) == {"x": 1}


def test_a_folder_that_only_begins_like_the_repository_is_outside(tmp_path: Path) -> None:
    for name in ("zones", "zones-old"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.yaml").write_text("1")
    source = Source(str(tmp_path / "zones" / "main.yaml"), "x: !include ../zones-old/a.yaml")

    assert "outside" in read_yaml(source, Includer(str(tmp_path / "zones"))).faults[0].message


def test_a_pipe_is_not_waited_on(read_main: ReadMain, tmp_path: Path) -> None:
    (tmp_path / "repository" / "zones").mkdir(parents=True)
    os.mkfifo(tmp_path / "repository" / "zones" / "pipe.yaml")

    assert "is not a regular file" in read_main("a: !include pipe.yaml").faults[0].message


def chain(fault: SourceFault) -> list[tuple[str, str, str]]:
    """(file, text there, message) of what a fault was caused by, outermost first."""
    return [(os.path.basename(span.source.path), span.text, message) for span, message in fault.related]


def test_a_cycle_is_reported_once_with_the_way_round(read_main: ReadMain) -> None:
    files = {"zones/b.yaml": "x: !include c.yaml", "zones/c.yaml": "y: !include main.yaml"}

    (fault,) = read_main("a: !include b.yaml", files).faults

    assert (fault.kind, fault.span.text) == ("yaml-limits", "b.yaml")
    assert chain(fault) == [
        ("b.yaml", "c.yaml", "`c.yaml` cannot be included as it is"),
        ("c.yaml", "main.yaml", "`main.yaml` includes itself"),
    ]


def test_a_fault_inside_an_included_file_shows_its_place(read_main: ReadMain) -> None:
    files = {"zones/b.yaml": "k: 1\nk: 2\n", "zones/c.yaml": "\tx"}

    first, second = read_main("a: !include b.yaml\nb: !include c.yaml", files).faults

    assert (first.kind, first.message) == ("yaml-duplicate-key", "`b.yaml` cannot be included as it is")
    assert chain(first)[0][:2] == ("b.yaml", "k")
    assert (second.kind, chain(second)[0][2]) == ("yaml-syntax", "a tab stands where only spaces may indent")


def test_a_file_in_another_encoding_is_a_fault_of_the_include(read_main: ReadMain, tmp_path: Path) -> None:
    (tmp_path / "repository" / "zones").mkdir(parents=True)
    (tmp_path / "repository" / "zones" / "b.yaml").write_bytes("a: b".encode("utf-16"))

    (fault,) = read_main("a: !include b.yaml").faults

    assert "UTF-16" in chain(fault)[0][2]


def test_levels_are_bounded(read_main: ReadMain) -> None:
    files = {f"zones/f{number}.yaml": f"x: !include f{number + 1}.yaml" for number in range(40)}
    files["zones/f40.yaml"] = "end"

    (deep,) = read_main("a: !include f0.yaml", files).faults

    assert (deep.kind, len(deep.related)) == ("yaml-limits", include.MAX_LEVELS)
    assert deep.related[-1][1] == f"files include each other over more than {include.MAX_LEVELS} levels"
    assert read_main(f"a: !include f{41 - include.MAX_LEVELS}.yaml", files).faults == ()


def test_files_are_bounded_over_all_levels(read_main: ReadMain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(include, "MAX_FILES", 5)
    files = {**FILES, "zones/two.yaml": "[!include text.yaml, !include text.yaml]"}

    tree = read_main("[!include two.yaml, !include two.yaml, !include two.yaml]", files)

    assert told(tree) == [
        ("yaml-limits", "two.yaml", "`two.yaml` cannot be included as it is"),
        ("yaml-limits", "two.yaml", "more than 5 files are included"),
    ]


def test_depth_is_bounded_over_all_files(read_main: ReadMain) -> None:
    files = {"zones/deep.yaml": "[" * 40 + "]" * 40}

    assert told(read_main("[" * 40 + "!include deep.yaml" + "]" * 40, files)) == [
        ("yaml-limits", "!include deep.yaml", "aliases expand over 64 levels deep")
    ]


def test_an_included_value_knows_its_own_place_and_that_of_its_use(read_main: ReadMain) -> None:
    root = read_main("a: &x !include record.yaml\nb: {<<: !include record.yaml}", FILES).root
    assert isinstance(root, Mapping)

    whole = located(root.values[0])
    assert isinstance(root.values[1], Mapping)
    merged = located(root.values[1].values[1], root.values[1].vias[1])

    assert os.path.basename(whole.source.path) == os.path.basename(merged.source.path) == "record.yaml"
    assert (whole.text, merged.text) == (RECORD, "192.0.2.1")
    assert [span.via and (os.path.basename(span.via.source.path), span.via.text) for span in (whole, merged)] == [
        ("main.yaml", "&x !include record.yaml"),
        ("main.yaml", "!include record.yaml"),
    ]


def test_the_use_is_the_outermost_one(read_main: ReadMain) -> None:
    root = read_main("a: !include list.yaml", {**FILES, "zones/list.yaml": "!include more.yaml"}).root
    assert isinstance(root, Mapping)

    place = located(root.values[0])

    assert os.path.basename(place.source.path) == "more.yaml"
    assert place.via is not None
    assert os.path.basename(place.via.source.path) == "main.yaml"


def test_what_a_list_of_files_holds_knows_its_own_file(read_main: ReadMain) -> None:
    root = read_main("a: !include [list.yaml, more.yaml]", FILES).root
    assert isinstance(root, Mapping)
    plain = getattr(root.values[0], "target", None)
    assert isinstance(plain, Sequence)

    assert [os.path.basename(item.source.path) for item in plain.items] == ["list.yaml", "list.yaml", "more.yaml"]
