"""`mailzone completion`: each shell takes the script and completes by it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ASKED = {
    "bash": (
        "bash",
        "source {script}; COMP_WORDS=(mailzone {words}); COMP_CWORD={place}; COMPREPLY=(); "
        "_shtab_mailzone mailzone {last} {before}; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
    ),
    "fish": ("fish", "source {script}; complete -C 'mailzone {words}'"),
}


@pytest.mark.parametrize("shell", ASKED)
@pytest.mark.parametrize(
    ("words", "offered"),
    [("expl", "explain"), ("explain spf-too-many-v", "spf-too-many-void-lookups"), ("check --prof", "--profile")],
)
def test_a_shell_completes(shell: str, words: str, offered: str, tmp_path: Path, process: Run) -> None:
    program, command = ASKED[shell]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    script = tmp_path / "script"
    script.write_text(process("completion", shell).out)
    typed = words.split()
    asked = command.format(
        script=script, words=words, place=len(typed), last=typed[-1], before=["mailzone", *typed][-2]
    )
    done = subprocess.run([program, "-c", asked], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert offered in done.stdout.split(), done


def test_zsh_reads_the_script(tmp_path: Path, process: Run) -> None:
    if shutil.which("zsh") is None:
        pytest.skip("zsh is not installed")
    (tmp_path / "_mailzone").write_text(process("completion", "zsh").out)
    done = subprocess.run(["zsh", "-n", str(tmp_path / "_mailzone")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_shell_is_refused(process: Run) -> None:
    done = process("completion", "fisch")
    assert done.status == 2
    assert "did you mean `fish`?" in done.err
