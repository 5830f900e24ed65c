"""The database itself refuses to change what a frozen result stands on."""

from django.db import migrations

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
    dependencies = [
        ("scoring", "0003_add_run_life"),
        ("framework", "0004_edition_life"),
        ("rounds", "0004_add_round_revision"),
        ("inspection", "0001_initial"),
        ("survey", "0002_add_question_no"),
        ("submission", "0002_unit_as_written"),
        ("statistic", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FREEZE, THAW)]
