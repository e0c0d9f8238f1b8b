"""Who points to a name is answered alike however many ask, and files are read a bounded number of times for it."""

from pathlib import Path

from linter.run.estate import Estate

FILES = 40


def estate_of_slips(folder: Path) -> Estate:
    """Zones that each have an alias to a name of the next one, and the first label of all those names."""
    for number in range(FILES):
        target = f"s1.n{(number + 1) % FILES}.example."
        text = f"a: {{type: CNAME, value: {target}}}\nb: {{type: MX, value: {{preference: 1, exchange: {target}}}}}\n"
        (folder / f"n{number}.example.yaml").write_text(text)
    return Estate(sorted(map(str, folder.iterdir())), str(folder))


def test_answers_are_the_same_however_many_ask(tmp_path: Path) -> None:
    estate = estate_of_slips(tmp_path)

    for _ in range(3):
        for number in range(FILES):
            asked = f"s1.n{number}.example."
            assert estate.aliases_to(asked) == (f"a.n{(number - 1) % FILES}.example.",)
            assert estate.has_exchange(asked)
        assert estate.aliases_to("s1.n99.example.") == ()
        assert not estate.has_exchange("s1.n99.example.")


def test_ten_thousand_with_one_slip_do_not_have_all_files_read_as_often(tmp_path: Path) -> None:
    estate = estate_of_slips(tmp_path)
    for number in range(FILES):
        estate.aliases_to(f"s1.n{number}.example.")

    assert FILES < len(estate.read_files) <= 3 * FILES


def test_a_question_that_no_file_may_answer_has_none_read(tmp_path: Path) -> None:
    estate = estate_of_slips(tmp_path)
    for number in range(4 * FILES):
        assert estate.aliases_to(f"other.n{number}.example.") == ()

    assert estate.read_files == []


def test_what_was_not_held_is_let_go(tmp_path: Path) -> None:
    estate = estate_of_slips(tmp_path)
    first = str(tmp_path / "n0.example.yaml")
    held = estate.document(first)
    for number in range(FILES):
        estate.aliases_to(f"s1.n{number}.example.")
    read = len(estate.read_files)

    assert estate.document(first) is held
    assert len(estate.read_files) == read
    estate.document(str(tmp_path / "n7.example.yaml"))
    assert len(estate.read_files) == read + 1


def test_a_name_is_found_however_it_is_written(tmp_path: Path) -> None:
    files = {
        "a.example.yaml": "a: {type: CNAME, value: 'bücher.z.example.'}\n",
        "b.example.yaml": 'b: {type: CNAME, value: "\\x73elector.z.example."}\n',
        "c.example.yaml": "c: !include shared.yml\n",
        "d.example.yaml": 'd: {type: CNAME, value: "divi\\\n  ded.z.example."}\n',
        "shared.yml": "{type: CNAME, value: shared.z.example.}\n",
        "z.example.yaml": "z: {type: A, value: 192.0.2.1}\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    targets = {
        "xn--bcher-kva": "a.a.example.",
        "selector": "b.b.example.",
        "shared": "c.c.example.",
        "divided": "d.d.example.",
    }
    paths = sorted(str(tmp_path / name) for name in files if name.endswith(".yaml"))
    many = Estate(paths, str(tmp_path))
    for _ in range(3):
        for label, owner in targets.items():
            assert Estate(paths, str(tmp_path)).aliases_to(f"{label}.z.example.") == (owner,)
            assert many.aliases_to(f"{label}.z.example.") == (owner,)
