"""Commands about one name read the view that the public sees, and ask where several could be meant."""

from pathlib import Path

import pytest

from .conftest import Run

INTERNAL = "'': {type: TXT, value: 'v=spf1 a:in.example.com -all'}\nin: {type: A, value: 10.0.0.1}\n"
EXTERNAL = "'': {type: TXT, value: 'v=spf1 a:out.example.com -all'}\nout: {type: A, value: 50.0.0.1}\n"
VIEWS = "views: {internal: ['a/*'], external: ['b/*']}\n"
INTENT = "systems: {one: {spf: 'a:out.example.com'}}\nmail: {example.com: {sends: [one]}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    for name, text in {"a": INTERNAL, "b": EXTERNAL}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "example.com.yaml").write_text(text)
    return tmp_path


def configure(folder: Path, text: str) -> None:
    (folder / ".mailzone.yaml").write_text(text)


@pytest.mark.parametrize("config", ["", "zones: ['*/*.yaml']\n"])
def test_a_name_in_two_public_views_asks_for_the_file_of_one(config: str, mailzone: Run, folder: Path) -> None:
    if config:
        configure(folder, config)

    ran = mailzone("spf", "example.com", ".")

    assert (ran.status, ran.out) == (2, "")
    assert "declared for 2 views, in `a/example.com.yaml`, `b/example.com.yaml`; name the file of one" in ran.err
    for file, host in (("a/example.com.yaml", "in"), ("b/example.com.yaml", "out")):
        ran = mailzone("spf", "example.com", file)
        assert f"a:{host}.example.com" in ran.out


@pytest.mark.parametrize("zones", ["", "zones: ['*/*.yaml']\n"])
def test_the_public_view_counts_where_the_other_is_internal(zones: str, mailzone: Run, folder: Path) -> None:
    configure(folder, zones + VIEWS + INTENT)

    ran = mailzone("spf", "example.com", ".")
    assert (ran.status, "a:out.example.com" in ran.out) == (0, True)
    ran = mailzone("spf", "example.com", "a")
    assert (ran.status, "a:in.example.com" in ran.out) == (0, True)
    ran = mailzone("senders", ".")
    assert (ran.out.count("example.com ("), "unknown" in ran.out) == (1, False)
    ran = mailzone("records", "example.com", ".", "--all")
    assert "ok       TXT  example.com" in ran.out


def test_what_lies_below_a_zone_of_its_own_is_no_second_view(mailzone: Run, folder: Path) -> None:
    (folder / "a/example.com.yaml").rename(folder / "a/sub.example.com.yaml")

    ran = mailzone("spf", "sub.example.com", ".")

    assert "(a/sub.example.com.yaml:1)" in ran.out


def test_a_file_that_octodns_does_not_read_is_no_second_view(mailzone: Run, folder: Path) -> None:
    (folder / "b/example.com.yml").write_text(INTERNAL)
    (folder / "octodns.yaml").write_text(
        "providers: {config: {class: octodns.provider.yaml.YamlProvider, directory: ./b}}\n"
        "zones: {example.com.: {sources: [config]}}\n"
    )

    ran = mailzone("spf", "example.com", "b")

    assert "a:out.example.com" in ran.out
