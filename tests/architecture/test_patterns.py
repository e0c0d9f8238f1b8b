"""Every regular expression of the package is linear: eight times the text costs about eight times the steps."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

import linter
from linter.config.schemas import KINDS, schema_of
from linter.providers.files import policies_folder, provider_documents
from linter.providers.pattern import pattern_of
from linter.providers.signs import MX
from linter.records.text.name import MAX_NAME
from linter.records.transport import bimi, mta_sts, tls_rpt
from linter.source.pattern import Pattern
from linter.source.scalar_type import _PATTERNS
from linter.zone.usual import _RECORD

from .regex_work import FULLMATCH, MATCH, SCAN, Engine, texts, worst

STEEP = 20
"""Growth of the steps at eight times the length: 8 is linear, 64 quadratic, 512 cubic."""
NAME = "name"
"""Like FULLMATCH, but only of texts that are as long as names are."""
ONCE = {"match": MATCH, "fullmatch": FULLMATCH}
METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")


class Used(NamedTuple):
    """A pattern, and how it is used."""

    pattern: str | bytes
    flags: int
    how: str


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(linter.__path__, "linter."):
        if not found.name.endswith(".__main__"):
            yield importlib.import_module(found.name)


@cache
def tree_of(module: ModuleType) -> ast.Module:
    return ast.parse(Path(str(module.__file__)).read_text())


def calls(module: ModuleType) -> Iterator[tuple[ast.Call, str]]:
    """The calls that make a pattern of a text or use such a text, each with its method; "" for one that is kept."""
    for node in ast.walk(tree_of(module)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        if isinstance(function, ast.Name) and function.id == "Pattern":
            yield node, ""
        elif isinstance(function, ast.Attribute) and ast.unparse(function.value) == "re":
            method = "" if function.attr == "compile" else function.attr
            yield from [(node, method)] if method in ("", *METHODS) else []


def how_used(method: str, arguments: int) -> str:
    """A method as one of the ways; `match` at a place that moves through the text is as good as a scan."""
    return ONCE.get(method, SCAN) if arguments < 2 else SCAN


@cache
def uses_by_name(module: ModuleType) -> dict[str, set[str]]:
    """How the patterns of each name are used in a module."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            held = node.func.value
            if isinstance(held, ast.Name) and node.func.attr in METHODS:
                found.setdefault(held.id, set()).add(how_used(node.func.attr, len(node.args)))
    return found


def keepers(module: ModuleType) -> dict[int, str]:
    """By the identity of a node that makes a pattern: the name it is kept under, or the method it is asked for."""
    found = {}
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[id(node.value)] = node.targets[0].id
        elif isinstance(node, ast.Attribute) and node.attr in METHODS:
            found.setdefault(id(node.value), f".{node.attr}")
    return found


def ways(keeper: str, module: ModuleType) -> set[str]:
    """How a pattern with that keeper is used; where nobody says it, in every way."""
    if keeper.startswith("."):
        # `.match` that is kept is called at any place.
        return {FULLMATCH if keeper == ".fullmatch" else SCAN}
    users = [module] if keeper.startswith("_") else modules()
    return set().union(*(uses_by_name(each).get(keeper, ()) for each in users)) or {SCAN, FULLMATCH}


def written() -> Iterator[tuple[str, Used | None]]:
    """Every pattern that stands in the code, with its file and the text there; None where only a run makes it."""
    for module in modules():
        kept = keepers(module)
        for node, method in calls(module):
            place = f"{module.__name__}: {ast.unparse(node.args[0])}"
            try:
                pattern, *others = (
                    eval(compile(ast.Expression(each), place, "eval"), vars(module))
                    for each in (node.args[0], *(flag for flag in node.args[1:] if "re." in ast.unparse(flag)))
                )
            except NameError:
                yield place, None
                continue
            flags = int(others[0]) if others else 0
            for how in sorted({how_used(method, 1)} if method else ways(kept.get(id(node), ""), module)):
                yield place, Used(pattern, flags, how)


def in_schema(schema: Any) -> Iterator[str]:
    """The patterns of a JSON Schema, which jsonschema searches for."""
    if isinstance(schema, dict):
        yield from schema.get("patternProperties", {})
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        schema = list(schema.values())
    for each in schema if isinstance(schema, list) else ():
        yield from in_schema(each)


