"""TSIG keys are read as the programs that make them write them, and no fault shows a secret."""

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.live.tsig_key import ALGORITHMS, LONGEST, TsigKey, read_key
from linter.records.text.fault import Fault

from .servers import need, program_of

SECRET = "bmV2ZXJzaG93bnNlY3JldA=="
KEY = TsigKey("mailzone.example.", "hmac-sha256", b"nevershownsecret")
BIND = f"""\
key "mailzone.example" {{
	algorithm hmac-sha256;
	secret "{SECRET}";
}};
"""
KNOT = f"""\
# hmac-sha256:mailzone.example.:{SECRET}
key:
  - id: mailzone.example.
    algorithm: hmac-sha256
    secret: {SECRET}
"""
LINE = f"hmac-sha256:mailzone.example:{SECRET}"


@pytest.mark.parametrize(
    "text",
    [
        BIND,
        BIND.replace("\n", "\r\n"),
        BIND.upper().replace(SECRET.upper(), SECRET).replace("KEY", "key"),
        f"/**/ /***/ /* * / ** // # */{BIND}/* */",
        f'// made by hand\n/* key "x" {{ */ {BIND} # end',
        f'key mailzone.example. {{ secret {SECRET}; algorithm "HMAC-SHA256"; }}',
        KNOT,
        KNOT.replace(f"secret: {SECRET}", f'secret: "{SECRET}"'),
        LINE,
        f"  {LINE}\n",
        f'"{LINE}"',
    ],
)
def test_a_key_is_read_in_every_form(text: str) -> None:
    assert read_key(text) == KEY


def test_what_keymgr_writes_is_read() -> None:
    need("keymgr")
    made = subprocess.run(
        [str(program_of("keymgr")), "-t", "made.example", "hmac-sha512"], capture_output=True, text=True, check=True
    ).stdout
    key = read_key(made)

    assert isinstance(key, TsigKey)
    assert (key.name, key.algorithm, len(key.secret)) == ("made.example.", "hmac-sha512", 64)
    assert read_key(made.splitlines()[0].removeprefix("# ")) == key


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_algorithm_is_known_in_its_forms(algorithm: str) -> None:
    key = KEY._replace(algorithm=algorithm)

    assert read_key(f"{algorithm.upper()}.:{KEY.name}:{SECRET}") == key
    assert read_key(f"{algorithm}.sig-alg.reg.int:{KEY.name}:{SECRET}") == key


@pytest.mark.parametrize(
    ("text", "marked", "words"),
    [
        ("", "", "no key stands there"),
        ("# only a comment", "", "no key stands there"),
        (SECRET, SECRET, "this is not a key"),
        (f"mailzone.example:{SECRET}", f"mailzone.example:{SECRET}", "parted by colons"),
        (f"hmac-sha265:mailzone.example:{SECRET}", "hmac-sha265", "none that TSIG has"),
        (f"{SECRET}:mailzone.example:hmac-sha256", SECRET, "none that TSIG has"),
        (f"hmac-sha256:{SECRET}:mailzone.example", SECRET, "the name of the key is not a domain name"),
        ("hmac-sha256:mailzone.example:nevershown", "nevershown", "the secret is not base64"),
        ("hmac-sha256:mailzone.example:", "", "the secret is not base64"),
        (f"hmac-sha256::{SECRET}", "", "is not a domain name"),
        (f"{LINE} {SECRET}", SECRET, "a key file holds one key"),
        (f'key "x" "{SECRET}"', f'"{SECRET}"', "no `{` stands behind"),
        ("key x", "", "no `{` stands behind"),
        (BIND + BIND, "key", "a key file holds one key"),
        (BIND.replace("algorithm", "algoritm"), "algoritm", "neither `algorithm` nor `secret`"),
        (BIND.replace("algorithm hmac-sha256;", ""), "", "the key has no `algorithm`"),
        (BIND.replace(f'secret "{SECRET}";', ""), "", "the key has no `secret`"),
        (BIND.replace('";\n', '"\n'), "", "no `;` ends `secret`"),
        (BIND.replace(f'"{SECRET}"', ""), "", "nothing stands behind `secret`"),
        (BIND.replace('==";', "==;"), '"', "is not closed"),
        (BIND.replace("};", ""), "", "no `}` ends the key"),
        (BIND.replace("algorithm hmac-sha256", f'secret "{SECRET}"'), "secret", "`secret` stands there twice"),
        (KNOT.replace("  - id: mailzone.example.\n", ""), "", "no `id:`"),
        (KNOT.replace("algorithm:", "algorithm"), "algorithm", "neither `id:`"),
        (KNOT + KNOT.partition("key:")[2], "id:", "stands there twice"),
        (KNOT.replace(SECRET, "").partition("\n")[2], "", "nothing stands behind `secret:`"),
        ("key: [", "[", "neither `id:`"),
        ("x" * (LONGEST + 1), "", "longer than"),
        (f"/* {BIND}", "/*", "the comment that opens here is not closed"),
        (f"/* a */ /** {SECRET} *", "/*", "is not closed"),
        (f"{LINE} /*", "/*", "is not closed"),
        ("/* " * 20_000, "/*", "is not closed"),
    ],
)  # fmt: skip
def test_what_is_no_key_is_said_where_it_stands_and_not_shown(text: str, marked: str, words: str) -> None:
    fault = read_key(text)

    assert isinstance(fault, Fault), fault
    assert (text[fault.start : fault.end], words in fault.message) == (marked, True), fault
    assert SECRET not in repr(fault)
    assert "nevershown" not in repr(fault)


def test_a_key_that_is_shown_does_not_show_its_secret() -> None:
    assert "secret" not in f"{KEY} {KEY!r} {(KEY,)}".replace("secret=…", "")
    assert KEY.secret.decode() not in str(KEY)


WORDS = 'key "x" { } ; algorithm hmac-sha256 secret key: - id: // /* */ " : # secret: algorithm:'
PIECES = st.sampled_from([*WORDS.split(), SECRET, f'"{SECRET}"', LINE, "\n"])


@given(st.lists(PIECES, max_size=16).map(" ".join) | st.text(max_size=40))
def test_whatever_stands_there_is_a_key_or_a_fault_within_the_text(text: str) -> None:
    found = read_key(text)

    if isinstance(found, Fault):
        assert 0 <= found.start <= found.end <= len(text)
        assert SECRET not in found.message + found.help
