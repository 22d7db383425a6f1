"""Addresses of signing in and out."""

from django.urls import path

from mellanrum.accounts.views.inbox import local_inbox
from mellanrum.accounts.views.sign_in import sign_in, sign_in_code, sign_out

urlpatterns = [
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-in/code", sign_in_code, name="sign-in-code"),
    path("sign-out/", sign_out, name="sign-out"),
    path("inbox/", local_inbox, name="inbox"),
]
