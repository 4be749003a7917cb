"""What holds for all tests."""

from hypothesis import settings

settings.register_profile(
    "missed", deadline=None
)  # machines are shared; what takes how long is benchmarked, not tested
settings.load_profile("missed")
