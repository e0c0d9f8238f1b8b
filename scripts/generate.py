"""Write what is generated: schemas, providers, publishers, lists of rules, map of RFCs; `--check` names stale ones."""

import json
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def catalogue() -> str:
    """The text of linter/providers/catalogue.json: one provider a line."""
    found = import_module("linter.providers.files").provider_documents(str(ROOT / "policies" / "providers"))
    rows = ",\n".join(json.dumps(document, ensure_ascii=False, separators=(",", ":")) for _, document in found)
    return f"[\n{rows}\n]\n"


def publishers() -> str:
    """The text of linter/providers/publishers.json: one publisher or source a line."""
    document = import_module("linter.providers.files").document_at(str(ROOT / "policies" / "publishers.yaml"))
    parts = []
    for key, rows in document.items():
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
        parts.append(f'"{key}":[\n{lines}\n]')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def signs() -> dict[str, str]:
    """The modules of signs by their paths: a line for each row of their tables."""
    found = import_module("linter.providers.files").provider_documents(str(ROOT / "policies" / "providers"))
    data = import_module("linter.providers.sign_data").sign_data(document for _, document in found)
    hosts = {name: data.pop(name) for name in ("MX", "VENDORS")}
    return {
        "linter/providers/signs.py": _module("hosts", hosts),
        "linter/providers/name_signs.py": _module("other names", data),
    }


def _module(subject: str, tables: dict[str, dict[object, object] | list[object]]) -> str:
    return (
        (
            f'"""Vendors\' {subject}, for checks that do not load the catalogue; made by scripts/generate.py.\n\n'
            "As byte code, since the package for JSON takes ten times as long to load as these tables.\n"
            '"""\n\n'
            f"# ruff: noqa: E501\n# fmt: off\n\n"
        )
        + "\n\n".join(_table(name, rows) for name, rows in tables.items())
        + "\n"
    )


def _table(name: str, rows: dict[object, object] | list[object]) -> str:
    if isinstance(rows, dict):
        return "\n".join([f"{name} = {{", *(f"    {key!r}: {row!r}," for key, row in rows.items()), "}"])
    return "\n".join([f"{name} = [", *(f"    {row!r}," for row in rows), "]"])


def listing() -> str:
    """The text of linter/rules/listing.py: for each family of rules what is told of these without loading them."""
    known, pages = (import_module(f"linter.rules.{name}") for name in ("known", "pages"))
    families: dict[str, list[str]] = {}
    for rule in import_module("linter.rules.registry").own_rules():
        options = dict(known.options_of(rule)) if rule.options else {}
        row = (rule.name, rule.severity, rule.reference, rule.aliases, options, pages.summary(rule.name))
        families.setdefault(rule.family, []).append(f"        {row!r},")
    lines = [line for family, rows in families.items() for line in (f"    {family!r}: (", *rows, "    ),")]
    return (
        '"""What is told of every rule, for who lists rules and runs none.\n\n'
        "Made by scripts/generate.py from the modules of rules, of which loading all takes half of such a command,\n"
        "and from their pages.\n"
        '"""\n\n# ruff: noqa: E501\n# fmt: off\n\nfrom collections.abc import Mapping\n\n'
        "from linter.source.typed import TypeAlias\n\nfrom .rule import Severity\n\n"
        "Listed: TypeAlias = tuple[str, Severity, str, tuple[str, ...], Mapping[str, object], str]\n"
        '"""Name, severity, reference, former names, options with their defaults, and the fault in a sentence."""\n\n'
        + "\n".join(["RULES: Mapping[str, tuple[Listed, ...]] = {", *lines, "}\n"])
    )


def profiles() -> str:
    """The text of linter/config/profiles.py: what the profiles say that come with mailzone."""
    files = sorted((ROOT / "policies" / "profiles").glob("*.yaml"))
    document_at = import_module("linter.providers.files").document_at
    table = _table("PROFILES", {file.stem: document_at(str(file)) for file in files})
    return (
        '"""The profiles that come with mailzone, by their names; made from policies by scripts/generate.py.\n\n'
        "As byte code: every run needs one, and most runs no reader of YAML beside.\n"
        '"""\n\n# ruff: noqa: E501\n# fmt: off\n\nfrom collections.abc import Mapping\n\n'
        "from linter.source.plain import PlainValue\n\n"
        + table.replace("PROFILES =", "PROFILES: Mapping[str, dict[str, PlainValue]] =")
        + "\n"
    )


def alone() -> str:
    """The text of linter/rules/alone.py: the rules that judge their zone alone."""
    names = import_module("scripts.rule_reach").rules_alone(ROOT)
    body = "\n".join(["ALONE = frozenset({", *(f"    {name!r}," for name in names), "})"])
    return (
        '"""The rules that judge their zone alone: none of their findings leads to a file of another zone.\n\n'
        "Made by scripts/generate.py from the syntax trees of all code that they run.\n"
        f'"""\n\n# fmt: off\n\n{body}\n'
    )


def schemas() -> dict[str, str]:
    """The schema files by their paths."""
    module = import_module("linter.cli.schemas")
    found = {kind: module.schema_of(kind) for kind in module.KINDS}
    found["publishers"] = import_module("linter.providers.publisher_schema").publishers_schema()
    texts = {kind: json.dumps(schema, indent=2) + "\n" for kind, schema in found.items()}
    return {f"policies/schemas/{kind}.schema.json": text for kind, text in texts.items()}


def rfcs() -> str:
    """The text of docs/rfc.md."""
    return str(import_module("scripts.rfc_map").rfc_map(ROOT))


def stale(files: dict[str, str]) -> list[str]:
    """The generated files that do not hold what they should."""
    return [name for name, text in files.items() if not (ROOT / name).is_file() or (ROOT / name).read_text() != text]


def main() -> int:
    """Write the files, or with --check name those that are stale; the exit status."""
    check = "--check" in sys.argv[1:]
    is_stale = renewed({"linter/rules/listing.py": listing()}, check)  # first: schemas know rules by it
    files = {**schemas(), "linter/providers/catalogue.json": catalogue(), **signs()}
    files["docs/rfc.md"] = rfcs()
    files["linter/config/profiles.py"] = profiles()
    files["linter/rules/alone.py"] = alone()
    files["linter/providers/publishers.json"] = publishers()
    is_stale = renewed(files, check) or is_stale
    return 1 if check and is_stale else 0


def renewed(files: dict[str, str], check: bool) -> bool:
    """Whether files did not hold what they should; unless that is only checked, they do now."""
    old = stale(files)
    for name in old:
        if not check:
            (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / name).write_text(files[name])
        sys.stdout.write(f"{'stale' if check else 'written'}: {name}\n")
    return bool(old)


if __name__ == "__main__":
    sys.exit(main())
