"""Mellanrum: a room for people who lead transition across organisations."""

import sys

__version__ = "0.1.0"

try:  # a SQLite that is safe with several connections, where a wheel of it exists (decision 0002)
    import pysqlite3
except ImportError:  # elsewhere the start-up gate looks at the interpreter's own
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
