"""The offline copy: a built site as a zip file that opens without a server or network."""
