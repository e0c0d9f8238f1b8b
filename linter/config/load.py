"""Configuration files from disk: found upward from a path, read with places, profiles folded together."""

import os
from typing import TYPE_CHECKING, Any

from linter.providers.publishing import Publishing
from linter.records.text.fault import did_you_mean, quoted
from linter.source.file import read_source
from linter.source.plain import PlainValue, node_at, plain_value
from linter.source.repository import lies_in, repository_root
from linter.source.text import SourceFault
from linter.source.tree import Mapping, Node, located, unalias
from linter.source.yaml_reader import read_yaml

from .globs import glob_faults
from .settings import BadConfiguration, Choice, Profile, Settings
from .words import SEVERITY_WORDS

if TYPE_CHECKING:
    from linter.facts.transport.sts_policies import PolicyFile
    from linter.intent.model import Intent

    from .overrides import Defaults, Override

FILE_NAME = ".mailzone.yaml"
_CONFIG_KEYS = frozenset(
    {"zones", "exclude", "views", "internal", "compare", "profile", "rules", "dns", "lock", "mta-sts"}
    | {"systems", "mail"}
)
_OPTION_KEYS = frozenset({"fail-on", "select", "ignore", "answers", "baseline", "overrides"})
VIEWS = frozenset({"internal", "external"})
_CHOICE_KEYS = frozenset({"severity", "options"})
_PROFILE_KEYS = frozenset({"description", "extends", "floor", "rules"})


def _option_faults(root: Mapping | None, rules: dict[str, Choice]) -> tuple[SourceFault, ...]:
    if root is None or not any(choice.options for choice in rules.values()):
        return ()
    from .options import option_faults

    return option_faults(root, rules)


def find_config(folder: str, within: str = "") -> str:
    """The path of the nearest configuration at or above a folder, spelled from it; "" where there is none.

    None is looked for above the folder `within`, a real path, where there is one.
    """
    current = folder or "."
    last = ""
    while os.path.realpath(current) != last and (not last or last != within):
        path = os.path.join(current, FILE_NAME) if current != "." else FILE_NAME
        if os.path.lexists(path):  # whatever it is, it was to be the configuration
            return shorter(path)
        last = os.path.realpath(current)
        current = os.path.join(current, os.pardir)
    return ""


def shorter(path: str) -> str:
    """The path without `..`, which findings and messages would show, where that means the same file."""
    short = os.path.normpath(path)
    # Links are not followed: where one leads is nobody's business before it is read.
    return short if os.path.lexists(short) and os.path.samestat(os.lstat(short), os.lstat(path)) else path


def load_settings(path: str) -> Settings:
    """Read a configuration. Raises BadConfiguration with every fault in it, Unreadable if it cannot be opened."""
    root, document = _document(path, "config")
    rules = _choices(document.get("rules"))
    faults = _option_faults(root, rules)
    if faults:
        raise BadConfiguration(faults)
    zones, views, exclude = document.get("zones"), document.get("views"), document.get("exclude")
    faults = (*glob_faults(root, ("zones",), zones), *glob_faults(root, ("exclude",), exclude))
    for name, globs in views.items() if isinstance(views, dict) else ():
        faults += tuple(glob_faults(root, ("views", name), globs))
    if faults:
        raise BadConfiguration(faults)
    if root is not None and "profile" in document:
        _profile_named_in(root, "profile", path)
    lock = str(document.get("lock", ""))
    if root is not None and lock and not is_inside(os.path.join(os.path.dirname(path), lock), os.path.dirname(path)):
        raise BadConfiguration((_fault_at(root, "lock", f"{quoted(lock, 80)} lies outside the repository"),))
    overrides, defaults = _of_options(root, document, path)
    return Settings(
        path=path,
        folder=os.path.dirname(path),
        zones=_texts(zones),
        exclude=_texts(exclude),
        profile=str(document.get("profile", "recommended")),
        rules=rules,
        publishing=_publishing(document.get("dns")),
        mta_sts=_policies(root, path) if "mta-sts" in document else {},
        lock=lock,
        intent=_intent(root, document),
        views={name: _texts(globs) for name, globs in views.items()} if isinstance(views, dict) else {},
        internal=_texts(document.get("internal")),
        servers=tuple((glob, _texts(given)) for glob, given in _compare(document, "servers")),
        keys=tuple((glob, str(file)) for glob, file in _compare(document, "keys")),
        overrides=overrides,
        defaults=defaults,
        source=root.source if root is not None and "ailzone:" in root.source.text else None,
    )


def _publishing(dns: PlainValue) -> Publishing:
    if not isinstance(dns, dict):
        return Publishing()
    flattening = dns.get("cname-flattening")
    return Publishing(str(dns.get("target-dots", "")), flattening if isinstance(flattening, bool) else None)


def _of_options(
    root: Mapping | None, document: dict[str, PlainValue], path: str
) -> "tuple[tuple[Override, ...], Defaults | None]":
    """Overrides, and what is said in the place of options. Raises BadConfiguration."""
    if root is None or _OPTION_KEYS.isdisjoint(document):
        return (), None
    from .overrides import override_faults, read_defaults, read_overrides  # few configurations have any

    folder = os.path.dirname(path)
    faults = tuple(override_faults(root, document, folder))
    if faults:
        raise BadConfiguration(faults)
    return read_overrides(root, document), read_defaults(document, folder)


