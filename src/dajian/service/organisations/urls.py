from django.urls import path

from dajian.service.organisations.views import account, bodies, people, sessions, successions

urlpatterns = [
    path("login", sessions.log_in_or_show, name="log_in"),
    path("logout", sessions.log_out, name="log_out"),
    path("membership", sessions.switch, name="switch"),
    path("account", account.account, name="account"),
    path("password", account.password, name="password"),
    path("slip/<str:token>", account.slip, name="slip"),
    path("bodies", bodies.body_list, name="bodies"),
    path("bodies/<int:pk>", bodies.body, name="body"),
    path("bodies/<int:pk>/rename", bodies.rename, name="body_rename"),
    path("bodies/<int:pk>/reform", successions.succession, name="body_reform"),
    path("bodies/<int:pk>/functions/give", bodies.give, name="function_give"),
    path("bodies/<int:pk>/invite", people.invite, name="invite"),
    path("bodies/<int:pk>/join", people.join, name="join"),
    path("areas/<int:pk>/bodies/new", bodies.new, name="body_new"),
    path("functions/<int:pk>/transfer", bodies.transfer, name="function_transfer"),
    path("functions/<int:pk>/end", bodies.end, name="function_end"),
    path("memberships/<int:pk>/move", people.move, name="move"),
    path("memberships/<int:pk>/leave", people.leave, name="leave"),
    path("people/<int:pk>/reset", people.reset, name="reset"),
]
