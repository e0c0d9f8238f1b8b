"""octoDNS's configuration as it is read: sources, zones, and what only the environment knows."""

import pytest

from linter.zone.octodns_config import OctodnsConfig, YamlSource, ZoneEntry, read_octodns_config

YAML = "octodns.provider.yaml.YamlProvider"
SPLIT = "octodns.provider.yaml.SplitYamlProvider"


def read(text: str) -> OctodnsConfig | None:
    return read_octodns_config("octodns.yaml", text.encode(), ".")


def source(fields: str) -> YamlSource | None:
    config = read(f"secret_handlers: {{vault: {{class: x}}}}\nproviders: {{one: {{{fields}}}}}\nzones: {{}}\n")
    assert config is not None
    return config.sources.get("one")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (f"class: {YAML}, directory: ./zones", ("./zones", "", True, "", False, None)),
        (f"class: {YAML}, directory: env/ZONES", ("", "", True, "", False, None)),
        (f"class: {YAML}, directory: vault/zones", ("", "", True, "", False, None)),
        (f"class: {YAML}, directory: other/zones", ("other/zones", "", True, "", False, None)),
        (f"class: {YAML}, directory: 7, default_ttl: x", ("", "", True, "", False, None)),
        (f"class: {YAML}, directory: z, default_ttl: 60", ("z", "", True, "", False, 60)),
        (
            f"class: {YAML}, directory: z, split_extension: ., disable_zonefile: true",
            ("z", ".", False, "", False, None),
        ),
        (f"class: {YAML}, directory: z, shared_filename: s.yaml", ("z", "", True, "s.yaml", False, None)),
        (f"class: {YAML}, directory: z, populate_should_replace: true", ("z", "", True, "", True, None)),
        (f"class: {SPLIT}, directory: z", ("z", ".", False, "", False, None)),
        (f"class: {SPLIT}, directory: z, extension: .tst", ("z", ".tst", False, "", False, None)),
    ],
)
def test_a_source_of_yaml(fields: str, expected: tuple[str, str, bool, str, bool, int | None]) -> None:
    assert source(fields) == YamlSource(*expected)


def test_another_provider_is_no_source_of_yaml() -> None:
    assert source("class: octodns_route53.Route53Provider, directory: z") is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Example.COM.: {sources: [a, b]}", ZoneEntry("example.com.", ("a", "b"))),
        ("bücher.example.: {sources: a}", ZoneEntry("xn--bcher-kva.example.", ("a",))),
        ("a.example.: {alias: B.example.}", ZoneEntry("a.example.", (), alias="b.example.")),
        ("'*': {sources: [a]}", ZoneEntry("*", ("a",))),
        ("'*.one': {sources: [a], glob: '*.com.'}", ZoneEntry("*.one", ("a",), "*.com.")),
        ("'*.two': {sources: [a], regex: '(a+)+$'}", ZoneEntry("*.two", ("a",), "", True)),
        ("a.example.:", ZoneEntry("a.example.", ())),
    ],
)
def test_a_zone(written: str, expected: ZoneEntry) -> None:
    config = read(f"providers: {{a: {{class: {YAML}}}}}\nzones: {{{written.rstrip(':')}}}\n")

    assert config is not None
    assert config.zones == (expected._replace(written=config.zones[0].written),)
    assert config.places.zones[config.zones[0].written].start > 0


@pytest.mark.parametrize(
    "text",
    ["", "a: {type: A, value: 192.0.2.1}\n", "providers: {}\nzones: {}\nclass: 1\n", "providers: {a: {class: x}}\n",
     "providers: [class]\nzones: {}\n", "providers: {a: {class: x}}\nzones: []\n", "providers: {class: [zones\n"],
)  # fmt: skip
def test_other_files_are_no_configuration(text: str) -> None:
    assert read(text) is None
