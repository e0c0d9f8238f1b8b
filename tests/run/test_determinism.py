"""The same files give the same findings in the same order, whatever the hash seed and the order of arguments."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEY = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE" + "a" * 60
CONFIG = """\
providers:
  one: {class: octodns.provider.yaml.YamlProvider, directory: ./zones}
  two: {class: octodns.provider.yaml.YamlProvider, directory: ./more}
zones:
  '*': {sources: [one, two], targets: []}
"""
LOCK = "version: 1\nanswers:\n  v.example.net: {TXT: ['v=spf1 include:_spf.n1.example -all']}\n  gone.test: nxdomain\n"


def zone(number: int) -> str:
    """A zone that leads into others in every way that there is, loops of SPF and of aliases among them."""
    after, far = f"n{(number + 1) % 24}.example", f"n{(number * 7) % 24}.example"
    hosts = f"[{{preference: 1, exchange: mx.{after}.}}, {{preference: 2, exchange: gone.{far}.}}]"
    spf = f"v=spf1 include:_spf.{after} include:{far} include:v.example.net a:www.{after} a:gone.{far} a:gone.test -all"
    return (
        f"'': [{{type: MX, values: {hosts}}}, {{type: TXT, value: '{spf}'}}]\n"
        f"_spf: {{type: TXT, value: 'v=spf1 include:_spf.{far} a:x.{after} a:gone.test mx:{far} -all'}}\n"
        f"www: {{type: CNAME, value: www.{after if number % 5 else far}.}}\n"
        f"_dmarc: {{type: TXT, value: 'v=DMARC1\\; p=reject\\; rua=mailto:d@{after},mailto:d@gone.{far}'}}\n"
        f"s1._domainkey: [{{type: TXT, value: 'v=DKIM1\\; p={KEY}'}}]\n"
        f"s2._domainkey: {{type: CNAME, value: s1._domainkey.gone.{after}.}}\n"
        f"mx: {{type: A, value: 10.0.0.{number}}}\n"
    )


@pytest.mark.parametrize("config", ["", "octodns.yaml"])
def test_one_estate_gives_one_report(config: str, tmp_path: Path) -> None:
    for folder in (".git", "zones", "more"):
        (tmp_path / folder).mkdir()
    for number in range(24):
        (tmp_path / f"zones/n{number}.example.yaml").write_text(zone(number))
    (tmp_path / "more/n3.example.yaml").write_text("x: {type: TXT, value: 'v=spf1 include:_spf.n5.example -all'}\n")
    (tmp_path / "mailzone.lock").write_text(LOCK)
    if config:
        (tmp_path / config).write_text(CONFIG)
    files = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.glob("*/*.yaml"))
    shuffled = random.Random(4).sample(files, len(files))
    said = set()
    for seed, order in enumerate(
        [files, files[::-1], shuffled, [*shuffled, *files], ["zones", "more"], ["more", "zones"]]
    ):
        run = subprocess.run(
            [sys.executable, "-m", "linter", "check", "-f", "json", *order],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (run.returncode, run.stderr) == (1, "")
        said.add(run.stdout)

    assert len(said) == 1
    rules = {each["rule"] for each in json.loads(said.pop())["findings"]}
    assert {"cname-loop", "spf-loop", "mx-target-missing", "dkim-target-missing", "dmarc-report-unauthorised"} <= rules
