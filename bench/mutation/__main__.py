"""`make mutate`: plants faults in the guide and measures which of them the check finds."""

from bench.mutation.measure import main

main()
