"""SRC009: text that readers see and the checker cannot read, and checked text that is hidden."""
