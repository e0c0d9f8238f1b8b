"""The JSON Schemas of the configuration and of profiles; `mailzone schema` prints them."""

from typing import Any

from linter.rules.registry import entries
from linter.zone.shape import zone_schema

from .settings import SEVERITY_WORDS

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
KINDS = ("zone", "config", "profile")


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind of document."""
    return {"zone": zone_schema, "config": config_schema, "profile": profile_schema}[kind]()


def _rules() -> dict[str, Any]:
    # YAML 1.1 reads an unquoted `off` as false, and people write it unquoted.
    severity = {"enum": [*SEVERITY_WORDS, False]}
    return {
        "type": "object",
        "propertyNames": {"enum": [entry.name for entry in entries()], "x-key": True},
        "additionalProperties": {
            "anyOf": [
                severity,
                {
                    "type": "object",
                    "properties": {"severity": severity, "options": {"type": "object"}},
                    "additionalProperties": False,
                },
            ]
        },
    }


def config_schema() -> dict[str, Any]:
    """The schema of `.mailzone.yaml`."""
    return {
        "$schema": _DRAFT,
        "title": "The configuration of mailzone, `.mailzone.yaml`",
        "type": "object",
        "properties": {
            "zones": {
                "type": "array",
                "items": {"type": "string"},
                "description": "globs of the zone files, relative to this file",
            },
            "profile": {
                "type": "string",
                "description": "minimal, recommended, strict, or the path of a profile",
            },
            "rules": _rules(),
            "lock": {
                "type": "string",
                "minLength": 1,
                "description": "where `mailzone lock` writes, relative to this file (default: mailzone.lock)",
            },
            "dns": {
                "type": "object",
                "description": "what the DNS provider permits",
                "properties": {
                    "target-dots": {"enum": ["required", "optional"]},
                    "cname-flattening": {"type": "boolean"},
                },
                "additionalProperties": False,
            },
            "mta-sts": {
                "type": "object",
                "description": "the MTA-STS policy files: mail domain to path, relative to this file",
                "additionalProperties": {"type": "string", "minLength": 1, "description": "the path of a policy file"},
            },
        },
        "additionalProperties": False,
    }


def profile_schema() -> dict[str, Any]:
    """The schema of a profile."""
    return {
        "$schema": _DRAFT,
        "title": "A profile of mailzone: which rules, how severe, with which options",
        "type": "object",
        "properties": {
            "description": {"type": "string"},
            "extends": {"type": "string", "description": "a profile to begin with"},
            "floor": {"enum": list(SEVERITY_WORDS[:3]), "description": "rules milder than this are off"},
            "rules": _rules(),
        },
        "additionalProperties": False,
    }
