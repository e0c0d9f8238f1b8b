"""`--executor dask=…`: what workers of a cluster judge is what one process judges, also when some of them are lost."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.live.servers import Server
from tests.live.worlds import FILE

from .conftest import CHECKOUT, Run

pytest.importorskip("distributed", reason="the package `distributed` is not installed")

RULE = """
import os
import signal
from pathlib import Path

from mailzone import MX, WARNING, complaint, rule

HERE = Path(__file__).parent


@rule("lethal-mx", WARNING, "a test", when=MX)
def lethal(facts):
    if facts.zone.name.startswith("lethal"):
        armed = HERE / "armed"
        if armed.exists():
            left = int(armed.read_text())
            armed.write_text(str(left - 1)) if left > 1 else armed.unlink()
            os.kill(os.getppid(), signal.SIGKILL)
        doomed = HERE / "doomed"
        if doomed.exists():
            os.kill(int(doomed.read_text()), signal.SIGKILL)
        yield complaint(facts.records("MX")[0].name_span, "it killed a worker", help="nothing")
"""
PAGE = "# lethal-mx\n\nA fault.\n\n## Bad\n\n## Good\n"
ZONE = """\
'':
  - {type: MX, value: {preference: 10, exchange: mx.zone%d.example.}}
  - {type: TXT, value: v=spf1 include:_spf.shared.example ?all}
shared: !include part/shared.yaml
"""


LARGE = ZONE % 9 + "# what takes room\n" * 130_000


class Cluster(NamedTuple):
    """Two workers on this machine: their scheduler and its address, the environment of all, a folder of plug-ins."""

    address: str
    environment: dict[str, str]
    site: Path
    scheduler: int

    def arm(self, times: int) -> None:
        """Have the zone `lethal.example` kill so many workers that judge it."""
        (self.site / "armed").write_text(str(times))

    def doom(self) -> None:
        """Have the zone `lethal.example` kill the scheduler."""
        (self.site / "doomed").write_text(str(self.scheduler))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with started(tmp_path_factory) as cluster:
        yield cluster


@contextmanager
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster that ends with the context."""
    site = tmp_path_factory.mktemp("installed") / "site-packages"
    (site / "lethal-1.0.dist-info").mkdir(parents=True)
    (site / "lethal-1.0.dist-info" / "entry_points.txt").write_text("[mailzone.rules]\nlethal = plug_lethal\n")
    (site / "plug_lethal.py").write_text(RULE)
    (site / "lethal-mx.md").write_text(PAGE)
    environment = {"PYTHONPATH": os.pathsep.join((CHECKOUT, str(site)))}
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("local_cluster.py")), str(tmp_path_factory.mktemp("workers"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | environment,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield Cluster(process.stdout.readline().strip(), environment, site, process.pid)
        process.communicate()  # it ends with its standard input


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    """Many zones in folders, each an estate, with links, an included file, a lock, and one file that is broken."""
    (tmp_path / ".git").mkdir()
    for folder in ("a", "b", "c", "d"):
        (tmp_path / folder / "part").mkdir(parents=True)
        (tmp_path / folder / "part" / "shared.yaml").write_text("type: TXT\nvalue: v=spf1 nclude:x.example -all\n")
        for number in range(4):
            (tmp_path / folder / f"zone{number}.example.yaml").write_text(ZONE % number)
    (tmp_path / "a" / "shared.example.yaml").write_text("_spf: {type: TXT, value: v=spf1 a:mx.shared.example -all}\n")
    (tmp_path / "b" / "linked.example.yaml").symlink_to("../a/zone1.example.yaml")
    (tmp_path / "b" / "outside.example.yaml").symlink_to("/etc/hostname")
    (tmp_path / "c" / "torn.example.yaml").write_text("a: [\n")
    (tmp_path / "c" / "mailzone.lock").write_text(
        "version: 1\nanswers:\n  _spf.shared.example:\n    TXT: {ttl: 60, seen: 2026-11-23, values: [v=spf1 -all]}\n"
    )
    (tmp_path / "d" / "lethal.example.yaml").write_text(ZONE % 1)
    return tmp_path


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "html"])
def test_workers_say_what_one_process_says(cluster: Cluster, estate: Path, process: Run, form: str) -> None:
    alone = process("check", "-j", "1", "-f", form, ".", env=cluster.environment)
    ran = process("check", "--executor", f"dask={cluster.address}", "-f", form, ".", env=cluster.environment)

    assert "lethal-mx" in alone.out
    assert ran == alone


def test_a_share_whose_worker_is_killed_is_done_again(cluster: Cluster, estate: Path, process: Run) -> None:
    for folder in ("a", "b", "c", "d"):  # so large that each is judged by itself
        (estate / folder / "large.example.yaml").write_text(LARGE)
    arguments = ("--profile", "strict", "-f", "json", "a", "b", "d", "c")
    alone = process("check", "-j", "1", *arguments, env=cluster.environment)
    cluster.arm(1)
    ran = process("check", "--executor", f"dask={cluster.address}", *arguments, env=cluster.environment)

    assert not (cluster.site / "armed").exists()
    assert "lethal-mx" in alone.out
    assert ran == alone


