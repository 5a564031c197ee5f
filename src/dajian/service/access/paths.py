"""Asking for an area and all below it, so that an index answers on both databases."""

from __future__ import annotations

from typing import Any

from django.db.models import Lookup


def prefixes(path: str) -> list[str]:
    """The paths of an area and of all above it."""
    codes = path.strip("/").split("/")
    return ["/" + "/".join(codes[: n + 1]) + "/" for n in range(len(codes))]


class Under(Lookup):
    """`path__under="/35/3501/"`: a path that starts with this one. Both end in a slash.

    SQLite's LIKE ignores case and so reads the whole table: there a range is asked. PostgreSQL may order by language,
    where a range means something else: there LIKE, over an index with pattern operators.
    """

    lookup_name = "under"

    def get_prep_lookup(self) -> str:
        if not str(self.rhs).endswith("/"):
            raise ValueError(f"not a path: {self.rhs!r}")
        return str(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        last = self.rhs[:-1] + chr(ord("/") + 1)
        return f"({left} >= %s AND {left} < %s)", (*left_params, self.rhs, *left_params, last)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        return f"{left} LIKE %s", (*left_params, connection.ops.prep_for_like_query(self.rhs) + "%")
