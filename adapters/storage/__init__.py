"""Where everything is kept: SQLAlchemy Core, one table a noun, one file a group of shelves."""

from adapters.storage.opening import open_storage
from adapters.storage.unit_of_work import SqlStorage

__all__ = ["SqlStorage", "open_storage"]
