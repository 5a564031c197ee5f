"""Areas, bodies and firms, people, and the dated ties between them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dajian.service.access.actor import Post
from dajian.service.access.models import Guarded, Refusing

LEVELS = [("province", _("省")), ("city", _("市")), ("county", _("县"))]
ROLES = [
    ("officer", _("经办人")),
    ("manager", _("管理员")),
    ("security_admin", _("安全管理员")),
    ("audit_admin", _("审计管理员")),
    ("system_admin", _("系统管理员")),
    ("unit", _("单位填报人")),
]


def valid_on(day: date, prefix: str = "") -> Q:
    """Rows whose period holds on `day`; `ends` is the last day, None while open."""
    return Q(**{f"{prefix}starts__lte": day}) & (Q(**{f"{prefix}ends": None}) | Q(**{f"{prefix}ends__gte": day}))


class Dated(Guarded):
    starts = models.DateField("起")
    ends = models.DateField("止", null=True, blank=True)  # the last day

    class Meta(Guarded.Meta):
        abstract = True


class Area(Dated):
    """GB/T 2260. `path` holds the codes from the province down, so that "own and below" is a prefix."""

    code = models.CharField(max_length=6)
    name = models.CharField(max_length=40)
    level = models.CharField(max_length=10, choices=LEVELS)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=40, unique=True)

    class Meta(Dated.Meta):
        ordering = ("path",)
        constraints = [
            models.UniqueConstraint(fields=["code", "level"], condition=Q(ends=None), name="area_valid_once"),
        ]

    def __str__(self) -> str:
        return self.name


class FunctionKind(Guarded):
    """One of the province's functions (主管部门, 公路管理机构 …): data, not code."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    accounts = models.CharField(max_length=10, blank=True)  # whose accounts its managers keep: own | area
    watches = models.BooleanField(default=False)  # sees every campaign
    surveyed_as = models.CharField(max_length=20, blank=True)  # role in which an item lists its bodies: each for itself

    def __str__(self) -> str:
        return self.name


class Organisation(Guarded):
    """One identity for firms, associations, bodies and institutions; name and code are those of today."""

    KINDS: ClassVar = [("body", "机关单位"), ("firm", "企业"), ("association", "协会"), ("institution", "机构")]

    kind = models.CharField(max_length=20, choices=KINDS)
    name = models.CharField("名称", max_length=120, db_index=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, null=True, blank=True, unique=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True)
    address = models.CharField("地址", max_length=200, blank=True)
    assumed = models.BooleanField("名称为推定", default=False)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class OrganisationName(Dated):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="names")
    name = models.CharField(max_length=120, db_index=True)


class OrganisationCode(Dated):
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=20)  # uscc, licence …
    value = models.CharField(max_length=60)

    class Meta(Dated.Meta):
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], condition=Q(ends=None), name="code_valid_once"),
        ]
        indexes = [models.Index(fields=["value"], name="code_by_value")]  # also one that holds no longer


class OrganisationAddress(Dated):
    """Where it was at work; approved questionnaires tell it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="addresses")
    address = models.CharField(max_length=200)


class Succession(Guarded):
    """Who does from a day on what another did before: 机构改革, or two entries found to be of one firm."""

    KINDS: ClassVar = [("merge", "合并"), ("split", "分立"), ("rename", "更名改组")]

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successors")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="predecessors")
    kind = models.CharField(max_length=10, choices=KINDS)
    starts = models.DateField("起")
    reason = models.CharField("依据", max_length=200, blank=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)  # of a merger of two entries that was taken back

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], condition=Q(undone_at=None), name="succession_once"
            ),
            models.CheckConstraint(condition=~Q(predecessor=models.F("successor")), name="succession_of_another"),
        ]


class Function(Dated):
    """A body holds a function for an area over a period; duties bind to it, never to the body."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="functions")
    kind = models.ForeignKey(FunctionKind, models.PROTECT)
    area = models.ForeignKey(Area, models.PROTECT)
    line = models.CharField(max_length=20, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            models.UniqueConstraint(fields=["kind", "area", "line"], condition=Q(ends=None), name="function_held_once"),
        ]


class Person(Guarded):
    name = models.CharField("姓名", max_length=80)
    mobile = models.CharField("手机", max_length=20, blank=True)
    email = models.EmailField("邮箱", blank=True)
    assumed = models.BooleanField(default=False)  # invented, in a demo

    def __str__(self) -> str:
        return self.name


class Accounts(BaseUserManager):
    """What Django's log-in asks for; no other query is made through it."""


class Account(AbstractBaseUser):
    """A log-in. It gives no right of its own."""

    username = models.CharField("登录名", max_length=60, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)
    subject = models.CharField(max_length=120, blank=True)  # OIDC

    # In memory only, brought along by a log-in: memberships of today by number, with their posts; unread notices.
    held: dict[int, tuple[Membership, tuple[Post, ...]]] = {}
    unread: int = 0

    USERNAME_FIELD = "username"
    unscoped: ClassVar[models.Manager] = Accounts()
    objects: ClassVar[models.Manager] = Refusing()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"


class Membership(Dated):
    """Who works where, as what: the only source of rights."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField("角色", max_length=20, choices=ROLES)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True)  # narrower than the body's
    line = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)


class Slip(Guarded):
    """A one-time link to set a password: an invitation or a reset. Only its digest is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="slips")
    kind = models.CharField(max_length=10, choices=[("invite", "邀请"), ("reset", "重设密码")])
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
