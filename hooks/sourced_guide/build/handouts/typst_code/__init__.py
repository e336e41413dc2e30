"""Page elements as Typst code."""
