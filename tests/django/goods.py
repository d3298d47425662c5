"""Fills the other tables with a little of everything that the predecessor left, its mistakes among it."""

from datetime import datetime, timezone
from decimal import Decimal
from uuid import UUID

from cabinet.models import (
    Document, DocumentAcceptance, Order, Payment, PaymentMethod, PreOrder, Product, Referral, ReferralCommission,
    ReferralPayout, Transaction, UserProduct,
)

ADMIN, ANNA, VERA, GLEB, DINA, EGOR, LEV, KIRA = 1, 2, 4, 5, 6, 7, 11, 12


def at(text):
    return datetime.fromisoformat(text + "T12:00:00").replace(tzinfo=timezone.utc)


def name(table, number):
    """A name that tells which row it is: table 5, number 3 is …-0005-…03."""
    return UUID(f"00000000-0000-4000-8{table:03d}-{number:012d}")


def save(model, table, number, made, changed=None, **fields):
    model(id=name(table, number), created_at=at(made), updated_at=at(changed or made), **fields).save(force_insert=True)


def documents():
    for pk, kind, slug, title, version, more in [
        (1, "privacy", "privacy", "Политика", 3, {"content": "<h1>Политика</h1><p>Мы <b>бережём</b> данные.</p>"}),
        (2, "subscription_terms", "subscription_terms", "Условия подписки", 1, {"content": "<p>Условия</p>"}),
        (3, "affiliate_terms", "affiliate-terms", "Партнёрам", 2, {"content": "<p>x</p>", "content_text": "20 %"}),
        (4, "other", "old", "Старое", 1, {"content": "<p>Старое</p>", "is_active": False}),
        (5, "contract", "contract", "Договор", 1, {"content": "<p>x</p>"}),
    ]:
        Document(pk=pk, document_type=kind, slug=slug, title=title, version=version, published_at=at("2025-03-02"),
                 updated_at=at("2025-03-05"), **more).save()
    for number, (user, document, version) in enumerate(
            [(ANNA, 1, 1), (ANNA, 1, 3), (VERA, 3, 2), (10, 1, 3), (ANNA, 2, 9)], start=1):
        DocumentAcceptance(
            id=name(2, number), user_id=user, document_id=document, version=version, accepted_at=at(f"2025-04-0{number}"),
            ip_address="203.0.113.7",
            user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        ).save()


def products():
    for number, slug, title, price, more in [
        (1, "real-estate-start", "Старт", "3000.00", {
            "product_type": "subscription", "subscription_period": "monthly", "subscription_terms_id": 2,
            "admin_url": "https://start.example.com/", "description": "До 50 объектов"}),
        (2, "real-estate-business", "Бизнес", "50000.00", {
            "product_type": "subscription", "subscription_period": "yearly", "admin_url": "http://plain.example.com/"}),
        (3, "site", "Сайт", "15000.50", {"subscription_period": "monthly"}),
        (4, "weekly", "Неделя", "900.00", {"product_type": "subscription", "subscription_period": "weekly"}),
        (5, "gone", "Прежний", "100.00", {"is_active": False}),
        (6, "dollars", "Доллары", "100.00", {"currency": "USD"}),
    ]:
        save(Product, 3, number, "2025-03-03", name=title, slug=slug, price=Decimal(price), **more)
    for number, user, rebill, mask, expires, more in [
        (1, ANNA, "700000001", "430000******0777", "1230", {"is_default": True, "card_type": "Visa"}),
        (2, ANNA, "700000002", "220000******0002", "", {"is_default": True}),
        (3, ANNA, "700000003", "220000******0003", "0125", {"status": "expired"}),
        (4, LEV, "700000004", "4300000000000777", "1230", {"status": "revoked"}),
        (5, 10, "700000005", "430000******0005", "1230", {}),
    ]:
        save(PaymentMethod, 4, number, f"2025-04-1{number}", user_id=user, rebill_id=rebill, pan_mask=mask, exp_date=expires,
             **more)


