"""What must not be so when real people's data are in the service."""

from __future__ import annotations

from django.conf import settings

from dajian.service.organisations.models import Account


def unsafe() -> list[str]:
    """Why the service must not start in production, in Chinese with what to do; empty otherwise or when all is well."""
    if settings.MODE != "production":
        return []
    faults = []
    if settings.DEBUG:
        faults.append("DAJIAN_DEBUG=1：调试模式会把程序内部信息显示给访客。请去掉这项设置。")
    if settings.SECRET_KEY == settings.DEMO_SECRET or len(settings.SECRET_KEY) < 32:
        faults.append("DAJIAN_SECRET：仍是演示密钥或不足 32 个字符。请设为一串随机字符（至少 32 个）。")
    if "*" in settings.ALLOWED_HOSTS:
        faults.append("DAJIAN_HOSTS：不能用 *。请写明本站的域名。")
    if demo := Account.unscoped.filter(demo=True).count():
        faults.append(f"数据库中有 {demo} 个演示账号，口令是公开的。请换一个新数据库，不要在演示数据上正式使用。")
    return faults
