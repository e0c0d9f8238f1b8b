"""The fast reading of what the schemas of configurations and profiles say: whether a document fits, and no more."""

from linter.rules.known import SEVERITY_WORDS, families, is_known
from linter.source.plain import PlainValue

_CONFIG_KEYS = frozenset(
    {"zones", "exclude", "views", "internal", "compare", "profile", "rules", "dns", "lock", "mta-sts"}
    | {"systems", "mail", "providers"}
)
OPTION_KEYS = frozenset({"fail-on", "select", "ignore", "answers", "baseline", "overrides"})
VIEWS = frozenset({"internal", "external"})
_CHOICE_KEYS = frozenset({"severity", "options"})
_PROFILE_KEYS = frozenset({"description", "extends", "floor", "rules", "allowed"})


def fits_config(value: dict[str, PlainValue]) -> bool:
    """The fast reading of what the schema of the configuration says."""
    zones, dns, policies = value.get("zones", []), value.get("dns", {}), value.get("mta-sts", {})
    views = value.get("views", {})
    return (
        value.keys() <= _CONFIG_KEYS | OPTION_KEYS
        and isinstance(value.get("profile", ""), str)
        and isinstance(value.get("lock", ""), str)
        and value.get("lock") != ""
        and _are_texts(zones)
        and _are_texts(value.get("exclude", []))
        and _are_texts(value.get("providers", []))
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
    if OPTION_KEYS.isdisjoint(value):
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


def fits_profile(value: dict[str, PlainValue]) -> bool:
    """The fast reading of what the schema of a profile says."""
    return (
        value.keys() <= _PROFILE_KEYS
        and all(isinstance(value.get(name, ""), str) for name in ("description", "extends"))
        and value.get("floor", "info") in SEVERITY_WORDS[:3]
        and _fits_rules(value.get("rules", {}), _CHOICE_KEYS | {"reason"})
        and ("allowed" not in value or _fits_allowed(value["allowed"]))
    )


def _fits_allowed(value: PlainValue) -> bool:
    from .allowed import fits_allowed

    return fits_allowed(value)


def _fits_rules(rules: PlainValue, keys: frozenset[str] = _CHOICE_KEYS) -> bool:
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
