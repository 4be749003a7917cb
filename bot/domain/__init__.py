"""What the product knows and decides: values and pure functions. No I/O, no clock, no randomness."""
