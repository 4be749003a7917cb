"""What the network holds, as the JSON objects of Mastodon's API (https://docs.joinmastodon.org/entities/)."""

from typing import Any

JSON = dict[str, Any]
"""One entity."""
