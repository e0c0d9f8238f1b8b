"""The right form of a value, for whoever has written another: one example for each type of record."""

_TEXT, _HOST = "text in one scalar: `v=spf1 -all`", "`mail.example.net.`"
_FORMS = {
    "A": "`192.0.2.1`",
    "AAAA": "`2001:db8::1`",
    "TXT": _TEXT,
    "SPF": _TEXT,
    "MX": "`{preference: 10, exchange: mail.example.net.}`",
    "SRV": "`{priority: 0, weight: 1, port: 587, target: mail.example.net.}`",
    "TLSA": "`{certificate_usage: 3, selector: 1, matching_type: 1, certificate_association_data: 0123…cdef}`",
}
RECORD = "the right form is `{type: A, value: 192.0.2.1}`"


def right_form(kind: str) -> str:
    """What a value of a type looks like, as the help of a finding; "" for types that are not read here."""
    form = _FORMS.get(kind, _HOST if kind in ("CNAME", "DNAME", "ALIAS", "PTR", "NS") else "")
    return f"the right form is {form}" if form else ""
