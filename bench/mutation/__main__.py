"""`make mutate`: plants faults in the guide and measures which of them the check finds."""

from argparse import ArgumentParser

from bench.mutation import by_people, measure

parser = ArgumentParser("python -m bench.mutation", description=__doc__)
parser.add_argument(
    "--missed", metavar="KIND", help="list the faults of a kind that were missed, half held out"
)
parser.add_argument(
    "--by-people",
    action="store_true",
    help="try only what people wrote or read; list what is wrong",
)
arguments = parser.parse_args()
if not arguments.by_people:
    measure.main(arguments.missed)
by_people.main(is_listed=arguments.by_people)
