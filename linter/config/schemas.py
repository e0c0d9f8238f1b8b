"""The JSON Schemas of all kinds of documents; those of the configuration and of profiles are made here."""

from linter.finding import SEVERITIES
from linter.rules.known import SEVERITY_WORDS, all_names, families
from linter.source.schema_head import schema_head
from linter.source.typed import Any
from linter.zone.shape import zone_schema

KINDS = ("zone", "config", "profile", "provider", "lock")


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind of document."""
    if kind == "lock":
        from linter.lookup.lock_shape import lock_schema

        return lock_schema()
    if kind == "provider":
        from linter.providers.schema import provider_schema

        return provider_schema()
    return {"zone": zone_schema, "config": config_schema, "profile": profile_schema}[kind]()


def _severity() -> dict[str, Any]:
    # YAML 1.1 reads an unquoted `off` as false, and people write it unquoted.
    return {"enum": [*SEVERITY_WORDS, False]}


def _rules(**more: Any) -> dict[str, Any]:
    severity = _severity()
    return {
        "type": "object",
        "propertyNames": {"enum": [*all_names(), *families()], "x-key": True},
        "additionalProperties": {
            "anyOf": [
                severity,
                {
                    "type": "object",
                    "properties": {"severity": severity, "options": {"type": "object"}, **more},
                    "additionalProperties": False,
                },
            ]
        },
    }


def _policy_files() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "the MTA-STS policy files: mail domain to path, relative to this file",
        "additionalProperties": {"type": "string", "minLength": 1, "description": "the path of a policy file"},
    }


def _publishing() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "what the DNS provider permits",
        "properties": {
            "target-dots": {"enum": ["required", "optional"]},
            "cname-flattening": {"type": "boolean"},
        },
        "additionalProperties": False,
    }


def _compare() -> dict[str, Any]:
    server = {"type": "string", "minLength": 1, "description": "HOST, HOST:PORT or [IPV6]:PORT"}
    return {
        "type": "object",
        "description": "whom `mailzone compare` asks about which zones",
        "properties": {
            "servers": {
                "type": "object",
                "description": "the servers to ask, by globs of zones: those of one view, say",
                "additionalProperties": {"type": "array", "items": server, "minItems": 1},
            },
            "keys": {
                "type": "object",
                "description": "the file of the TSIG key that signs questions and transfers, by globs of zones",
                "additionalProperties": {"type": "string", "minLength": 1, "description": "relative to this file"},
            },
        },
        "additionalProperties": False,
    }


def _globs(description: str) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "minLength": 1}, "description": description}


def _views() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "files that declare one zone twice on purpose; a folder is a view by itself",
        "properties": {
            "internal": _globs("globs of the files of the view from inside; its zones are not public"),
            "external": _globs("globs of the files of the view from outside"),
        },
        "additionalProperties": False,
    }


def config_schema() -> dict[str, Any]:
    """The schema of `.mailzone.yaml`."""
    from linter.intent.shape import mail_schema, systems_schema

    from .overrides import option_schemas

    return {
        **schema_head("config", "The configuration of mailzone, `.mailzone.yaml`"),
        "type": "object",
        "properties": {
            "zones": _globs("globs of the zone files, relative to this file"),
            "exclude": _globs("globs of files and folders that are not searched, relative to this file"),
            "views": _views(),
            "internal": _globs("globs of the names of zones that are not public and not delegated"),
            "compare": _compare(),
            "profile": {
                "type": "string",
                "description": "minimal, recommended, strict, a pack such as bulk-sender, or the path of a profile",
            },
            "rules": _rules(),
            "lock": {
                "type": "string",
                "minLength": 1,
                "description": "where `mailzone lock` writes, relative to this file (default: mailzone.lock)",
            },
            "dns": _publishing(),
            "mta-sts": _policy_files(),
            "systems": systems_schema(),
            "providers": _globs("files with your own providers (`mailzone schema provider`), relative to this file"),
            "mail": mail_schema(),
            **option_schemas(_globs, _severity()),
        },
        "additionalProperties": False,
    }


def profile_schema() -> dict[str, Any]:
    """The schema of a profile."""
    from .allowed import allowed_schema

    return {
        **schema_head("profile", "A profile of mailzone: which rules, how severe, with which options"),
        "type": "object",
        "properties": {
            "description": {"type": "string"},
            "extends": {"type": "string", "description": "a profile to begin with"},
            "floor": {"enum": list(SEVERITIES), "description": "rules milder than this are off"},
            "rules": _rules(
                reason={"type": "string", "description": "who requires it, and where: a pack cites its source"}
            ),
            "allowed": allowed_schema(),
        },
        "additionalProperties": False,
    }
