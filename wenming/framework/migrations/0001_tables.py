"""The tables of editions, checklists and responsibilities; the database itself keeps what was put in use."""

import uuid

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import wenming.base.models.cities
import wenming.core.lifecycle
from wenming.base.together import Together

FREEZE_EDITIONS_SQL = """
CREATE FUNCTION wenming_frozen_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'draft' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.state <> 'draft'
    AND (NEW.id, NEW.city_id, NEW.key, NEW.title_zh, NEW.title_en, NEW.hash, NEW.content,
         NEW.is_partial, NEW.item_count)
    IS NOT DISTINCT FROM
        (OLD.id, OLD.city_id, OLD.key, OLD.title_zh, OLD.title_en, OLD.hash, OLD.content,
         OLD.is_partial, OLD.item_count)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'an edition that was put in use is never changed'
    USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER frozen_edition BEFORE UPDATE OR DELETE ON framework_edition
  FOR EACH ROW EXECUTE FUNCTION wenming_frozen_edition();

CREATE FUNCTION wenming_frozen_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  above framework_edition%ROWTYPE;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    SELECT * INTO above FROM framework_edition WHERE id = OLD.edition_id;
    IF FOUND AND above.state <> 'draft' THEN
      RAISE EXCEPTION 'an item of an edition that was put in use is never changed'
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  SELECT * INTO above FROM framework_edition WHERE id = NEW.edition_id;
  -- An edition that comes with a round is in use at once; its items follow, and no more.
  IF above.state <> 'draft' AND above.item_count > 0 AND (
    SELECT count(*) FROM framework_item WHERE edition_id = NEW.edition_id
  ) >= above.item_count THEN
    RAISE EXCEPTION 'an edition that was put in use takes no more items'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER frozen_item BEFORE INSERT OR UPDATE OR DELETE ON framework_item
  FOR EACH ROW EXECUTE FUNCTION wenming_frozen_item();
"""

THAW_EDITIONS_SQL = """
DROP TRIGGER frozen_item ON framework_item;
DROP FUNCTION wenming_frozen_item();
DROP TRIGGER frozen_edition ON framework_edition;
DROP FUNCTION wenming_frozen_edition();
"""

FREEZE_PLANS_SQL = """
CREATE FUNCTION wenming_issued_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM framework_responsibilityplan plan
    WHERE plan.id = OLD.plan_id AND plan.state <> 'draft' AND plan.number IS NOT NULL
  ) THEN
    RAISE EXCEPTION 'an issued plan of responsibilities is never changed'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER issued_plan BEFORE UPDATE OR DELETE ON framework_responsibility
  FOR EACH ROW EXECUTE FUNCTION wenming_issued_plan();
"""

