"""What the action does: check, annotate, write the step summary, and comment where the token may write."""

import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

MARK = "<!-- mailzone -->"
MOST_PAGES = 10
SECONDS = 30


def main() -> int:
    """Run the check as the inputs say; its exit status."""
    folder = Path(tempfile.mkdtemp(dir=os.environ.get("RUNNER_TEMP")))
    summary, annotations = folder / "summary.md", folder / "annotations"
    formats = ["-f", "text", "-f", f"markdown={summary}", "-f", f"github={annotations}"]
    if os.environ.get("MAILZONE_SARIF"):
        formats += ["-f", f"sarif={os.environ['MAILZONE_SARIF']}"]
    command = [sys.executable, "-m", "linter", "check", "--no-progress", *_lines("MAILZONE_ARGUMENTS"), *formats]
    # In a folder of its own no file of the repository can take the place of a module.
    environment = os.environ | {"PYTHONSAFEPATH": "1"}
    environment.pop("MAILZONE_TOKEN", None)
    status = subprocess.run([*command, "--", *_lines("MAILZONE_PATHS")], check=False, env=environment).returncode
    if annotations.exists():
        sys.stdout.write(annotations.read_text(encoding="utf-8"))
        sys.stdout.flush()
    told = summary.read_text(encoding="utf-8") if summary.exists() else _nothing(status)
    _append("GITHUB_STEP_SUMMARY", told)
    _append("GITHUB_OUTPUT", f"status={status}\n")
    if os.environ.get("MAILZONE_COMMENT", "").lower() == "true":
        _comment(told, status)
    return status


def _lines(name: str) -> list[str]:
    return [line.strip() for line in os.environ.get(name, "").splitlines() if line.strip()]


def _nothing(status: int) -> str:
    return f"{MARK}\n### mailzone could not do its work (exit status {status}); the log of the job says why\n"


def _append(name: str, text: str) -> None:
    if os.environ.get(name):
        with open(os.environ[name], "a", encoding="utf-8") as stream:
            stream.write(text)


def _comment(text: str, status: int) -> None:
    """Write a comment, or this action's earlier one anew; that it may not is told and fails nothing."""
    pull = _event().get("pull_request")
    if not pull:
        return
    head = (pull.get("head") or {}).get("repo") or {}
    repository = os.environ["GITHUB_REPOSITORY"]
    if head.get("full_name") != repository:
        _notice("no comment: the token of a pull request from a fork may not write one")
        return
    try:
        place = f"/repos/{repository}/issues/{int(pull['number'])}/comments"
        own = _own_comment(place)
        if own is not None:
            _ask("PATCH", f"/repos/{repository}/issues/comments/{own}", {"body": text})
        elif status:
            _ask("POST", place, {"body": text})
    except (OSError, ValueError) as error:
        _notice(f"no comment: {error}")


def _event() -> dict[str, Any]:
    try:
        event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    except (KeyError, OSError, ValueError):
        return {}
    return event if isinstance(event, dict) else {}


def _own_comment(place: str) -> int | None:
    """The number of the comment that an earlier run wrote; one that somebody else begins with our mark is theirs."""
    for page in range(1, MOST_PAGES + 1):
        comments = _ask("GET", f"{place}?per_page=100&page={page}")
        for comment in comments:
            is_ours = (comment.get("user") or {}).get("login") == "github-actions[bot]"
            if is_ours and str(comment.get("body", "")).startswith(MARK):
                return int(comment["id"])
        if len(comments) < 100:
            break
    return None


def _ask(method: str, path: str, body: dict[str, str] | None = None) -> Any:
    """One question to GitHub. Raises OSError, ValueError."""
    request = urllib.request.Request(
        f"{os.environ.get('GITHUB_API_URL', 'https://api.github.com')}{path}",
        json.dumps(body).encode() if body else None,
        {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {os.environ.get('MAILZONE_TOKEN', '')}",
            "Content-Type": "application/json",
        },
        method=method,
    )
    with urllib.request.urlopen(request, timeout=SECONDS) as response:
        return json.load(response)


def _notice(message: str) -> None:
    told = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    sys.stdout.write(f"::notice title=mailzone::{told}\n")


if __name__ == "__main__":
    sys.exit(main())
