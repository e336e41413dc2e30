"""`make mutate`: plants faults in the guide and measures which of them the check finds."""

from argparse import ArgumentParser

from bench.mutation.measure import main

ArgumentParser("python -m bench.mutation", description=__doc__).parse_args()
main()
