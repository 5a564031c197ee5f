"""What the tests need around them: a PostgreSQL, a Chromium, and the run of the whole suite (`make test`)."""


class Missing(Exception):
    """A program that the tests need is not on this machine; the message says what was looked for and what to do."""
