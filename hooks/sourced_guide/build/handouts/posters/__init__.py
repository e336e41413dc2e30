"""Sheets to see from afar: the warning signs in pictures, and the poster for a ward."""
