"""What the web server loads; in production it does not come up with settings or accounts of a demo."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dajian.service.settings")
application = get_wsgi_application()

from dajian.service.production import unsafe  # noqa: E402 - needs Django set up

if faults := unsafe():
    raise SystemExit("\n".join(faults))
