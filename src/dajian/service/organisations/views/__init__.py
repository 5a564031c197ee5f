"""Log-in and account, bodies, people."""
