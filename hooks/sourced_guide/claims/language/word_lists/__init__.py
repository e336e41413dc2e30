"""Word lists of fields, such as medicine, beside those of the language."""
