"""What Schemathesis does around each request: other networks, and a person who is signed in."""

import ipaddress
import itertools
import os

import requests
import schemathesis

# Every request comes from another network, so that the limits do not end the test. 3fff::/20 is for documentation
# (RFC 9637); the other tests use another such network.
_networks = itertools.count(int(ipaddress.ip_address("3fff::")), 1 << 64)


def _elsewhere():
    return {"CF-Connecting-IP": str(ipaddress.ip_address(next(_networks)))}


@schemathesis.hook
def before_call(context, case, kwargs):
    case.headers.update(_elsewhere())


if os.environ.get("CABINET_AS") == "person":

    class Person:
        """Somebody new whenever the one before has signed out."""

        token = None
        count = itertools.count()

        def register(self):
            form = {
                "email": f"schemathesis-{os.getpid()}-{next(self.count)}@example.com",
                "phone": "+79991234567",
                "password": "правильная лошадь",
            }
            url = os.environ["CABINET_URL"] + "/api/auth/register/"
            answer = requests.post(url, json=form, headers=_elsewhere(), timeout=30)
            answer.raise_for_status()
            return answer.json()["token"]

    person = Person()

    @schemathesis.auth(refresh_interval=None)
    class SignedIn:
        def get(self, case, context):
            person.token = person.token or person.register()
            return person.token

        def set(self, case, data, context):
            case.headers["Authorization"] = f"Bearer {data}"

    @schemathesis.hook
    def after_call(context, case, response):
        if case.operation.path.endswith("/logout/") and response.status_code == 200:
            person.token = None
