"""Policies are fetched as RFC 8461 section 3.3 has it, from a server that does so and from many that do not."""

import ssl

import pytest

from linter.live.policy_fetch import LARGEST, FetchBounds, FetchedPolicy, NotFetched, fetch_policy, host_of
from linter.live.server import Server

from .policy_server import POLICY, Authority, Sends, dripping, endless, in_octets, page, sends, serving
from .servers import free_port

HOST = "mta-sts.example.com"
QUICK = FetchBounds(connect=5.0, total=0.5)
PATIENT = FetchBounds(connect=5.0, total=10.0)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


def fetched(authority: Authority, answer: Sends, bounds: FetchBounds = PATIENT, name: str = HOST) -> FetchedPolicy:
    with serving(answer, authority.showing(name)) as server:
        return fetch_policy("example.com.", bounds, authority.trusting(), Server("127.0.0.1", server.port))


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        sends(page()),
        in_octets,
        sends(b"HTTP/1.0 200 Fine\r\nContent-Type: text/plain\r\n\r\n", POLICY.encode()),
        sends(CHUNKED, b"%x\r\n%s\r\n0\r\n\r\n" % (len(POLICY), POLICY.encode())),
        sends(b"HTTP/1.1 100 Continue\r\n\r\n", page()),
        sends(page(headers="Content-Type: TEXT/Plain; charset=utf-8\r\nContent-Encoding: identity\r\n")),
        sends(page() + b"and more than it said"),
    ],
)
def test_a_policy_is_had_as_it_is_served(authority: Authority, answer: Sends) -> None:
    assert fetched(authority, answer) == FetchedPolicy(POLICY, "text/plain")


def test_the_host_is_asked_for_the_policy_and_told_nothing_else(authority: Authority) -> None:
    with serving(sends(page()), authority.showing(HOST)) as server:
        fetch_policy("Example.COM.", PATIENT, authority.trusting(), Server("localhost", server.port))

    (request,) = server.requests
    assert request.split(b"\r\n")[:2] == [b"GET /.well-known/mta-sts.txt HTTP/1.1", b"Host: mta-sts.example.com"]
    assert b"cookie" not in request.lower()
    assert server.names == [HOST]


def test_the_media_type_is_noted_and_odd_octets_are_kept_apart(authority: Authority) -> None:
    assert fetched(authority, sends(page(headers="Content-Type: text/html\r\n"))).media_type == "text/html"
    assert fetched(authority, sends(page(b"mode: \xff", headers=""))) == FetchedPolicy("mode: \ufffd", "")
    assert fetched(authority, sends(page(b"x" * LARGEST))).text == "x" * LARGEST
    assert fetched(authority, sends(page(b""))).text == ""


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (sends(page(status="404 Not Found")), "answers with status 404"),
        (sends(page(status="204 No Content", body=b"")), "answers with status 204"),
        (sends(page(status="301 Moved", headers="Location: https://x.example/\x1b[31m\r\n")), r"redirects to `https://x\.example/\\x1b"),
        (sends(page(status="302 Found", headers="")), r"redirects \(status 302\), and senders do not follow"),
        (sends(page(headers="Content-Encoding: gzip\r\n")), "compressed"),
        (sends(page(b"x" * (LARGEST + 1))), "more than 65536 octets"),
        (endless(b"x" * 5000, b"HTTP/1.1 200 OK\r\n\r\n"), "more than 65536 octets"),
        (endless(b"x" * 5000), "is not HTTP"),
        (endless(b"HTTP/1.1 100 Continue\r\n\r\n"), "more than 262144 octets"),
        (endless(b"X-A: b\r\n", b"HTTP/1.1 200 OK\r\n"), "is not HTTP"),
        (sends(page()[:-20]), "closed the connection before the policy was whole"),
        (sends(CHUNKED, b"50\r\nhalf"), "closed the connection before the policy was whole"),
        (sends(CHUNKED, b"nonsense\r\nhalf"), "closed the connection before the policy was whole|is not HTTP"),
        (sends(), "closed the connection before the policy was whole"),
        (sends(b"SSH-2.0-OpenSSH\r\n"), "is not HTTP"),
        (sends(b"\r\n\r\n"), "is not HTTP"),
    ],
)  # fmt: skip
def test_what_senders_do_not_take_is_no_policy(authority: Authority, answer: Sends, words: str) -> None:
    with pytest.raises(NotFetched, match=words) as told:
        fetched(authority, answer)

    assert str(told.value).isprintable()