def _texts(listed: PlainValue) -> tuple[str, ...]:
    return tuple(str(each) for each in listed) if isinstance(listed, list) else ()


def _compare(document: dict[str, PlainValue], key: str) -> list[tuple[str, PlainValue]]:
    """What `compare:` holds under a key, by globs of zones."""
    compare = document.get("compare")
    held = compare.get(key) if isinstance(compare, dict) else None
    return list(held.items()) if isinstance(held, dict) else []


def _policies(root: Mapping | None, path: str) -> "dict[str, PolicyFile]":
    from .policy_files import policy_files  # only some repositories hold their policies

    folder = os.path.dirname(path)
    return policy_files(root, folder, repository_root(folder)) if root is not None else {}


def _intent(root: Mapping | None, document: dict[str, PlainValue]) -> "Intent | None":
    """What `systems:` and `mail:` declare. Raises BadConfiguration where that contradicts itself."""
    if root is None or not document.keys() & {"systems", "mail"}:
        return None
    from linter.intent.reader import read_intent

    nodes = [node_at(root, (key,))[0] if key in document else None for key in ("systems", "mail")]
    intent, faults = read_intent(nodes[0], nodes[1], "config")
    if faults:
        raise BadConfiguration(faults)
    return intent


def load_profile(name: str, folder: str = "") -> Profile:
    """A profile by its name, or by its path relative to `folder`, with all that it extends.

    Raises BadConfiguration, Unreadable, and LookupError for a name that is not a profile.
    """
    path = _profile_path(name, folder)
    seen = {os.path.realpath(path)}
    merged: dict[str, Choice] = {}
    floor = ""
    while path:
        root, document = _document(path, "profile")
        rules = _choices(document.get("rules"))
        faults = _option_faults(root, rules)
        if faults:
            raise BadConfiguration(faults)
        # What was read first extends what comes now, and wins.
        merged = rules | {rule: _folded(rules.get(rule), choice) for rule, choice in merged.items()}
        floor = floor or str(document.get("floor", ""))
        path = _profile_named_in(root, "extends", path) if root is not None and "extends" in document else ""
        if path and os.path.realpath(path) in seen:
            raise BadConfiguration((_fault_at(root, "extends", f"the profile `{name}` extends itself"),))
        seen.add(os.path.realpath(path))
    return Profile(name, merged, floor or "info")


def profile_paths(name: str, folder: str) -> tuple[str, ...]:
    """The files of a profile that is named by its path, and of those that it extends; none where it has a name.

    Raises as load_profile.
    """
    found: dict[str, str] = {}
    path = _profile_path(name, folder) if _is_path(name) else ""
    while path and os.path.realpath(path) not in found:
        found[os.path.realpath(path)] = path
        root, document = _document(path, "profile")
        extended = str(document.get("extends", ""))
        path = _profile_named_in(root, "extends", path) if root is not None and _is_path(extended) else ""
    return tuple(found.values())


def _folded(extended: Choice | None, own: Choice) -> Choice:
    if extended is None:
        return own
    options = {**(extended.options or {}), **(own.options or {})}
    reason = own.reason or ("" if own.severity else extended.reason)
    return Choice(own.severity or extended.severity, options or None, reason)


