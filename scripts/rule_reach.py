"""Which rules judge their zone alone, from the syntax trees of all code that they run.

A finding in another zone is told for its related places. A rule has none there if it cannot make any, or if it sees
nothing but the zone that it judges. Whatever is not understood counts as code that does both.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from inspect import unwrap
from pathlib import Path
from typing import NamedTuple

from linter.rules.registry import own_rules

OWN = frozenset({
    "index", "zone", "records", "texts", "spf_by_name", "mail_hosts", "targets", "autodiscover_targets", "parsers",
    "publishing", "demands", "is_internal", "is_inside", "is_seen", "not_public", "takes_inside_names", "once", "known",
    "let_go",
})  # fmt: skip
"""What facts tell of the zone alone. All else that they have may lead beyond it."""
_SHARED = frozenset({"faults"})
"""What a zone has that may stand elsewhere: a fault of its reading leads to the configuration that speaks of it."""
_FACTS = ("linter.facts.facts", "Facts")
_RELATED = ("linter.finding", "Related")
_OPAQUE = frozenset({
    "attrgetter", "methodcaller", "eval", "exec", "globals", "locals", "vars", "__dict__", "__import__", "import_module"
})  # fmt: skip
"""What gets at things by names that do not stand in the code; of `getattr` the name mostly does."""
_FLOORS = ("linter/rules", "linter/facts", "linter/finding.py", "mailzone/__init__.py")
"""The code that rules run and that may know of related places or facts; floors further down know neither."""

Name = tuple[str, str]
"""A module, and what is bound there at its top."""


class Reach(NamedTuple):
    """What the code that a function runs has to do with."""

    relates: bool
    looks_beyond: bool


def rules_alone(root: Path) -> list[str]:
    """The names of our own rules that judge their zone alone, sorted."""
    places = [root / place for place in _FLOORS]
    files = [file for place in places for file in ([place] if place.is_file() else sorted(place.rglob("*.py")))]
    modules = {".".join(file.relative_to(root).with_suffix("").parts): file.read_text() for file in files}
    code = Code({name.removesuffix(".__init__"): text for name, text in modules.items()})
    checks = {rule.name: unwrap(rule.check) for rule in own_rules()}
    reaches = {name: code.reach((check.__module__, check.__qualname__)) for name, check in checks.items()}
    return sorted(name for name, reach in reaches.items() if not (reach.relates and reach.looks_beyond))


class Code:
    """Modules by their dotted names, with the facts and the class of related places among them."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        self._modules = {name: _Module(name, text, modules) for name, text in modules.items()}
        facts = _class(self._modules[_FACTS[0]], _FACTS[1])
        self._members = {node.name: node for node in facts.body if isinstance(node, ast.FunctionDef)}
        kept = {node.attr for node in ast.walk(facts) if isinstance(node, ast.Attribute) and _is_set(node)}
        unknown = OWN - kept - self._members.keys()
        if unknown:
            raise ValueError(f"facts have no {sorted(unknown)}")
        self._beyond = (kept | self._members.keys() | _SHARED) - OWN
        self._said: dict[ast.AST, _Mentions] = {}

    def reach(self, start: Name) -> Reach:
        """What the code of a function, and all that it names, has to do with."""
        relates = looks_beyond = not self._nodes(*start)
        pending = self._nodes(*start)
        met: set[int] = set()
        while pending:
            module, node = pending.pop()
            if id(node) in met:
                continue
            met.add(id(node))
            if node not in self._said:
                self._said[node] = _Mentions(node)
            said = self._said[node]
            looks_beyond = looks_beyond or not self._beyond.isdisjoint(said.attributes)
            own = [self._members[each] for each in said.attributes if each in OWN and each in self._members]
            pending += [(self._modules[_FACTS[0]], each) for each in own]
            named = [name for each in said.names for name in self._meant(module, each)]
            relates = relates or _RELATED in named
            looks_beyond = looks_beyond or _FACTS in named
            if said.is_opaque or any(name not in (_RELATED, _FACTS) and not self._nodes(*name) for name in named):
                return Reach(True, True)
            pending += [found for name in named if name not in (_RELATED, _FACTS) for found in self._nodes(*name)]
        return Reach(relates, looks_beyond)

    def _nodes(self, module: str, name: str) -> "list[tuple[_Module, ast.AST]]":
        """The code that is bound to a name; to "*", all of a module."""
        held = self._modules.get(module)
        if held is None:
            return []
        names = held.bound if name == "*" else [name]
        return [(held, node) for each in names for node in held.bound.get(each, ())]

    def _meant(self, module: "_Module", name: str, seen: frozenset[Name] = frozenset()) -> Iterator[Name]:
        """What of these modules a name in one of them may stand for."""
        if name in module.bound:
            yield (module.name, name)
        for source, there in module.imported.get(name, ()):
            inner = f"{source}.{there}"
            if (source, there) in seen:
                continue
            if inner in self._modules or (there == "*" and source in self._modules):
                yield (inner if inner in self._modules else source, "*")
            elif source in self._modules:
                known = list(self._meant(self._modules[source], there, seen | {(source, there)}))
                yield from known or [(source, there)]


