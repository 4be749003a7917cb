"""Where everything is kept: SQLAlchemy Core, one table a noun, one file a group of shelves."""

from adapters.storage.moving import Counted, backup, copy, counted
from adapters.storage.opening import open_storage
from adapters.storage.unit_of_work import SqlStorage

__all__ = ["Counted", "SqlStorage", "backup", "copy", "counted", "open_storage"]
