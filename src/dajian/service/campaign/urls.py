from django.urls import path

from dajian.service.campaign.views import campaigns, items

urlpatterns = [
    path("campaigns", campaigns.campaign_list, name="campaigns"),
    path("campaigns/<int:pk>", campaigns.campaign, name="campaign"),
    path("campaigns/<int:pk>/edit", campaigns.edit, name="campaign_edit"),
    path("campaigns/<int:pk>/copy", campaigns.copy, name="campaign_copy"),
    path("campaigns/<int:pk>/open", campaigns.open_campaign, name="campaign_open"),
    path("campaigns/<int:pk>/close", campaigns.close_campaign, name="campaign_close"),
    path("campaigns/<int:pk>/reopen", campaigns.reopen_campaign, name="campaign_reopen"),
    path("items/<int:pk>/duties", items.edit_duties, name="duties"),
    path("items/<int:pk>/questionnaire", items.questionnaire, name="questionnaire"),
    path("questionnaires/<int:pk>/form.xlsx", items.edition, name="edition"),
]
