"""Thin adapters between site generators and the other packages."""
