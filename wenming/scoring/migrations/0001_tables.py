"""The tables of runs and results; the database itself keeps what a frozen result stands on."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import wenming.base.models.cities
import wenming.core.lifecycle
from wenming.base.together import Together

INPUTS = {
    "rounds_site": "round_id",
    "inspection_observation": "round_id",
    "inspection_panelmark": "round_id",
    "survey_surveyplan": "round_id",
    "survey_question": "round_id",
    "survey_answersheet": "round_id",
    "submission_document": "round_id",
    "statistic_statistic": "round_id",
    "scoring_reporteddocument": "round_id",
    "scoring_figure": "round_id",
}

FUNCTIONS = """
CREATE FUNCTION wenming_refuse_frozen(said text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', said USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE FUNCTION wenming_frozen_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'provisional' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.state = 'frozen' AND NEW.state = 'corrected'
    AND to_jsonb(NEW) - ARRAY['state', 'corrected_by_id']
      = to_jsonb(OLD) - ARRAY['state', 'corrected_by_id']
  THEN RETURN NEW; END IF;
  PERFORM wenming_refuse_frozen('a result that was frozen is never changed; correct it');
END
$$;
CREATE TRIGGER frozen_run BEFORE UPDATE OR DELETE ON scoring_run
  FOR EACH ROW EXECUTE FUNCTION wenming_frozen_run();

CREATE FUNCTION wenming_frozen_result() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM scoring_run WHERE state <> 'provisional'
      AND id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.run_id END,
                 CASE WHEN TG_OP <> 'DELETE' THEN NEW.run_id END)
  ) AND NOT (TG_OP = 'UPDATE'
    AND to_jsonb(NEW) - ARRAY['lead_id', 'units'] = to_jsonb(OLD) - ARRAY['lead_id', 'units'])
  THEN
    PERFORM wenming_refuse_frozen('what a frozen result says is never changed; correct it');
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION wenming_frozen_input() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM scoring_run WHERE state <> 'provisional'
      AND round_id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.round_id END,
                       CASE WHEN TG_OP <> 'DELETE' THEN NEW.round_id END)
  ) AND NOT (TG_OP = 'UPDATE'
    AND to_jsonb(NEW) - ARRAY['unit_id', 'area_id', 'pinyin']
      = to_jsonb(OLD) - ARRAY['unit_id', 'area_id', 'pinyin'])
  THEN
    PERFORM wenming_refuse_frozen('evidence behind a frozen result is never changed; correct it');
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION wenming_frozen_round() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM scoring_run WHERE state <> 'provisional' AND round_id = OLD.id) THEN
    PERFORM wenming_refuse_frozen('a round behind a frozen result is never changed; correct it');
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER frozen_round BEFORE UPDATE OR DELETE ON rounds_round
  FOR EACH ROW EXECUTE FUNCTION wenming_frozen_round();

CREATE FUNCTION wenming_frozen_checklists() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM scoring_run JOIN rounds_round ON rounds_round.id = scoring_run.round_id
    WHERE scoring_run.state <> 'provisional' AND rounds_round.checklist_set_id = OLD.id
  ) THEN
    PERFORM wenming_refuse_frozen('checklists behind a frozen result are never changed');
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER frozen_checklists BEFORE UPDATE OR DELETE ON framework_checklistset
  FOR EACH ROW EXECUTE FUNCTION wenming_frozen_checklists();

CREATE FUNCTION wenming_frozen_responsibility() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM scoring_run JOIN rounds_round ON rounds_round.id = scoring_run.round_id
    WHERE scoring_run.state <> 'provisional' AND rounds_round.responsibility_plan_id
      IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.plan_id END,
          CASE WHEN TG_OP <> 'DELETE' THEN NEW.plan_id END)
  ) AND NOT (TG_OP = 'UPDATE'
    AND to_jsonb(NEW) - ARRAY['unit_id'] = to_jsonb(OLD) - ARRAY['unit_id'])
  THEN
    PERFORM wenming_refuse_frozen('responsibilities behind a frozen result are never changed');
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER frozen_responsibility BEFORE INSERT OR UPDATE OR DELETE ON framework_responsibility
  FOR EACH ROW EXECUTE FUNCTION wenming_frozen_responsibility();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON scoring_verification
  FOR EACH ROW EXECUTE FUNCTION wenming_append_only();
