"""Releases of sealed draws to the team, by route and day, and why a drawn unit dropped out."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wenming.base.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("base", "0001_tables"),
        ("rounds", "0002_collections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DrawRelease",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("route", models.TextField()),
                ("day", models.DateField()),
                ("is_for_all", models.BooleanField(default=False)),
                ("released_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="drawpick",
            name="pick_released_for_a_day",
        ),
        migrations.RemoveField(
            model_name="drawpick",
            name="day",
        ),
        migrations.RemoveField(
            model_name="drawpick",
            name="released_at",
        ),
        migrations.RemoveField(
            model_name="drawpick",
            name="route",
        ),
        Together(
            [
                migrations.AddField(
                    model_name="drawpick",
                    name="dropped_note",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="drawrelease",
                    name="city",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="base.city",
                    ),
                ),
                migrations.AddField(
                    model_name="drawrelease",
                    name="draw",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="releases",
                        to="rounds.sealeddraw",
                    ),
                ),
                migrations.AddField(
                    model_name="drawrelease",
                    name="people",
                    field=models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name="drawrelease",
                    name="released_by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="drawpick",
                    name="release",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="picks",
                        to="rounds.drawrelease",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="drawpick",
                    constraint=models.UniqueConstraint(
                        fields=("draw", "key"), name="pick_key_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="drawpick",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("dropped_because", ""),
                            (
                                "dropped_because__in",
                                [
                                    "refused",
                                    "no_access",
                                    "nobody_there",
                                    "closed",
                                    "gone",
                                    "wrong_kind",
                                    "unsafe",
                                    "other",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="pick_drop_reason_known",
                    ),
                ),
            ]
        ),
    ]
