"""Django's settings, assembled from the operator's configuration."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from mellanrum.config import read_config

CONFIG = read_config()
PACKAGE = Path(__file__).resolve().parent

# The one line per exercise type: adding a type is a folder and a line here.
EXERCISES = (
    "mellanrum.exercises.scale",
    "mellanrum.exercises.slide",
    "mellanrum.exercises.round",
    "mellanrum.exercises.cards",
    "mellanrum.exercises.words",
    "mellanrum.exercises.question",
    "mellanrum.exercises.evaluation",
    "mellanrum.exercises.discussion",
    "mellanrum.exercises.notes",
)

SECRET_KEY = CONFIG.secret_key
DEBUG = CONFIG.debug
DEMO = CONFIG.demo
_host = urlsplit(CONFIG.base_url).hostname
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *([_host] if _host else [])]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "mellanrum.ui",
    "mellanrum.exercise_kit",
    *EXERCISES,
    "mellanrum.accounts",
    "mellanrum.programmes",
    "mellanrum.rooms",
    "mellanrum.outcomes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "mellanrum.ui.middleware.ContentSecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mellanrum.accounts.middleware.DemoSignInMiddleware",
    "mellanrum.rooms.middleware.NotPlayableMiddleware",
]
ROOT_URLCONF = "mellanrum.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE],
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "django.template.context_processors.i18n"],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "mellanrum.ui.templatetags.ui"],
        },
    },
]
DATABASES = {
    "default": {
        "ENGINE": "mellanrum.core.database",
        "NAME": CONFIG.database,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 5},
        "TEST": {"NAME": ":memory:"},  # said aloud because pytest-xdist asks for Django's own backend by name
    },
}
ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "mellanrum.ui.storage.HashedStorage"},
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIG.is_https
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_TRUSTED_ORIGINS = [CONFIG.base_url] if CONFIG.base_url else []
# Not `no-referrer`: it makes browsers send `Origin: null` with our own forms, which then look like somebody else's (decision 0008).
SECURE_REFERRER_POLICY = "same-origin"
FILE_UPLOAD_TEMP_DIR = CONFIG.spool if os.access(CONFIG.spool, os.W_OK) else None  # there whenever `serve` runs
CSRF_FAILURE_VIEW = "mellanrum.ui.views.forged_form"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if CONFIG.is_https else None
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 31_536_000 if CONFIG.is_https else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# Mail leaves through `core.mail` alone. Without a server the demo keeps it in memory, and everybody else sends none.
_mail = CONFIG.mail
_WITHOUT_SERVER = "mellanrum.core.mail.LocalInbox" if DEMO else "django.core.mail.backends.dummy.EmailBackend"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if _mail and not DEMO else _WITHOUT_SERVER
EMAIL_HOST = _mail.host if _mail else ""
EMAIL_PORT = _mail.port if _mail else 0
EMAIL_HOST_USER = _mail.user if _mail else ""
EMAIL_HOST_PASSWORD = _mail.password if _mail else ""
EMAIL_USE_TLS = bool(_mail and _mail.security == "starttls")
EMAIL_USE_SSL = bool(_mail and _mail.security == "tls")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = _mail.sender if _mail else "Mellanrum <mellanrum@localhost>"

# To the operator's log: what went wrong and where in the code; never who, from where, or what they wrote.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # scanners send any name; the answer 400 is all there is to it
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
