"""Numbers and words by which an SPF record is sorted before anything about it is computed."""

ASKING = frozenset(("include", "a", "mx", "ptr", "exists", "redirect"))
"""The terms that cost a lookup (RFC 7208 section 4.6.4)."""

MAX_LOOKUPS = 10
"""Terms that ask DNS, over all records of an evaluation (RFC 7208 section 4.6.4)."""

MAX_VOID_LOOKUPS = 2
MAX_MX_HOSTS = 10
MAX_POINTERS = 10
"""Limits of RFC 7208 section 4.6.4: answers without data, hosts of one `mx`, names of one address."""

ASIDE = ("_spf.", "spf.", "*.")
"""How names begin at which records are put that were meant for the name above."""

RECORD_LENGTH = 450
"""Octets that with the name and the rest of the answer fit into one UDP packet (RFC 7208 section 3.4)."""

TOO_WIDE = {4: 16, 6: 32}
"""A range with a shorter prefix authorises more machines than anybody sends from."""

NEARLY_ALL = 8
"""A prefix shorter than this covers a large part of the Internet, whatever the version."""
