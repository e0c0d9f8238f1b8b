"""x"""

RULES = ()
