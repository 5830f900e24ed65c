"""From a questionnaire to the answers of a round: each sheet once, and only accepted ones count."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from tests.cast import make_person
from tests.core.questionnaire.building import YES_NO, question, rows
from tests.core.questionnaire.building import instrument as built
from tests.rounds.building import Field, small_field
from wenming.base.access import PermissionDenied
from wenming.base.models import AuditEntry, User
from wenming.core.errors import BadInput
from wenming.core.evidence.survey import answer_table, survey_design
from wenming.core.lifecycle import FactsMissing, InstrumentState, SheetState
from wenming.core.permissions import PostKind
from wenming.core.rows import Reader
from wenming.core.terms import AssignmentRole, SheetSource
from wenming.files.editions import edition_tables, read_edition
from wenming.framework.services.editions import store_edition
from wenming.rounds.services.collections import CollectionNotOpen, assign_person, close_collection
from wenming.survey.models import Fieldwork, Instrument, Sheet
from wenming.survey.queries.gathered import rows_of
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.services.instruments import (
    DesignWrong,
    FieldDesign,
    FieldworkBegan,
    InstrumentItemsUnknown,
    InstrumentNotInUse,
    InstrumentVersionTaken,
    bring_instrument,
    put_instrument_in_use,
    retire_instrument,
    set_fieldwork,
)
from wenming.survey.services.sheets import (
    SentPlace,
    SentSheet,
    SheetDesignMissing,
    SheetDiffers,
    SheetTimesWrong,
    accept_sheet,
    set_sheet_aside,
    take_sheet,
)

pytestmark = pytest.mark.django_db

FORM = built(
    question("age", "integer", required="true", constraint=". >= 15"),
    question("sat", "select_one", choices="yn"),
    question("why", "text", relevant="${sat} = 'no'"),
)
DESIGN = FieldDesign(("street",), ("community",), ("communities_total",), "weight")
DRAWN = {"street": "城东", "community": "一社区", "communities_total": "20", "weight": "3.5"}
ONE, TWO = UUID(int=1), UUID(int=2)


def sent(instance: UUID = ONE, **changes: object) -> SentSheet:
    said: dict[str, object] = {
        "instance": instance,
        "source": SheetSource.HOUSEHOLD,
        "started_at": datetime(2026, 10, 8, 1, 0, tzinfo=UTC),
        "ended_at": datetime(2026, 10, 8, 1, 12, tzinfo=UTC),
        "answers": {"age": "40", "sat": "no", "why": "排队太久"},
        "drawn": DRAWN,
    }
    return SentSheet(**(said | changes))  # type: ignore[arg-type]


@pytest.fixture
def field() -> Field:
    return small_field()


@pytest.fixture
def form(field: Field) -> Instrument:
    draft = bring_instrument(FORM, city=field.cast.city, by=field.cast.lin)
    return put_instrument_in_use(draft, by=field.cast.lin)


@pytest.fixture
def work(field: Field, form: Instrument) -> Fieldwork:
    return set_fieldwork(field.collection, form, design=DESIGN, by=field.cast.lin)


@pytest.fixture
def he(field: Field) -> User:
    person = make_person("he", name="何静", city=field.cast.city, kind=PostKind.INTERVIEWER)
    assign_person(field.collection, person, [AssignmentRole.INTERVIEWER], by=field.cast.lin)
    return person


def test_a_questionnaire_is_built_again_from_its_row(field: Field, form: Instrument) -> None:
    assert instrument_of(form) == FORM
    assert form.state == InstrumentState.IN_USE
    assert bring_instrument(FORM, city=field.cast.city, by=field.cast.lin).pk == form.pk
    assert AuditEntry.objects.filter(action="instrument.bring").count() == 1


def test_a_version_says_one_thing_only(field: Field, form: Instrument) -> None:
    other = built(question("age", "integer"))
    with pytest.raises(InstrumentVersionTaken):
        bring_instrument(other, city=field.cast.city, by=field.cast.lin)


def test_only_the_office_brings_questionnaires(field: Field) -> None:
    for person in (field.cast.zhao, field.cast.sun, field.cast.zheng, field.cast.wu):
        with pytest.raises(PermissionDenied):
            bring_instrument(FORM, city=field.cast.city, by=person)


def test_a_round_takes_only_what_is_in_use(field: Field, form: Instrument) -> None:
    gone = retire_instrument(form, by=field.cast.lin)
    with pytest.raises(InstrumentNotInUse):
        set_fieldwork(field.collection, gone, design=DESIGN, by=field.cast.lin)


def test_a_round_takes_only_questions_whose_items_its_edition_has(field: Field) -> None:
    path = Path("examples/editions/edition_2005_a.yaml")
    edition = store_edition(field.cast.city, read_edition(path), edition_tables(path))
    round_ = field.collection
    round_.edition = edition
    round_.save(update_fields=["edition"])
    fed = {"choices": "yn", "yes": "yes", "no": "no"}
    for key, item in (("known", "B1.3.1"), ("strange", "Z9.9.9")):
        form = built(question("q", "select_one", item=item, **fed), key=key)
        stored = bring_instrument(form, city=field.cast.city, by=field.cast.lin)
        put_instrument_in_use(stored, by=field.cast.lin)
    known, strange = Instrument.objects.order_by("key")
    with pytest.raises(InstrumentItemsUnknown) as refused:
        set_fieldwork(
            round_, Instrument.objects.get(pk=strange.pk), design=DESIGN, by=field.cast.lin
        )
    assert refused.value.facts["items"] == ["Z9.9.9"]
    assert set_fieldwork(round_, known, design=DESIGN, by=field.cast.lin).instrument == known


@pytest.mark.parametrize(
    "design", [FieldDesign(), FieldDesign((), ("c",), lonely="never"), FieldDesign((), ())]
)
def test_a_design_without_clusters_is_refused(
    field: Field, form: Instrument, design: FieldDesign
) -> None:
    with pytest.raises(DesignWrong):
        set_fieldwork(field.collection, form, design=design, by=field.cast.lin)


def test_a_sheet_is_taken_once_however_often_it_is_sent(work: Fieldwork, he: User) -> None:
    place = SentPlace(Decimal("31.2304"), Decimal("121.4737"), Decimal(8))
    sheet, is_new = take_sheet(work, sent(place=place), by=he)
    again, is_new_again = take_sheet(work, sent(place=place), by=he)
    assert (is_new, is_new_again, again.pk) == (True, False, sheet.pk)
    assert (sheet.state, sheet.interviewer, sheet.latitude) == (
        SheetState.RECEIVED, he, Decimal("31.2304"),
    )  # fmt: skip
    assert AuditEntry.objects.filter(action="sheet.take").count() == 1


def test_the_same_number_with_other_answers_is_refused(work: Fieldwork, he: User) -> None:
    take_sheet(work, sent(), by=he)
    with pytest.raises(SheetDiffers):
        take_sheet(work, sent(answers={"age": "41"}), by=he)
    assert Sheet.objects.get().answers["age"] == "40"


def test_wrong_answers_are_all_told_and_nothing_is_kept(work: Fieldwork, he: User) -> None:
    with pytest.raises(BadInput) as refused:
        take_sheet(work, sent(answers={"age": "9", "sat": "maybe", "why": "x"}), by=he)
    assert [(each.code, each.place.column) for each in refused.value.problems] == [
        ("answer_refused", "age"),
        ("answer_unknown_choice", "sat"),
        ("answer_not_asked_for", "why"),
    ]
    assert not Sheet.objects.exists()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"ended_at": datetime(2026, 10, 8, 0, 0, tzinfo=UTC)}, SheetTimesWrong),
        ({"ended_at": datetime(2999, 1, 1, tzinfo=UTC)}, SheetTimesWrong),
        ({"drawn": DRAWN | {"community": " "}}, SheetDesignMissing),
        ({"drawn": DRAWN | {"weight": "-1"}}, SheetDesignMissing),
        ({"drawn": DRAWN | {"weight": "NaN"}}, SheetDesignMissing),
        ({"drawn": {}}, SheetDesignMissing),
    ],
)
def test_impossible_times_and_a_missing_design_are_refused(
    work: Fieldwork, he: User, changes: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        take_sheet(work, sent(**changes), by=he)


def test_only_interviewers_of_the_round_bring_sheets(field: Field, work: Fieldwork) -> None:
    other = make_person("hu", name="胡", city=field.cast.city, kind=PostKind.INTERVIEWER)
    for person in (other, field.cast.lin, field.cast.sun, field.cast.wu):
        with pytest.raises(PermissionDenied):
            take_sheet(work, sent(), by=person)


def test_a_closed_round_takes_nothing_new_but_knows_what_it_has(
    field: Field, work: Fieldwork, he: User
) -> None:
    take_sheet(work, sent(), by=he)
    close_collection(field.collection, by=field.cast.lin)
    assert take_sheet(work, sent(), by=he)[1] is False
    with pytest.raises(CollectionNotOpen):
        take_sheet(work, sent(TWO), by=he)
    with pytest.raises(CollectionNotOpen):
        accept_sheet(Sheet.objects.get(), by=field.cast.lin)


def test_questionnaire_and_design_stay_once_sheets_came(
    field: Field, form: Instrument, work: Fieldwork, he: User
) -> None:
    take_sheet(work, sent(), by=he)
    with pytest.raises(FieldworkBegan):
        set_fieldwork(field.collection, form, design=DESIGN, by=field.cast.lin)


def test_only_accepted_sheets_count_and_the_others_stay(
    field: Field, work: Fieldwork, he: User
) -> None:
    sheet, _ = take_sheet(work, sent(), by=he)
    take_sheet(work, sent(TWO), by=he)
    assert rows_of(field.collection) == {}
    accept_sheet(sheet, by=field.cast.lin)
    assert [row["sheet"] for row in rows_of(field.collection)["answers"]] == [str(ONE)]
    with pytest.raises(FactsMissing):
        set_sheet_aside(sheet, because=" ".strip(), by=field.cast.lin)
    set_sheet_aside(sheet, because="电话核实无此户", by=field.cast.lin)
    assert rows_of(field.collection) == {}
    assert Sheet.objects.count() == 2
    with pytest.raises(PermissionDenied):
        accept_sheet(sheet, by=he)


def test_the_rows_are_what_a_round_folder_holds(field: Field, he: User) -> None:
    choices = [*YES_NO, {"list": "yn", "key": "dk", "label:zh": "不清楚"}]
    fed = question("sat", "select_one", choices="yn", item="B1.1.1", condition="2", yes="yes",
                   no="no")  # fmt: skip
    form = built(fed, question("why"), choices=choices, missing="dk", key="fed")
    stored = bring_instrument(form, city=field.cast.city, by=field.cast.lin)
    work = Fieldwork.objects.create(
        city=field.cast.city, collection=field.collection, instrument=stored, strata=["street"],
        clusters=["community"], fpc=["communities_total"], weights="weight", lonely="fail",
        interval="auto",
    )  # fmt: skip
    for number, answer in ((TWO, "yes"), (ONE, "dk")):
        given = {"sat": answer, "why": "甲"}
        accept_sheet(take_sheet(work, sent(number, answers=given), by=he)[0], by=field.cast.lin)
    tables = {name: rows(name, list(each)) for name, each in rows_of(field.collection).items()}
    reader = Reader()
    design = survey_design(reader, tables)
    reader.finish()
    table = answer_table(tables)
    assert design is not None
    assert table is not None
    assert (design.strata, design.weights, design.missing) == (("street",), "weight", {"", "dk"})
    assert [(each.item, each.condition, each.yes, each.no) for each in design.questions] == [
        ("B1.1.1", 2, {"yes"}, {"no"})
    ]
    assert sorted(zip(table.columns["sheet"], table.columns["sat"], strict=True)) == [
        (str(ONE), "dk"), (str(TWO), "yes"),
    ]  # fmt: skip
    assert "why" not in table.columns


HOUSEHOLD = {"members": "3", "member": "2", "member_age": "45", "member_sex": "female"}


def counted(work: Fieldwork, field: Field, by: User, drawn: dict[str, str]) -> str:
    sheet, _new = take_sheet(work, sent(drawn=DRAWN | {"weight": "12.5"} | drawn), by=by)
    accept_sheet(sheet, by=field.cast.lin)
    (row,) = rows_of(work.collection)["answers"]
    return row["weight"]


def test_the_weight_of_a_household_is_multiplied_by_its_adults(
    work: Fieldwork, field: Field, he: User
) -> None:
    """docs/methods/draws.md, section 9: 12.5 and 3 adults give 37.5."""
    assert counted(work, field, he, HOUSEHOLD) == "37.5"


def test_without_a_draw_of_ours_the_weight_stays(work: Fieldwork, field: Field, he: User) -> None:
    assert counted(work, field, he, {}) == "12.5"


@pytest.mark.parametrize(
    ("told", "column"),
    [
        ({"members": "0", "member": "1"}, "members"),
        ({"members": "drei", "member": "1"}, "members"),
        ({"members": "2", "member": "3"}, "member"),
        ({"members": "2"}, "member"),
        ({"member": "1"}, "members"),
    ],
)
def test_a_draw_that_cannot_be_is_refused(
    work: Fieldwork, he: User, told: dict[str, str], column: str
) -> None:
    with pytest.raises(SheetDesignMissing) as refused:
        take_sheet(work, sent(drawn=DRAWN | told), by=he)
    assert column in refused.value.facts["columns"]
