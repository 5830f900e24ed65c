"""Search that finds Chinese words of two characters: text and question are cut into pairs.

The cutting of stored text happens in the database (`wenming_grams`, made by a migration), so a
generated column can never grow stale; the cutting of a question happens here, in the same way.
"""

import re
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Expression, F, Func, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

CHINESE = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUNS = re.compile(rf"[{CHINESE}]+|[a-z0-9]+")
_CHINESE_RUN = re.compile(rf"[{CHINESE}]+")

GRAMS_SQL = r"""
CREATE OR REPLACE FUNCTION wenming_grams(written text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT coalesce(array_to_tsvector(array_agg(DISTINCT gram)), ''::tsvector)
  FROM (
    SELECT substr(run[1], place, 2) AS gram
    FROM regexp_matches(lower(written), '[CHINESE]+', 'g') AS run,
         generate_series(1, length(run[1])) AS place
    UNION
    SELECT run[1] FROM regexp_matches(lower(written), '[a-z0-9]+', 'g') AS run
  ) AS grams
$$
""".replace("CHINESE", CHINESE)  # nosec B608 (a constant of this file)


def grams_of(*columns: str) -> Expression:
    """What the search finds a row by, for a generated column over columns of text."""
    parts: list[Combinable] = []
    for column in columns:
        parts += [F(column), Value(" ", output_field=TextField())]
    text = Concat(*parts, output_field=TextField())
    return Func(text, function="wenming_grams", output_field=SearchVectorField())


def question(text: str) -> str:
    """The question of a search in PostgreSQL's form: every pair, every word's beginning.

    Returns:
        "" when the text holds nothing that can be searched for.
    """
    parts: list[str] = []
    for run in _RUNS.findall(text.lower()):
        if not _CHINESE_RUN.fullmatch(run) or len(run) == 1:
            parts.append(f"'{run}':*")
        else:
            parts += [f"'{run[place : place + 2]}'" for place in range(len(run) - 1)]
    return " & ".join(dict.fromkeys(parts))


class GramQuery(SearchQuery):
    """A question as `question` writes it, taken as it is."""

    def __init__(self, text: str) -> None:
        super().__init__(question(text), search_type="raw")

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **kwargs: Any) -> Any:
        """The question as a tsquery, without a dictionary in between."""
        del args, kwargs
        sql, params = compiler.compile(self.get_source_expressions()[-1])
        return f"({sql})::tsquery", params
