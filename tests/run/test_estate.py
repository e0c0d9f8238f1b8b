"""The estate: what is opened for a question, and what a change of one file means for the others."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from linter.config.settings import ActiveRules, Settings
from linter.finding import Finding
from linter.run.check import Checker
from linter.run.estate import Estate
from linter.run.files import estate_folder_files
from linter.run.needs import Needs, every_rule
from tests.profiles import built_in

MAIL = "'': [{type: MX, value: {preference: 10, exchange: %s}}, {type: TXT, value: v=spf1 -all}]\n"


def write(folder: Path, files: dict[str, str]) -> Estate:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return Estate(estate_folder_files(str(folder)), str(folder))


def check(estate: Estate, *paths: Path) -> tuple[Finding, ...]:
    checker = Checker(ActiveRules(built_in("recommended"), {}, (), ()), Settings())
    checker.check([str(path) for path in paths], estate)
    return checker.outcome().findings


def names(paths: list[str]) -> list[str]:
    return [os.path.basename(path) for path in paths]


def test_only_the_zones_that_lookups_land_in_are_read(tmp_path: Path) -> None:
    files = {f"n{number}.example.yaml": MAIL % f"mx.n{number + 1}.example." for number in range(300)}
    estate = write(tmp_path, files)

    check(estate, tmp_path / "n7.example.yaml")

    # The zone itself, the one its MX lies in, and n6, which mentions n7; with it nothing new.
    assert names(estate.read_files) == ["n7.example.yaml", "n8.example.yaml", "n6.example.yaml"]


def test_a_question_looks_into_no_file_that_is_named_after_another_zone(tmp_path: Path) -> None:
    files = {f"n{number}.example.yaml": "a: {type: A, value: 192.0.2.1}\n" for number in range(50)}
    estate = write(tmp_path, files)

    assert estate.resolver.lookup("a.n3.example.", "A").status == "found"
    assert estate.resolver.lookup("a.other.example.", "A").status == "unknown"
    assert names(estate.read_files) == ["n3.example.yaml"]
    assert estate.scan.files == []


def test_every_file_is_looked_into_once_whatever_is_asked(tmp_path: Path) -> None:
    files = {f"n{number}.example.yaml": "a: {type: A, value: 192.0.2.1}\n" for number in range(50)}
    estate = write(tmp_path, files)

    for number in range(20):
        estate.aliases_to(f"x{number}.n1.example.")
        estate.dependents([str(tmp_path / "n2.example.yaml")])

    assert sorted(names(estate.scan.files)) == sorted(files)
    assert estate.read_files == []


def test_a_native_file_answers_whatever_its_name(tmp_path: Path) -> None:
    text = "zone: main.example\nrecords: {www: {type: A, value: 192.0.2.1}}\n"
    estate = write(tmp_path, {"main.yaml": text, "b.example.yaml": "a: {type: A, value: 192.0.2.1}\n"})

    assert estate.resolver.lookup("www.main.example.", "A").status == "found"
    assert names(estate.scan.files) == ["main.yaml"]
    assert names(estate.read_files) == ["main.yaml"]


LOOP = {
    "a.example.yaml": "www: {type: CNAME, value: www.b.example.}\nbad: {type: TXT, value: v=spf1 nclude:x -all}\n",
    "b.example.yaml": "www: {type: CNAME, value: www.a.example.}\n",
    "c.example.yaml": "www: {type: CNAME, value: www.c.example.}\n",
    "d.example.yaml": "www: {type: TXT, value: see www.b.example}\nbad: {type: TXT, value: v=spf1 nclude:x -all}\n",
}


def test_what_an_edited_file_does_to_others_is_found_with_it(tmp_path: Path) -> None:
    found = check(write(tmp_path, LOOP), tmp_path / "b.example.yaml")

    places = [(os.path.basename(each.span.source.path), each.rule) for each in found]
    assert places == [("a.example.yaml", "cname-loop"), ("b.example.yaml", "cname-loop")]
    assert [os.path.basename(each.span.source.path) for each in found[0].related] == ["b.example.yaml"]


def test_where_all_files_are_checked_nothing_is_looked_into(tmp_path: Path) -> None:
    estate = write(tmp_path, LOOP)

    check(estate, *(tmp_path / name for name in LOOP))

    assert estate.scan.files == []


@pytest.mark.parametrize("count", [1, 20])
def test_dependents_mention_the_zone_or_a_name_in_it(tmp_path: Path, count: int) -> None:
    checked = {f"z{number}.example.yaml": "a: {type: A, value: 192.0.2.1}\n" for number in range(count)}
    others = {
        "one.test.yaml": "a: {type: TXT, value: 'v=spf1 include:_SPF.Z0.example -all'}\n",
        "two.test.yaml": "a: {type: CNAME, value: z0.example.}\n",
        "three.test.yaml": "a: {type: CNAME, value: z0.elsewhere.}\n",
    }
    estate = write(tmp_path, {**checked, **others})
    for name in checked:
        estate.document(str(tmp_path / name))

    found = estate.dependents([str(tmp_path / name) for name in checked])

    assert names([*found.files]) == ["one.test.yaml", "two.test.yaml"]


def test_findings_are_the_same_whatever_the_order_and_the_hash_seed(tmp_path: Path) -> None:
    write(tmp_path, {**LOOP, "m.example.yaml": MAIL % "mx.c.example.", "main.yaml": "zone: n.example\nrecords: {}\n"})
    files = [*sorted(name for name in os.listdir(tmp_path))]
    orders = [files, files[::-1], [*files, *files], ["."], [".", files[2]], [f"./{files[0]}", *files]]
    said = set()
    for seed, order in enumerate(orders):
        run = subprocess.run(
            [sys.executable, "-m", "linter", "check", "-f", "json", *order],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 1, run.stderr
        said.add(run.stdout.replace("./", ""))
    assert len(said) == 1


MAIL_OF = "zones: [zones/*.yaml]\nmail: {%s: none, '*': none}\n"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("example.com", ""),
        ("sub.example.com", ""),
        ("'*.example.com'", ""),
        ("main.example", ""),
        ("exmaple.com", "`exmaple.com` is in none of the zones, so this is compared with no record; did you mean"),
        ("'*.elsewhere.test'", "`elsewhere.test` is in none of the zones, so this is compared with no record"),
    ],
)
@pytest.mark.parametrize("paths", [(), ("zones/example.com.yaml",)])
def test_names_that_the_configuration_declares_in_no_zone(
    name: str, words: str, paths: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "zones").mkdir()
    (tmp_path / ".mailzone.yaml").write_text(MAIL_OF % name)
    (tmp_path / "zones/example.com.yaml").write_text("a: {type: A, value: 192.0.2.1}\n")
    (tmp_path / "zones/main.yaml").write_text("zone: main.example\nrecords: {a: {type: A, value: 192.0.2.1}}\n")

    def said() -> list[tuple[str, str | None, str]]:
        command = [sys.executable, "-m", "linter", "check", "-f", "json", "--select", "intent-unknown-name", *paths]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        return [(each["path"], each["zone"], each["message"]) for each in json.loads(run.stdout)["findings"]]

    assert [(path, zone) for path, zone, _ in said()] == ([(".mailzone.yaml", None)] if words else [])
    assert all(words in message for _, _, message in said())
    # Without `zones`, others may lie elsewhere.
    (tmp_path / ".mailzone.yaml").write_text((MAIL_OF % name).replace("zones: [zones/*.yaml]\n", ""))
    assert not paths or said() == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("one/example.com./a.yaml", "two/example.com./b.yaml"),
        ("one/example.com./a.yaml", "two/example.com.yaml"),
        ("one/example.com.yaml", "two/example.com.yaml"),
    ],
)
def test_what_lies_in_two_places_is_two_views_and_answers_nobody(first: str, second: str, tmp_path: Path) -> None:
    for path in (first, second):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text("x: {type: A, value: 192.0.2.1}\n")
    paths = [str(tmp_path / path) for path in (first, second)]
    estate = Estate(paths, str(tmp_path))

    assert [zone.files for path in paths for zone in estate.zones_of(path)] == [(path,) for path in paths]
    assert estate.resolver.lookup("x.example.com.", "A").status == "unknown"


def test_what_one_zone_asks_for_is_found_without_looking_into_all_others(tmp_path: Path) -> None:
    estate = write(tmp_path, {f"{name}.example.yaml": MAIL % "mx.vendor.test." for name in "abcdef"})
    rules = every_rule(ActiveRules(built_in("recommended"), {}, (), ()))

    needs = Needs([str(tmp_path / "a.example.yaml")], estate, rules, Settings())
    for walk in needs.walks():
        walk()

    assert (names(estate.read_files), estate.scan.files) == (["a.example.yaml"], [])


def test_what_was_judged_long_ago_is_let_go(tmp_path: Path) -> None:
    """Questions lead back to zones that were let go."""
    paths = [str(tmp_path / f"zone{number}.example.yaml") for number in range(400)]
    for path in paths:
        Path(path).write_text("www: {type: A, value: 192.0.2.1}\n")
    estate = Estate(paths, str(tmp_path))
    most = 0
    for number, path in enumerate(paths):
        (zone,) = estate.zones_of(path)
        assert estate.index(zone) is not None
        estate.index_of(f"zone{number // 3}.example.")
        estate.release(zone)
        most = max(most, len(estate._documents))
        assert len(estate._indexes) <= len(estate._documents)

    assert most <= 16 + 128
    assert estate.index_of("zone0.example.") is not None
