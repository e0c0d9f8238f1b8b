"""Names in other scripts: the A-labels that octoDNS publishes, and the letters that messages show beside them."""

import pytest

from linter.records.text.name import to_ascii
from linter.records.text.scripts import a_label, in_letters, with_letters

AS_OCTODNS = (
    ("straße", "xn--strae-oqa"),
    ("strasse", "strasse"),
    ("BÜCHER", "xn--bcher-kva"),
    ("βόλος", "xn--nxasmm1c"),
    ("例え", "xn--r8jz45g"),
    ("a。ö", "a.xn--nda"),
    ("ö_x", None),
    ("-ö", None),
    ("u\u0308", None),
    ("ﬁne", None),
    ("☃", None),
    ("ö" * 64, None),
    ("ö" * 60, None),
    ("xn--ö", None),
)


@pytest.mark.parametrize(("label", "made"), AS_OCTODNS)
def test_a_label_is_what_octodns_makes_of_it(label: str, made: str | None) -> None:
    assert a_label(label) == made


@pytest.mark.parametrize(("label", "made"), AS_OCTODNS)
def test_octodns_itself_agrees(label: str, made: str | None) -> None:
    octodns = pytest.importorskip("octodns.idna", reason="octoDNS is not installed")
    try:
        assert octodns.idna_encode(label) == made
    except octodns.IdnaError:
        assert made is None


def test_only_labels_in_other_scripts_are_changed() -> None:
    assert to_ascii("_dmarc.straße.de.") == ("_dmarc.xn--strae-oqa.de.", None)
    assert to_ascii("*.straße") == ("*.xn--strae-oqa", None)


def test_a_label_that_has_no_form_is_a_fault_at_its_place() -> None:
    name, fault = to_ascii("mail.☃.example")

    assert name.isascii()
    assert fault is not None
    assert (fault.start, fault.end) == (5, 6)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("mail.xn--strae-oqa.de.", "mail.straße.de."),
        ("XN--BCHER-KVA.example", "bücher.example"),
        ("xn--.example", "xn--.example"),
        ("xn--a.example", "xn--a.example"),
        (f"xn--{'a' * 100}", f"xn--{'a' * 100}"),
        ("mail.example", "mail.example"),
        ("_xn--bcher-kva.example", "_xn--bcher-kva.example"),
    ],
)
def test_letters(name: str, letters: str) -> None:
    assert in_letters(name) == letters


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("`xn--bcher-kva.example` has MX but no SPF", "`xn--bcher-kva.example` (`bücher.example`) has MX but no SPF"),
        ("`include:xn--bcher-kva.example` fails", "`include:xn--bcher-kva.example` (`include:bücher.example`) fails"),
        ("`mail.example` and `xn--a`", "`mail.example` and `xn--a`"),
        ("xn--bcher-kva", "xn--bcher-kva"),
    ],
)
def test_messages_show_letters_beside_the_a_labels(message: str, shown: str) -> None:
    assert with_letters(message) == shown
