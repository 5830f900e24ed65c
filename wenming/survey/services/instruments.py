"""Questionnaires: bring one in, put it in use, take it out of use, use it in a round."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from wenming.base.access import check, check_city
from wenming.base.models import City, User
from wenming.base.services.audit import record
from wenming.base.transitions import transition
from wenming.core import questionnaire
from wenming.core.errors import DomainError
from wenming.core.evidence.survey import INTERVALS, LONELY
from wenming.core.framework.canonical import digest
from wenming.core.lifecycle import InstrumentAction, InstrumentState
from wenming.core.permissions import Capability
from wenming.framework.queries.editions import edition_of
from wenming.rounds.models import Collection
from wenming.survey.models import Fieldwork, Instrument, Quota
from wenming.survey.queries.instruments import instrument_of
from wenming.survey.services.margins import drop_lost_margins

EDIT = Capability.EDIT_QUESTIONNAIRE


class InstrumentVersionTaken(DomainError):
    """The city has this version of the questionnaire with another content."""

    code = "instrument_version_taken"


class InstrumentNotInUse(DomainError):
    """Only a questionnaire that is in use is taken into a round."""

    code = "instrument_not_in_use"


class InstrumentItemsUnknown(DomainError):
    """Questions feed items that the edition of the round does not have."""

    code = "instrument_items_unknown"


class FieldworkBegan(DomainError):
    """Sheets came in already, so that the questionnaire and its design stay."""

    code = "fieldwork_began"


class DesignWrong(DomainError):
    """The design names no clusters, or a way of reckoning that does not exist."""

    code = "fieldwork_design_wrong"


@dataclass(frozen=True, slots=True)
class FieldDesign:
    """How the sheets of a round are drawn (调查设计), as columns that each sheet fills.

    Attributes:
        lonely: one of `LONELY`: what to do with a stratum of one cluster.
    """

    strata: Sequence[str] = ()
    clusters: Sequence[str] = ()
    fpc: Sequence[str] = ()
    weights: str = ""
    lonely: str = "fail"
    interval: str = "auto"


@transaction.atomic
def bring_instrument(instrument: questionnaire.Instrument, *, city: City, by: User) -> Instrument:
    """Take a questionnaire in as a draft (导入问卷); the same one twice is one.

    Raises:
        InstrumentVersionTaken: this version says something else.
        PermissionDenied: `by` may not edit questionnaires of the city.
    """
    check_city(by, EDIT, city)
    City.objects.select_for_update().get(pk=city.pk)
    named = digest(instrument)
    known = Instrument.objects.for_city(city).filter(key=instrument.key, version=instrument.version)
    found = known.first()
    if found is not None:
        if found.content_hash != named:
            raise InstrumentVersionTaken(key=instrument.key, version=instrument.version)
        return found
    made = Instrument.objects.create(
        city=city,
        key=instrument.key,
        version=instrument.version,
        title_zh=instrument.text(instrument.title, "zh"),
        title_en=instrument.title.get("en", ""),
        content=questionnaire.instrument_rows(instrument),
        content_hash=named,
        created_by=by,
    )
    detail = {"title": made.title_zh, "version": made.version}
    record("instrument.bring", by=by, city=city, subject=made, detail=detail)
    return made


def put_instrument_in_use(instrument: Instrument, *, by: User) -> Instrument:
    """Put a questionnaire in use (启用问卷).

    Raises:
        TransitionNotAllowed, PermissionDenied: see `transition`.
    """
    return transition(instrument, InstrumentAction.USE, by=by)


def retire_instrument(instrument: Instrument, *, by: User) -> Instrument:
    """Take a questionnaire out of use (停用问卷); rounds that have it keep it.

    Raises:
        TransitionNotAllowed, PermissionDenied: see `transition`.
    """
    return transition(instrument, InstrumentAction.RETIRE, by=by)


@transaction.atomic
def set_fieldwork(
    collection: Collection, instrument: Instrument, *, design: FieldDesign, by: User
) -> Fieldwork:
    """Say which questionnaire a round uses and how its sheets are drawn (设定问卷).

    Raises:
        InstrumentNotInUse: it is a draft or was retired.
        InstrumentItemsUnknown: it feeds items that the edition of the round lacks.
        DesignWrong: no clusters, or an unknown way of reckoning.
        FieldworkBegan: sheets came in already.
        PermissionDenied: `by` may not edit questionnaires of the round.
    """
    check(by, EDIT, collection)
    check(by, EDIT, instrument)
    Collection.objects.select_for_update(of=("self",)).get(pk=collection.pk)
    if instrument.state != InstrumentState.IN_USE:
        raise InstrumentNotInUse(title=instrument.title_zh)
    _refuse_unknown_items(collection, instrument)
    is_known = design.lonely in LONELY and design.interval in INTERVALS
    if not design.clusters or not is_known:
        raise DesignWrong(clusters=list(design.clusters), lonely=design.lonely)
    before = Fieldwork.objects.filter(collection=collection).first()
    if before is not None and before.sheets.exists():
        raise FieldworkBegan(round=collection.title_zh)
    detail: dict[str, object] = {"title": instrument.title_zh, "version": instrument.version}
    detail["quotas_gone"] = _drop_quotas(before, instrument)
    made, _ = Fieldwork.objects.update_or_create(
        collection=collection,
        defaults={"city": collection.city, "instrument": instrument, **_columns(design)},
    )
    detail["margins_gone"] = _drop_margins(before, made)
    record("fieldwork.set", by=by, city=collection.city, subject=made, detail=detail)
    return made


def _columns(design: FieldDesign) -> dict[str, object]:
    return {
        "strata": list(design.strata),
        "clusters": list(design.clusters),
        "fpc": list(design.fpc),
        "weights": design.weights,
        "lonely": design.lonely,
        "interval": design.interval,
    }


def _drop_quotas(before: Fieldwork | None, instrument: Instrument) -> int:
    """Another questionnaire has other questions: quotas on the old ones mean nothing there."""
    if before is None or before.instrument_id == instrument.pk:
        return 0
    return Quota.objects.filter(fieldwork=before).delete()[0]


def _drop_margins(before: Fieldwork | None, made: Fieldwork) -> int:
    """The same of margins, and of those by columns that the design no longer has."""
    if before is None:
        return 0
    return drop_lost_margins(made, is_other_form=before.instrument_id != made.instrument_id)


def _refuse_unknown_items(collection: Collection, instrument: Instrument) -> None:
    wanted = {each.item for each in instrument_of(instrument).questions if each.item}
    if not wanted:
        return
    known = {item.key for _dimension, _indicator, item in edition_of(collection.edition).items()}
    if wanted - known:
        raise InstrumentItemsUnknown(items=sorted(wanted - known))
