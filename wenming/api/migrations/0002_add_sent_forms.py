"""Forms that programs of OpenRosa sent, and the files that came with them."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wenming.base.together import Together


def _city() -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="base.city"
    )


def _identity() -> models.UUIDField:
    return models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0001_tables"),
        ("base", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="SentForm",
                    fields=[
                        ("id", _identity()),
                        ("digest", models.CharField(max_length=64)),
                        ("xml", models.BinaryField()),
                        ("form", models.TextField(blank=True)),
                        ("instance", models.TextField(blank=True)),
                        ("refused", models.TextField(blank=True)),
                        ("facts", models.JSONField(default=dict)),
                        ("problems", models.JSONField(default=list)),
                        ("sent_at", models.DateTimeField(auto_now_add=True)),
                        ("taken_at", models.DateTimeField(null=True)),
                        ("city", _city()),
                        (
                            "sent_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["city", "sent_at"], name="form_sent_age")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "sent_by", "digest"), name="form_sent_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SentPhoto",
                    fields=[
                        ("id", _identity()),
                        ("name", models.TextField()),
                        ("content", models.BinaryField()),
                        ("city", _city()),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="photos",
                                to="api.sentform",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("form", "name"), name="form_photo_once")
                        ],
                    },
                ),
            ]
        ),
    ]
