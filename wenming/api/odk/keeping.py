"""Keeps what was sent before anything is asked of it, so that a refused form is not lost."""

import hashlib
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from wenming.api.models import SentForm, SentPhoto
from wenming.api.odk.forms import SURVEY, name_of
from wenming.api.odk.reading import read_instance
from wenming.api.odk.taking import Filled, take
from wenming.api.refusals import plain
from wenming.base.models import City, User
from wenming.core.errors import BadInput, DomainError


def receive(xml: bytes, photos: Mapping[str, bytes], *, city: City, by: User) -> frozenset[str]:
    """Take in one post of a form (接收一次提交); sent again, it is the same form.

    Returns:
        Names of photographs that are still to come; empty once it was taken.

    Raises:
        DomainError: it was refused; it is kept with the reason.
    """
    kept = _kept(xml, photos, city=city, by=by)
    if kept.taken_at is not None:
        return frozenset()
    try:
        with transaction.atomic():
            return _taken(kept, by)
    except DomainError as refusal:
        _refuse(kept, refusal)
        raise


@transaction.atomic
def _kept(xml: bytes, photos: Mapping[str, bytes], *, city: City, by: User) -> SentForm:
    digest = hashlib.sha256(xml).hexdigest()
    kept, _ = SentForm.objects.get_or_create(
        city=city, sent_by=by, digest=digest, defaults={"xml": xml}
    )
    if kept.taken_at is None:
        for name, content in photos.items():
            SentPhoto.objects.update_or_create(
                form=kept, name=name, defaults={"city": city, "content": content}
            )
    return kept


def _taken(kept: SentForm, by: User) -> frozenset[str]:
    fresh = SentForm.objects.select_for_update(of=("self",)).select_related("city").get(pk=kept.pk)
    if fresh.taken_at is not None:
        return frozenset()
    sent = read_instance(bytes(fresh.xml))
    kept.form, kept.instance = sent.form[:200], str(sent.instance)
    files = {each.name: bytes(each.content) for each in fresh.photos.all()}
    missing = take(Filled(sent, files, fresh.city, by))
    told: dict[str, object] = {"form": kept.form, "instance": kept.instance, "refused": ""}
    if not missing:
        if name_of(sent.form).kind != SURVEY:  # a visit keeps its photographs as attachments
            fresh.photos.all().delete()
        told |= {"xml": b"", "taken_at": timezone.now(), "facts": {}, "problems": []}
    SentForm.objects.filter(pk=fresh.pk).update(**told)
    return missing


def _refuse(kept: SentForm, refusal: DomainError) -> None:
    problems = refusal.problems if isinstance(refusal, BadInput) else ()
    told = [
        {"code": each.code, "question": each.place.column or each.place.file,
         "facts": plain(each.facts)}
        for each in problems
    ]  # fmt: skip
    SentForm.objects.filter(pk=kept.pk, taken_at=None).update(
        form=kept.form,
        instance=kept.instance,
        refused=refusal.code,
        facts=plain(refusal.facts),
        problems=told,
    )
