"""The shapes that record types have in a zone file, and the JSON Schema that says the same to editors."""

from linter.source.typed import Any

TEXT_TYPES = frozenset({"TXT", "SPF"})
TARGET_TYPES = frozenset({"CNAME", "DNAME", "ALIAS", "PTR", "NS"})
ADDRESS_TYPES = frozenset({"A", "AAAA"})
SINGLE_TYPES = frozenset({"CNAME", "DNAME", "ALIAS"})
"""Types of which a name can have one value only; octoDNS reads their `value` and never `values`."""

OCTODNS_TYPES = (
    "A", "AAAA", "ALIAS", "CAA", "CNAME", "DNAME", "DS", "HTTPS", "LOC", "MX", "NAPTR", "NS", "OPENPGPKEY",
    "PTR", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT", "URI", "URLFWD",
)  # fmt: skip
OTHER_TYPES = (
    "AFSDB", "APL", "CDNSKEY", "CDS", "CERT", "CSYNC", "DHCID", "DNSKEY", "EUI48", "EUI64", "HINFO", "HIP",
    "KEY", "KX", "L32", "L64", "LP", "NID", "NSEC", "NSEC3", "NSEC3PARAM", "RP", "RRSIG", "SIG", "SMIMEA",
    "SOA", "WKS", "X25", "ZONEMD",
)  # fmt: skip
KNOWN_TYPES = frozenset(OCTODNS_TYPES + OTHER_TYPES)
PROVIDER_TYPE = r"^[A-Za-z0-9_]+/[A-Za-z0-9_]+$"
"""octoDNS's form of a type that only one provider has: `Route53Provider/ALIAS`."""


def is_dns_type(kind: str) -> bool:
    """Whether a type is one of DNS and not a provider's own: ALIAS, URLFWD, `CloudflareProvider/REDIRECT` and so on."""
    return kind not in ("ALIAS", "URLFWD") and "/" not in kind


RECORD_KEYS = (
    "type",
    "ttl",
    "value",
    "values",
    "octodns",
    "dynamic",
    "geo",
    "healthcheck",
    "comment",
    "lenient",
)

MOST_16_BIT = 65535
"""The highest MX preference (RFC 1035 section 3.3.9) and the highest number in an SRV record (RFC 2782)."""
_SIXTEEN_BITS = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "maximum": MOST_16_BIT},
        {
            "type": "string",
            "pattern": "^0{0,14}(?:[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$",
            "description": f"a number from 0 to {MOST_16_BIT}",
        },
    ]
}
_STRING = {"type": "string"}
TLSA_FIELDS = ("certificate_usage", "selector", "matching_type", "certificate_association_data")
"""The keys of a TLSA value, in the order of the record: three numbers and the data."""


def value_schema(kind: str) -> dict[str, Any]:
    """The schema of one value of a record type."""
    if kind in TEXT_TYPES or kind in TARGET_TYPES or kind in ADDRESS_TYPES:
        return _STRING
    if kind == "MX":
        return {
            "type": "object",
            "properties": {
                "preference": _SIXTEEN_BITS,
                "priority": _SIXTEEN_BITS,
                "exchange": _STRING,
                "value": _STRING,
            },
            "allOf": [
                {"anyOf": [{"required": ["exchange"]}, {"required": ["value"]}]},
                {"anyOf": [{"required": ["preference"]}, {"required": ["priority"]}]},
            ],
        }
    if kind == "SRV":
        numbers = dict.fromkeys(("priority", "weight", "port"), _SIXTEEN_BITS)
        return {
            "type": "object",
            "properties": {**numbers, "target": _STRING},
            "required": ["priority", "weight", "port", "target"],
        }
    if kind == "TLSA":
        # Which numbers there are, and how long the data is, is said by the rule `tlsa-invalid`.
        numbers = {name: {"type": ["integer", "string"]} for name in TLSA_FIELDS[:3]}
        return {
            "type": "object",
            "properties": {**numbers, TLSA_FIELDS[3]: _STRING},
            "required": list(TLSA_FIELDS),
        }
    return {"not": {"type": "null"}}


MOST_SECONDS = 2**31 - 1
"""The longest TTL (RFC 2181 section 8)."""
_HEADER: dict[str, Any] = {
    "type": {
        "anyOf": [
            {"enum": [*OCTODNS_TYPES, *OTHER_TYPES]},
            {"type": "string", "pattern": PROVIDER_TYPE, "description": "a provider's own type"},
        ]
    },
    "ttl": {
        "anyOf": [
            {"type": "integer", "minimum": 0, "maximum": MOST_SECONDS},
            {"type": "string", "pattern": "^0{0,10}[0-9]{1,9}$", "description": "a number of seconds"},
        ]
    },
    "octodns": {"type": "object"},
}


def header_schema(*names: str) -> dict[str, Any]:
    """The schema of a record apart from its values: of some of its keys, or of all there are."""
    properties = {name: _HEADER[name] for name in names or _HEADER}
    return {"type": "object", "properties": properties, "required": ["type"] if "type" in properties else []}


def record_schema() -> dict[str, Any]:
    """The schema of one record: its header, and the values its type asks for."""
    schema = header_schema()
    # octoDNS knows more types than this schema; of these it only says that something must stand there.
    schema["properties"] |= {name: {"not": {"enum": [None, []]}} for name in ("value", "values")}
    schema["anyOf"] = [{"required": ["value"]}, {"required": ["values"]}, {"required": ["dynamic"]}]
    schema["allOf"] = [
        _when(kind) for kind in ("MX", "SRV", "TLSA", *sorted(TEXT_TYPES | TARGET_TYPES | ADDRESS_TYPES))
    ]
    return schema


def _when(kind: str) -> dict[str, Any]:
    value = value_schema(kind)
    held = {"anyOf": [value, {"type": "array", "items": value, "minItems": 1}]}
    return {
        "if": {"properties": {"type": {"const": kind}}, "required": ["type"]},
        "then": {"properties": {"value": held, "values": held}},
    }


def native_schema(names: dict[str, Any] | None = None) -> dict[str, Any]:
    """The schema of the top of a native zone file; `names` that of its records, whose own reader is exact."""
    from linter.intent.shape import mail_schema, systems_schema

    return {
        "type": "object",
        "properties": {
            "zone": {
                "type": "string",
                "pattern": "[^. ]",
                "description": "the name of the zone, such as `example.com`",
            },
            "ttl": {"type": "integer", "minimum": 0, "maximum": MOST_SECONDS},
            "systems": systems_schema(),
            "mail": mail_schema(),
            "records": names or {"type": "object"},
        },
        "required": ["zone", "records"],
        "additionalProperties": False,
    }


def zone_schema() -> dict[str, Any]:
    """The JSON Schema of a zone file, in either dialect; what `mailzone schema zone` prints."""
    from linter.source.schema_head import schema_head  # a check asks for no schema

    record = {"$ref": "#/$defs/record"}
    entry = {"anyOf": [record, {"type": "array", "items": record, "minItems": 1}]}
    names = {"type": "object", "additionalProperties": entry}
    return {
        **schema_head("zone", "A zone file, native (`zone` is a string) or as octoDNS has it"),
        "if": {"type": "object", "properties": {"zone": {"type": "string"}}, "required": ["zone"]},
        "then": native_schema(names),
        "else": names,
        "$defs": {"record": record_schema()},
    }
