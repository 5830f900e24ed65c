"""The tables of cities, units, people and what stands around them; the cutting of words for search."""

import uuid

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import wenming.base.models.cities
import wenming.base.models.units
import wenming.core.permissions
from wenming.base.search import GRAMS_SQL
from wenming.base.together import Together

APPEND_ONLY_SQL = """
CREATE FUNCTION wenming_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are only ever added to', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON base_auditentry
  FOR EACH ROW EXECUTE FUNCTION wenming_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON base_administratorrequest
  FOR EACH ROW EXECUTE FUNCTION wenming_append_only();
"""

FREE_SQL = """
DROP TRIGGER append_only ON base_auditentry;
DROP TRIGGER append_only ON base_administratorrequest;
DROP FUNCTION wenming_append_only();
"""

# Django's cache has no model. Unlogged: a crash may empty it.
CACHE_SQL = """
CREATE UNLOGGED TABLE base_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX base_cache_expires ON base_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("base", "0001_initial"),
        ("base", "0002_platform"),
        ("base", "0003_default_view"),
        ("base", "0004_add_home_of_accounts"),
        ("base", "0005_used_passwords"),
        ("base", "0006_keep_visits"),
    ]

    dependencies = []

    operations = [
        migrations.RunSQL(GRAMS_SQL, "DROP FUNCTION wenming_grams(text)"),
        Together(
            [
                migrations.CreateModel(
                    name="City",
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
                        ("name_zh", models.TextField(unique=True)),
                        ("name_en", models.TextField(blank=True)),
                        ("pinyin", models.TextField(db_index=True)),
                        ("province", models.TextField(blank=True)),
                        ("is_synthetic", models.BooleanField(default=False)),
                        ("working_hours", models.JSONField(default=list)),
                    ],
                ),
                migrations.CreateModel(
                    name="StoredFile",
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
                        ("digest", models.CharField(max_length=64)),
                        ("kind", models.CharField(max_length=20)),
                        ("size", models.PositiveBigIntegerField()),
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="variants",
                                to="base.storedfile",
                            ),
                        ),
                        ("variant", models.CharField(blank=True, max_length=20)),
                        ("width", models.PositiveIntegerField(null=True)),
                        ("height", models.PositiveIntegerField(null=True)),
                        ("looks", models.CharField(blank=True, max_length=16)),
                        ("taken_at", models.DateTimeField(null=True)),
                        (
                            "longitude",
                            models.DecimalField(decimal_places=7, max_digits=10, null=True),
                        ),
                        (
                            "latitude",
                            models.DecimalField(decimal_places=7, max_digits=10, null=True),
                        ),
                        ("stored_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["looks"], name="base_stored_looks_f0052e_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("source__isnull", True)),
                                fields=("digest",),
                                name="file_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source__isnull", False)),
                                fields=("source", "variant"),
                                name="file_variant_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Group",
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
                        ("key", models.TextField()),
                        ("title_zh", models.TextField()),
                        ("title_en", models.TextField(blank=True)),
                        ("aliases", models.JSONField(default=list)),
                        ("position", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "key"), name="group_key_once_a_city"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("username", models.CharField(max_length=150, unique=True)),
                        ("name", models.TextField()),
                        ("pinyin", models.TextField(blank=True)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("phone", models.TextField(blank=True)),
                        (
                            "home",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.city",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        ("must_change_password", models.BooleanField(default=False)),
                        ("password_changed_at", models.DateTimeField(null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AuditHead",
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
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.city",
                            ),
                        ),
                        ("number", models.PositiveBigIntegerField(default=0)),
                        ("hash", models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.Value(1),
                                condition=models.Q(("city__isnull", True)),
                                name="audit_head_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarDay",
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
                        ("day", models.DateField()),
                        ("kind", models.CharField(max_length=20)),
                        ("name", models.TextField(blank=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "day"), name="calendar_day_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["holiday", "workday"])),
                                name="calendar_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Unit",
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
                        ("name", models.TextField()),
                        ("name_en", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                default=wenming.base.models.units.UnitKind["UNIT"], max_length=20
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="base.unit",
                            ),
                        ),
                        ("path", models.TextField(default="")),
                        (
                            "group",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="units",
                                to="base.group",
                            ),
                        ),
                        ("pinyin", models.TextField()),
                        ("is_active", models.BooleanField(default=True)),
                        (
                            "words",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func(
                                    django.db.models.functions.text.Concat(
                                        models.F("name"),
                                        models.Value(" ", output_field=models.TextField()),
                                        models.F("pinyin"),
                                        models.Value(" ", output_field=models.TextField()),
                                        output_field=models.TextField(),
                                    ),
                                    function="wenming_grams",
                                    output_field=django.contrib.postgres.search.SearchVectorField(),
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["city", "pinyin"], name="base_unit_city_id_d2788f_idx"
                            ),
                            models.Index(
                                fields=["path"], name="unit_path", opclasses=["text_pattern_ops"]
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["words"], name="unit_words"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "name"), name="unit_name_once_a_city"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "committee",
                                            "office",
                                            "unit",
                                            "county",
                                            "street",
                                            "community",
                                        ],
                                    )
                                ),
                                name="unit_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("is_reset", models.BooleanField(default=False)),
                        (
                            "made_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="UsedPassword",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="used_passwords",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("password", models.TextField()),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["user", "-at"], name="base_usedpa_user_id_d6a0d4_idx"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiToken",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tokens",
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
                        ("name", models.TextField()),
                        ("start", models.CharField(max_length=12)),
                        ("digest", models.CharField(max_length=64, unique=True)),
                        ("capabilities", models.JSONField(default=list)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("expires_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(null=True)),
                        ("last_used_at", models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="AuditEntry",
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
                            "head",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="base.audithead",
                            ),
                        ),
                        ("number", models.PositiveBigIntegerField()),
                        ("at", models.DateTimeField()),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("action", models.TextField()),
                        ("subject", models.TextField(blank=True)),
                        ("detail", models.JSONField(default=dict)),
                        ("request", models.TextField(blank=True)),
                        ("before", models.CharField(blank=True, max_length=64)),
                        ("hash", models.CharField(max_length=64)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["subject", "number"], name="base_audite_subject_a119a8_idx"
                            ),
                            models.Index(
                                fields=["actor", "-at"], name="base_audite_actor_i_c06838_idx"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("head", "number"), name="audit_number_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdministratorSession",
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
                            "user",
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
                        ("reason", models.TextField()),
                        ("begun_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Message",
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.city",
                            ),
                        ),
                        ("channel", models.CharField(max_length=20)),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("address", models.TextField()),
                        ("code", models.TextField()),
                        ("facts", models.JSONField(default=dict)),
                        ("language", models.CharField(default="zh", max_length=10)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("not_before", models.DateTimeField(null=True)),
                        ("tries", models.PositiveIntegerField(default=0)),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("given_up_at", models.DateTimeField(null=True)),
                        ("failure", models.TextField(blank=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("given_up_at", None), ("sent_at", None)),
                                fields=["created_at"],
                                name="message_waiting",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("table", models.TextField()),
                        ("name", models.TextField()),
                        ("query", models.TextField(blank=True)),
                        ("is_shared", models.BooleanField(default=False)),
                        ("is_default", models.BooleanField(default=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "city", "table", "name"), name="view_name_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_default", True)),
                                fields=("user", "city", "table"),
                                name="view_default_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draft",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="drafts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("key", models.TextField()),
                        ("fields", models.JSONField(default=dict)),
                        ("saved_at", models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "key"), name="draft_once_a_form"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Job",
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
                        ("kind", models.TextField()),
                        ("subject", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="jobs",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("parameters", models.JSONField(default=dict)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("started_at", models.DateTimeField(null=True)),
                        ("heartbeat_at", models.DateTimeField(null=True)),
                        ("finished_at", models.DateTimeField(null=True)),
                        ("attempt", models.PositiveIntegerField(default=0)),
                        ("done", models.PositiveBigIntegerField(default=0)),
                        ("total", models.PositiveBigIntegerField(default=0)),
                        ("doing", models.TextField(blank=True)),
                        ("doing_facts", models.JSONField(default=dict)),
                        ("cancel_wished_at", models.DateTimeField(null=True)),
                        ("outcome", models.CharField(blank=True, max_length=20)),
                        ("result", models.JSONField(default=dict)),
                        ("failure_code", models.TextField(blank=True)),
                        ("failure_facts", models.JSONField(default=dict)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["by", "-created_at"], name="base_job_by_id_eedda1_idx"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome", ""),
                                    ("outcome__in", ["succeeded", "failed", "cancelled"]),
                                    _connector="OR",
                                ),
                                name="job_outcome_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("outcome", ""), models.Q(("subject", ""), _negated=True)
                                ),
                                fields=("city", "kind", "subject"),
                                name="job_once_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
                    fields=[
                        (
                            "session_key",
                            models.CharField(
                                max_length=40,
                                primary_key=True,
                                serialize=False,
                                verbose_name="session key",
                            ),
                        ),
                        ("session_data", models.TextField(verbose_name="session data")),
                        (
                            "expire_date",
                            models.DateTimeField(db_index=True, verbose_name="expire date"),
                        ),
                        ("number", models.UUIDField(db_index=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="visits",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("begun_at", models.DateTimeField(null=True)),
                        ("seen_at", models.DateTimeField(null=True)),
                        ("address", models.TextField(blank=True)),
                        ("browser", models.TextField(blank=True)),
                    ],
                    options={
                        "verbose_name": "session",
                        "verbose_name_plural": "sessions",
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="UnitName",
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
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="names",
                                to="base.unit",
                            ),
                        ),
                        ("name", models.TextField()),
                        ("pinyin", models.TextField()),
                        ("valid_from", models.DateField(blank=True, null=True)),
                        ("valid_until", models.DateField(blank=True, null=True)),
                        (
                            "words",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func(
                                    django.db.models.functions.text.Concat(
                                        models.F("name"),
                                        models.Value(" ", output_field=models.TextField()),
                                        models.F("pinyin"),
                                        models.Value(" ", output_field=models.TextField()),
                                        output_field=models.TextField(),
                                    ),
                                    function="wenming_grams",
                                    output_field=django.contrib.postgres.search.SearchVectorField(),
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["city", "name"], name="base_unitna_city_id_bccd73_idx"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["words"], name="unit_alias_words"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("unit", "name"), name="unit_alias_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_from__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="unit_alias_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LiaisonPerson",
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
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="liaison_persons",
                                to="base.unit",
                            ),
                        ),
                        ("name", models.TextField()),
                        ("post_title", models.TextField(blank=True)),
                        ("phone", models.TextField(blank=True)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True)),
                        ("valid_until", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Provision",
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
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="provisions",
                                to="base.unit",
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("in_place", models.BooleanField(null=True)),
                        ("note", models.TextField(blank=True)),
                        ("as_of", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("unit", "kind"), name="provision_once_a_unit"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["bodies", "people", "funds"])),
                                name="provision_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("kind", models.CharField(max_length=30)),
                        ("title", models.TextField(blank=True)),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="base.unit",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="base.group",
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True)),
                        ("valid_until", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "office",
                                            "group_lead",
                                            "unit",
                                            "inspector",
                                            "reviewer",
                                            "interviewer",
                                            "leader",
                                            "assessor",
                                            "system_administrator",
                                            "security_administrator",
                                            "audit_administrator",
                                        ],
                                    )
                                ),
                                name="post_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", wenming.core.permissions.PostKind["UNIT"]),
                                        _negated=True,
                                    ),
                                    ("unit__isnull", False),
                                    _connector="OR",
                                ),
                                name="post_of_a_unit_names_it",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", wenming.core.permissions.PostKind["GROUP_LEAD"]),
                                        _negated=True,
                                    ),
                                    ("group__isnull", False),
                                    _connector="OR",
                                ),
                                name="post_of_a_group_names_it",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="base.storedfile",
                            ),
                        ),
                        ("name", models.TextField()),
                        ("opened_by", models.CharField(max_length=40)),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.unit",
                            ),
                        ),
                        ("subject", models.TextField(blank=True)),
                        (
                            "brought_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("brought_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["subject"], name="base_attach_subject_12e714_idx")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdministratorRequest",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="base.administratorsession",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("method", models.CharField(max_length=10)),
                        ("address", models.TextField()),
                        ("status", models.PositiveSmallIntegerField()),
                        ("request", models.TextField(blank=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="InboxEntry",
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
                        ("code", models.TextField()),
                        ("facts", models.JSONField(default=dict)),
                        ("subject", models.TextField(blank=True)),
                        ("address", models.TextField()),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="base.unit",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="base.group",
                            ),
                        ),
                        ("capability", models.CharField(blank=True, max_length=40)),
                        ("due", models.DateTimeField(null=True)),
                        ("worth", wenming.base.models.cities.ExactNumber(null=True)),
                        ("minutes", models.PositiveIntegerField(null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "settled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("settled_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name_plural": "inbox entries",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("settled_at", None)),
                                fields=["city", "due"],
                                name="inbox_open",
                            ),
                            models.Index(fields=["subject"], name="base_inboxe_subject_ade0ae_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("settled_at__isnull", True)),
                                fields=(
                                    "city",
                                    "code",
                                    "subject",
                                    "person",
                                    "unit",
                                    "group",
                                    "capability",
                                ),
                                name="asked_once_at_a_time",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Import",
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
                        ("kind", models.TextField()),
                        (
                            "attachment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imports",
                                to="base.attachment",
                            ),
                        ),
                        ("options", models.JSONField(default=dict)),
                        ("problems", models.JSONField(default=list)),
                        ("checked_at", models.DateTimeField(null=True)),
                        ("subject", models.TextField(blank=True)),
                        (
                            "brought_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("brought_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ]
        ),
        migrations.RunSQL(CACHE_SQL, "DROP TABLE base_cache"),
        migrations.RunSQL(APPEND_ONLY_SQL, FREE_SQL),
    ]