THAW_PLANS_SQL = """
DROP TRIGGER issued_plan ON framework_responsibility;
DROP FUNCTION wenming_issued_plan();
"""


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("framework", "0001_initial"),
        ("framework", "0002_unit_as_written"),
        ("framework", "0003_responsibility_plans"),
        ("framework", "0004_edition_life"),
        ("framework", "0005_add_plan_edit"),
        ("framework", "0006_add_objection_given_to"),
    ]

    dependencies = [
        ("base", "0001_tables"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="ChecklistSet",
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
                        ("hash", models.CharField(max_length=64)),
                        ("content", models.JSONField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "hash"), name="checklists_once_a_city"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Edition",
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
                        ("hash", models.CharField(max_length=64)),
                        ("content", models.JSONField()),
                        ("is_partial", models.BooleanField(default=False)),
                        ("name", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                default=wenming.core.lifecycle.EditionState["IN_USE"], max_length=20
                            ),
                        ),
                        ("put_in_use_at", models.DateTimeField(null=True)),
                        (
                            "superseded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supersedes",
                                to="framework.edition",
                            ),
                        ),
                        ("item_count", models.PositiveIntegerField(default=0)),
                        ("marks", models.JSONField(default=dict)),
                        (
                            "checklists",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="editions",
                                to="framework.checklistset",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.attachment",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "hash"), name="edition_once_a_city"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "in_use", "superseded"])
                                ),
                                name="edition_state_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Item",
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
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="framework.edition",
                            ),
                        ),
                        ("key", models.TextField()),
                        ("part", models.CharField(max_length=20)),
                        ("dimension", models.TextField()),
                        ("indicator", models.TextField()),
                        ("title_zh", models.TextField()),
                        ("title_en", models.TextField(blank=True)),
                        ("points", wenming.base.models.cities.ExactNumber(null=True)),
                        ("group", models.TextField(blank=True)),
                        ("methods", models.JSONField(default=list)),
                        ("position", models.PositiveIntegerField()),
                        ("mark", models.CharField(blank=True, max_length=20)),
                        ("pinyin", models.TextField(blank=True)),
                        (
                            "words",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func(
                                    django.db.models.functions.text.Concat(
                                        models.F("key"),
                                        models.Value(" ", output_field=models.TextField()),
                                        models.F("title_zh"),
                                        models.Value(" ", output_field=models.TextField()),
                                        models.F("title_en"),
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
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["words"], name="item_words"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("edition", "key"), name="item_key_once_an_edition"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("part__in", ["basic", "distinctive"])),
                                name="item_part_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResponsibilityPlan",
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
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plans",
                                to="framework.edition",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                default=wenming.core.lifecycle.PlanState["ISSUED"], max_length=20
                            ),
                        ),
                        ("hash", models.CharField(blank=True, max_length=64)),
                        ("title", models.TextField(blank=True)),
                        ("number", models.PositiveIntegerField(null=True)),
                        ("version", models.PositiveIntegerField(default=0)),
                        (
                            "based_on",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="framework.responsibilityplan",
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("issued_at", models.DateTimeField(null=True)),
                        (
                            "issued_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("hash", ""), _negated=True),
                                fields=("city", "edition", "hash"),
                                name="plan_once_a_city",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state", wenming.core.lifecycle.PlanState["DRAFT"])
                                ),
                                fields=("edition",),
                                name="plan_one_draft",
                            ),
                            models.UniqueConstraint(
                                fields=("city", "number"), name="plan_number_once_a_city"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "issued", "replaced"])),
                                name="plan_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("hash", ""),
                                        ("state", wenming.core.lifecycle.PlanState["DRAFT"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state", wenming.core.lifecycle.PlanState["DRAFT"]),
                                            _negated=True,
                                        ),
                                        models.Q(("hash", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="plan_has_a_hash_once_issued",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Responsibility",
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
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="responsibilities",
                                to="framework.responsibilityplan",
                            ),
                        ),
                        ("item", models.TextField()),
                        ("condition", models.PositiveIntegerField(default=0)),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responsibilities",
                                to="base.unit",
                            ),
                        ),
                        ("unit_name", models.TextField(default="")),
                        ("role", models.CharField(max_length=20)),
                        ("group", models.TextField(blank=True)),
                        ("group_key", models.TextField(blank=True)),
                        ("due", models.DateField(null=True)),
                        ("target", models.TextField(blank=True)),
                        ("note", models.TextField(blank=True)),
                        ("position", models.PositiveIntegerField()),
                    ],
                    options={
                        "verbose_name_plural": "responsibilities",
                        "indexes": [
                            models.Index(
                                fields=["plan", "item"], name="framework_r_plan_id_3fbc81_idx"
                            ),
                            models.Index(
                                fields=["plan", "unit"], name="framework_r_plan_id_09416d_idx"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("plan", "position"),
                                name="responsibility_position_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("role__in", ["lead", "responsible", "supporting"])
                                ),
                                name="responsibility_role_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanEdit",
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
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="edits",
                                to="framework.responsibilityplan",
                            ),
                        ),
                        ("version", models.PositiveIntegerField()),
                        ("kind", models.CharField(max_length=20)),
                        ("cells", models.JSONField(default=list)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("is_undone", models.BooleanField(default=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan", "version"), name="plan_edit_version_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["assign", "terms", "import", "ruling", "undo"])
                                ),
                                name="plan_edit_kind_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Objection",
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
                            "responsibility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="framework.responsibility",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="base.unit",
                            ),
                        ),
                        ("item", models.TextField()),
                        ("role", models.CharField(max_length=20)),
                        ("reason", models.TextField()),
                        (
                            "wished_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.unit",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                default=wenming.core.lifecycle.ObjectionState["RAISED"],
                                max_length=20,
                            ),
                        ),
                        (
                            "raised_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("raised_at", models.DateTimeField(auto_now_add=True)),
                        ("ruling", models.TextField(blank=True)),
                        (
                            "given_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="base.unit",
                            ),
                        ),
                        (
                            "ruled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ruled_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["raised", "upheld", "dismissed", "withdrawn"])
                                ),
                                name="objection_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state", wenming.core.lifecycle.ObjectionState["RAISED"])
                                ),
                                fields=("responsibility",),
                                name="objection_one_open",
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.RunSQL(FREEZE_PLANS_SQL, THAW_PLANS_SQL),
        migrations.RunSQL(FREEZE_EDITIONS_SQL, THAW_EDITIONS_SQL),
    ]
