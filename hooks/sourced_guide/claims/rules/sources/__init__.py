"""Rules for source files and the snapshots of their sources."""
