"""The machinery of a sourced guide: what renders, checks and packs its pages."""
