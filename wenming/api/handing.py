"""Files that an operation writes for its answer, each with its name and what it is."""

from typing import Literal

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from wenming.base import wording
from wenming.base.services.attachments import clean_name
from wenming.core.errors import Problem
from wenming.files.kinds import DOCX, XLSX

KINDS = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
    "docx": DOCX,
    "geojson": "application/geo+json",
}
WORKBOOK = (KINDS["xlsx"],)
Language = Literal["zh", "en"]


def handed_over(content: bytes, name: str) -> HttpResponse:
    """The answer that carries a file; what it is follows from the ending of its name."""
    name = clean_name(name)
    kind = KINDS["yaml" if name.endswith(".yml") else name.rpartition(".")[2].lower()]
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def language_of_words() -> Language:
    """The language of the request, as files and sentences take it."""
    return "en" if get_language() == "en" else "zh"


def say(problem: Problem) -> str:
    """The sentence of a mistake, as a copy of its file carries it."""
    return wording.sentence(problem.code, problem.facts, language_of_words())