def of_schemas() -> Iterator[Used]:
    for schema in map(schema_of, KINDS):
        yield from (Used(pattern, 0, SCAN) for pattern in in_schema(schema))


def of_hosts() -> Iterator[Used]:
    """What the names of vendors' hosts are matched with."""
    written = {row[0] for rows in MX.values() for row in rows}
    for _, document in provider_documents(str(Path(policies_folder()) / "providers")):
        written.update(text.removeprefix("include:") for text in strings(document))
    for text in sorted(text for text in written if "*" in text or "{" in text):
        yield Used(pattern_of(text).compiled.pattern, 0, NAME)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(each)


def of_versions() -> Iterator[Used]:
    for kind in (bimi.KIND, mta_sts.KIND, tls_rpt.KIND):
        version = re.escape(kind.version)
        yield Used(rf"[^A-Za-z0-9]+(?={version}(?![A-Za-z0-9]))", 0, MATCH)
        yield Used(rf"v?[\s:]*{re.escape(kind.version[2:])}(?![A-Za-z0-9])", re.IGNORECASE, MATCH)


def none() -> Iterator[Used]:
    return iter(())


MADE: dict[str, Callable[[], Iterator[Used]]] = {
    # What only a run makes of a pattern's text, and who lists here what it can become.
    "linter.intent.shape: schema['pattern']": of_schemas,
    "linter.providers.pattern: _expression(text)": of_hosts,
    "linter.records.text.version_near_miss: f'[^A-Za-z0-9]+(?={re.escape(kind.version)}(?![A-Za-z0-9]))'": of_versions,
    "linter.records.text.version_near_miss: f'v?[\\\\s:]*{re.escape(kind.version[2:])}(?![A-Za-z0-9])'": of_versions,
    "linter.source.pattern: self.pattern": none,  # those are the Patterns, each found where it is made
    "linter.source.scalar_type: pattern": lambda: (Used(pattern, 0, FULLMATCH) for _, pattern in _PATTERNS),
}


@cache
def all_patterns() -> tuple[Used, ...]:
    found = dict.fromkeys(used for _, used in written() if used)
    for makes in MADE.values():
        found.update(dict.fromkeys(makes()))
    return tuple(found)


def held(value: object, depth: int = 3) -> Iterator[Any]:
    """The compiled patterns that a module or class holds, also those in its tables."""
    if isinstance(value, re.Pattern | Pattern):
        yield value
    elif isinstance(getattr(value, "__self__", None), re.Pattern):
        yield getattr(value, "__self__")  # noqa: B009  # a kept method, of whose type nothing is known
    elif isinstance(value, type) and value.__module__.startswith("linter."):
        for each in vars(value).values():
            yield from held(each, 0)
    elif depth and isinstance(value, dict):
        for each in value.values():
            yield from held(each, depth - 1)
    elif depth and isinstance(value, tuple | list):
        for each in value:
            yield from held(each, depth - 1)


def test_every_pattern_is_found_in_the_code() -> None:
    unknown = {place for place, used in written() if used is None}

    assert unknown == MADE.keys(), "say in MADE what these can become"
    known = {used.pattern for used in all_patterns()}
    for module in modules():
        for value in vars(module).values():
            assert {each.pattern for each in held(value)} <= known, module.__name__


@pytest.mark.parametrize("used", all_patterns(), ids=lambda used: f"{used.how} {str(used.pattern)[:50]}")
def test_a_pattern_is_linear(used: Used) -> None:
    if used.how == NAME:
        engine = Engine(used.pattern, used.flags)
        names = {(before + pump * MAX_NAME)[: MAX_NAME - 1] + after[:1] for before, pump, after in texts(engine)}
        assert max(engine.work(name, FULLMATCH) for name in names) < MAX_NAME**2
        return
    found = worst(used.pattern, used.flags, used.how, STEEP)

    if found is not None:
        steep = f"{found.before!r} + {found.pump!r} * n + {found.after!r} of growth {found.growth:.0f}"
        assert found.growth < STEEP, steep


