"""The kill test: the real process dies again and again at bad moments; nothing may be lost, doubled or late.

`python -m tests.chaos` runs it (`make chaos`); `tests/e2e/test_chaos.py` runs a short one.
"""
