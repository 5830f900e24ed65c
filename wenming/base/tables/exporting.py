"""A list as a file, written while it is sent, however long it is."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.timezone import localdate

from wenming.base.tables.columns import Column
from wenming.base.tables.declaring import Table
from wenming.base.tables.listed import Listed
from wenming.files.kinds import XLSX
from wenming.files.tables_out import Cell, csv_lines, write_long_workbook

AT_ONCE = 2000
WORKBOOK = XLSX


def exported(
    table: Table, columns: Sequence[Column], rows: QuerySet[Any] | Listed[Any], *, form: str
) -> HttpResponseBase:
    """The rows as a file (导出).

    Args:
        rows: in the order in which they are written.
        form: `csv` or `xlsx`.
    """
    header = [str(column.title) for column in columns]
    lines = _lines(columns, rows.iterator(chunk_size=AT_ONCE))
    name = f"{table.key}-{localdate():%Y%m%d}.{form}"
    if form == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            csv_lines(header, lines), content_type="text/csv; charset=utf-8"
        )
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    packed = tempfile.TemporaryFile()  # noqa: SIM115  # closed, and gone, with the response
    write_long_workbook(packed, str(table.title), header, lines)
    packed.seek(0)
    return FileResponse(packed, as_attachment=True, filename=name, content_type=WORKBOOK)


def _lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[Sequence[Cell]]:
    for row in rows:
        yield [column.exported(row) for column in columns]
