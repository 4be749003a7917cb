"""What is fast, what is right, and what it costs, measured: `make bench`."""
