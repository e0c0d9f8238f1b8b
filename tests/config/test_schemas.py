"""The fast readers of configurations and profiles and their JSON Schemas accept the same documents."""

import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from linter.config.fits import fits_config, fits_profile
from linter.config.load import load_settings
from linter.config.schemas import config_schema, profile_schema
from linter.config.settings import BadConfiguration
from linter.rules import known
from linter.source.text import SourceFault

NAMES = known.all_names()[:3]
SEVERITY: st.SearchStrategy[Any] = st.sampled_from(
    ["error", "warning", "info", "off", False, True, 0, 1, None, "eror", 1.5, []]
)
CHOICES = st.one_of(
    SEVERITY,
    st.dictionaries(
        st.sampled_from(["severity", "options", "reason", "foo"]),
        st.one_of(SEVERITY, st.just({}), st.just("why")),
        max_size=3,
    ),
)
ODD = st.one_of(st.none(), st.booleans(), st.integers(0, 1), st.text("ab", max_size=2), st.just([]), st.just({}))
RULES = st.one_of(st.dictionaries(st.sampled_from([*NAMES, "x"]), CHOICES, max_size=3), ODD)
DNS: st.SearchStrategy[Any] = st.one_of(
    st.dictionaries(
        st.sampled_from(["target-dots", "cname-flattening", "foo"]),
        st.sampled_from(["required", "optional", True, False, 0, 1, None, "x", []]),
        max_size=3,
    ),
    ODD,
)
POLICIES = st.one_of(
    st.dictionaries(st.sampled_from(["example.com", "x", "y.example"]), st.one_of(ODD, st.just("gone.txt"))), ODD
)
CONFIGS = st.fixed_dictionaries(
    {},
    optional={
        "zones": st.one_of(st.lists(ODD, max_size=2), ODD),
        "profile": ODD,
        "rules": RULES,
        "dns": DNS,
        "mta-sts": POLICIES,
        "lock": ODD,
        "x": ODD,
    },
)
ALLOWED = st.one_of(
    st.dictionaries(
        st.sampled_from(["mx", "rua", "systems", "reason", "foo"]),
        st.one_of(st.lists(st.one_of(ODD, st.just("a.example")), max_size=2), ODD),
        max_size=3,
    ),
    ODD,
)
PROFILES = st.fixed_dictionaries(
    {},
    optional={
        "description": ODD,
        "extends": ODD,
        "floor": st.one_of(SEVERITY, ODD),
        "rules": RULES,
        "allowed": ALLOWED,
        "x": ODD,
    },
)
CONFIG_SCHEMA, PROFILE_SCHEMA = Draft202012Validator(config_schema()), Draft202012Validator(profile_schema())


@settings(max_examples=200, deadline=None)
@given(CONFIGS)
@example({"rules": {NAMES[0]: "error", NAMES[1]: False, NAMES[2]: {"severity": False, "options": {}}}})
@example({"rules": {NAMES[0]: {"severity": None}}})
def test_the_fast_reader_and_the_json_schema_agree_on_configurations(document: dict[str, Any]) -> None:
    assert fits_config(document) is CONFIG_SCHEMA.is_valid(document)


@settings(max_examples=150, deadline=None)
@given(PROFILES)
def test_the_fast_reader_and_the_json_schema_agree_on_profiles(document: dict[str, Any]) -> None:
    assert fits_profile(document) is PROFILE_SCHEMA.is_valid(document)


@settings(max_examples=60, deadline=None)
@given(CONFIGS)
def test_what_the_schema_refuses_is_always_explained(document: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, ".mailzone.yaml")
        path.write_text(yaml.safe_dump(document))
        faults: tuple[SourceFault, ...] = ()
        try:
            load_settings(str(path))
        except BadConfiguration as error:
            faults = error.faults

    # What is not a profile is known to no schema, nor is a policy file that is not there.
    unknown = document.get("profile", "strict") != "strict" or document.get("mta-sts")
    assert bool(faults) == (not CONFIG_SCHEMA.is_valid(document) or bool(unknown))
    assert all(fault.message for fault in faults)
