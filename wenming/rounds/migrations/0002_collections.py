"""Rounds as they are planned: parts, people, the register of sites and sealed draws."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wenming.base.models.cities
import wenming.core.lifecycle.collection
from wenming.base.together import Together


class Migration(migrations.Migration):
    replaces = [("rounds", "0006_collections")]

    dependencies = [
        ("base", "0001_tables"),
        ("framework", "0001_tables"),
        ("rounds", "0001_tables"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Collection",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("key", models.TextField()),
                        ("kind", models.CharField(max_length=20)),
                        ("title_zh", models.TextField()),
                        ("title_en", models.TextField(blank=True)),
                        ("period_from", models.DateField()),
                        ("period_to", models.DateField()),
                        ("assessed_on", models.DateField(null=True)),
                        ("tier", models.TextField(blank=True)),
                        ("methods", models.JSONField(default=list)),
                        ("site_numbers", models.JSONField(default=dict)),
                        ("not_applicable", models.JSONField(default=list)),
                        ("gates", models.JSONField(default=list)),
                        ("seed", models.TextField(blank=True)),
                        ("is_synthetic", models.BooleanField(default=False)),
                        ("note_zh", models.TextField(blank=True)),
                        ("note_en", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                default=wenming.core.lifecycle.collection.CollectionState[
                                    "PLANNED"
                                ],
                                max_length=20,
                            ),
                        ),
                        ("reopened_because", models.TextField(blank=True)),
                        ("opened_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "checklist_set",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="collections",
                                to="framework.checklistset",
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.city",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="collections",
                                to="framework.edition",
                            ),
                        ),
                        (
                            "responsibility_plan",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="collections",
                                to="framework.responsibilityplan",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "key"), name="collection_key_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "self_test",
                                            "mock",
                                            "provincial",
                                            "national",
                                            "look_back",
                                        ],
                                    )
                                ),
                                name="round_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["planned", "open", "closed"])),
                                name="collection_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period_to__gte", models.F("period_from"))),
                                name="collection_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegisteredSite",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("datum", models.CharField(blank=True, max_length=10)),
                        ("given_longitude", models.FloatField(null=True)),
                        ("given_latitude", models.FloatField(null=True)),
                        ("longitude", models.FloatField(null=True)),
                        ("latitude", models.FloatField(null=True)),
                        ("key", models.TextField()),
                        ("site_type", models.TextField()),
                        ("more_types", models.JSONField(default=list)),
                        ("title", models.TextField()),
                        ("address", models.TextField(blank=True)),
                        ("county", models.TextField(blank=True)),
                        ("street", models.TextField(blank=True)),
                        ("unit_name", models.TextField(blank=True)),
                        ("keeper", models.TextField(blank=True)),
                        ("keeper_phone", models.TextField(blank=True)),
                        ("size", wenming.base.models.cities.ExactNumber(null=True)),
                        ("note", models.TextField(blank=True)),
                        ("pinyin", models.TextField(blank=True)),
                        ("retired_on", models.DateField(null=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        (
                            "area",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registered_within",
                                to="base.unit",
                            ),
                        ),
                        (
                            "changed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.city",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registered_sites",
                                to="base.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["city", "site_type"], name="rounds_regi_city_id_9fd3bc_idx"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "key"), name="registered_key_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("size__isnull", True), ("size__gt", 0), _connector="OR"
                                ),
                                name="registered_size_above_zero",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("datum", ""),
                                        ("given_latitude__isnull", True),
                                        ("given_longitude__isnull", True),
                                        ("latitude__isnull", True),
                                        ("longitude__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("datum", ""), _negated=True),
                                        ("latitude__range", (-90, 90)),
                                        ("longitude__range", (-180, 180)),
                                        ("given_latitude__isnull", False),
                                        ("given_longitude__isnull", False),
                                        ("latitude__isnull", False),
                                        ("longitude__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="registered_site_placed_or_not",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), size=None
                            ),
                        ),
                        ("assigned_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "assigned_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.city",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "collection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assignments",
                                to="rounds.collection",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("collection", "person"), name="assigned_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "roles__contained_by",
                                        ["inspector", "interviewer", "reviewer", "assessor"],
                                    ),
                                    ("roles__len__gt", 0),
                                ),
                                name="assignment_roles_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CollectionPart",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("method", models.CharField(max_length=20)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.city",
                            ),
                        ),
                        (
                            "collection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="rounds.collection",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("collection", "method"), name="part_method_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "method__in",
                                        [
                                            "documents",
                                            "inspection",
                                            "survey",
                                            "statistic",
                                            "briefing",
                                            "overall",
                                            "network",
                                        ],
                                    )
                                ),
                                name="part_method_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="part_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SealedDraw",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("title", models.TextField()),
                        ("frame", models.TextField()),
                        ("plan", models.JSONField()),
                        ("seed", models.CharField(max_length=64)),
                        ("commitment", models.CharField(max_length=64, unique=True)),
                        ("frame_hash", models.CharField(max_length=64)),
                        ("plan_hash", models.CharField(max_length=64)),
                        ("of_register", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                default=wenming.core.lifecycle.collection.DrawState["SEALED"],
                                max_length=20,
                            ),
                        ),
                        ("made_at", models.DateTimeField(auto_now_add=True)),
                        ("revealed_at", models.DateTimeField(null=True)),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.city",
                            ),
                        ),
                        (
                            "collection",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draws",
                                to="rounds.collection",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["sealed", "revealed"])),
                                name="draw_state_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DrawPick",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("key", models.TextField()),
                        ("label", models.TextField(blank=True)),
                        ("stratum", models.TextField()),
                        ("psu", models.TextField()),
                        ("position", models.PositiveIntegerField()),
                        ("probability", models.TextField(blank=True)),
                        ("is_replacement", models.BooleanField(default=False)),
                        ("route", models.TextField(blank=True)),
                        ("day", models.DateField(null=True)),
                        ("released_at", models.DateTimeField(null=True)),
                        ("dropped_because", models.TextField(blank=True)),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.city",
                            ),
                        ),
                        (
                            "stands_for",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="rounds.drawpick",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="picks",
                                to="rounds.registeredsite",
                            ),
                        ),
                        (
                            "draw",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="picks",
                                to="rounds.sealeddraw",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("draw", "position"), name="pick_position_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("released_at__isnull", True),
                                    ("day__isnull", False),
                                    _connector="OR",
                                ),
                                name="pick_released_for_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DrawMember",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("is_keeper", models.BooleanField(default=False)),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.city",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "draw",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="rounds.sealeddraw",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("draw", "person"), name="draw_member_once"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="round",
                    name="collection",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="rounds.collection",
                    ),
                ),
            ]
        ),
    ]
