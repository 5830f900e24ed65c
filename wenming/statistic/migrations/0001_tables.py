"""The table of statistics."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import wenming.base.models.cities


class Migration(migrations.Migration):
    initial = True
    replaces = [("statistic", "0001_initial")]

    dependencies = [
        ("base", "0001_tables"),
        ("rounds", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Statistic",
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
                        related_name="statistics",
                        to="rounds.round",
                    ),
                ),
                ("item", models.TextField()),
                ("condition", models.PositiveBigIntegerField(default=0)),
                ("value", wenming.base.models.cities.ExactNumber()),
                ("unit", models.TextField(blank=True)),
                ("period", models.TextField(blank=True)),
                ("source", models.TextField(blank=True)),
                ("position", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["round", "item"], name="statistic_s_round_i_6d03e6_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "position"), name="statistic_position_once"
                    )
                ],
            },
        ),
    ]
