"""What the check and the build cost, in time and in memory: `make bench` writes it into pages."""
