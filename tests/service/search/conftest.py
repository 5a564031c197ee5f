"""The registry's five carriers, for the search over everything."""

from tests.service.registry.conftest import registry  # noqa: F401
