"""The name of the file with a site's claims, and the length of its short digest."""

FILE = "claims.json"
# How many digits of the digest of all claims and sources identify an edition.
EDITION_DIGITS = 7
