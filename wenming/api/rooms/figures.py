"""Papers of a round and the figures that they report, entered digit for digit."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query
from pydantic import Field
from pydantic import WithJsonSchema as Described

from wenming.api.finding import one, seen
from wenming.api.operations import Deed, Room
from wenming.api.paging import PageAsked, page
from wenming.api.shapes import (
    Count,
    Given,
    Key,
    Line,
    Name,
    Number,
    Page,
    Shown,
    WordsShown,
    offered,
)
from wenming.base.access import person
from wenming.core.permissions import Capability
from wenming.rounds.models import Round
from wenming.scoring.models import Figure, ReportedDocument
from wenming.scoring.queries.checking import OWN_FIGURES
from wenming.scoring.services import figures as services
from wenming.scoring.services import papers

VIEW, EDIT = Capability.VIEW_FIGURES, Capability.EDIT_FIGURES
room = Room(tags=["Reconciliation 数字核对"])

Digits = Annotated[str, Field(pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,7})?$")]
Short = Annotated[str, Field(max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")]
OwnFigure = Annotated[
    str,
    offered(["", *OWN_FIGURES]),
    Described({"type": "string", "enum": ["", *OWN_FIGURES]}),
]


class PaperShown(Shown):
    """A paper that reports figures."""

    id: UUID
    round: UUID
    key: str
    title: WordsShown
    as_of: str

    @classmethod
    def of(cls, paper: ReportedDocument) -> "PaperShown":
        """From its row."""
        return cls(
            id=paper.pk,
            round=paper.round_id,
            key=paper.key,
            title=WordsShown.of(paper.title),
            as_of=paper.as_of,
        )


class PaperGiven(Given):
    """What is said of a paper."""

    title: Name
    title_en: Line = ""
    as_of: Short = Field("", description="The day of its figures, as the paper writes it")

    @property
    def entry(self) -> papers.PaperEntry:
        """The paper, as the services take it."""
        return papers.PaperEntry(self.title.strip(), self.title_en.strip(), self.as_of.strip())


class PartShown(Shown):
    """One part of a split, with every digit."""

    part: str
    value: str


class FigureShown(Shown):
    """A figure as a paper reports it, however wrong it looks."""

    id: UUID
    version: str = Field(description="Another after every change; give it back with a change")
    key: str = Field(description="The same in two papers that count the same")
    title: WordsShown
    document: str = Field(description="Key of its paper; blank for none")
    value: Number
    digits: str = Field(description="The value with every digit of the paper")
    unit: str
    of: str = Field(description="Key of the whole, in the same paper, that it is a part of")
    counts_tested: bool = Field(description="It counts those of the whole that were tested")
    lower_bound: bool = Field(description="“More than”")
    base: int | None = Field(description="Number behind a percentage")
    compared_with: str = Field(description="The system's own figure that it is compared with")
    split: list[list[str]]
    parts: list[PartShown] = Field(description="The split again, as it is given")
    every_group: bool = Field(description="Every working group must have a part")
    members: list[str]

    @classmethod
    def of_row(cls, figure: Figure) -> "FigureShown":
        """From its row."""
        same = ("key", "document", "value", "unit", "of", "lower_bound", "base", "compared_with",
                "split", "members")  # fmt: skip
        columns: dict[str, Any] = {name: getattr(figure, name) for name in same}
        return cls(
            id=figure.pk,
            version=services.version_of(figure),
            title=WordsShown.of(figure.title),
            digits=f"{figure.value:f}",
            counts_tested=figure.means == "tested",
            parts=[PartShown(part=part, value=value) for part, value in figure.split],
            every_group=figure.split_by == "group",
            **columns,
        )


class PartGiven(Given):
    """One part of a split."""

    part: Name
    value: Digits


class FigureGiven(Given):
    """A figure as the paper gives it; it is never corrected."""

    title: Name = Field(description="What is counted, in the words of the paper")
    title_en: Line = ""
    value: Digits = Field(description="A number as text, so that every digit is kept: `85.30`")
    unit: Short = ""
    key: Line = Field(
        "", description="Of a figure in another paper that counts the same; blank for its own"
    )
    of: Line = Field("", description="Key of the figure in the same paper that it is a part of")
    counts_tested: bool = False
    lower_bound: bool = False
    base: Count | None = None
    compared_with: OwnFigure = ""
    parts: list[PartGiven] = Field(default_factory=list, max_length=500)
    every_group: bool = False
    members: list[Name] = Field(default_factory=list, max_length=2000)

    @property
    def entry(self) -> services.FigureEntry:
        """The figure, as the services take it."""
        return services.FigureEntry(
            title_zh=self.title.strip(),
            title_en=self.title_en.strip(),
            value=Decimal(self.value),
            unit=self.unit.strip(),
            key=self.key,
            of=self.of,
            means="tested" if self.counts_tested else "",
            lower_bound=self.lower_bound,
            base=self.base,
            compared_with=self.compared_with,
            split=tuple((each.part.strip(), each.value) for each in self.parts),
            split_by="group" if self.every_group else "",
            members=tuple(each.strip() for each in self.members),
        )


class FigureChangeGiven(FigureGiven):
    """The whole figure as it is from now on."""

    version: Key = Field(description="Of the figure as it was read; 409 where it is another now")


@room.deed(Deed("GET", "/rounds/{uuid:pk}/papers", VIEW, "所报材料清单。", Page[PaperShown]))
def list_papers(request: HttpRequest, pk: UUID, asked: Query[PageAsked]) -> Page[PaperShown]:
    """The papers of a round, in their order."""
    found = one(seen(request, Round), pk)
    rows = seen(request, ReportedDocument).filter(round=found)
    return page(rows, asked, PaperShown.of, order="position")


@room.deed(Deed("POST", "/rounds/{uuid:pk}/papers", EDIT, "登记材料。", PaperShown, 201))
def add_paper(request: HttpRequest, pk: UUID, given: PaperGiven) -> PaperShown:
    """Add a paper to a round; 409 where a frozen result stands on its figures."""
    found = one(seen(request, Round).select_related("city"), pk)
    return PaperShown.of(papers.add_paper(found, given.entry, by=person(request)))


@room.deed(Deed("PUT", "/papers/{uuid:pk}", EDIT, "修改材料名称和日期。", PaperShown))
def change_paper(request: HttpRequest, pk: UUID, given: PaperGiven) -> PaperShown:
    """Change what is said of a paper; its figures are left alone."""
    paper = papers.change_paper(found_paper(request, pk), given.entry, by=person(request))
    return PaperShown.of(paper)


@room.deed(Deed("DELETE", "/papers/{uuid:pk}", EDIT, "删除材料及其全部数字。", None, 204))
def remove_paper(request: HttpRequest, pk: UUID) -> None:
    """Remove a paper with all its figures; the round is checked at once."""
    papers.remove_paper(found_paper(request, pk), by=person(request))


@room.deed(Deed("GET", "/rounds/{uuid:pk}/figures", VIEW, "所报数字。", Page[FigureShown]))
def list_figures(request: HttpRequest, pk: UUID, asked: Query[PageAsked]) -> Page[FigureShown]:
    """The figures that papers of a round report, in their order."""
    found = one(seen(request, Round), pk)
    rows = seen(request, Figure).filter(round=found)
    return page(rows, asked, FigureShown.of_row, order="position")


@room.deed(Deed("GET", "/figures/{uuid:pk}", VIEW, "一个所报数字。", FigureShown))
def show_figure(request: HttpRequest, pk: UUID) -> FigureShown:
    """One figure with the version in which it is changed."""
    return FigureShown.of_row(one(seen(request, Figure), pk))


@room.deed(Deed("POST", "/papers/{uuid:pk}/figures", EDIT, "按材料录入数字。", FigureShown, 201))
def enter_figure(request: HttpRequest, pk: UUID, given: FigureGiven) -> FigureShown:
    """Enter a figure exactly as a paper reports it; the round is checked at once."""
    paper = found_paper(request, pk)
    _refuse_unknown(request, paper.round_id, paper.key, given)
    entered = services.enter_figure(paper, given.entry, by=person(request))
    return _shown_again(request, entered)


@room.deed(Deed("PUT", "/figures/{uuid:pk}", EDIT, "修改数字；版本不符时返回 409。", FigureShown))
def change_figure(request: HttpRequest, pk: UUID, given: FigureChangeGiven) -> FigureShown:
    """Change a figure to what the paper really says; what is not named becomes blank."""
    figure = found_figure(request, pk)
    _refuse_unknown(request, figure.round_id, figure.document, given, but=figure)
    changed = services.change_figure(figure, given.entry, by=person(request), seen=given.version)
    return _shown_again(request, changed)


@room.deed(Deed("DELETE", "/figures/{uuid:pk}", EDIT, "删除数字。", None, 204))
def remove_figure(request: HttpRequest, pk: UUID) -> None:
    """Remove a figure; what was a part of it stands alone then."""
    services.remove_figure(found_figure(request, pk), by=person(request))


def found_paper(request: HttpRequest, pk: UUID) -> ReportedDocument:
    """The paper with its round and city, or 404."""
    return one(seen(request, ReportedDocument).select_related("round__city"), pk)


def found_figure(request: HttpRequest, pk: UUID) -> Figure:
    """The figure with its round and city, or 404."""
    return one(seen(request, Figure).select_related("round__city"), pk)


def _refuse_unknown(
    request: HttpRequest, round_: UUID, document: str, given: FigureGiven, but: Figure | None = None
) -> None:
    """404 for a whole that is not in the paper, and for a like that is in no other paper."""
    rows = seen(request, Figure).filter(round=round_)
    here, elsewhere = rows.filter(document=document), rows.exclude(document=document)
    others = here.exclude(pk=but.pk) if but else here
    has_own_key = bool(but and but.key == given.key)
    if given.of and not others.filter(key=given.of).exists():
        raise Http404
    if given.key and not has_own_key and not elsewhere.filter(key=given.key).exists():
        raise Http404


def _shown_again(request: HttpRequest, figure: Figure) -> FigureShown:
    """As it is stored, with the version that the next change names."""
    return FigureShown.of_row(one(seen(request, Figure), figure.pk))