"""

RESULTS = ("scoring_itemresult", "scoring_finding", "scoring_manifestpart")


def trigger(name: str, table: str, function: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}();\n"
    )


FREEZE = (
    FUNCTIONS
    + "".join(trigger("frozen_result", table, "wenming_frozen_result") for table in RESULTS)
    + "".join(trigger("frozen_input", table, "wenming_frozen_input") for table in INPUTS)
)
THAW = (
    "".join(f"DROP TRIGGER frozen_result ON {table};\n" for table in RESULTS)
    + "".join(f"DROP TRIGGER frozen_input ON {table};\n" for table in INPUTS)
    + """
DROP TRIGGER append_only ON scoring_verification;
DROP TRIGGER frozen_responsibility ON framework_responsibility;
DROP TRIGGER frozen_checklists ON framework_checklistset;
DROP TRIGGER frozen_round ON rounds_round;
DROP TRIGGER frozen_run ON scoring_run;
DROP FUNCTION wenming_frozen_responsibility();
DROP FUNCTION wenming_frozen_checklists();
DROP FUNCTION wenming_frozen_round();
DROP FUNCTION wenming_frozen_input();
DROP FUNCTION wenming_frozen_result();
DROP FUNCTION wenming_frozen_run();
DROP FUNCTION wenming_refuse_frozen(text);
"""
)


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("scoring", "0001_initial"),
        ("scoring", "0002_units_concerned"),
        ("scoring", "0003_add_run_life"),
        ("scoring", "0004_freeze_results"),
        ("scoring", "0005_keep_figure_checks"),
    ]

    dependencies = [
        ("inspection", "0001_tables"),
        ("survey", "0001_tables"),
        ("submission", "0001_tables"),
        ("statistic", "0001_tables"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Run",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="runs",
                                to="rounds.round",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                default=wenming.core.lifecycle.RunState["PROVISIONAL"],
                                max_length=20,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField()),
                        ("engine_version", models.CharField(max_length=50)),
                        ("edition_hash", models.CharField(max_length=64)),
                        ("evidence_hash", models.CharField(max_length=64)),
                        ("digest", models.CharField(max_length=64)),
                        ("summary", models.JSONField()),
                        ("score", wenming.base.models.cities.ExactNumber(null=True)),
                        ("points", wenming.base.models.cities.ExactNumber(null=True)),
                        ("low", wenming.base.models.cities.ExactNumber(null=True)),
                        ("high", wenming.base.models.cities.ExactNumber(null=True)),
                        ("coverage", wenming.base.models.cities.ExactNumber(null=True)),
                        ("lost", wenming.base.models.cities.ExactNumber(null=True)),
                        ("frozen_at", models.DateTimeField(null=True)),
                        (
                            "frozen_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("result_order", models.PositiveIntegerField(null=True)),
                        ("result_number", models.CharField(blank=True, max_length=20)),
                        ("manifest_hash", models.CharField(blank=True, max_length=64)),
                        ("before", models.CharField(blank=True, max_length=64)),
                        ("chain_hash", models.CharField(blank=True, max_length=64)),
                        (
                            "corrects",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="scoring.run",
                            ),
                        ),
                        ("correction", models.TextField(blank=True)),
                        (
                            "corrected_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="scoring.run",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["city", "-number"], name="scoring_run_city_id_6fd6c0_idx"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "number"), name="run_number_once_a_city"
                            ),
                            models.UniqueConstraint(
                                fields=("city", "result_order"), name="result_order_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("result_number", ""), _negated=True),
                                fields=("city", "result_number"),
                                name="result_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["provisional", "frozen", "corrected"])
                                ),
                                name="run_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("result_number", ""),
                                        ("result_order__isnull", True),
                                        ("state", wenming.core.lifecycle.RunState["PROVISIONAL"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "state",
                                                wenming.core.lifecycle.RunState["PROVISIONAL"],
                                            ),
                                            _negated=True,
                                        ),
                                        ("result_order__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="run_numbered_once_frozen",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("finished_at__gte", models.F("started_at"))),
                                name="run_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Verification",
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
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(auto_now_add=True)),
                        ("engine_version", models.CharField(max_length=50)),
                        ("results", models.PositiveIntegerField()),
                        ("entries", models.PositiveBigIntegerField()),
                        ("problems", models.JSONField(default=list)),
                        ("problem_count", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["city", "-finished_at"],
                                name="scoring_ver_city_id_587f5a_idx",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportedDocument",
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
                                related_name="reported_documents",
                                to="rounds.round",
                            ),
                        ),
                        ("key", models.TextField()),
                        ("title_zh", models.TextField()),
                        ("title_en", models.TextField(blank=True)),
                        ("as_of", models.TextField(blank=True)),
                        ("position", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "key"), name="reported_document_key_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Figure",
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
                                related_name="figures",
                                to="rounds.round",
                            ),
                        ),
                        ("key", models.TextField()),
                        ("title_zh", models.TextField(blank=True)),
                        ("title_en", models.TextField(blank=True)),
                        ("document", models.TextField(blank=True)),
                        ("value", wenming.base.models.cities.ExactNumber()),
                        ("unit", models.TextField(blank=True)),
                        ("of", models.TextField(blank=True)),
                        ("means", models.TextField(blank=True)),
                        ("lower_bound", models.BooleanField(default=False)),
                        ("base", models.BigIntegerField(null=True)),
                        ("compared_with", models.TextField(blank=True)),
                        ("split", models.JSONField(default=list)),
                        ("split_by", models.TextField(blank=True)),
                        ("members", models.JSONField(default=list)),
                        ("position", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "position"), name="figure_position_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Settlement",
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
                        ("round_key", models.TextField()),
                        (
                            "round",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="settlements",
                                to="rounds.round",
                            ),
                        ),
                        ("document", models.TextField(blank=True)),
                        ("position", models.PositiveIntegerField(default=0)),
                        ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("code", models.TextField()),
                        ("facts", models.JSONField(default=dict)),
                        ("fingerprint", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                default=wenming.core.lifecycle.SettlementState["OPEN"],
                                max_length=20,
                            ),
                        ),
                        ("verdict", models.CharField(blank=True, max_length=20)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "settled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("settled_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("city", "round_key", "fingerprint"),
                                name="settlement_once_a_finding",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "settled"])),
                                name="settlement_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", wenming.core.lifecycle.SettlementState["OPEN"]),
                                    models.Q(
                                        (
                                            "verdict__in",
                                            ["paper_wrong", "own_wrong", "explained", "noted"],
                                        ),
                                        models.Q(("reason", ""), _negated=True),
                                        ("settled_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="settlement_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ItemResult",
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
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="scoring.run",
                            ),
                        ),
                        ("key", models.TextField()),
                        ("title_zh", models.TextField()),
                        ("title_en", models.TextField(blank=True)),
                        ("dimension", models.TextField()),
                        ("indicator", models.TextField()),
                        ("part", models.CharField(max_length=20)),
                        ("group", models.TextField(blank=True)),
                        ("methods", models.JSONField(default=list)),
                        ("site_types", models.JSONField(default=list)),
                        ("state", models.CharField(max_length=20)),
                        ("grade", models.TextField(blank=True)),
                        ("certain", models.BooleanField(null=True)),
                        ("value", wenming.base.models.cities.ExactNumber(null=True)),
                        ("unit", models.TextField(blank=True)),
                        ("low", wenming.base.models.cities.ExactNumber(null=True)),
                        ("high", wenming.base.models.cities.ExactNumber(null=True)),
                        ("p_true", wenming.base.models.cities.ExactNumber(null=True)),
                        ("p_repeat", wenming.base.models.cities.ExactNumber(null=True)),
                        ("points", wenming.base.models.cities.ExactNumber(null=True)),
                        ("score", wenming.base.models.cities.ExactNumber(null=True)),
                        ("lost", wenming.base.models.cities.ExactNumber(null=True)),
                        ("gap", wenming.base.models.cities.ExactNumber(null=True)),
                        (
                            "lead",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="base.unit",
                            ),
                        ),
                        ("lead_name", models.TextField(blank=True)),
                        (
                            "units",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.UUIDField(), default=list, size=None
                            ),
                        ),
                        ("due", models.DateField(null=True)),
                        ("detail", models.JSONField()),
                        ("search", models.TextField()),
                        ("position", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "key"), name="result_once_an_item"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["met", "not_met", "untested", "not_applicable"])
                                ),
                                name="result_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("part__in", ["basic", "distinctive"])),
                                name="result_part_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("p_repeat__isnull", True),
                                    ("p_repeat__range", (0, 1)),
                                    _connector="OR",
                                ),
                                name="result_p_repeat_is_a_probability",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
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
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="scoring.run",
                            ),
                        ),
                        ("code", models.TextField()),
                        ("facts", models.JSONField(default=dict)),
                        ("position", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "position"), name="finding_position_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ManifestPart",
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
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="manifest",
                                to="scoring.run",
                            ),
                        ),
                        ("table", models.TextField()),
                        ("rows", models.JSONField()),
                        ("row_count", models.PositiveIntegerField()),
                        ("hash", models.CharField(max_length=64)),
                        ("position", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "table"), name="manifest_table_once_a_run"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FigureCheck",
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
                                related_name="figure_check",
                                to="rounds.round",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="scoring.run",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("checked_at", models.DateTimeField()),
                        ("is_after_change", models.BooleanField(default=False)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ]
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
