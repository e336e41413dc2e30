"""What people confirmed: which claim-passage links are still as they were read."""
