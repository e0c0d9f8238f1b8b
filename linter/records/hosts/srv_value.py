"""The value of an SRV record as DNS writes it: priority, weight, port and target (RFC 2782)."""

from . import host_value
from .host_value import Form, HostValue

__all__ = ["FORM", "parse", "to_text"]

FORM = Form("SRV", ("priority", "weight", "port"), "target", "0 1 993 imap.example.com.", "RFC 2782")


def parse(text: str) -> HostValue:
    """Read a value such as `0 1 993 imap.example.com.`; its numbers are priority, weight and port."""
    return host_value.parse(text, FORM)


to_text = host_value.to_text
