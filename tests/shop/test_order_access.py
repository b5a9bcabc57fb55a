"""Whatever a shopper does, in whatever order: they see their own orders, and not even whether there are others."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from shop.errors import NotFound, NotVerified, Refused, TooManyTries
from shop.identity import Level
from tests.fakes import ADA, BEN
from tests.shop.test_verification import TALK, Parts

ADAS, BENS, NOBODYS = "SH-1001", "SH-2002", "SH-7777"
NUMBERS = st.sampled_from([ADAS, BENS, NOBODYS, " #sh 2002", "sh2002", "2002", ""]) | st.text(max_size=12)
EMAILS = st.sampled_from([ADA.email, "nobody@example.com", "", BEN.email + "x", "x" + BEN.email]) | st.text(max_size=20)
STEPS = st.lists(
    st.tuples(st.just("match"), NUMBERS, EMAILS)
    | st.tuples(st.just("look"), NUMBERS)
    | st.tuples(st.just("code"), st.text("0123456789", min_size=6, max_size=6))
    | st.tuples(st.just("login"), st.sampled_from([f"login:{ADA.id}", "", "login:", "login:nobody"]))
    | st.tuples(st.just("wait"), st.integers(1, 60)),
    max_size=8,
)


@settings(max_examples=5000, deadline=None)
@given(steps=STEPS)
async def test_ada_never_sees_bens_order(steps: list[tuple[str, ...]]) -> None:
    parts = Parts()
    await parts.service.send_code(TALK, BEN.email)  # his code goes to his mailbox, not to her
    await parts.service.close()
    right = parts.mailer.sent[-1].subject.rpartition(" ")[2]
    for kind, *values in steps:
        if kind == "code" and values[0] == right:
            continue
        assert (await _seen(parts, kind, values)) in {None, ADAS}
    assert (await parts.service.identity(TALK)).customer_id in {None, ADA.id}


@settings(max_examples=5000, deadline=None)
@given(level=st.sampled_from(Level), tries=st.integers(0, 6), email=EMAILS)
async def test_an_order_of_somebody_else_is_refused_like_one_that_does_not_exist(
    level: Level, tries: int, email: str
) -> None:
    refusals = [await _refusals(level, tries, number, email) for number in (BENS, NOBODYS)]
    assert refusals[0] == refusals[1]


async def _refusals(level: Level, tries: int, number: str, email: str) -> list[tuple[str, str]]:
    """What Ada gets to hear, try after try, about one number."""
    parts = Parts()
    if level == Level.MATCHED:
        await parts.service.match_order(TALK, ADAS, ADA.email)
    if level == Level.PROVEN:
        await parts.service.accept_login(TALK, f"login:{ADA.id}")
    heard = []
    for _ in range(tries + 1):
        for attempt in (parts.service.order(TALK, number), parts.service.match_order(TALK, number, email)):
            try:
                heard.append(("seen", (await attempt).number))
            except Refused as refusal:
                heard.append((type(refusal).__name__, str(refusal)))
    return heard


async def _seen(parts: Parts, kind: str, values: list[str]) -> str | None:
    """The number of an order that was shown."""
    try:
        if kind == "match":
            return (await parts.service.match_order(TALK, *values)).number
        if kind == "look":
            return (await parts.service.order(TALK, values[0])).number
        if kind == "code":
            await parts.service.check_code(TALK, values[0])
        if kind == "login":
            await parts.service.accept_login(TALK, values[0])
        if kind == "wait":
            parts.clock.pass_minutes(float(values[0]))
    except (NotFound, NotVerified, TooManyTries):
        pass
    return None
