"""The predecessor's table of users: the same fields, types and widths, on a real Django."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    username = None
    first_name = None
    last_name = None
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=255, null=True, blank=True)
    role = models.CharField(max_length=20, default="client")
    email_verified = models.BooleanField(default=False)
    verification_token = models.CharField(max_length=255, null=True, blank=True)
    reset_token = models.CharField(max_length=255, null=True, blank=True)
    reset_token_expires_at = models.DateTimeField(null=True, blank=True)
    offer_accepted_at = models.DateTimeField(null=True, blank=True)
    offer_version = models.CharField(max_length=50, null=True, blank=True)
    telegram_id = models.CharField(max_length=255, null=True, blank=True)
    referral_code = models.CharField(max_length=50, null=True, blank=True, unique=True)
    referred_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    phone = models.CharField(max_length=20, null=True, blank=True)
    totp_secret = models.CharField(max_length=32, null=True, blank=True)
    totp_enabled = models.BooleanField(default=False)
    has_seen_documents = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        db_table = "users"
        app_label = "users"
