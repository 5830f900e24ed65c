"""Whether the office looked at a form that was not taken in, and what came of it."""

from django.conf import settings
from django.db import migrations, models

import wenming.core.lifecycle.survey


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0002_add_sent_forms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("sentform", "because", models.TextField(blank=True)),
        migrations.AddField("sentform", "settled_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "sentform",
            "state",
            models.CharField(
                default=wenming.core.lifecycle.survey.SentFormState["OPEN"], max_length=20
            ),
        ),
        migrations.AddConstraint(
            "sentform",
            models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "settled"])),
                name="form_sent_state_known",
            ),
        ),
    ]
