"""TLSA values: which certificate or key a mail host shows, by the four fields of the record (RFC 6698 section 2)."""

from .tlsa_value import EMPTY_DIGESTS, LENGTHS, FieldFault, Tlsa, is_structure, to_text

__all__ = ["Tlsa", "parse", "read_text", "smtp_faults", "to_text"]

_DIGITS = "0123456789abcdef"


def parse(usage: object, selector: object, matching_type: object, data: object) -> Tlsa:
    """Judge the four fields as YAML gives them; None stands for one that is missing.

    Numbers may be texts, as octoDNS takes them. A number for the data is read as its digits.
    """
    numbers = (_number(usage, 3), _number(selector, 1), _number(matching_type, 2))
    digits = _digits(data)
    found = Tlsa(*numbers, digits)
    if None not in found[:4] and digits is not None and _is_sound(numbers, digits):
        return found
    # Loaded here because well-formed values never need it.
    from .tlsa_diagnosis import diagnose

    return diagnose((usage, selector, matching_type, data), found)


def read_text(text: str) -> Tlsa:
    """A value in the form of RFC 6698 section 2.2, `3 1 1 d2abde24…`; blanks may part the data."""
    words = [*text.split(None, 3), None, None, None, None]
    return parse(words[0], words[1], words[2], words[3])


def smtp_faults(tlsa: Tlsa) -> tuple[FieldFault, ...]:
    """What is allowed but of no use for SMTP, to be asked for at `_25._tcp` names.

    The kinds are "usage-not-for-smtp" (RFC 7672 section 3.1.3) and "full-data" (RFC 7671 section 10.1.2).
    """
    if tlsa.usage not in (0, 1) and tlsa.matching_type != 0:
        return ()
    from .tlsa_diagnosis import unfit_for_smtp

    return unfit_for_smtp(tlsa)


def _number(value: object, highest: int) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 4:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= highest else None


def _digits(value: object) -> str | None:
    """The data as hexadecimal digits without blanks; RFC 6698 section 2.2 lets blanks part them."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**999:
        value = str(value)
    if not isinstance(value, str):
        return None
    digits = "".join(value.split()).lower()
    return digits if digits and not digits.strip(_DIGITS) else None


def _is_sound(numbers: tuple[int | None, int | None, int | None], digits: str) -> bool:
    length = LENGTHS.get(numbers[2] or 0)
    if length is not None:
        return len(digits) == length and digits not in EMPTY_DIGESTS
    return is_structure(digits)