def holdings():
    for number, user, product, status, begin, end, more in [
        (1, ANNA, 1, "active", "2025-04-10", "2027-02-09", {
            "renewal_price": Decimal("2500.00"), "payment_method_id": name(4, 1), "app_url": "https://anna.example.com/"}),
        (2, ANNA, 1, "cancelled", "2025-03-10", "2025-04-09", {}),
        (3, ANNA, 3, "active", "2025-05-01", None, {"app_url": "javascript:alert(1)"}),
        (4, VERA, 2, "pending", "2025-05-01", "2026-05-01", {}),
        (5, LEV, 1, "expired", "2025-05-01", "2025-06-01", {"payment_method_id": name(4, 4)}),
        (6, LEV, 3, "cancelled", "2025-05-01", None, {}),
        (7, EGOR, 1, "cancelled", "2026-12-31", "2027-01-30", {}),
        (8, DINA, 2, "pending", None, None, {}),
        (9, EGOR, 2, "active", "2025-05-01", None, {}),
        (10, DINA, 4, "active", "2025-05-01", "2027-05-01", {}),
        (11, DINA, 1, "expired", "2025-05-01", "2027-05-01", {}),
        (12, DINA, 3, "active", "2025-05-01", "2027-05-01", {}),
        (13, KIRA, 1, "active", "2025-05-01", "2025-04-01", {}),
        (14, KIRA, 3, "expired", None, None, {}),
        (15, EGOR, 5, "active", None, None, {}),
        (16, KIRA, 2, "pending", "2026-06-01", "2027-06-01", {}),
    ]:
        dates = {"start_date": begin and at(begin), "end_date": end and at(end)}
        save(UserProduct, 5, number, "2025-03-10", "2026-12-20", user_id=user, product_id=name(3, product), status=status,
             **dates, **more)


def orders():
    save(PreOrder, 6, 1, "2025-04-10", product_id=name(3, 1), amount=Decimal("3000.00"), expires_at=at("2025-04-11"))
    for number, user, product, amount, status, payments, more in [
        (1, ANNA, 1, "3000.00", "CONFIRMED", [("success", {"receipt_url": "https://ofd.example.com/1"})],
         {"referred_by_id": VERA, "referral_code": "00000004", "customer_email": "anna@example.com"}),
        (2, ANNA, 3, "15000.50", "CONFIRMED", [("success", {})], {"referred_by_id": VERA}),
        (3, ANNA, 1, "3000.00", "REFUNDED", [("failed", {"failure_reason": "REFUNDED"})], {"referred_by_id": VERA}),
        (4, ANNA, None, "1.00", "CANCELLED", [("success", {"purpose": "card_binding"})], {"is_card_binding": True}),
        (5, LEV, 1, "3000.00", "NEW", [("pending", {"method": "mit"})], {}),
        (6, None, 1, "3000.00", "FORM_SHOWED", [("pending", {})], {"customer_email": "stranger@example.com"}),
        (7, LEV, 1, "3000.00", "CONFIRMED", [("failed", {})], {}),
        (8, None, None, "5000.00", "CONFIRMED", [("success", {"user_id": VERA})], {"referred_by_id": ADMIN}),
        (9, EGOR, 1, "3000.00", "PARTIAL_REFUNDED", [("success", {})], {"referred_by_id": LEV}),
        (10, EGOR, 1, "3000.00", "AUTHORIZED", [("pending", {})], {}),
        (11, KIRA, 3, "3333.33", "CONFIRMED", [("failed", {}), ("success", {})], {"referred_by_id": ANNA}),
        (12, DINA, 1, "3000.00", "CONFIRMED", [("success", {}), ("success", {})], {}),
        (13, DINA, 1, "3000.00", "CONFIRMED", [("success", {"amount": Decimal("2999.99")})], {}),
        (14, DINA, 1, "3000.00", "CONFIRMED", [("success", {"user_id": EGOR})], {}),
        (15, None, 1, "3000.00", "CONFIRMED", [("success", {})], {}),
        (16, DINA, 4, "900.00", "CONFIRMED", [("success", {})], {}),
        (17, DINA, 1, "3000.00", "CONFIRMED", [], {}),
        (18, DINA, 1, "3000.00", "CONFIRMED", [("success", {"provider_ref": "bank-1-1"})], {}),
        (19, DINA, 1, "3000.00", "REJECTED", [("failed", {"provider_ref": "bank-1-1"})], {}),
        (20, 10, 1, "3000.00", "CONFIRMED", [("success", {"user_id": 10})], {}),
        (21, LEV, 1, "3000.00", "REJECTED", [("success", {})], {}),
    ]:
        made = f"2025-06-{number:02d}"
        save(Order, 7, number, made, order_id=f"ORDER_17500000000{number:02d}", user_id=user,
             product_id=product and name(3, product), amount=Decimal(amount), status=status, **more)
        for index, (said, fields) in enumerate(payments, start=1):
            given = {"user_id": user, "amount": Decimal(amount), "provider_ref": f"bank-{number}-{index}", **fields}
            save(Payment, 8, number * 10 + index, made, order_id=name(7, number), status=said, **given)
    Transaction(id=name(9, 1), user_id=ANNA, order_id=name(7, 1), payment_id=name(8, 11), transaction_type="payment",
                amount=Decimal("3000.00"), created_at=at("2025-06-01")).save()


