"""The database refuses to empty the audit at one stroke, as it refuses to change it."""

from django.db import migrations

REFUSE_SQL = """
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON base_auditentry
  FOR EACH STATEMENT EXECUTE FUNCTION wenming_append_only();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON base_administratorrequest
  FOR EACH STATEMENT EXECUTE FUNCTION wenming_append_only();
"""

FREE_SQL = """
DROP TRIGGER never_emptied ON base_auditentry;
DROP TRIGGER never_emptied ON base_administratorrequest;
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0001_tables")]

    operations = [migrations.RunSQL(REFUSE_SQL, FREE_SQL)]
