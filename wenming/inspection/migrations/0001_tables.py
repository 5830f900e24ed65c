"""The tables of observations and of the marks of a panel."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import wenming.base.models.cities
from wenming.base.together import Together


class Migration(migrations.Migration):
    initial = True
    replaces = [("inspection", "0001_initial")]

    dependencies = [
        ("base", "0001_tables"),
        ("rounds", "0001_tables"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Observation",
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
                                related_name="observations",
                                to="rounds.round",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="observations",
                                to="rounds.site",
                            ),
                        ),
                        ("line", models.TextField()),
                        ("item", models.TextField()),
                        ("time", models.TextField(blank=True)),
                        ("seen_at", models.DateTimeField(null=True)),
                        ("recorded", models.CharField(blank=True, max_length=20)),
                        ("outcome", models.CharField(max_length=20)),
                        ("value", wenming.base.models.cities.ExactNumber(null=True)),
                        ("inspector", models.TextField(blank=True)),
                        ("remark", models.TextField(blank=True)),
                        ("photo", models.TextField(blank=True)),
                        ("position", models.PositiveIntegerField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["round", "item", "site"],
                                name="inspection__round_i_aa9800_idx",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "position"), name="observation_position_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "outcome__in",
                                        [
                                            "conform",
                                            "not_conform",
                                            "not_applicable",
                                            "not_observed",
                                        ],
                                    )
                                ),
                                name="observation_outcome_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "recorded__in",
                                        [
                                            "conform",
                                            "not_conform",
                                            "not_applicable",
                                            "not_observed",
                                        ],
                                    ),
                                    models.Q(("recorded", ""), ("value__isnull", False)),
                                    _connector="OR",
                                ),
                                name="observation_judged_or_counted",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PanelMark",
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
                                related_name="panel_marks",
                                to="rounds.round",
                            ),
                        ),
                        ("item", models.TextField()),
                        ("assessor", models.TextField()),
                        ("mark", wenming.base.models.cities.ExactNumber()),
                        ("position", models.PositiveIntegerField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["round", "item"], name="inspection__round_i_9127cb_idx"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "position"), name="panel_mark_position_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mark__gte", 0)), name="panel_mark_from_zero"
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
