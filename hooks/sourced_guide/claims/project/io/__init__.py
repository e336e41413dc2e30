"""Reading and writing files: YAML with places, JSON Schema, atomic writes."""