@pytest.mark.parametrize(
    ("pattern", "how", "pump"),
    [
        (r"[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*", FULLMATCH, ":"),  # the IPv6 address of an MX host, cubic
        (r"(?:\s+|//[^\n]*|#[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)+", SCAN, "/*"),  # the comments of a key file
        (r"\A\W*v\W*=\W*d(?!kim)|dmarc", SCAN, "="),
        (r"[\w.-]*(?:verif|valid)[\w.-]*\s*[=:]", MATCH, "verif"),
        (r"%\{[^}]*\}|%[%_-]", SCAN, "%{"),
        (r"(?:a+)+b", FULLMATCH, "a"),
        (r"(?:a|a)*b", FULLMATCH, "a"),
        (r"(?:\w+\s?)*$", FULLMATCH, ""),
        (r"x*[xy]*z", MATCH, "x"),
        (r"\s+$", SCAN, ""),
        (r"(?:ab)*(?:abab)*c", MATCH, "ab"),
        (r"(?i:A*)[a]*b", MATCH, ""),
        (r"^(?=.*a.*b)", MATCH, ""),
        (r"(?<=;)[^=]*=[^=]*=", SCAN, ""),
        (rb"[a-z]{2,}[a-z0-9]*=", MATCH, ""),
    ],
)
def test_what_is_steep_is_found(pattern: str | bytes, how: str, pump: str) -> None:
    found = worst(pattern, 0, how, STEEP)

    assert found is not None
    assert found.growth >= STEEP
    assert pump in found.pump * 2


@pytest.mark.parametrize(
    ("pattern", "how"),
    [
        (r"[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*", FULLMATCH),
        (r"(?>a+)+b", MATCH),
        (r"a*+a*b", MATCH),
        (r"[^;]*;[^;]*;", MATCH),
        (r"(?:[a-z]{1,63}\.)+", FULLMATCH),
        (r"(?:,|\A)[^,]*", SCAN),
    ],
)
def test_what_is_linear_is_left_alone(pattern: str, how: str) -> None:
    found = worst(pattern, 0, how, STEEP)

    assert found is not None
    assert found.growth < STEEP


def test_no_name_is_longer_than_names_are() -> None:
    pattern = pattern_of("a{word}.example")

    assert [pattern.matches(f"{'a' * length}.example") for length in (MAX_NAME - 8, MAX_NAME - 7)] == [True, False]


@pytest.mark.parametrize("used", all_patterns(), ids=lambda used: f"{used.how} {str(used.pattern)[:50]}")
def test_the_engine_that_counts_finds_what_re_finds(used: Used) -> None:
    engine, compiled = Engine(used.pattern, used.flags), re.compile(used.pattern, used.flags)
    how = FULLMATCH if used.how == NAME else used.how
    ask = {SCAN: compiled.search, MATCH: compiled.match, FULLMATCH: compiled.fullmatch}[how]
    tried = {before + pump * times + after for before, pump, after in texts(engine) for times in (1, 3)}
    for text in sorted(tried)[:400]:
        given = text if isinstance(used.pattern, str) else text.encode("latin-1", "replace")
        found = ask(given)  # type: ignore[arg-type]
        as_text = given if isinstance(given, str) else given.decode("latin-1")
        assert engine.span(as_text, how) == (found.span() if found else None), text


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        (r"(a+)b\1c", ["aabaac", "aabac", "abac"]),
        (r"(?=(a*))\1b", ["aab", "b", "aa"]),
        (r"(x)?(?(1)y|z)", ["xy", "z", "xz", "y"]),
        (r"(?:(x)|y)(?(1)a)b", ["xab", "yb", "xb", "yab"]),
        (r"(?>(a)|b)++(?(1)c|d)", ["abc", "bd", "ad", "bbc"]),
        (r"(?!(a))b(?(1)c|d)", ["bd", "bc"]),
        (_RECORD.pattern, ["a:\n- type: MX\n  values:\n  - a: b\n    c: d\n", "? ''\n: type: A\n  value: a\n  ttl: 1"]),
    ],
)
def test_the_engine_that_counts_keeps_groups_as_re_does(pattern: str, texts: list[str]) -> None:
    engine = Engine(pattern)
    found = [re.fullmatch(pattern, text) for text in texts]

    assert {None} != set(found)
    assert [engine.span(text, FULLMATCH) for text in texts] == [each.span() if each else None for each in found]
