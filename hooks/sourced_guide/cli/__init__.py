"""The command line: one command, `guide`, with one module for each of its subcommands."""