@pytest.mark.parametrize("answer", [sends(b""), sends(page()[:30], b""), sends(page()[:-5], b"")])
def test_a_host_that_stops_is_left_when_its_time_is_over(authority: Authority, answer: Sends) -> None:
    with pytest.raises(NotFetched, match=r"was not there within 0\.5 s"):
        fetched(authority, answer, QUICK)


def test_a_host_that_drips_is_left_when_its_time_is_over(authority: Authority) -> None:
    # Each octet comes well within any time for one piece; only the time for all of them ends it.
    with pytest.raises(NotFetched, match=r"was not there within 0\.3 s"):
        fetched(authority, dripping, FetchBounds(total=0.3))


def test_a_certificate_for_another_name_is_not_accepted(authority: Authority) -> None:
    with pytest.raises(NotFetched, match=r"certificate is not accepted: Hostname mismatch.*'mta-sts\.example\.com'$"):
        fetched(authority, sends(page()), name="www.example.com")


def test_a_certificate_of_an_authority_that_nobody_trusts_is_not_accepted(authority: Authority) -> None:
    with serving(sends(page()), authority.showing(HOST)) as server:
        for context in (None, Authority().trusting()):
            with pytest.raises(NotFetched, match="the certificate is not accepted: "):
                fetch_policy("example.com.", PATIENT, context, Server("127.0.0.1", server.port))

    assert server.requests == []


@pytest.mark.parametrize("answer", [sends(page()), sends(b"\x15\x03\x01\x00\x02\x02\x28")])
def test_a_host_without_tls_has_no_policy(authority: Authority, answer: Sends) -> None:
    with serving(answer, None) as server, pytest.raises(NotFetched, match=r"no TLS connection: [a-z0-9 ]+$"):
        fetch_policy("example.com.", PATIENT, authority.trusting(), Server("127.0.0.1", server.port))


def test_a_host_that_is_silent_at_the_handshake_is_left(authority: Authority) -> None:
    with serving(sends(b""), None) as server, pytest.raises(NotFetched, match=r"was not there within 0\.5 s"):
        fetch_policy("example.com.", QUICK, authority.trusting(), Server("127.0.0.1", server.port))


def test_old_protocols_are_not_spoken(authority: Authority) -> None:
    showing = authority.showing(HOST)
    showing.maximum_version = ssl.TLSVersion.TLSv1_2
    with serving(sends(page()), showing) as server:
        trusting = authority.trusting()
        trusting.minimum_version = ssl.TLSVersion.TLSv1_3
        with pytest.raises(NotFetched, match="no TLS connection"):
            fetch_policy("example.com.", PATIENT, trusting, Server("127.0.0.1", server.port))


@pytest.mark.parametrize(
    ("server", "words"),
    [
        (Server("127.0.0.1", 0), "the connection failed: "),
        (Server("name.invalid"), r"no address for name\.invalid"),
        (Server("x" * 300), "no address for x"),
    ],
)
def test_a_host_that_cannot_be_reached_says_so(server: Server, words: str) -> None:
    if server.port == 0:
        server = Server(server.host, free_port())
    with pytest.raises(NotFetched, match=words):
        fetch_policy("example.com.", PATIENT, None, server)


@pytest.mark.parametrize("domain", ["", ".", "a..b", "x\r\nHost: y", "exämple.com", "a/b", "x" * 64, "a." * 130, "a b"])
def test_what_is_no_domain_has_no_policy_host(domain: str) -> None:
    with pytest.raises(NotFetched, match="is not a domain"):
        host_of(domain)
