"""All settings, from the environment; the program refuses to start when one is wrong."""

import os
from datetime import timedelta
from pathlib import Path

from wenming.config import environment, jobs, logs, policy, postgres

environment.refuse_unknown()

PACKAGE = Path(__file__).resolve().parent.parent
WENMING_HOME = postgres.default_home()

DEBUG = environment.flag("WENMING_DEBUG", default=False)
HTTPS = environment.flag("WENMING_HTTPS", default=False)
SECRET_KEY = environment.secret_key(WENMING_HOME)
ALLOWED_HOSTS = environment.hosts(
    "WENMING_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"]
)
CSRF_TRUSTED_ORIGINS = environment.words("WENMING_TRUSTED_ORIGINS", default=[])

# Importing this file starts nothing: whoever opens the database calls `postgres.ensure_running`.
EMBEDDED_POSTGRES = "DATABASE_URL" not in os.environ
DATABASE_URL = os.environ.get("DATABASE_URL") or postgres.database_url(WENMING_HOME)
DATABASES = {"default": environment.database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "ninja",
    "procrastinate.contrib.django",
    "wenming.base",
    "wenming.framework",
    "wenming.rounds",
    "wenming.inspection",
    "wenming.survey",
    "wenming.submission",
    "wenming.statistic",
    "wenming.scoring",
    "wenming.api",
]

MIDDLEWARE = [
    "wenming.base.observing.Observed",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "wenming.base.middleware.RequestNumber",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wenming.config.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "wenming.base.bounds.NotKept",
    "wenming.base.bounds.BodyLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wenming.base.accounts.limits.VisitLimits",
    "wenming.base.middleware.WorkingPlace",
    "wenming.base.access.DenyByDefault",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "wenming.config.urls"
WSGI_APPLICATION = "wenming.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "wenming.base.templatetags.bundles",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "wenming.base.desk.desk",
            ],
        },
    }
]

# Accounts; docs/adr/0008-accounts.md says why. The second factor is asked for where
# `core.permissions.NEED_SECOND_FACTOR` says so; only a demonstration runs without it.
AUTH_USER_MODEL = "base.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, object]] = [
    {"NAME": "wenming.base.accounts.passwords.LongEnough"},
    {"NAME": "wenming.base.accounts.passwords.ThreeKinds"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "pinyin", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "wenming.base.accounts.obvious.NotObvious"},
    {"NAME": "wenming.base.accounts.passwords.NotRecent"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SECOND_FACTOR_NEEDED = environment.flag("WENMING_SECOND_FACTOR", default=True)
TRUST_PROXY = environment.flag("WENMING_TRUST_PROXY", default=False)

ACCOUNT_ADAPTER = "wenming.base.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; the log-in needs it
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "wenming.base.accounts.library_forms.LoginForm",
    "reauthenticate": "wenming.base.accounts.library_forms.ConfirmForm",
}
# Wrong passwords are counted by axes; `login_failed` here counts wrong codes of second factors.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "5/15m/key",
    "forgotten": "10/15m/ip",
    "welcome": "30/15m/ip",
    "answer": "120/10m/key",
    "own_password": "10/15m/user",
}

OIDC = environment.issuer()
SOCIALACCOUNT_ADAPTER = "wenming.base.accounts.issuer.IssuerAdapter"
SOCIALACCOUNT_PROVIDERS = OIDC.providers if OIDC else {}
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: what a form may lead to is only this site
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"

MFA_ADAPTER = "wenming.base.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "wenming.base.accounts.library_forms.CodeForm",
    "reauthenticate": "wenming.base.accounts.library_forms.CodeAgainForm",
    "activate_totp": "wenming.base.accounts.library_forms.AppForm",
    "add_webauthn": "wenming.base.accounts.library_forms.KeyForm",
    "edit_webauthn": "wenming.base.accounts.library_forms.KeyNameForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers allow it on localhost only

