"""What is fast, and what is right, measured: `make bench`."""
