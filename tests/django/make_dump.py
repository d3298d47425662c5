"""Makes dump.json with a real Django: its hashers, its serialiser, its `dumpdata`.

    python3 -m venv /tmp/django && . /tmp/django/bin/activate
    pip install Django==5.2.19 argon2-cffi==25.1.0 bcrypt==5.0.0
    python tests/django/make_dump.py

Salts and dates are fixed, so every run writes the same bytes. The people and their passwords are in README.md; goods.py has
what is theirs.
"""

from datetime import datetime, timedelta, timezone
from pathlib import Path
import sys

import django
from django.conf import settings

sys.dont_write_bytecode = True
HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "users", "cabinet"],
    AUTH_USER_MODEL="users.User",
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    USE_TZ=True,
)
django.setup()

from django.contrib.auth.hashers import (  # noqa: E402
    Argon2PasswordHasher,
    BCryptSHA256PasswordHasher,
    PBKDF2PasswordHasher,
)
from django.contrib.auth.models import Group  # noqa: E402
from django.core.management import call_command  # noqa: E402

from goods import add_everything  # noqa: E402
from users.models import User  # noqa: E402

DAY = datetime(2025, 3, 1, 9, 30, 15, 250000, tzinfo=timezone.utc)


def pbkdf2(password, iterations, salt):
    return PBKDF2PasswordHasher().encode(password, salt, iterations)


def add(pk, email, password, **fields):
    day = DAY + timedelta(days=pk)
    User(
        pk=pk,
        email=email,
        password=password,
        date_joined=day,
        created_at=day,
        updated_at=day + timedelta(hours=1),
        referral_code=fields.pop("referral_code", f"{pk:08X}"),
        **fields,
    ).save()


call_command("migrate", run_syncdb=True, verbosity=0)
Group(name="support").save()

add(1, "Admin@Example.com", pbkdf2("correct horse battery", 600_000, "Salt0000000000000000Aa"),
    name="Мария Админ", role="admin", is_staff=True, is_superuser=True, email_verified=True)
add(2, "anna@example.com", pbkdf2("правильная лошадь", 600_000, "Salt0000000000000000Bb"),
    name="Анна О'Брайен; DROP TABLE users", phone="8 (999) 123-45-67", email_verified=True,
    telegram_id="@anna", offer_accepted_at=DAY, offer_version="2", reset_token="not for you",
    last_login=DAY + timedelta(days=40))
add(3, "boris@example.com", pbkdf2("бЕРЁЗА-1", 260_000, "Salt0000000000000000Cc"),
    name="Борис", role="finance_manager", is_staff=True)
add(4, "vera@example.com", pbkdf2("🐎🔋📎🏇", 1_000_000, "Salt0000000000000000Dd"), phone="+375 29 123-45-67")
add(5, "gleb@example.com", "!Zt6RzJ1mC0gN3fJm2pXqYvLw8bHsDkTeUaRoIi7E", name="Глеб")
add(6, "dina@example.com", Argon2PasswordHasher().encode("argon horse", "SaltOfArgon2"), name="Дина")
add(7, "egor@example.com", BCryptSHA256PasswordHasher().encode("bcrypt horse", b"$2b$04$abcdefghijklmnopqrstuu"),
    name="Егор")
add(8, "Zhanna@example.com", pbkdf2("first Zhanna", 600_000, "Salt0000000000000000Hh"), name="Жанна")
add(9, "zhanna@example.com", pbkdf2("second zhanna", 600_000, "Salt0000000000000000Ii"), name="жанна")
add(10, "no address at all", pbkdf2("nobody's horse", 600_000, "Salt0000000000000000Jj"), name="Никто")
add(11, "lev@example.com", pbkdf2("  пробелы вокруг  ", 600_000, "Salt0000000000000000Kk"),
    name="Лев", is_active=False)
add(12, "kira@example.com", pbkdf2("e\u0301clair разложен", 600_000, "Salt0000000000000000Ll"),
    name="Кира\nНиконова", phone="звонить вечером", referral_code="PROMO2024", is_staff=True,
    totp_enabled=True, totp_secret="JBSWY3DPEHPK3PXP")
add(13, "paid@example.com", "", name="Платон", phone="")

# Whoever brought somebody: later in the dump, earlier, oneself, and somebody who cannot come over.
for came, brought_by in [(2, 4), (4, 1), (12, 12), (13, 10)]:
    User.objects.filter(pk=came).update(referred_by_id=brought_by)

add_everything()

call_command("dumpdata", "users", "auth.group", "cabinet", indent=1, output=str(HERE / "dump.json"))
