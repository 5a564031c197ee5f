"""All pairs among many units, and those of one unit: only units that meet in a block are compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from dajian.twins.compare import Verdict, compare
from dajian.twins.units import Look, block_keys

SHARED_BY = 3  # a phone that more units give is an agency's
FULLEST = 150  # members of a block that are compared each with each; a fuller one tells nobody apart
Pair = tuple[int, int]  # keys of two units, the smaller first


def find_all(looks: Iterable[Look], keys: Mapping[int, Iterable[int]] | None = None) -> dict[Pair, Verdict]:
    """The proposed pairs among all. keys: the block keys of each unit where they are known already."""
    known = {one.unit.key: one for one in looks}
    common = common_phones(known.values())
    seen: set[Pair] = set()
    found: dict[Pair, Verdict] = {}
    for pair in meeting({n: keys[n] if keys else block_keys(one) for n, one in known.items()}):
        if pair not in seen:
            seen.add(pair)
            verdict = compare(known[pair[0]], known[pair[1]], common_phones=common)
            if verdict.proposed:
                found[pair] = verdict
    return found


def find_one(one: Look, others: Iterable[Look]) -> dict[int, Verdict]:
    """The proposed twins of one unit among those that share a block key with it, by their keys."""
    met = [other for other in others if other.unit.key != one.unit.key and other.unit.kind == one.unit.kind]
    common = common_phones([one, *met])
    verdicts = {other.unit.key: compare(one, other, common_phones=common) for other in met}
    return {key: verdict for key, verdict in verdicts.items() if verdict.proposed}


def common_phones(looks: Iterable[Look]) -> frozenset[str]:
    counted = Counter(phone for one in looks for phone in one.phones)
    return frozenset(phone for phone, times in counted.items() if times > SHARED_BY)


def meeting(keys: Mapping[int, Iterable[int]]) -> Iterator[Pair]:
    """Pairs that share a block, some more than once."""
    blocks: defaultdict[int, list[int]] = defaultdict(list)
    for unit, own in keys.items():
        for key in own:
            blocks[key].append(unit)
    for members in blocks.values():
        if 1 < len(members) <= FULLEST:
            yield from combinations(sorted(members), 2)
