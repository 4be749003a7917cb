"""A small social network on loopback that speaks Mastodon's REST dialect, strictly, and fails when told to."""

from sandbox.faults import Fault, Faults
from sandbox.model import Account, Status
from sandbox.server import Sandbox

__all__ = ["Account", "Fault", "Faults", "Sandbox", "Status"]
