"""The tables of what programs asked, and how often."""

import uuid

from django.db import migrations, models

from wenming.base.together import Together


class Migration(migrations.Migration):
    initial = True
    replaces = [("api", "0001_requests_and_deeds")]

    dependencies = []

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="ApiCount",
                    fields=[
                        ("caller", models.TextField(primary_key=True, serialize=False)),
                        ("minute", models.PositiveBigIntegerField()),
                        ("count", models.PositiveIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="ApiDeed",
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
                        ("caller", models.TextField()),
                        ("key", models.TextField()),
                        ("asked", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField(default=0)),
                        ("answer", models.TextField(blank=True)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["at"], name="api_deed_age")],
                        "constraints": [
                            models.UniqueConstraint(fields=("caller", "key"), name="api_deed_once")
                        ],
                    },
                ),
            ]
        ),
    ]
