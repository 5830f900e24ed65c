"""Loading and scoring a round: whole or not at all, once, and the same as from the folder."""

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError

from tests.scoring.small_round import TABLES, add_margins, change, write_small_round
from wenming.base.models import City, Unit
from wenming.core.errors import BadInput
from wenming.core.evidence import build_evidence
from wenming.core.framework import build_checklists, build_edition
from wenming.core.framework.checklist import NO_CHECKLISTS
from wenming.engine import as_json, assess
from wenming.files.rounds import read_round
from wenming.framework.models import ChecklistSet, Edition, Item, ResponsibilityPlan
from wenming.inspection.models import Observation
from wenming.rounds.models import Round
from wenming.scoring.models import Figure, Finding, ItemResult, Run
from wenming.scoring.services import RoundAlreadyScored, load_folder, load_round, run_scoring

EXAMPLES = Path(__file__).parents[2] / "examples"

pytestmark = pytest.mark.django_db


def assessed_directly(folder: Path) -> dict[str, object]:
    files = read_round(folder)
    edition = build_edition(files.edition)
    checklists = build_checklists(files.checklists) if files.checklists else NO_CHECKLISTS
    return as_json(assess(edition, build_evidence(files.tables, edition, checklists), checklists))


@pytest.mark.parametrize("name", ["dongying", "shaoxing", "demo"])
def test_the_database_gives_the_digest_of_the_folder(name: str) -> None:
    assert load_folder(EXAMPLES / name).digest == assessed_directly(EXAMPLES / name)["digest"]


def test_every_kind_of_evidence_comes_back_from_the_database_unchanged(folder: Path) -> None:
    assert load_folder(folder).digest == assessed_directly(folder)["digest"]


def test_margins_come_back_from_the_database_unchanged(folder: Path) -> None:
    add_margins(folder)
    run = load_folder(folder)
    assert run.digest == assessed_directly(folder)["digest"]
    raking = run.summary["raking"]
    assert (raking["applied"], raking["trim"]["upper"]) == (True, 4)
    assert [each["unanswered"] for each in raking["margins"]] == [0, 1]


def test_a_run_keeps_the_whole_result(folder: Path) -> None:
    run = load_folder(folder)
    result = assessed_directly(folder)
    kept = dict(run.summary)
    kept["items"] = [item.detail for item in run.items.order_by("position")]
    kept["findings"] = [
        {"code": each.code, **each.facts} for each in run.findings.order_by("position")
    ]
    assert kept == result


def test_the_columns_of_a_result_say_what_its_detail_says(folder: Path) -> None:
    run = load_folder(folder)
    deaths = run.items.get(key="B2.1.2")
    assert (deaths.state, deaths.value, deaths.gap) == (
        "not_met",
        Decimal("13.18"),
        Decimal("3.18"),
    )
    assert deaths.lead == Unit.objects.get(name="市公安局")
    assert run.items.get(key="B2.1.1").site_types == ["main_road"]
    assert run.items.get(key="B2.1.3").lead is None


def test_loading_the_same_folder_again_leaves_one_copy(folder: Path) -> None:
    first = load_folder(folder)
    again = load_folder(folder)
    assert again == first
    assert [model.objects.count() for model in (City, Round, Edition, Run)] == [1, 1, 1, 1]
    assert (Observation.objects.count(), Item.objects.count()) == (6, 5)


