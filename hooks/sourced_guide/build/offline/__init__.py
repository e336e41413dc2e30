"""The guide to carry away: a built site as one zip file that opens without server and network."""
