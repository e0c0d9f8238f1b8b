"""Characters that pass for ASCII to the eye: what word processors, wikis and chat programs put in its place."""

from linter.source.frozen import Frozen


class Lookalike(Frozen):
    """What such a character is called, and the ASCII that was meant; "" where nothing was."""

    name: str
    meant: str


_GROUPS = (
    (
        "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2039\u203a\u2032\u2033\u00b4\uff02\uff07",
        Lookalike("a typographic quote", ""),
    ),
    ("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", Lookalike("a typographic dash", "-")),
    ("\u02dc\u223c\u301c\uff5e", Lookalike("a typographic tilde", "~")),
    ("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", None),
    (
        "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
        "\u2060\u2061\u2062\u2063\u2064\ufeff",
        Lookalike("an invisible character", ""),
    ),
)
_BLANK = Lookalike("a blank of another kind", " ")
_KNOWN = {character: found or _BLANK for characters, found in _GROUPS for character in characters}


def lookalike(character: str) -> Lookalike | None:
    """What a character passes for; None for ASCII and for what is plainly a character of its own."""
    known = _KNOWN.get(character)
    if known is None and "\uff01" <= character <= "\uff5e":
        return Lookalike("a full-width character", chr(ord(character) - 0xFEE0))
    return known
