"""Beams: the distinct span layouts of an inventory, each in one canonical direction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

MOST_SPANS = 12
Spans = tuple[float, ...]


@dataclass(frozen=True)
class Beams:
    """n beams of 1 to 12 continuous spans [m]; a mirrored layout counts as the same beam."""

    layouts: tuple[Spans, ...]

    @cached_property
    def counts(self) -> np.ndarray:
        return np.fromiter(map(len, self.layouts), np.int64, len(self.layouts))

    @cached_property
    def spans(self) -> np.ndarray:
        """(n, 12), zero beyond the last span."""
        spans = np.zeros((len(self.layouts), MOST_SPANS))
        for count in np.unique(self.counts):
            rows = np.flatnonzero(self.counts == count)
            spans[rows, :count] = [self.layouts[row] for row in rows]
        return spans

    @cached_property
    def mirrors(self) -> np.ndarray:
        return np.fromiter((layout == layout[::-1] for layout in self.layouts), np.int64, len(self.layouts))

    @cached_property
    def longest_m(self) -> np.ndarray:
        return self.spans.max(axis=1, initial=0.0)

    @cached_property
    def length_m(self) -> np.ndarray:
        return self.spans.sum(axis=1)

    def __len__(self) -> int:
        return len(self.layouts)


def canonical(layout: Spans) -> Spans:
    """The layout or its mirror, whichever sorts first."""
    return min(layout, layout[::-1])


def beams_of(layouts: Iterable[Spans]) -> Beams:
    """Beams of these layouts, canonical, in their order; equal ones are kept (deduplicate before)."""
    return Beams(tuple(map(canonical, layouts)))