def test_shuffled_rows_are_the_same_round(folder: Path) -> None:
    first = load_folder(folder)
    for name, text in TABLES.items():
        head, *rows = text.splitlines()
        random.Random(name).shuffle(rows)
        (folder / f"{name}.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    assert load_folder(folder) == first


def test_a_round_without_a_run_is_replaced_whole(folder: Path) -> None:
    load_round(read_round(folder))
    change(folder, "statistics.csv", "13.180", "9.5")
    loaded = load_round(read_round(folder))
    assert Round.objects.get() == loaded
    assert loaded.statistics.get().value == Decimal("9.5")
    assert Observation.objects.count() == 6


def test_a_scored_round_is_not_replaced_by_other_evidence(folder: Path) -> None:
    run = load_folder(folder)
    change(folder, "statistics.csv", "13.180", "9.5")
    with pytest.raises(RoundAlreadyScored) as refused:
        load_folder(folder)
    assert refused.value.facts == {"round": "2026-1", "city": "小城市"}
    assert Run.objects.get().digest == run.digest
    assert run.round.statistics.get().value == Decimal("13.18")


def test_a_made_up_round_is_replaced_with_its_runs(tmp_path: Path) -> None:
    folder = write_small_round(tmp_path, is_synthetic=True)
    first = load_folder(folder)
    change(folder, "statistics.csv", "13.180", "9.5")
    again = load_folder(folder)
    assert again.digest != first.digest
    assert Run.objects.get() == again
    assert (ItemResult.objects.count(), Figure.objects.count()) == (5, 1)


def test_a_mistake_in_a_file_stores_nothing(folder: Path) -> None:
    change(folder, "observations.csv", "R3,road-2", "R9,road-2")
    with pytest.raises(BadInput) as refused:
        load_folder(folder)
    assert [each.code for each in refused.value.problems] == ["site_unknown"]
    assert not City.objects.exists()


def test_a_fault_halfway_leaves_nothing_behind(folder: Path) -> None:
    files = read_round(folder)
    twice = [*files.tables["reported_documents"]] * 2
    with pytest.raises(IntegrityError):
        load_round(replace(files, tables={**files.tables, "reported_documents": twice}))
    assert not City.objects.exists()
    assert not Observation.objects.exists()


def test_a_second_round_shares_what_has_not_changed(folder: Path) -> None:
    load_folder(folder)
    change(folder, "round.yaml", "key: 2026-1", "key: 2026-2")
    change(folder, "statistics.csv", "13.180", "9.5")
    second = load_folder(folder)
    assert second.number == 2
    shared = (City, Edition, ChecklistSet, ResponsibilityPlan)
    assert [model.objects.count() for model in shared] == [1, 1, 1, 1]
    assert Observation.objects.count() == 12


def test_new_responsibilities_leave_the_plan_of_an_earlier_round_alone(folder: Path) -> None:
    first = load_folder(folder)
    change(folder, "round.yaml", "key: 2026-1", "key: 2026-2")
    change(folder, "responsibility.csv", "B2.1.2,市公安局,lead", "B2.1.2,市交通局,lead")
    second = load_folder(folder)
    assert second.items.get(key="B2.1.2").lead_name == "市交通局"
    assert run_scoring(Round.objects.get(pk=first.round_id)) == first


def test_two_cities_keep_apart(folder: Path) -> None:
    first = load_folder(folder)
    change(folder, "round.yaml", "小城市", "邻市")
    second = load_folder(folder)
    assert (first.number, second.number) == (1, 1)
    for model in (Round, Edition, Unit, Observation, ItemResult, Finding):
        rows = model.objects.for_city(second.city)
        assert rows.exists()
        assert rows.count() * 2 == model.objects.count()


def test_scoring_again_stores_nothing_new(folder: Path) -> None:
    run = load_folder(folder)
    assert run_scoring(run.round) == run
    assert Run.objects.count() == 1


def test_a_run_of_another_program_version_is_kept_beside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_folder(folder)
    monkeypatch.setattr("wenming.scoring.services.running.__version__", "99")
    second = run_scoring(first.round)
    assert (second.number, second.digest) == (2, first.digest)


def test_units_know_their_group_by_any_of_its_names(folder: Path) -> None:
    load_folder(folder)
    unit = Unit.objects.get(name="市城管局")
    assert unit.group is not None
    assert unit.group.key == "城建"
    assert unit.pinyin == "shi cheng guan ju scgj"


def test_a_number_seen_is_judged_when_it_is_stored(folder: Path) -> None:
    load_folder(folder)
    seen = {(each.site.key, each.line): each.outcome for each in Observation.objects.all()}
    assert seen["R1", "road-1"] == "conform"
    assert seen["R2", "road-1"] == "not_conform"
    assert seen["R3", "road-1"] == "not_observed"


def test_a_run_keeps_its_round_from_being_deleted(folder: Path) -> None:
    run = load_folder(folder)
    with pytest.raises(IntegrityError):
        Round.objects.filter(pk=run.round_id).delete()


def test_a_very_long_name_is_kept(folder: Path) -> None:
    name = "路" * 800
    change(folder, "sites.csv", "人民路", name)
    change(folder, "observations.csv", "路口有垃圾", name * 10)
    run = load_folder(folder)
    assert run.round.sites.get(key="R1").title == name
    assert run.digest == assessed_directly(folder)["digest"]