# Five wrong passwords lock a user name, whether it exists or not, for a quarter of an hour; never
# an address, behind which a whole city hall may sit.
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # the audit has it
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "wenming.base.accounts.limits.typed_name"
AXES_CLIENT_IP_CALLABLE = "wenming.base.accounts.addresses.client_address"
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # it wants addresses to be locked, too
AXES_LOCKOUT_CALLABLE = "wenming.base.accounts.limits.locked_out"

# A visit ends after half an hour without a request; `base.accounts.limits` sees to it.
SESSION_ENGINE = "wenming.base.accounts.visits"
SESSION_COOKIE_AGE = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# What processes must know of each other for a few minutes: limits of public doors, used codes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "base_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

FORM_RENDERER = "wenming.base.forms.drawing.SwiftChoices"
# The desk: its tables, and the guide, which an installed program carries within itself.
DESK_NAVIGATION = "wenming.config.navigation.NAVIGATION"
DESK_START = "wenming.config.navigation.START"
DESK_HELP = "wenming.config.guiding.HELP"
DESK_SEARCHED = "wenming.config.desk.SEARCHED"
DESK_RELATED_TO_UNIT = "wenming.config.desk.RELATED_TO_UNIT"
FRAMEWORK_BESIDE = "wenming.config.desk.BESIDE"
DESK_ROUND_PROGRESS = "wenming.config.desk.ROUND_PROGRESS"
DESK_ROUND_PAGES = "wenming.config.desk.round_pages"
DESK_DRAW_PAGES = "wenming.config.desk.draw_pages"
DESK_SHEET_PHOTOS = "wenming.config.desk.sheet_photos"
DESK_SITE_PAGES = "wenming.config.desk.site_pages"
_GUIDES = (PACKAGE / "guide", PACKAGE.parent / "docs" / "guide")
GUIDE = next(folder for folder in _GUIDES if folder.is_dir())

# The interface for programs.
API_REQUESTS_A_MINUTE = 600
LARGEST_BODY = 520_000_000  # bytes of any request: the largest kind of file, and its form
ODK_LARGEST_POST = 60_000_000  # bytes; a larger one is refused before it is read

# Long work: the queue lies in the same database, so that a job begins with its transaction.
JOBS, SWEPT_BESIDE, DONE_DAILY = jobs.JOBS, jobs.SWEPT_BESIDE, jobs.DONE_DAILY
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None
PROCRASTINATE_IMPORT_PATHS = [
    "wenming.base.services.jobs",
    "wenming.base.services.outbox",
    "wenming.base.services.schedule",
]
WORKER_LOST_S = 20  # a worker that has not been heard of for so long is not there

# Mail: without an address it waits in the outbox, and `wenming doctor` says so.
MAIL = environment.mail()
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.is_encrypted, MAIL.is_upgraded
DEFAULT_FROM_EMAIL, EMAIL_TIMEOUT = MAIL.sender, 20
MAIL_CONFIGURED = bool(MAIL.host)

# Languages: sources are English; a visitor without a preference gets Chinese.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SECURE = HTTPS
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Static files: collected into the home folder, named by their content.
STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = WENMING_HOME / "static"
_KEPT = "wenming.config.collected.CollectedFiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else _KEPT
    },
}
# Parts of the bundle carry their content in their names, as collected files do.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/bundle/.+-[\w-]{8}\.\w+$|\.[0-9a-f]{12}\.\w+$"
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# A service of map tiles, such as Tianditu; without one the city's own layers are the map.
TILES_URL = environment.tiles_url()
TILES_ATTRIBUTION = os.environ.get("WENMING_TILES_ATTRIBUTION", "")

# Files that people bring in lie beside the database, named by their content.
FILES_ROOT = WENMING_HOME / "files"

# What the browser is told.
CONTENT_SECURITY_POLICY = policy.for_pages(tiles=environment.hosts_of(TILES_URL))
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "wenming.base.views.forged"
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

LOGGING = logs.settings_for(is_terminal=logs.is_watched())

# Those who watch: the token that opens /metrics, and where the last backup is noted.
METRICS_TOKEN = environment.token("WENMING_METRICS_TOKEN")
LAST_BACKUP = WENMING_HOME / "last_backup.json"
