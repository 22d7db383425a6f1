"""People who sign in: facilitators, helpers, the secretariat. Participants need no account."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str = "") -> User:
        """Save a person without password: signing in is by link or code."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_unusable_password()
        user.save()
        return user


class User(AbstractBaseUser):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_owner = models.BooleanField(default=False, help_text="May do everything in this installation.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email


class SignInLink(models.Model):
    """A link that signs one person in once; only the hash of its key is kept."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class SignInCode(models.Model):
    """Six digits sent by mail, good in the one browser that asked; also kept, without a person, for addresses nobody has."""

    browser_hash = models.CharField(max_length=64, primary_key=True, help_text="Of the secret in the browser's cookie.")
    email = models.EmailField(db_index=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE)
    code_hash = models.CharField(max_length=64, help_text="With the server's key: six digits alone could be found by trying.")
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class AuditRow(models.Model):
    """Who did what with people's rights, and when; nothing of what anybody has written in a meeting."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    what = models.CharField(max_length=40, help_text="As `member-removed`.")
    about = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", help_text="The person it happened to.")
    place = models.CharField(max_length=60, blank=True, db_index=True, help_text="As `programme-7`.")
    detail = models.CharField(max_length=80, blank=True, help_text="As `viewer > helper`.")

    class Meta:
        ordering = ["-pk"]


class Letter(models.Model):
    """A mail until it is sent, and for some days the trace of it; what stood in it is erased when it is sent or worth nothing any more."""

    to = models.EmailField()
    subject = models.CharField(max_length=400, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    about = models.CharField(max_length=60, blank=True, help_text="As `programme-7`.")
    made_at = models.DateTimeField()
    worth_until = models.DateTimeField(null=True, help_text="Not sent after that; empty: for some days.")
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often it was carried in vain.")
    next_try_at = models.DateTimeField(help_text="Nobody carries it before; while one does, that long.")
    sent_at = models.DateTimeField(null=True)
    is_given_up = models.BooleanField(default=False, help_text="The server has said no for good, or it was tried for days.")
    is_dropped = models.BooleanField(default=False, help_text="To an address nobody has: costs the same time and goes nowhere.")

    leaves_no_trace = models.BooleanField(default=False, help_text="The whole row goes when it is sent or given up.")

    class Meta:
        indexes = [models.Index(fields=["about", "to"], name="letters_about")]
