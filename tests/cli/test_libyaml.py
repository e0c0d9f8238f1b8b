"""Where PyYAML was built without libyaml, the command says so and what to install."""

import subprocess
import sys
from pathlib import Path

from .conftest import clean_environment


def test_without_libyaml_it_is_said_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "example.com.yaml").write_text("www: {type: A, value: 192.0.2.1}\n")
    program = "import sys; sys.modules['yaml._yaml'] = None; from linter.cli.main import run; sys.exit(run(['check']))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=clean_environment() | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stdout == ""
    assert "PyYAML was built without libyaml" in done.stderr
    assert "install libyaml" in done.stderr
    assert "report it" not in done.stderr
