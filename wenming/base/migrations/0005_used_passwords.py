"""Remember passwords that were used, and a table for what processes know of each other."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("base", "0004_add_home_of_accounts")]

    operations = [
        migrations.CreateModel(
            name="UsedPassword",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("password", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="used_passwords",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "-at"], name="base_usedpa_user_id_d6a0d4_idx")
                ],
            },
        ),
        # Django's cache has no model. Unlogged: a crash may empty it.
        migrations.RunSQL(
            """CREATE UNLOGGED TABLE base_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX base_cache_expires ON base_cache (expires);""",
            "DROP TABLE base_cache;",
        ),
    ]
