"""The file of a site's claims, for whatever reads or writes it."""

FILE = "claims.json"
# Of the digest of all claims and sources, enough to distinguish editions.
EDITION_DIGITS = 7
