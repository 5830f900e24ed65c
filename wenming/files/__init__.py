"""Files in and out: YAML, workbooks and CSV as plain rows that remember their place."""
