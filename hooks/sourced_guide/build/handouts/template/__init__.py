"""The templates of handouts, and which of them a handout uses."""
