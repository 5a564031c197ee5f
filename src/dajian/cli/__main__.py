"""`python -m dajian.cli`, the same as `dajian`."""

import sys

from dajian.cli import main

sys.exit(main())
