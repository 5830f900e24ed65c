"""Figures as units enter them, until they are confirmed."""
import uuid

import django.db.models.deletion
import wenming.base.models.cities
import wenming.core.lifecycle.reporting
import wenming.statistic.models.entries
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("base", "0001_tables"),
        ("rounds", "0003_add_draw_releases"),
        ("statistic", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("item", models.TextField()),
                ("item_zh", models.TextField(blank=True)),
                ("item_en", models.TextField(blank=True)),
                ("condition", models.PositiveIntegerField(default=0)),
                ("period", models.TextField()),
                ("value", wenming.base.models.cities.ExactNumber()),
                ("measure", models.TextField(blank=True)),
                (
                    "scope",
                    models.CharField(
                        default=wenming.statistic.models.entries.StatisticScope["DISTRICTS"],
                        max_length=20,
                    ),
                ),
                ("source", models.TextField()),
                ("note", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        default=wenming.core.lifecycle.reporting.EntryState["ENTERED"],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("entered_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.attachment",
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
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="rounds.collection",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="base.unit",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
                "indexes": [models.Index(fields=["collection", "state"], name="entry_by_state")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("collection", "item", "condition", "period"), name="entry_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["entered", "confirmed", "returned"])),
                        name="entry_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["districts", "city"])),
                        name="entry_scope_known",
                    ),
                ],
            },
        ),
    ]
