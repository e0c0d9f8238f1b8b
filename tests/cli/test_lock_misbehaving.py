"""`mailzone lock` against servers that do what none should: it keeps what it had, and says so."""

from pathlib import Path

import pytest

from tests.live.misbehaving import Misbehaving, misbehaving

from .conftest import Run

TRICKS = {  # by UDP and by TCP
    "silent": ("silent", "honest"),
    "garbage": ("unreadable", "honest"),
    "close": ("truncated", "close"),
    "half": ("truncated", "half"),
    "drip": ("truncated", "drip"),
    "mixed-up": ("truncated", "wrong-id"),
}
"""Ways to give no answer."""
DETOURS = {
    "forged": ("wrong-id", "honest"),
    "another-name": ("wrong-name", "honest"),
    "another-source": ("wrong-source", "honest"),
    "noise": ("garbage", "honest"),
    "pieces": ("truncated", "honest"),
}
"""What stands in the way of an honest answer and does not hide it."""
QUICK = ("--tries", "1", "--timeout", "0.4", "--no-progress")


def tricks(which: dict[str, tuple[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    udp = {f"{name}.vendor.example.": tricks[0] for name, tricks in which.items()}
    return udp, {f"{name}.vendor.example.": tricks[1] for name, tricks in which.items()}


def write_zone(folder: Path, *names: str) -> Path:
    (folder / ".git").mkdir()
    terms = " ".join(f"include:{name}.vendor.example" for name in names)
    (folder / "example.com.yaml").write_text(f"a: {{type: TXT, value: 'v=spf1 {terms} -all'}}\n")
    return folder / "mailzone.lock"


def at(server: Misbehaving) -> tuple[str, ...]:
    return (*QUICK, "--server", f"127.0.0.1:{server.port}")


def test_what_was_locked_is_kept_where_a_server_misbehaves(mailzone: Run, tmp_path: Path) -> None:
    lock = write_zone(tmp_path, *TRICKS, "fine")
    with misbehaving({}) as honest:
        assert mailzone("lock", *at(honest)).status == 0
    text = lock.read_text()

    with misbehaving(*tricks(TRICKS)) as server:
        again = mailzone("lock", *at(server))
        checked = mailzone("lock", "--check", *at(server))

    assert [name for name in TRICKS if f"  {name}.vendor.example:\n    TXT: {{ttl: 300" not in text] == []
    assert (again.status, checked.status, lock.read_text()) == (0, 0, text)
    for name in TRICKS:
        assert f"no answer for TXT of `{name}.vendor.example`: " in again.err
    assert again.err.count("is kept") == len(TRICKS)


def test_what_was_never_answered_stays_unknown(mailzone: Run, tmp_path: Path) -> None:
    lock = write_zone(tmp_path, *TRICKS, "fine")

    with misbehaving(*tricks(TRICKS)) as server:
        ran = mailzone("lock", *at(server))

    assert ran.status == 0
    assert ran.err.count("it stays unknown") == len(TRICKS)
    assert [name for name in TRICKS if name in lock.read_text()] == []
    assert "fine.vendor.example" in lock.read_text()


def test_an_honest_answer_is_found_behind_what_others_say(mailzone: Run, tmp_path: Path) -> None:
    lock = write_zone(tmp_path, *DETOURS)

    with misbehaving(*tricks(DETOURS)) as server:
        ran = mailzone("lock", *at(server))

    assert (ran.status, ran.err) == (0, "")
    assert "forged" not in lock.read_text().replace("forged.vendor.example", "")
    assert [name for name in DETOURS if f"  {name}.vendor.example:\n    TXT: {{ttl: 300" not in lock.read_text()] == []


@pytest.mark.parametrize("trick", TRICKS)
def test_a_server_that_answers_nothing_at_all_is_status_2_and_changes_nothing(
    trick: str, mailzone: Run, tmp_path: Path
) -> None:
    lock = write_zone(tmp_path, trick)
    lock.write_text("version: 1\nanswers:\n  old.vendor.example: nxdomain\n")
    text = lock.read_text()

    udp, tcp = tricks({trick: TRICKS[trick]})
    inherited = "_dmarc.com."  # asked for the policy of the domain
    with misbehaving({**udp, inherited: TRICKS[trick][0]}, {**tcp, inherited: TRICKS[trick][1]}) as server:
        wrote = mailzone("lock", *at(server), "--quiet")
        checked = mailzone("lock", "--check", *at(server))

    assert (wrote.status, checked.status, lock.read_text()) == (2, 2, text)
    assert "so mailzone.lock stays as it is" in wrote.err


NAMES = [f"n{number}.vendor.example" for number in range(90)]
ONE_BY_ONE = ("--tries", "2", "--timeout", "0.05", "--concurrency", "3", "--no-progress")


def write_many(folder: Path) -> None:
    (folder / ".git").mkdir()
    records = (f"n{n}: {{type: TXT, value: 'v=spf1 include:{name} -all'}}\n" for n, name in enumerate(NAMES))
    (folder / "example.com.yaml").write_text("".join(records))


def test_a_dead_server_is_waited_for_once(mailzone: Run, tmp_path: Path) -> None:
    write_many(tmp_path)

    with misbehaving({"*": "silent"}) as dead, misbehaving({}) as honest:
        servers = [f"127.0.0.1:{server.port}" for server in (dead, honest)]
        alone = mailzone("lock", *ONE_BY_ONE, "--server", servers[0])
        asked = len(dead.asked)
        ran = mailzone("lock", *ONE_BY_ONE, "--server", servers[0], "--server", servers[1])

    assert alone.status == 2
    assert asked <= 2 * (3 + 3 + 1)  # those under way when it fell silent, those after them, and what is always known
    assert (ran.status, ran.err) == (0, "")
    assert [name for name in NAMES if name not in (tmp_path / "mailzone.lock").read_text()] == []


def test_names_that_nobody_answers_for_are_not_a_dead_server(mailzone: Run, tmp_path: Path) -> None:
    write_many(tmp_path)
    silent = NAMES[:60]

    with misbehaving({f"{name}.": "silent" for name in silent}) as server:
        ran = mailzone("lock", *ONE_BY_ONE, "--server", f"127.0.0.1:{server.port}")

    assert ran.status == 0
    assert "and 40 more without an answer" in ran.err
    assert "answers nothing" not in ran.err
    assert [name for name in NAMES if (name in (tmp_path / "mailzone.lock").read_text()) == (name in silent)] == []
