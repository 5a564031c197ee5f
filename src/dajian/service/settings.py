"""Settings of the service, all from the environment; without any it is the demo on SQLite in ./var.

DAJIAN_MODE        demo (default) | production | test
DAJIAN_VAR         folder for database, files, logs (default ./var)
DAJIAN_DATABASE    postgresql://user:password@host/name (default: SQLite in DAJIAN_VAR)
DAJIAN_SECRET      secret key; production refuses to start without one of its own
DAJIAN_HOSTS       comma-separated host names
DAJIAN_HOST, DAJIAN_PORT   where `dajian serve` listens (127.0.0.1, 8000)
DAJIAN_PROVINCE    folder name under dajian/provinces (fujian)
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

PACKAGE = Path(__file__).resolve().parent
MODE = os.environ.get("DAJIAN_MODE", "demo")
VAR = Path(os.environ.get("DAJIAN_VAR", "var")).resolve()
PROVINCE = PACKAGE.parent / "provinces" / os.environ.get("DAJIAN_PROVINCE", "fujian")
DEMO_SECRET = "demo-only-not-a-secret"
DEMO_PASSWORD = "dajian-demo"  # of every account of a demo, and shown there

DEBUG = os.environ.get("DAJIAN_DEBUG", "") == "1"
SECRET_KEY = os.environ.get("DAJIAN_SECRET", DEMO_SECRET)
ALLOWED_HOSTS = [h for h in os.environ.get("DAJIAN_HOSTS", "127.0.0.1,localhost,testserver").split(",") if h]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("DAJIAN_ORIGINS", "").split(",") if o]

APPS = [  # lowest first; an app imports only from apps above it in this list
    "access",
    "history",
    "workflow",
    "files",
    "jobs",
    "notices",
    "organisations",
    "campaign",
    "registry",
    "survey",
    "identity",
    "search",
    "public",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    *(f"dajian.service.{app}" for app in APPS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dajian.service.language.chosen",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "dajian.service.organisations.middleware.acting",
    "dajian.service.survey.middleware.answering",
    "dajian.service.workflow.web.answers",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "dajian.service.urls"
WSGI_APPLICATION = "dajian.service.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "dajian.service.public.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "dajian.service.public.templatetags.dajian"],
        },
    }
]


def database(url: str) -> dict:
    """Django's settings for a postgresql:// address, or for SQLite in WAL when there is none."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR / "dajian.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-65536;",
            },
        }
    parts = urlsplit(url)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]  # a folder when it is a Unix socket
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        # A list's queries are planned once a connection instead of at every page.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 1},
    }


DATABASES = {"default": database(os.environ.get("DAJIAN_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisations.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "dajian.service.organisations.logins.Logins"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # trying on while locked out does not prolong it
AXES_LOCKOUT_CALLABLE = "dajian.service.organisations.views.sessions.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]  # each in itself
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/build/assets/"  # their names hold a hash of their content
FILES_ROOT = VAR / "files"
UPLOAD_LIMIT_BYTES = 50 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "dajian.service.files.upload.Capped",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "object-src": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "dajian_session"
CSRF_COOKIE_NAME = "dajian_csrf"
LANGUAGE_COOKIE_NAME = "dajian_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "dajian.service.workflow.web.csrf_failed"
SECURE_COOKIES = MODE == "production" and os.environ.get("DAJIAN_PLAIN_HTTP", "") != "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
if SECURE_COOKIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if MODE == "demo":  # two demos side by side share a host, and so would share their log-ins
    SESSION_COOKIE_NAME += f"_{os.environ.get('DAJIAN_PORT', '8000')}"
    CSRF_COOKIE_NAME += f"_{os.environ.get('DAJIAN_PORT', '8000')}"
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    WHITENOISE_USE_FINDERS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "dajian.service.log_lines.Discreet",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("DAJIAN_LOG", "WARNING")},
}
