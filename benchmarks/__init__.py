"""How fast Dajian is, as figures beside their limits: `make bench` prints the table and writes var/bench.json."""
