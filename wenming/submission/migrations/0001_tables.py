"""The table of documents that were handed in."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    replaces = [("submission", "0001_initial"), ("submission", "0002_unit_as_written")]

    dependencies = [
        ("base", "0001_tables"),
        ("rounds", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                        related_name="documents",
                        to="rounds.round",
                    ),
                ),
                ("key", models.TextField()),
                ("item", models.TextField()),
                ("condition", models.PositiveBigIntegerField(default=0)),
                ("requirement", models.TextField(blank=True)),
                ("method", models.CharField(max_length=20)),
                ("title", models.TextField(blank=True)),
                ("kind", models.TextField(blank=True)),
                ("outcome", models.CharField(max_length=20)),
                ("reason", models.TextField(blank=True)),
                ("reviewer", models.TextField(blank=True)),
                ("reviewed_on", models.TextField(blank=True)),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="base.unit",
                    ),
                ),
                ("unit_name", models.TextField(default="")),
                ("position", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["round", "item"], name="submission__round_i_c09b88_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "position"), name="document_position_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["accepted", "rejected", "pending"])),
                        name="document_outcome_known",
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
                        name="document_method_known",
                    ),
                ],
            },
        ),
    ]
