"""Where PyYAML was built without libyaml, the command says so and what to install."""

from pathlib import Path

from .conftest import run_program


def test_without_libyaml_it_is_said_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "example.com.yaml").write_text("www: {type: A, value: 192.0.2.1}\n")
    program = "import sys; sys.modules['yaml._yaml'] = None; from linter.cli.main import run; sys.exit(run(['check']))"
    done = run_program(program, tmp_path)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "PyYAML was built without libyaml" in done.stderr
    assert "install libyaml" in done.stderr
    assert "report it" not in done.stderr
