"""The tables of survey plans, questions and answer sheets."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from wenming.base.together import Together


class Migration(migrations.Migration):
    initial = True
    replaces = [("survey", "0001_initial"), ("survey", "0002_add_question_no")]

    dependencies = [
        ("base", "0001_tables"),
        ("rounds", "0001_tables"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="SurveyPlan",
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
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="survey_plan",
                                to="rounds.round",
                            ),
                        ),
                        ("strata", models.JSONField(default=list)),
                        ("clusters", models.JSONField(default=list)),
                        ("fpc", models.JSONField(default=list)),
                        ("weights", models.TextField(blank=True)),
                        ("lonely", models.CharField(max_length=20)),
                        ("interval", models.CharField(max_length=20)),
                        ("missing", models.JSONField(default=list)),
                        ("columns", models.JSONField(null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Question",
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
                                related_name="questions",
                                to="rounds.round",
                            ),
                        ),
                        ("column", models.TextField()),
                        ("item", models.TextField()),
                        ("condition", models.PositiveBigIntegerField(default=0)),
                        ("text_zh", models.TextField()),
                        ("text_en", models.TextField(blank=True)),
                        ("yes", models.JSONField()),
                        ("no", models.JSONField(default=list)),
                        ("position", models.PositiveIntegerField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["round", "item"], name="survey_ques_round_i_ae83e7_idx"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "position"), name="question_position_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerSheet",
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
                                related_name="answer_sheets",
                                to="rounds.round",
                            ),
                        ),
                        ("key", models.TextField(blank=True)),
                        ("values", models.JSONField()),
                        ("position", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "position"), name="answer_sheet_position_once"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
