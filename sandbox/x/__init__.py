"""The part of the small social network that speaks X API v2 (docs.x.com/x-api), strictly, and counts what it costs."""

from sandbox.x.model import DirectEvent, Person, Tweet
from sandbox.x.server import XSandbox

__all__ = ["DirectEvent", "Person", "Tweet", "XSandbox"]
