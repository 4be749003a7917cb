"""You Were Missed: when your network calls, you hear it once, in time to still join."""
