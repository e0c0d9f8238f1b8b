"""The action's script, run as a runner runs it, with a server on this machine in the place of GitHub's."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import clean_environment
from tests.report.readers import of_sarif

ROOT = Path(__file__).parents[2]
BAD = "'': {type: TXT, value: v=spf1 nclude:a -all}\n"
GOOD = "'': {type: MX, value: {preference: 0, exchange: .}}\n"
OWN = {"id": 7, "user": {"login": "github-actions[bot]"}, "body": "<!-- mailzone -->\nold"}
OTHERS = {"id": 8, "user": {"login": "mallory"}, "body": "<!-- mailzone -->\nmine"}


class GitHub:
    """What was asked, and what is there; `status` is what writing is answered with."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Any, str]] = []
        self.comments: list[dict[str, Any]] = []
        self.status = 200
        self.url = ""


@pytest.fixture
def github() -> Iterator[GitHub]:
    """A server that answers as GitHub's API does."""
    state = GitHub()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            sent = json.loads(body) if body else None
            state.asked.append((self.command, self.path, sent, self.headers.get("Authorization", "")))
            is_read = self.command == "GET"
            self.send_response(200 if is_read else state.status)
            self.end_headers()
            self.wfile.write(json.dumps(state.comments if is_read else {}).encode())

        do_GET = do_POST = do_PATCH = _answer  # noqa: N815  # the names that http.server looks for

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


class Job:
    """One run of the script in a repository, as a step of a job."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.repository = folder / "repository"
        (self.repository / ".git").mkdir(parents=True)
        self.zone = self.repository / "example.com.yaml"
        self.zone.write_text(BAD)
        self.summary, self.output = folder / "summary", folder / "output"
        self.summary.write_text("before\n")
        self.event: dict[str, Any] = {"pull_request": {"number": 3, "head": {"repo": {"full_name": "o/r"}}}}
        self._url = url

    def run(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        (self.folder / "event.json").write_text(json.dumps(self.event))
        environment = clean_environment() | {
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": self._url,
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_REPOSITORY": "o/r",
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "MAILZONE_TOKEN": "secret",
            "RUNNER_TEMP": str(self.folder),
        }
        environment |= {f"MAILZONE_{name.upper()}": value for name, value in inputs.items()}
        return subprocess.run(
            [sys.executable, str(ROOT / "scripts" / "action.py")],
            cwd=self.repository,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def job(tmp_path: Path, github: GitHub) -> Job:
    """A job in a repository with one fault."""
    return Job(tmp_path, github.url)


def test_findings_are_text_annotations_summary_and_sarif(job: Job, github: GitHub) -> None:
    done = job.run(sarif="out.sarif")

    assert done.returncode == 1
    assert "1 error" in done.stdout
    assert "::error file=example.com.yaml,line=1" in done.stdout
    assert job.summary.read_text().startswith("before\n<!-- mailzone -->\n### mailzone: 1 error")
    assert job.output.read_text() == "status=1\n"
    assert len(of_sarif((job.repository / "out.sarif").read_text())) == len(done.stdout.split("\n::")) - 1
    assert github.asked == []


def test_inputs_are_lines_and_never_options_where_paths_belong(job: Job) -> None:
    (job.repository / "a b").mkdir()
    (job.repository / "a b" / "b.example.yaml").write_text(GOOD)

    done = job.run(paths="a b/b.example.yaml\n\n", arguments="--profile\nminimal\n")
    assert (done.returncode, "by profile minimal" in done.stdout) == (0, True)
    assert job.run(paths="--exit-zero").returncode == 2
    assert job.run(paths="$(touch pwned);`touch pwned`").returncode == 2
    assert not list(job.repository.glob("pwned"))


def test_what_could_not_be_done_is_in_the_summary(job: Job) -> None:
    done = job.run(arguments="--profile\nnone-such")

    assert done.returncode == 2
    assert "could not do its work" in job.summary.read_text()


def test_a_comment_is_written_once_and_then_anew(job: Job, github: GitHub) -> None:
    github.comments = [OTHERS]
    job.run(comment="true")
    method, path, body, token = github.asked[-1]
    assert (method, path, token) == ("POST", "/repos/o/r/issues/3/comments", "Bearer secret")
    assert body["body"].startswith("<!-- mailzone -->\n### mailzone: 1 error")

    github.comments = [OTHERS, OWN]
    job.zone.write_text(GOOD)
    job.run(comment="true")
    method, path, body, _ = github.asked[-1]
    assert (method, path) == ("PATCH", "/repos/o/r/issues/comments/7")


def test_nobody_is_told_that_there_is_nothing_to_tell(job: Job, github: GitHub) -> None:
    job.zone.write_text(GOOD)

    assert job.run(comment="true", arguments="--profile\nminimal").returncode == 0
    assert [asked[0] for asked in github.asked] == ["GET"]


@pytest.mark.parametrize("event", [{}, {"pull_request": None}, {"pull_request": {"number": 3, "head": {"repo": None}}}])
def test_where_the_token_may_not_write_nothing_is_asked(job: Job, github: GitHub, event: dict[str, Any]) -> None:
    job.event = event

    assert job.run(comment="true").returncode == 1
    assert github.asked == []


def test_a_pull_request_from_a_fork_gets_a_notice(job: Job, github: GitHub) -> None:
    job.event["pull_request"]["head"]["repo"]["full_name"] = "fork/r"

    done = job.run(comment="true")

    assert (done.returncode, github.asked) == (1, [])
    assert "::notice title=mailzone::no comment: the token of a pull request from a fork" in done.stdout


@pytest.mark.parametrize("status", [403, 404, 500])
def test_a_refused_comment_fails_nothing(job: Job, github: GitHub, status: int) -> None:
    github.status = status

    done = job.run(comment="true")

    assert (done.returncode, done.stderr) == (1, "")
    assert f"no comment: HTTP Error {status}" in done.stdout


def test_the_check_never_sees_the_token(job: Job) -> None:
    (job.repository / "linter").mkdir()
    (job.repository / "linter" / "__init__.py").write_text("raise SystemExit('a module of the repository ran')\n")

    done = job.run()

    assert done.returncode == 1
    assert "a module of the repository ran" not in done.stdout + done.stderr
    assert os.environ.get("MAILZONE_TOKEN") is None
