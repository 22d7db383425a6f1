"""Addresses of signing in and out."""

from django.urls import path

from mellanrum.accounts.views.sign_in import sign_in, sign_out

urlpatterns = [
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-out/", sign_out, name="sign-out"),
]