def partners():
    for number, partner, came, more in [
        (1, VERA, ANNA, {}),
        (2, ADMIN, ANNA, {}),
        (3, ANNA, KIRA, {}),
        (4, LEV, LEV, {}),
        (5, LEV, EGOR, {}),
        (6, EGOR, LEV, {}),
        (7, ANNA, DINA, {"status": "cancelled"}),
        (8, 10, GLEB, {}),
    ]:
        save(Referral, 10, number, f"2025-05-{number:02d}", referrer_id=partner, referred_user_id=came,
             **{"status": "active", "commission_rate": Decimal("20.00"), **more})
    for number, referral, order, base, rate, amount, status in [
        (1, 1, 1, "3000.00", "20.00", "600.00", "pending"),
        (2, 1, 1, "3000.00", "20.00", "600.00", "pending"),
        (3, 1, 2, "15000.50", "20.00", "3000.10", "pending"),
        (4, 1, 3, "3000.00", "20.00", "600.00", "pending"),
        (5, 3, 11, "3333.33", "33.33", "1111.00", "paid"),
        (6, 5, 9, "3000.00", "20.00", "600.00", "pending"),
        (7, 6, 5, "3000.00", "20.00", "600.00", "pending"),
        (8, 7, 18, "3000.00", "20.00", "600.00", "cancelled"),
        (9, 7, 12, "3000.00", "20.00", "600.00", "pending"),
    ]:
        save(ReferralCommission, 11, number, f"2025-07-{number:02d}", referral_id=name(10, referral), order_id=name(7, order),
             amount=Decimal(base), commission_rate=Decimal(rate), commission_amount=Decimal(amount), status=status)
    for number, partner, amount, status, more in [
        (1, VERA, "3000.00", "paid", {"payment_ref": "PP-1", "processed_at": at("2025-08-20")}),
        (2, VERA, "3000.00", "paid", {"payment_ref": "PP-2"}),
        (3, VERA, "100.00", "pending", {}),
        (4, VERA, "-500.00", "pending", {}),
        (5, ANNA, "1000.00", "paid", {}),
        (6, ANNA, "10.00", "failed", {"notes": "Банк вернул:\nнет такого счёта"}),
        (7, ANNA, "50.00", "processing", {}),
    ]:
        save(ReferralPayout, 12, number, f"2025-08-{number:02d}", f"2025-08-{number + 10}", referrer_id=partner,
             amount=Decimal(amount), status=status, payment_method="card", **more)


def add_everything():
    documents()
    products()
    holdings()
    orders()
    partners()
