"""A customer with a password, her logins, and the one-time passwords sent to her."""

from tests.sandbox.sandbox_calls import HOST, Caller

TOM, TOM_MOBILE = "tom.sawyer@example.com", "91-7411639213"
ANA, ANA_MOBILE, SECRET = "ana@example.com", "965-59990000", "secret-1"
NOBODY = "00000000-0000-0000-0000-000000000000"


async def create_ana(caller: Caller) -> str:
    """Create Ana; return her id."""
    fields = {"UserName": ANA, "Password": SECRET, "MobileNo": ANA_MOBILE}
    return (await caller.input("Customer/{M}/Create", {"customer": fields}))["Customer"]["UserId"]


async def login(caller: Caller, name: str = ANA, password: str = SECRET) -> dict:
    return await caller.input("Customer/{M}/login", {"username": name, "password": password})


async def login_with_otp(caller: Caller, name: str, sent: str, **headers: str) -> dict:
    path = f"Customer/{{M}}/LoginWithOTP/true?username={name}&oTP={sent}"
    return await caller.input(path, {"OTP": sent, "UserName": name}, headers=headers)


async def details(caller: Caller, user_id: str) -> dict:
    return (await caller.ask("GET", f"Customer/{{M}}/{user_id}"))["Customer"]


async def id_of(caller: Caller, name: str) -> str:
    """Return the id of the first customer whose user name begins with ``name``."""
    response = await caller.input("Customer/{M}/Search", {"customerSearch": {"UserName": name}})
    return response["Customers"][0]["UserId"]


async def send_otp(
    caller: Caller, name: str = TOM, mobile: str = TOM_MOBILE, *, hidden: bool = True, **more: str
) -> dict:
    data = {"customer": {"UserName": name, "MobileNo": mobile, **more}}
    headers = {"APISessionRequired": "true"} if hidden else {}
    return await caller.input("carts/V2/SendOTP/{M}", data, headers=headers)


async def sent_otps(caller: Caller) -> dict:
    """Return the one-time passwords and resets that the control API shows."""
    return (await caller.send("GET", f"{HOST}/sandbox/otps")).json()


async def otp_code(caller: Caller) -> str:
    """Return the only one-time password."""
    (one,) = (await sent_otps(caller))["otps"]
    return one["code"]
