"""Who gets what at which address, worked out from the rules and the duty table, without asking the database.

`dajian access` prints it; a test performs every row and compares. Places: `own`: the carriers of one's own area, one's
own body or party. `foreign`: the same of an area (body, party) that is not one's own. `other_line`: another item of
the survey, or another body, in one's own area.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from dajian.service.access.pages import DECLARED, PAIRS, Needs
from dajian.service.access.rules import AREA, OWN, PROVINCE, RULES, Holders
from dajian.service.campaign.definition import Definition, ItemRow
from dajian.service.campaign.models import Campaign, Duty, Item, QuestionnaireVersion, Stage
from dajian.service.campaign.standing import of_duty
from dajian.service.organisations.models import Area
from dajian.service.organisations.province import Province
from dajian.service.survey.models import ItemReport
from dajian.service.survey.rights import COUNTY_REPORTS

SHOWN = "carrier"  # the questionnaire of the item that stands for "own"
PLACES = ("own", "foreign", "other_line")
REACHED = {OWN: ("own",), AREA: ("own", "other_line"), PROVINCE: PLACES}
LEVEL_WORDS = {"province": "", "city": "市", "county": "县"}
DUTY_STANDINGS = ("lead", "lead_below", "lead_alone", "cooperates", "surveyed", "guides", "approves")
# Rows of a campaign belong to no area and to all its items; an item to no area.
OF_CAMPAIGN = {Campaign, Stage, Duty, QuestionnaireVersion}
CAMPAIGN_RIGHTS = ("read", "define")  # of an item


@dataclass(frozen=True)
class Role:
    """A function at a level, held by an officer or a manager; or one of the administrators."""

    key: str
    label: str
    role: str = "officer"
    function: str = ""
    level: str = ""
    accounts: str = ""
    watches: bool = False
    surveyed_as: str = ""

    @property
    def works(self) -> bool:
        return bool(self.function)


@dataclass(frozen=True)
class Row:
    url: str
    method: str
    role: str
    place: str
    status: int


def roles(province: Province) -> list[Role]:
    """Every function at every level at which a body holds it, and the administrators."""
    level_of = {(area.code, area.level): area.level for area in province.areas}
    held = {(function, level_of[body.area]) for body in province.bodies for function in body.functions}
    found = []
    for kind in province.kinds:
        for level in (level for level in LEVEL_WORDS if (kind.code, level) in held):
            name = LEVEL_WORDS[level] + kind.name
            told = (kind.accounts, kind.watches, kind.surveyed_as)
            officer = Role(f"{kind.code}@{level}", name, "officer", kind.code, level, *told)
            manager = replace(officer, key=f"{officer.key}/manager", label=f"{name}管理员", role="manager")
            found += [officer, manager]
    admins = {"security_admin": "安全管理员", "audit_admin": "审计管理员", "system_admin": "系统管理员"}
    return found + [Role(key, label, role=key) for key, label in admins.items()]


def on_item(role: Role, item: ItemRow, owner: str) -> set[str]:
    """How the role stands towards an item."""
    decided = any(duty.kind == "approve" for duty in item.duties)
    found = {"owner"} if role.function == owner else set()
    for duty in item.duties:
        if duty.function == role.function:
            surveyed = role.surveyed_as == item.subject_role
            found |= set(of_duty(role.level, duty.kind, duty.level, decided, surveyed))
    return found


def _stands(role: Role, definition: Definition, item: ItemRow | None) -> set[str]:
    """All standings of a role at a place; item None: towards the campaign as a whole."""
    items = [item] if item else definition.items
    found = {s for one in items for s in on_item(role, one, definition.owner)} if role.works else set()
    found |= {"member", "own", "own_account", "owner_row", role.role}
    found |= {"own_body"} if role.works else set()
    found |= {"watches"} if role.watches else set()
    if role.accounts == "area":
        found |= {"area_officer"} | ({"area_manager"} if role.role == "manager" else set())
    if role.role == "manager" and not role.accounts:
        found.discard("manager")
    return found


def holds(role: Role, model: type[Model], right: str, place: str, definition: Definition) -> bool:
    """Whether the role has the right on a row at the place."""
    own = next(item for item in definition.items if item.questionnaire == SHOWN)
    item = next(i for i in definition.items if i is not own) if place == "other_line" else own
    whole = model in OF_CAMPAIGN or (model is Item and right in CAMPAIGN_RIGHTS)
    holders: Holders = RULES[model, right].holders
    if model is ItemReport and right in COUNTY_REPORTS and role.level == "county":
        holders = COUNTY_REPORTS[right]
    stands = _stands(role, definition, None if whole else item)
    return any(s in stands and place in REACHED[PROVINCE if whole else reach] for s, reach in holders.items())


def status(role: Role | None, needs: Needs, url: str, place: str, definition: Definition) -> int:
    """What the address answers; a deed is asked with an empty form, which tells what is missing (422)."""
    good = needs.known if role and needs.known else needs.empty
    if needs.open:
        return good
    if role is None:
        return 401 if url.startswith("/api/") else 302
    if needs.model is None or holds(role, needs.model, needs.right, place, definition):
        return good
    if needs.right != "read" and holds(role, needs.model, "read", place, definition):
        return 403
    return 404


def addresses() -> Iterator[tuple[str, Needs]]:
    """Every address with what its view needs. LookupError: a view that declares nothing."""
    for url, view in _views(get_resolver().url_patterns, "/"):
        pair: tuple[Any, ...] = PAIRS.get(view, (view, view))
        for one in dict.fromkeys(pair):
            if one not in DECLARED:
                raise LookupError(f"{url}: {one.__module__}.{one.__qualname__} declares no right")
            yield url, DECLARED[one]


def _views(patterns: list[Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.callback


def places_of(needs: Needs, role: Role) -> tuple[str, ...]:
    """Where the question makes sense: nothing is foreign to a body of the whole province, nor a campaign to anyone."""
    if needs.model is None or needs.model in OF_CAMPAIGN or needs.model is Area:
        return ("own",)
    if needs.model is Item:
        return ("own", "other_line")
    return ("own", "other_line") if role.level == "province" else PLACES


def table(province: Province, definition: Definition) -> list[Row]:
    """Every address × role × place."""
    rows = []
    for url, needs in addresses():
        rows.append(Row(url, needs.method, "", "anonymous", status(None, needs, url, "own", definition)))
        for role in roles(province):
            rows += [
                Row(url, needs.method, role.key, place, status(role, needs, url, place, definition))
                for place in places_of(needs, role)
            ]
    return rows


# Rows of access.md that stand so far: capability, and for each letter the right that it means.
CAPABILITIES: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    ("定义活动、分工、期限", (("r", "campaign.Campaign", "read"), ("d", "campaign.Campaign", "define"))),
    ("单位名单、分母", (("r", "survey.SurveyUnit", "read"), ("w", "survey.SurveyUnit", "list"))),
    ("填报调查表", (("w", "survey.Submission", "enter"),)),
    ("报出（上报市级）", (("w", "survey.Submission", "send"),)),
    ("撤回、更正", (("w", "survey.Submission", "send"), ("w", "survey.Submission", "correct"))),
    ("核查、报送", (("d", "survey.Submission", "check"),)),
    ("指导（意见）", (("c", "survey.Submission", "comment"),)),
    ("审定、退回", (("d", "survey.Submission", "decide"),)),
    ("资源库", (("r", "registry.RegistryEntry", "read"),)),
    ("完整号码", (("r", "registry.RegistryEntry", "phones"), ("n", "registry.RegistryEntry", "phones_on_need"))),
    ("导出", (("r", "campaign.Item", "registry"),)),
    ("合并身份", (("c", "identity.Twin", "advise"), ("d", "identity.Twin", "decide"))),
    ("本单位账号", (("w", "organisations.Organisation", "people"),)),
)


def people(province: Province, definition: Definition) -> dict[str, dict[str, str]]:
    """capability → role's label → what it may: letter, reach, and the items that it is limited to."""
    rules = {(model._meta.label, right): rule.holders for (model, right), rule in RULES.items()}
    found: dict[str, dict[str, str]] = {}
    for capability, letters in CAPABILITIES:
        for role in roles(province):
            told = [_told(role, letter, rules[model, right], definition) for letter, model, right in letters]
            found.setdefault(capability, {})[role.label] = "; ".join(filter(None, dict.fromkeys(told)))
    return found


def _told(role: Role, letter: str, holders: Holders, definition: Definition) -> str:
    """For example `r A 1-5` or `d P 4, 5市县协会`; without items where the right does not hang on them."""
    free = _stands(role, definition, None) - {"owner", *DUTY_STANDINGS}
    reaches = {reach for standing, reach in holders.items() if standing in free}
    items: dict[str, list[str]] = {}
    for item in definition.items:
        stands = on_item(role, item, definition.owner) if role.works else set()
        for reach in {holders[s] for s in stands if s in holders}:
            items.setdefault(reach, []).append(f"{item.number}{item.variant}")
    told = [f"{letter} {reach}" for reach in sorted(reaches)]
    for reach, numbers in sorted(items.items()):
        every = len(numbers) == len(definition.items)
        told.append(f"{letter} {reach}" + ("" if every else f" {' '.join(numbers)}"))
    return "; ".join(dict.fromkeys(told))
