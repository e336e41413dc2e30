"""The file that tells what a site claims, for whatever reads or writes it."""

FILE = "claims.json"
# Of the digest of all claims and sources, enough to tell editions apart.
EDITION_DIGITS = 7
