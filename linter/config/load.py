"""Configuration files from disk: found upward from a path, read with places, profiles folded together."""

import os

from linter.providers.publishing import Publishing
from linter.records.text.fault import did_you_mean, quoted
from linter.source.file import read_source
from linter.source.inputs import looked_for
from linter.source.plain import PlainValue, node_at, plain_value
from linter.source.repository import lies_in, repository_root
from linter.source.text import SourceFault
from linter.source.tree import Mapping, Node, located, unalias
from linter.source.typed import TYPE_CHECKING, Any

from .fits import OPTION_KEYS, fits_config, fits_profile
from .profiles import PROFILES
from .settings import BadConfiguration, Choice, Profile, Settings

if TYPE_CHECKING:
    from linter.facts.allowed import Allowed
    from linter.facts.transport.sts_policies import PolicyFile
    from linter.intent.model import Intent

    from .overrides import Defaults, Override

FILE_NAME = ".mailzone.yaml"


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
    real, last = os.path.realpath(current), ""
    while real != last and (not last or last != within):
        path = os.path.join(current, FILE_NAME) if current != "." else FILE_NAME
        if os.path.lexists(looked_for(path)):  # whatever it is, it was to be the configuration
            return shorter(path)
        current, real, last = os.path.join(current, os.pardir), os.path.dirname(real), real
    return ""


def shorter(path: str) -> str:
    """The path without `..`, which findings and messages would show, where that means the same file."""
    short = os.path.normpath(path)
    # Links are not followed: where one leads is nobody's business before it is read.
    return short if os.path.lexists(looked_for(short)) and os.path.samestat(os.lstat(short), os.lstat(path)) else path


def load_settings(path: str) -> Settings:
    """Read a configuration. Raises BadConfiguration with every fault in it, Unreadable if it cannot be opened."""
    root, document = _document(path, "config")
    rules = _choices(document.get("rules"))
    faults = _option_faults(root, rules)
    if faults:
        raise BadConfiguration(faults)
    zones, views, exclude = document.get("zones"), document.get("views"), document.get("exclude")
    faults = _glob_faults(root, {("zones",): zones, ("exclude",): exclude}, views)
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
        **_own_providers(root, document, path),
    )


def _glob_faults(
    root: Mapping | None, lists: dict[tuple[str | int, ...], PlainValue], views: PlainValue
) -> tuple[SourceFault, ...]:
    from .globs import glob_faults  # without a configuration there is none

    if isinstance(views, dict):
        lists |= {("views", name): globs for name, globs in views.items()}
    return tuple(fault for keys, globs in lists.items() for fault in glob_faults(root, keys, globs))


def _own_providers(root: Mapping | None, document: dict[str, PlainValue], path: str) -> dict[str, Any]:
    """What the settings hold of providers of one's own; nothing for none. Raises BadConfiguration."""
    if root is None or "providers" not in document:
        return {}
    from .own_providers import read_own_providers  # few have any

    own = read_own_providers(root, document, os.path.dirname(path))
    return {"providers": own.providers, "provider_files": own.files}


def _publishing(dns: PlainValue) -> Publishing:
    if not isinstance(dns, dict):
        return Publishing()
    flattening = dns.get("cname-flattening")
    return Publishing(str(dns.get("target-dots", "")), flattening if isinstance(flattening, bool) else None)


def _of_options(
    root: Mapping | None, document: dict[str, PlainValue], path: str
) -> "tuple[tuple[Override, ...], Defaults | None]":
    """Overrides, and what is said in the place of options. Raises BadConfiguration."""
    if root is None or OPTION_KEYS.isdisjoint(document):
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
    allowed: Allowed | None = None
    while path:
        root, document = _profile(path)
        rules = _choices(document.get("rules"))
        faults = _option_faults(root, rules)
        if faults:
            raise BadConfiguration(faults)
        allowed = _allowed(root, document, path, allowed)
        # What was read first extends what comes now, and wins.
        merged = rules | {rule: _folded(rules.get(rule), choice) for rule, choice in merged.items()}
        floor = floor or str(document.get("floor", ""))
        path = _extended(root, document, path)
        if path and os.path.realpath(path) in seen:
            raise BadConfiguration((_fault_at(root, "extends", f"the profile `{name}` extends itself"),))
        seen.add(os.path.realpath(path))
    if allowed is not None:
        # What is not allowed is reported whatever the floor is; a choice for the family or a rule stays.
        merged = {"policy": Choice("warning")} | merged
    return Profile(name, merged, floor or "info", allowed)


def _allowed(
    root: Mapping | None, document: dict[str, PlainValue], path: str, nearer: "Allowed | None"
) -> "Allowed | None":
    """What a profile allows, where one that extends it does not say. Raises BadConfiguration."""
    if root is None or "allowed" not in document:
        return nearer
    from .allowed import allowed_faults, read_allowed  # few profiles say so

    faults = tuple(allowed_faults(root, document["allowed"]))
    if faults:
        raise BadConfiguration(faults)
    own = read_allowed(document["allowed"], path)
    return nearer.over(own) if nearer is not None else own


def profile_paths(name: str, folder: str) -> tuple[str, ...]:
    """The files of a profile that is named by its path, and of those that it extends; none where it has a name.

    Raises as load_profile.
    """
    found: dict[str, str] = {}
    path = _profile_path(name, folder) if _is_path(name) else ""
    while path and os.path.realpath(path) not in found:
        found[os.path.realpath(path)] = path
        root, document = _profile(path)
        extended = str(document.get("extends", ""))
        path = _profile_named_in(root, "extends", path) if root is not None and _is_path(extended) else ""
    return tuple(found.values())


def _folded(extended: Choice | None, own: Choice) -> Choice:
    if extended is None:
        return own
    options = {**(extended.options or {}), **(own.options or {})}
    reason = own.reason or ("" if own.severity else extended.reason)
    return Choice(own.severity or extended.severity, options or None, reason)


def _profile(path: str) -> tuple[Mapping | None, dict[str, PlainValue]]:
    """A profile's root and plain value; of one that comes with mailzone, whose path is its name, the value alone."""
    return (None, PROFILES[path]) if path in PROFILES else _document(path, "profile")


def _extended(root: Mapping | None, document: dict[str, PlainValue], path: str) -> str:
    """The path of the profile that a profile extends, "" for none. Raises BadConfiguration."""
    if path in PROFILES:
        return str(document.get("extends", ""))
    return _profile_named_in(root, "extends", path) if root is not None and "extends" in document else ""


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
        if not os.path.lexists(looked_for(path)):
            raise LookupError(f"there is no file `{path}`")
        return path
    if name not in PROFILES:
        meant = did_you_mean(name, PROFILES)
        listed = ", ".join(f"`{each}`" for each in PROFILES)
        raise LookupError(f"there is no profile `{name}`; expected one of {listed}{meant}")
    return name


def _document(path: str, kind: str) -> tuple[Mapping | None, dict[str, PlainValue]]:
    """The root of a document and its plain value, once it fits its schema."""
    source, fault = read_source(path)
    if fault:
        raise BadConfiguration((fault,))
    from linter.source.yaml_reader import read_yaml  # a run without a configuration needs none

    tree = read_yaml(source)
    if tree.faults:
        raise BadConfiguration(tree.faults)
    if tree.root is None:
        return None, {}
    value = plain_value(tree.root)
    if value is None:
        return None, {}
    root, _ = unalias(tree.root)
    fits = fits_config if kind == "config" else fits_profile
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
