"""How pages show citations, sources, references and coverage."""
