"""An RSA key for DKIM is longer than receivers need to read.

Receivers must handle keys of 1024 to 4096 bits; what is longer they may refuse (RFC 8301 section 3.2). Such a key
also makes DNS answers so large that they no longer fit into one packet. 2048 bits are the usual length.

## Bad

```yaml
default._domainkey:
  type: TXT
  value: v=DKIM1\\; k=rsa\\; p=MIICojANBgkqhkiG9w0BAQEFAAOCAo8AMIICigKCAoEA04C6wMiahTlSff1BscFwIWAatM6dCpz0xhzTp5jMrAIwhGWEbFx3l6evJtt+e7IVZ2EcqClO7f+wlutjbtAL5zvGXZH8+MZAqUIF3uvF3yRv/HzWMBFRsZ3BMy4BkFVYD48K5s6+wapQuBpt5akId2SJkEbKDliG9X/yoRgKbTalAY+Fghs4amCLU/5rHu+3uNw3Dv038N3il/rOendxTLNF+ZxT1hPMsddG32CQ7opMGIzXoGkoiV9wrP2w7ah6aq13yuh6UKWCkieis0I/um8FQJekiUnXbZqzP/9vNJ1NnNy6boFjvzhLM//1hidvAd9LUx8uwp7NXYgS0jIUbbvvWB5yfqo3Lm4eyELyWS6lFxd57W6Nw75ESFPn4bpQHlIJVomKSFDDOONwPYoCsl4nc9KFdzbbYpjCXj+9k/3ZjmFBsrErIuEMisl7ZdgKUj3ik5EBPhZaVBukdkw9vyvAtaHp1N/6Y+uqQ1nXhjJ10hqnJXvhS0A59ZTEfA6p5/CCVCMoAAfIcHmzTIi7mf2gHw7EO7/m+0MGa6vTxHp3LdJDWvgYTMNygSnKKXB3oUkkhmkW6us/JVGtaB9XRekvUEzoxKceTeejIMNTdfxzvnGi7mrm2rfuYBZFeNLKTWh6Lvol2G3I7z8EWvJ9twYrv7AtTUCLTAf+rbYhxror2keJneMVcxqrxtptNr0a96yEmTYuk+dJhxlxefUOUtyWPSUdaVWqTS7XrICyIqbD2hu92HU95VaDBcN/7z/8UlFY+1CTAXteY64vrSkpK4zGbPcO9zljfdzgz1248IODMRBFiq/gE7J3J7plFL3xCSInzr74yAdqs3yIGw47kwIDAQAB  # <- has 5120 bits
```

## Good

```yaml
default._domainkey:
  type: TXT
  value: '"v=DKIM1\\; k=rsa\\; p="
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAoZFDLp9ERau/b5rRj9TcB+oOUg/2FYyzlGXVWHWYfFAA9ib3xWk/5sjBmb+xpB80"
    "A2S0HWptCbPgpSaHIvPOxcZGgBVJo6syNprL2tnb2+cCYKfR8ZZCAwTISItNJSxSmzcq0Z3RpWyYhvrWaZh3P8BZYWNnviWMyJdTlWfAcVvC"
    "bCaw2dmZGUlO6esDy+oJfiszzw13Y7DpvmoU86k/CZwIHPc0uHCR0X+blNJVDZkP4ElxMFUReLgLiTZvMxi3dntP3mIMwTXcqmjhZ4Wfo+OL"
    "D7ZNvivmDrH5LWghiefFjyqvQwgej8wBzw3WZamo11+Cq2DCKVKQmyYQIny5uQIDAQAB"'
```
"""  # noqa: E501 - a key is one word

from collections.abc import Iterator

from linter.facts.zone_facts import Facts
from linter.finding import Complaint
from linter.rules.rule import Rule

from .grammar import grammar_complaints


def check(facts: Facts) -> Iterator[Complaint]:
    """The grammar's faults of this kind."""
    return grammar_complaints(facts, "key-too-long")


RULE = Rule("dkim-key-too-long", "off", check, __doc__, "RFC 8301 section 3.2", needs=("dkim:key-too-long",))
