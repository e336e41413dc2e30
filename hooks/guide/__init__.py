"""The machinery of the guide: what renders, checks and packs its pages."""
