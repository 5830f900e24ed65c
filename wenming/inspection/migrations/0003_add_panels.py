"""Panels of assessors."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wenming.base.models.cities
import wenming.core.lifecycle.panel
from wenming.base.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("base", "0001_tables"),
        ("inspection", "0002_add_visits"),
        ("rounds", "0003_add_draw_releases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="PanelSession",
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
                        ("title", models.TextField()),
                        ("held_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                default=wenming.core.lifecycle.panel.PanelState["OPEN"],
                                max_length=20,
                            ),
                        ),
                        ("reopened_because", models.TextField(blank=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        ("made_at", models.DateTimeField(auto_now_add=True)),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="panels",
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
                                condition=models.Q(
                                    ("method__in", ["overall", "briefing", "documents"])
                                ),
                                name="panel_method_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "closed"])),
                                name="panel_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelSeat",
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
                            "state",
                            models.CharField(
                                default=wenming.core.lifecycle.panel.SeatState["WAITING"],
                                max_length=20,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("corrected_because", models.TextField(blank=True)),
                        ("submitted_at", models.DateTimeField(null=True)),
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
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seats",
                                to="inspection.panelsession",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("session", "person"), name="panel_seat_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "submitted"])),
                                name="seat_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelItem",
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
                        ("item", models.TextField()),
                        ("title_zh", models.TextField()),
                        ("title_en", models.TextField(blank=True)),
                        ("top", wenming.base.models.cities.ExactNumber()),
                        ("trimmed", models.BooleanField(default=False)),
                        ("position", models.PositiveIntegerField()),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="rounds.collection",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="inspection.panelsession",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("collection", "item"), name="panel_item_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelRating",
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
                        ("version", models.PositiveIntegerField()),
                        ("mark", wenming.base.models.cities.ExactNumber()),
                        ("remark", models.TextField(blank=True)),
                        ("because", models.TextField(blank=True)),
                        ("knew", models.BooleanField(default=False)),
                        ("given_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "city",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.city",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ratings",
                                to="inspection.panelitem",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ratings",
                                to="inspection.panelseat",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("seat", "item", "version"), name="panel_rating_version_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mark__gte", 0)), name="panel_rating_from_zero"
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
