"""What documents are asked for, what was handed in, and its review."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wenming.core.lifecycle.reporting
from wenming.base.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("base", "0001_tables"),
        ("rounds", "0002_collections"),
        ("submission", "0001_tables"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Requirement",
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
                        ("item_zh", models.TextField()),
                        ("item_en", models.TextField(blank=True)),
                        ("dimension", models.TextField(blank=True)),
                        ("indicator", models.TextField(blank=True)),
                        ("condition", models.PositiveIntegerField(default=0)),
                        ("method", models.CharField(max_length=20)),
                        ("title", models.TextField()),
                        ("title_en", models.TextField(blank=True)),
                        ("kind", models.CharField(max_length=20)),
                        ("year_from", models.PositiveSmallIntegerField()),
                        ("year_to", models.PositiveSmallIntegerField()),
                        ("wanted", models.PositiveSmallIntegerField(default=1)),
                        ("due", models.DateField(null=True)),
                        ("note", models.TextField(blank=True)),
                        ("position", models.PositiveIntegerField()),
                        ("changed_at", models.DateTimeField(auto_now=True)),
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
                            "collection",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="requirements",
                                to="rounds.collection",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requirements",
                                to="base.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["collection", "position"], name="requirement_in_order"
                            ),
                            models.Index(fields=["collection", "unit"], name="requirement_of_unit"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("collection", "item", "condition", "method", "title"),
                                name="requirement_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["normative", "report", "photo", "table"])
                                ),
                                name="requirement_kind_known",
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
                                name="requirement_method_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year_to__gte", models.F("year_from"))),
                                name="requirement_years_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("wanted__gte", 1)), name="requirement_wants_one"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
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
                        ("number", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                default=wenming.core.lifecycle.reporting.SubmissionState[
                                    "HANDED_IN"
                                ],
                                max_length=20,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("title", models.TextField()),
                        ("reason", models.TextField(blank=True)),
                        ("handed_in_at", models.DateTimeField()),
                        ("reviewed_at", models.DateTimeField(null=True)),
                        ("decided_at", models.DateTimeField(null=True)),
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
                                related_name="submissions",
                                to="rounds.collection",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "handed_in_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="submission.requirement",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                null=True,
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
                                related_name="submissions",
                                to="base.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["collection", "state", "handed_in_at"],
                                name="submission_queue",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("collection", "number"), name="submission_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "handed_in",
                                            "passed",
                                            "returned",
                                            "accepted",
                                            "rejected",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="submission_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewStep",
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
                        ("action", models.CharField(max_length=20)),
                        ("reason", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
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
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="submission.submission",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["submission", "at"], name="review_steps")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "action__in",
                                        [
                                            "hand_in",
                                            "pass_on",
                                            "send_back",
                                            "accept",
                                            "reject",
                                            "reopen",
                                            "withdraw",
                                        ],
                                    )
                                ),
                                name="review_step_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubmissionVersion",
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
                        ("number", models.PositiveIntegerField()),
                        ("title", models.TextField()),
                        ("dated_on", models.DateField(null=True)),
                        ("issuer", models.TextField(blank=True)),
                        ("note", models.TextField(blank=True)),
                        ("has_seal", models.BooleanField(default=False)),
                        ("handed_in_at", models.DateTimeField()),
                        (
                            "attachment",
                            models.ForeignKey(
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
                            "handed_in_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="submission.submission",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("submission", "number"), name="submission_version_once"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
