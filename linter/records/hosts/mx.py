"""The value of an MX record as DNS writes it: a preference and a mail host (RFC 1035 section 3.3.9)."""

from . import host_value
from .host_value import Form, HostValue

__all__ = ["FORM", "parse", "to_text"]

FORM = Form("MX", ("preference",), "host", "10 mail.example.com.", "RFC 1035 section 3.3.9")


def parse(text: str) -> HostValue:
    """Read a value such as `10 mail.example.com.`; its one number is the preference, 0 to 65535."""
    return host_value.parse(text, FORM)


to_text = host_value.to_text
