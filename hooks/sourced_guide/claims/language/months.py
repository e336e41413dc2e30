"""The names of the months."""

# Not from Python's `calendar`, whose names depend on the locale.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