def profiles_folder() -> str:
    """Where the profiles that come with mailzone lie: in the wheel, or beside the package in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "policies", "profiles")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "policies", "profiles")


def _profile_named_in(root: Mapping, key: str, path: str) -> str:
    """The path of the profile that a document names. Raises BadConfiguration, at that place, where there is none."""
    name = str(plain_value(node_at(root, (key,))[0]))
    folder = os.path.dirname(path)
    # A document comes from the repository being checked, and must not have other files read and shown.
    if _is_path(name) and not is_inside(os.path.join(folder, name), folder):
        message = f"`{name}` lies outside the repository and is not read"
        raise BadConfiguration((_fault_at(root, key, message),))
    try:
        return _profile_path(name, folder)
    except LookupError as error:
        raise BadConfiguration((_fault_at(root, key, str(error.args[0])),)) from None


def _fault_at(root: Node | None, key: str, message: str) -> SourceFault:
    assert root is not None
    return SourceFault(located(*node_at(root, (key,))), "config", message)


def _is_path(name: str) -> bool:
    return "/" in name or os.sep in name or name.endswith((".yaml", ".yml"))


def is_inside(path: str, folder: str) -> bool:
    """Whether a path, links followed, lies inside the repository that a folder belongs to."""
    return lies_in(path, repository_root(folder))


def _profile_path(name: str, folder: str) -> str:
    if _is_path(name):
        path = os.path.join(folder, name)
        if not os.path.lexists(path):
            raise LookupError(f"there is no file `{path}`")
        return path
    path = os.path.join(profiles_folder(), f"{name}.yaml")
    if not os.path.isfile(path):
        known = sorted(file.removesuffix(".yaml") for file in os.listdir(profiles_folder()))
        meant = did_you_mean(name, known)
        listed = ", ".join(f"`{each}`" for each in known)
        raise LookupError(f"there is no profile `{name}`; expected one of {listed}{meant}")
    return os.path.realpath(path)  # the package may lie behind a link in the repository: `.venv` often does


def _document(path: str, kind: str) -> tuple[Mapping | None, dict[str, PlainValue]]:
    """The root of a document and its plain value, once it fits its schema."""
    source, fault = read_source(path)
    if fault:
        raise BadConfiguration((fault,))
    tree = read_yaml(source)
    if tree.faults:
        raise BadConfiguration(tree.faults)
    if tree.root is None:
        return None, {}
    value = plain_value(tree.root)
    if value is None:
        return None, {}
    root, _ = unalias(tree.root)
    fits = _fits_config if kind == "config" else _fits_profile
    if not (isinstance(value, dict) and fits(value)):
        _refuse(root, kind)
    return (root if isinstance(root, Mapping) else None), (value if isinstance(value, dict) else {})


def _refuse(root: Node, kind: str) -> None:
    from linter.source.schema import explain

    from .right_forms import with_right_forms
    from .schemas import schema_of

    faults = with_right_forms(root, explain(root, schema_of(kind)))
    if faults:
        raise BadConfiguration(tuple(SourceFault(f.span, "config", f.message, f.help) for f in faults))


def _fits_config(value: dict[str, PlainValue]) -> bool:
    """The fast reading of what the schema of the configuration says."""
    zones, dns, policies = value.get("zones", []), value.get("dns", {}), value.get("mta-sts", {})
    views = value.get("views", {})
    return (
        value.keys() <= _CONFIG_KEYS | _OPTION_KEYS
        and isinstance(value.get("profile", ""), str)
        and isinstance(value.get("lock", ""), str)
        and value.get("lock") != ""
        and _are_texts(zones)
        and _are_texts(value.get("exclude", []))
        and _are_texts(value.get("internal", []))
        and isinstance(views, dict)
        and views.keys() <= VIEWS
        and all(_are_texts(globs) for globs in views.values())
        and isinstance(dns, dict)
        and dns.keys() <= {"target-dots", "cname-flattening"}
        and dns.get("target-dots", "required") in ("required", "optional")
        and isinstance(dns.get("cname-flattening", False), bool)
        and _fits_intent(value)
        and _fits_compare(value.get("compare", {}))
        and isinstance(policies, dict)
        and all(isinstance(file, str) and file for file in policies.values())
        and _fits_rules(value.get("rules", {}))
        and _fits_options(value)
    )


def _fits_options(value: dict[str, PlainValue]) -> bool:
    if _OPTION_KEYS.isdisjoint(value):
        return True
    from .overrides import fits_options

    return fits_options(value)


def _are_texts(value: PlainValue) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each for each in value)


def _fits_compare(value: PlainValue) -> bool:
    if not isinstance(value, dict) or not value.keys() <= {"servers", "keys"}:
        return False
    servers, keys = value.get("servers", {}), value.get("keys", {})
    return (
        isinstance(servers, dict)
        and all(_are_texts(each) and each for each in servers.values())
        and isinstance(keys, dict)
        and all(isinstance(file, str) and file for file in keys.values())
    )


def _fits_intent(value: dict[str, PlainValue]) -> bool:
    if not value.keys() & {"systems", "mail"}:
        return True
    from linter.intent.shape import fits, mail_schema, systems_schema

    return fits(value.get("systems", {}), systems_schema()) and fits(value.get("mail", {}), mail_schema())


def _fits_profile(value: dict[str, PlainValue]) -> bool:
    return (
        value.keys() <= _PROFILE_KEYS
        and all(isinstance(value.get(name, ""), str) for name in ("description", "extends"))
        and value.get("floor", "info") in SEVERITY_WORDS[:3]
        and _fits_rules(value.get("rules", {}), _CHOICE_KEYS | {"reason"})
    )


def _fits_rules(rules: PlainValue, keys: frozenset[str] = _CHOICE_KEYS) -> bool:
    from linter.rules.registry import families, is_known

    if not isinstance(rules, dict) or not all(name in families() or is_known(name) for name in rules):
        return False
    for choice in rules.values():
        if isinstance(choice, dict):
            if not choice.keys() <= keys or not isinstance(choice.get("options", {}), dict):
                return False
            if not isinstance(choice.get("reason", ""), str):
                return False
            choice = choice.get("severity", "off")
        if choice is not False and choice not in SEVERITY_WORDS:
            return False
    return True


def _choices(rules: PlainValue) -> dict[str, Choice]:
    choices: dict[str, Choice] = {}
    for name, choice in rules.items() if isinstance(rules, dict) else ():
        if isinstance(choice, dict):
            severity, options = choice.get("severity"), choice.get("options")
            severity = "off" if severity is False else severity
            held: dict[str, Any] | None = options if isinstance(options, dict) else None
            choices[name] = Choice(str(severity) if severity else None, held, str(choice.get("reason", "")))
        else:
            choices[name] = Choice("off" if choice is False else str(choice))
    return choices
