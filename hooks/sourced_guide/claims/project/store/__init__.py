"""What is kept between runs: `.cache/store`."""