class _Module:
    """One module: the code that is bound to each name at its top, and what its imports stand for, wherever they are."""

    def __init__(self, name: str, text: str, modules: Iterable[str]) -> None:
        self.name = name
        self._tree = ast.parse(text)
        self._is_package = any(each.startswith(f"{name}.") for each in modules)

    @cached_property
    def bound(self) -> dict[str, list[ast.AST]]:
        """By name: functions, classes, values, and the statements that change what a name stands for."""
        found: dict[str, list[ast.AST]] = {}
        for node in self._tree.body:
            for name in self._bound_by(node):
                found.setdefault(name, []).append(node)
        return found

    def _bound_by(self, node: ast.stmt) -> Iterable[str]:
        match node:
            case ast.FunctionDef() | ast.ClassDef() | ast.AsyncFunctionDef():
                return [node.name]
            case ast.Import() | ast.ImportFrom():
                return []
            case ast.Assign() | ast.AnnAssign():
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                return {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}
        inner = [each.name for each in ast.walk(node) if isinstance(each, ast.FunctionDef | ast.ClassDef)]
        return {*inner, *(each.id for each in ast.walk(node) if isinstance(each, ast.Name))}

    @cached_property
    def imported(self) -> dict[str, set[Name]]:
        """By the name that an import binds: the module that it names, and what of it, "*" for all."""
        found: dict[str, set[Name]] = {}
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Import):
                for each in node.names:
                    found.setdefault(each.asname or each.name.partition(".")[0], set()).add((each.name, "*"))
            elif isinstance(node, ast.ImportFrom):
                source = self._source(node)
                for each in node.names:
                    if each.name == "*":
                        raise ValueError(f"{self.name} imports all of {source}: nobody can tell what that is")
                    found.setdefault(each.asname or each.name, set()).add((source, each.name))
        return found

    def _source(self, node: ast.ImportFrom) -> str:
        above = self.name.split(".")[: -node.level or None] if not self._is_package else self.name.split(".")
        if self._is_package and node.level > 1:
            above = above[: 1 - node.level]
        return ".".join(filter(None, [*(above if node.level else []), node.module]))


class _Mentions(ast.NodeVisitor):
    """The names and attributes that code has in it; what types it says of its values does not run."""

    def __init__(self, node: ast.AST) -> None:
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.is_opaque = False
        self.visit(node)
        self.is_opaque = self.is_opaque or not _OPAQUE.isdisjoint(self.names | self.attributes)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """A function: its decorators, defaults and body."""
        for each in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults), *node.body):
            self.visit(each)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """A value with a type."""
        self.visit(node.target)
        if node.value is not None:
            self.visit(node.value)

    def visit_Name(self, node: ast.Name) -> None:
        """A name."""
        self.names.add(node.id)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """An attribute, of whatever."""
        self.attributes.add(node.attr)
        self.visit(node.value)

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        """A pattern, which looks at attributes too."""
        self.attributes.update(node.kwd_attrs)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """A call; `getattr` with a text is an attribute."""
        if isinstance(node.func, ast.Name) and node.func.id == "getattr":
            name = node.args[1] if len(node.args) > 1 else None
            if isinstance(name, ast.Constant):
                self.attributes.add(str(name.value))
            else:
                self.is_opaque = True
        self.generic_visit(node)


def _class(module: _Module, name: str) -> ast.ClassDef:
    (found,) = (each for each in module.bound[name] if isinstance(each, ast.ClassDef))
    return found


def _is_set(node: ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name) and node.value.id == "self"
