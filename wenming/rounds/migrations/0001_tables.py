"""The tables of rounds, sites and layers of the map."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wenming.base.together import Together


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("rounds", "0001_initial"),
        ("rounds", "0002_unit_as_written"),
        ("rounds", "0003_add_site_area"),
        ("rounds", "0004_add_round_revision"),
        ("rounds", "0005_places"),
    ]

    dependencies = [
        ("base", "0001_tables"),
        ("framework", "0001_tables"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Round",
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
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.city",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="framework.edition",
                            ),
                        ),
                        (
                            "checklist_set",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="framework.checklistset",
                            ),
                        ),
                        (
                            "responsibility_plan",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="framework.responsibilityplan",
                            ),
                        ),
                        ("key", models.TextField()),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("revised_because", models.TextField(blank=True)),
                        ("title_zh", models.TextField()),
                        ("title_en", models.TextField(blank=True)),
                        ("city_en", models.TextField(blank=True)),
                        ("period_from", models.DateField(null=True)),
                        ("period_to", models.DateField(null=True)),
                        ("assessed_on", models.DateField(null=True)),
                        ("tier", models.TextField(blank=True)),
                        ("methods", models.JSONField(default=list)),
                        ("is_synthetic", models.BooleanField(default=False)),
                        ("seed", models.TextField(blank=True)),
                        ("note_zh", models.TextField(blank=True)),
                        ("note_en", models.TextField(blank=True)),
                        ("groups", models.JSONField(default=list)),
                        ("aliases", models.JSONField(default=dict)),
                        ("not_applicable", models.JSONField(default=list)),
                        ("gates", models.JSONField(default=list)),
                        ("content_hash", models.CharField(max_length=64)),
                        ("loaded_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "key", "revision"), name="round_key_once_a_revision"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MapLayer",
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
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.city",
                            ),
                        ),
                        ("title", models.TextField()),
                        ("kind", models.CharField(max_length=20)),
                        ("datum", models.CharField(max_length=10)),
                        ("features", models.JSONField()),
                        ("count", models.PositiveIntegerField()),
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.attachment",
                            ),
                        ),
                        ("position", models.PositiveIntegerField(default=0)),
                        (
                            "brought_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("brought_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["boundary", "grid", "water", "green", "road"])
                                ),
                                name="layer_kind_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Site",
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
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.city",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sites",
                                to="rounds.round",
                            ),
                        ),
                        ("key", models.TextField()),
                        ("site_type", models.TextField()),
                        ("title", models.TextField(blank=True)),
                        ("county", models.TextField(blank=True)),
                        ("street", models.TextField(blank=True)),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sites",
                                to="base.unit",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sites_within",
                                to="base.unit",
                            ),
                        ),
                        ("unit_name", models.TextField(default="")),
                        ("pinyin", models.TextField(blank=True)),
                        ("position", models.PositiveIntegerField()),
                        ("datum", models.CharField(blank=True, max_length=10)),
                        ("given_longitude", models.FloatField(null=True)),
                        ("given_latitude", models.FloatField(null=True)),
                        ("longitude", models.FloatField(null=True)),
                        ("latitude", models.FloatField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["round", "site_type"], name="rounds_site_round_i_49f285_idx"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "key"), name="site_key_once_a_round"
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
                                name="site_placed_or_not",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
