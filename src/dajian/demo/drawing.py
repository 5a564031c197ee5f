"""The dice with which the demo's units are invented, and where they stand."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from dajian.demo.questionnaire import Questionnaire, words

Record = dict  # {question: value}, a repeat's rows as a list of records, as dajian.forms.model has it


def cities() -> dict[str, str]:
    """{code: label} of the areas that units are made for besides their counties, the province's first one first."""
    return {city["code"]: city["name"] for city in words("province")["city"]}


class Draw(Random):
    """The dice of one unit, with what they are thrown about."""

    def __init__(self, seed: str, known: Questionnaire, city: dict, county: str, on: date):
        super().__init__(seed)
        self.known, self.city, self.county, self.on = known, city, county, on

    def often(self, share: float) -> bool:
        return self.random() < share

    def code(self, of: str, *but: str) -> str:
        """One choice of a list."""
        return self.choice([code for code in self.known.choices[of] if code not in but])

    def codes(self, of: str, most: int, *but: str) -> list[str]:
        """Some choices of a list, in its order."""
        known = [code for code in self.known.choices[of] if code not in but]
        taken = set(self.sample(known, self.randint(1, min(most, len(known)))))
        return [code for code in known if code in taken]

    def day(self, first: int, last: int) -> str:
        """A date so many days from `on`."""
        return (self.on + timedelta(days=self.randint(first, last))).isoformat()

    def person(self) -> str:
        names = words("province")["names"]
        return self.choice(names["surname"]) + self.choice(names["given"])

    def amount(self, least: float, most: float, places: int = 2) -> float:
        return round(self.uniform(least, most), places)

    def shares(self, n: int, total: float) -> list[float]:
        """n amounts with two decimals that add up to no more than the total."""
        weights = [self.uniform(0.2, 1) for _ in range(n)]
        return [int(total * 100 * w / sum(weights)) / 100 for w in weights]

    def parts(self, n: int, total: int) -> list[int]:
        """n whole numbers that add up to the total."""
        cuts = sorted(self.randint(0, total) for _ in range(n - 1))
        return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]
