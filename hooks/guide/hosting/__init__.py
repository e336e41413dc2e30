"""What a built site gets for the host that serves it: files packed ahead, and its headers."""
