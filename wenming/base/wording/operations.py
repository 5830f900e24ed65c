"""Sentences for whoever runs the installation: backups, and what `wenming doctor` sees."""

from collections.abc import Mapping

from wenming.base.language import marked as _

OPERATIONS: Mapping[str, str] = {
    "archive_broken": _("This is no backup that wenming wrote, or not the whole of it."),
    "archive_broken.not_whole": _(
        "This is no backup that wenming wrote, or it was cut short. Nothing was brought back; "
        "copy it again, or take an older one."
    ),
    "archive_broken.manifest": _(
        "The list of contents of the backup cannot be read. Nothing was brought back; copy it "
        "again, or take an older one."
    ),
    "archive_broken.newer": _(
        "The backup has a form that this program does not know. Install the version that wrote it."
    ),
    "archive_broken.parts": _(
        "The backup is damaged: {parts}. Nothing was brought back; copy it again, or take an "
        "older one."
    ),
    "archive_too_new": _(
        "The backup was written by version {program}, whose tables this program does not know "
        "({migrations}). Install that version first; nothing was brought back."
    ),
    "database_not_empty": _(
        "The database holds {count} tables already, and a backup never overwrites anything. "
        "Name an empty one with WENMING_HOME or DATABASE_URL."
    ),
    "restore_differs": _(
        "The audit that was brought back is not the one of the backup. Do not work with it; tell "
        "the makers of the program, and keep the backup."
    ),
    "no_room_for_backup": _(
        "The backup may need {needed} MB, and {free} MB are free there. Name another folder, or "
        "make room."
    ),
    "backup_incomplete": _(
        "The backup was written, but {count} files that the database names are missing or have "
        "changed: {digests}. Fetch them from an older backup."
    ),
    "key_differs": _(
        "The secret key here is not the one of the backup. Second factors cannot be read and all "
        "are asked for a new one: put the old key into the file secret_key or into "
        "WENMING_SECRET_KEY."
    ),
    "doctor_database": _("Database: PostgreSQL {version} answers."),
    "doctor_database_embedded": _(
        "Database: the embedded PostgreSQL {version} answers. For a city in daily use a server of "
        "its own (DATABASE_URL) is easier to watch over."
    ),
    "doctor_database_old": _(
        "Database: PostgreSQL {version} is too old; at least {oldest} is needed. Upgrade it."
    ),
    "doctor_tables": _("Tables: up to date."),
    "doctor_tables_old": _(
        "Tables: {count} changes were not made yet. Make a backup, then run wenming migrate."
    ),
    "doctor_worker": _("Worker: {count} at work."),
    "doctor_no_worker": _(
        "Worker: none is at work; long work, messages and clearing up wait. Start wenming serve "
        "or wenming worker."
    ),
    "doctor_work": _("Long work: {running} running, {waiting} waiting."),
    "doctor_work_waits": _(
        "Long work: {waiting} waiting, the oldest for {minutes} minutes, {running} running. Look "
        "at the log of the worker, or start another worker."
    ),
    "doctor_mail": _("Mail: {host} answers; {waiting} messages waiting."),
    "doctor_no_mail": _(
        "Mail: not set up; {waiting} messages wait. Invitations and resets are handed over as "
        "links; to send them, set WENMING_EMAIL_URL and WENMING_EMAIL_FROM."
    ),
    "doctor_mail_refused": _(
        "Mail: {host} refuses ({answer}). Check WENMING_EMAIL_URL and the server; messages wait."
    ),
    "doctor_mail_given_up": _(
        "Mail: the server answers, but {count} messages of late could not be delivered. Check the "
        "e-mail addresses of the accounts."
    ),
    "doctor_files": _("Files: all {count} are in their place."),
    "doctor_files_closed": _(
        "Files: the folder {folder} cannot be written to. Give it to the user of the program."
    ),
    "doctor_files_missing": _(
        "Files: {missing} of {count} are missing. Have all files checked (My long work), and fetch "
        "them from a backup."
    ),
    "doctor_room": _("Room: {free} GB free at {folder}."),
    "doctor_little_room": _("Room: only {free} GB free at {folder}. Make room soon."),
    "doctor_no_room": _("Room: {free} GB free at {folder}. Make room at once, or work will stop."),
    "doctor_key_given": _("Secret key: from the environment. Keep a copy apart from the backups."),
    "doctor_key_kept": _("Secret key: in {file}. Keep a copy apart from the backups."),
    "doctor_key_open": _(
        "Secret key: {file} can be read by others. Take the right from them: chmod 600."
    ),
    "doctor_safety": _("Safety: HTTPS and second factors are on."),
    "doctor_debug": _("Safety: WENMING_DEBUG is on and shows inner matters. Turn it off."),
    "doctor_no_second_factor": _(
        "Safety: nobody is asked for a second factor. Right for a demonstration only; else remove "
        "WENMING_SECOND_FACTOR."
    ),
    "doctor_no_https": _(
        "Safety: pages are not encrypted. Put a server with a certificate in front and set "
        "WENMING_HTTPS=True."
    ),
    "doctor_clock": _("Clock: {now} ({zone})."),
    "doctor_clock_off": _(
        "Clock: program and database differ by {seconds} seconds. Let both machines keep time by "
        "a time server."
    ),
    "doctor_backup": _("Backup: the last one is of {made}."),
    "doctor_backup_old": _(
        "Backup: the last one is of {made}. Look why there is no newer one (deploy has a timer)."
    ),
    "doctor_no_backup": _("Backup: none was made yet. Run wenming backup, best every night."),
    "doctor_fonts": _("Fonts: {count} Chinese ones, for printing on this machine."),
    "doctor_no_fonts": _(
        "Fonts: no Chinese one on this machine. Pages do not need one; to print here, install one "
        "such as Noto CJK."
    ),
}
"""Sentences by code."""
