"""What is promised in figures, measured. Each prints one JSON object; `make bench` runs all of them."""
