"""An edit of an SPF record that other zones include, as whoever commits it sees it."""

import json
from pathlib import Path

from .conftest import Run


def test_an_edit_of_a_shared_spf_record_takes_another_zone_over_the_limit(mailzone: Run, tmp_path: Path) -> None:
    nine = f"v=spf1 include:_spf.example.com {' '.join(f'a:h{number}.example.net' for number in range(7))} -all"
    shared = "_spf: {type: TXT, value: v=spf1 a:mail.example.com -all}\nmail: {type: A, value: 50.0.0.25}\n"
    hosts = "".join(f"h{number}: {{type: A, value: 50.0.1.{number}}}\n" for number in range(7))
    (tmp_path / "example.com.yaml").write_text(shared)
    (tmp_path / "example.net.yaml").write_text(hosts)
    (tmp_path / "shop.example.yaml").write_text(f"'': [{{type: TXT, value: {nine}}}]\n")
    options = ("check", "-f", "json", "--select", "spf-too-many-lookups", "example.com.yaml")

    assert json.loads(mailzone(*options).out)["findings"] == []

    (tmp_path / "example.com.yaml").write_text(shared.replace("a:mail", "a:h0.example.net a:h1.example.net a:mail"))
    ran = mailzone(*options)

    (finding,) = json.loads(ran.out)["findings"]
    assert (ran.status, finding["path"], finding["zone"]) == (1, "shop.example.yaml", "shop.example.")
    assert finding["message"] == "11 lookups, 1 too many: receivers answer permerror"
    edited = [each for each in finding["related"] if each["path"] == "example.com.yaml"]
    assert [each["message"] for each in edited] == [
        "in `_spf.example.com`: `a:h0.example.net` costs 1, total 2",
        "in `_spf.example.com`: `a:h1.example.net` costs 1, total 3",
        "in `_spf.example.com`: `a:mail.example.com` costs 1, total 4",
    ]
