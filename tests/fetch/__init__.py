"""Fresh copies of sources, from real servers on this machine."""
