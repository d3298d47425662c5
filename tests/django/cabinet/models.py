"""The predecessor's other tables: the same names, fields, types and widths, on a real Django.

Dates are given by whoever saves a row, so that the dump is the same each time.
"""

import uuid

from django.conf import settings
from django.db import models


def person(**more):
    return models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", **more)


class Dated(models.Model):
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        abstract = True


class Named(Dated):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Document(models.Model):
    document_type = models.CharField(max_length=50)
    title = models.CharField(max_length=255)
    slug = models.CharField(max_length=255, unique=True)
    content = models.TextField(blank=True)
    content_text = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)
    is_published = models.BooleanField(default=True)
    meta_title = models.CharField(max_length=255, blank=True)
    meta_description = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    version = models.IntegerField(default=1)


class DocumentAcceptance(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = person(on_delete=models.CASCADE)
    document = models.ForeignKey(Document, on_delete=models.CASCADE)
    version = models.IntegerField()
    accepted_at = models.DateTimeField()
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.TextField(null=True)


class Product(Named):
    name = models.CharField(max_length=255)
    description = models.TextField(null=True)
    slug = models.CharField(max_length=255, unique=True)
    price = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="RUB")
    product_type = models.CharField(max_length=20, default="one_time")
    subscription_period = models.CharField(max_length=20, null=True)
    subscription_terms = models.ForeignKey(Document, null=True, on_delete=models.SET_NULL)
    admin_url = models.CharField(max_length=500, null=True)
    is_active = models.BooleanField(default=True)


class PaymentMethod(Named):
    user = person(on_delete=models.CASCADE)
    provider = models.CharField(max_length=20, default="tbank")
    rebill_id = models.CharField(max_length=255, unique=True)
    pan_mask = models.CharField(max_length=20, blank=True)
    exp_date = models.CharField(max_length=10, blank=True)
    card_type = models.CharField(max_length=50, blank=True)
    status = models.CharField(max_length=20, default="active")
    is_default = models.BooleanField(default=False)


class UserProduct(Named):
    user = person(on_delete=models.CASCADE)
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
    status = models.CharField(max_length=20, default="pending")
    start_date = models.DateTimeField(null=True)
    end_date = models.DateTimeField(null=True)
    renewal_price = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    app_url = models.CharField(max_length=500, null=True)
    payment_method = models.ForeignKey(PaymentMethod, null=True, on_delete=models.SET_NULL)

    class Meta:
        unique_together = [("user", "product", "status")]


class PreOrder(Dated):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="RUB")
    referral_code = models.CharField(max_length=50, null=True)
    referred_by = person(null=True, on_delete=models.SET_NULL)
    expires_at = models.DateTimeField()
    is_used = models.BooleanField(default=False)
    used_at = models.DateTimeField(null=True)


class Order(Named):
    order_id = models.CharField(max_length=255, unique=True)
    pre_order = models.ForeignKey(PreOrder, null=True, on_delete=models.SET_NULL)
    user = person(null=True, on_delete=models.SET_NULL)
    product = models.ForeignKey(Product, null=True, on_delete=models.SET_NULL)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="RUB")
    status = models.CharField(max_length=50, default="NEW")
    description = models.TextField(null=True)
    customer_name = models.CharField(max_length=255, null=True)
    customer_email = models.CharField(max_length=254, null=True)
    customer_phone = models.CharField(max_length=20, null=True)
    payment_id = models.CharField(max_length=255, null=True)
    payment_url = models.CharField(max_length=500, null=True)
    subscription_agreed = models.BooleanField(default=False)
    subscription_agreed_at = models.DateTimeField(null=True)
    referral_code = models.CharField(max_length=50, null=True)
    referred_by = person(null=True, on_delete=models.SET_NULL)
    is_card_binding = models.BooleanField(default=False)


class Payment(Named):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    user = person(null=True, on_delete=models.SET_NULL)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="RUB")
    status = models.CharField(max_length=20, default="pending")
    method = models.CharField(max_length=20, default="card")
    provider_ref = models.CharField(max_length=255, null=True)
    failure_reason = models.TextField(null=True)
    receipt_url = models.CharField(max_length=500, null=True)
    purpose = models.CharField(max_length=50, default="purchase")


class Transaction(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = person(null=True, on_delete=models.SET_NULL)
    order = models.ForeignKey(Order, null=True, on_delete=models.SET_NULL)
    payment = models.ForeignKey(Payment, null=True, on_delete=models.SET_NULL)
    transaction_type = models.CharField(max_length=20)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="RUB")
    description = models.TextField(null=True)
    provider_ref = models.CharField(max_length=255, null=True)
    created_at = models.DateTimeField()


class Referral(Named):
    referrer = person(on_delete=models.CASCADE)
    referred_user = person(on_delete=models.CASCADE)
    status = models.CharField(max_length=20, default="pending")
    commission_rate = models.DecimalField(max_digits=5, decimal_places=2, default="10.00")
    total_earned = models.DecimalField(max_digits=12, decimal_places=2, default="0.00")
    paid_out = models.DecimalField(max_digits=12, decimal_places=2, default="0.00")

    class Meta:
        unique_together = [("referrer", "referred_user")]


class ReferralPayout(Named):
    referrer = person(on_delete=models.CASCADE)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3, default="RUB")
    status = models.CharField(max_length=20, default="pending")
    payment_method = models.CharField(max_length=50, null=True)
    payment_ref = models.CharField(max_length=255, null=True)
    notes = models.TextField(null=True)
    processed_at = models.DateTimeField(null=True)


class ReferralCommission(Named):
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE)
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    commission_rate = models.DecimalField(max_digits=5, decimal_places=2)
    commission_amount = models.DecimalField(max_digits=12, decimal_places=2)
    status = models.CharField(max_length=20, default="pending")
    payout = models.ForeignKey(ReferralPayout, null=True, on_delete=models.SET_NULL)
