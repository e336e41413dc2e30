"""`make mutate`: plants faults in the guide and measures which of them the check finds."""

from argparse import ArgumentParser

from bench.mutation.measure import main

parser = ArgumentParser("python -m bench.mutation", description=__doc__)
parser.add_argument(
    "--missed", metavar="KIND", help="list the faults of a kind that were missed, half held out"
)
main(parser.parse_args().missed)