def test_a_share_that_kills_every_worker_is_no_clean_one(cluster: Cluster, estate: Path, process: Run) -> None:
    cluster.arm(2)
    ran = process("check", "--executor", f"dask={cluster.address}", "d", env=cluster.environment)

    assert not (cluster.site / "armed").exists()
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("mailzone: the share of the files that begins with d/")
    assert "was given up: 2 workers were lost while they had it" in ran.err
    assert ran.err.count("\n") == 1


def test_a_scheduler_that_is_lost_half_way_is_no_clean_one(
    tmp_path_factory: pytest.TempPathFactory, estate: Path, process: Run
) -> None:
    with started(tmp_path_factory) as cluster:
        cluster.doom()
        ran = process("check", "--executor", f"dask={cluster.address}", ".", env=cluster.environment)

    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "mailzone: the scheduler has let go of the work: it ended, or another client cancelled it\n"


def test_views_and_configurations_mean_there_what_they_mean_here(
    cluster: Cluster, tmp_path: Path, process: Run
) -> None:
    (tmp_path / ".mailzone.yaml").write_text(
        "zones: ['in/*.yaml', 'out/*.yaml']\nviews: {internal: ['in/*.yaml'], external: ['out/*.yaml']}\n"
    )
    for view, address in (("in", "10.0.0.1"), ("out", "192.0.2.1")):
        (tmp_path / view).mkdir()
        (tmp_path / view / "a.test.yaml").write_text(
            f"'': {{type: MX, value: {{preference: 1, exchange: mx.a.test.}}}}\nmx: {{type: A, value: {address}}}\n"
        )
    alone = process("check", "-j", "1", "-v", env=cluster.environment)
    ran = process("check", "--executor", f"dask={cluster.address}", "-v", env=cluster.environment)

    assert "2 warnings: 4 records of 2 zones checked" in alone.out
    assert ran == alone


def test_workers_ask_what_one_machine_asks(cluster: Cluster, tmp_path: Path, process: Run, drifted: Server) -> None:
    (tmp_path / "example.com.yaml").write_text(FILE)
    (tmp_path / "torn.example.yaml").write_text("a: [\n")
    at = ("compare", "--server", f"{drifted.address}:{drifted.port}", "-f", "json", "--record", "seen.answers")
    alone, seen = process(*at, env=cluster.environment), recorded(tmp_path / "seen.answers")
    ran = process(*at, "--executor", f"dask={cluster.address}", env=cluster.environment)

    assert alone.status == 1
    assert "drift-missing" in alone.out
    assert ran == alone
    assert recorded(tmp_path / "seen.answers") == seen


def recorded(path: Path) -> list[str]:
    """The lines of a recording but for the label that every run makes up."""
    lines = [line for line in path.read_text().splitlines() if "mailzone-" not in line]
    path.unlink()
    return lines


def test_a_worker_with_other_rules_judges_nothing(cluster: Cluster, estate: Path, process: Run) -> None:
    ran = process("check", "--executor", f"dask={cluster.address}", ".")

    assert (ran.status, ran.out) == (2, "")
    assert "mailzone: the rules `lethal`: none here, plug_lethal of lethal-1.0.dist-info on the worker" in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--executor", "dusk=tcp://127.0.0.1:1"), "`dusk` is unknown; expected dask=tcp://HOST:PORT; did you mean"),
        (("--executor", "dask=127.0.0.1:8786"), "is not the address of a scheduler; expected tcp://HOST:PORT or tls:"),
        (("--executor", "dask=tcp://127.0.0.1:65536"), "is not the address of a scheduler"),
        (("--executor", "dask=tcp://127.0.0.1:1", "-j", "2"), "--executor cannot be combined with `--jobs`"),
        (("--executor", "dask=tcp://127.0.0.1:1", "--since", "HEAD"), "--executor cannot be combined with `--since`"),
        (("--executor", "dask=tcp://127.0.0.1:1"), "no scheduler answers at tcp://127.0.0.1:1: "),
    ],
)
def test_what_cannot_be_done_is_refused(estate: Path, process: Run, arguments: tuple[str, ...], words: str) -> None:
    ran = process("check", *arguments)

    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err
    assert "Traceback" not in ran.err


def test_absolute_paths_are_refused(cluster: Cluster, estate: Path, process: Run) -> None:
    ran = process("check", "--executor", f"dask={cluster.address}", str(estate / "a"), env=cluster.environment)

    assert ran.status == 2
    assert "is an absolute path, which means another file on every machine" in ran.err


def test_without_the_package_the_way_to_it_is_told(estate: Path, process: Run) -> None:
    (estate / "distributed.py").write_text("raise ImportError('there is none')\n")
    ran = process(
        "check", "--executor", "dask=tcp://127.0.0.1:1", env={"PYTHONPATH": f"{estate}{os.pathsep}{CHECKOUT}"}
    )

    assert ran.status == 2
    assert ran.err == "mailzone: `--executor dask=…` needs the package `distributed`: pip install 'mailzone[dask]'\n"
