"""Showing who one is, before anything is told or done.

Wrong order number and wrong email are one refusal, in the same time. Five wrong tries lock for 15 minutes, counted for
the conversation, for the order number and for the email, so that neither a new chat nor a new address helps to guess.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from shop.clock import Clock
from shop.commerce import CommerceBackend
from shop.customers import Customer, email_key
from shop.errors import NotFound, NotVerified, TooManyTries, Unavailable
from shop.identity import Identity, IdentityStore, Level, LoginTokens, PendingCode, email_subject
from shop.mail import Email, Mailer, MailTexts
from shop.orders import Order, order_key

_NOBODY = "nobody@invalid"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class VerificationRules:
    """The merchant's limits. Times are in seconds unless named otherwise; `same_time` is what every refusal takes."""

    wrong_tries: int = 5
    lock_minutes: int = 15
    code_minutes: int = 10
    codes_in_lock: int = 3
    matched_minutes: int = 60
    proven_minutes: int = 60
    same_time: float = 0.4


class Verification:
    """Says who a conversation's shopper is, and lets them show it."""

    def __init__(
        self,
        backend: CommerceBackend,
        store: IdentityStore,
        mailer: Mailer,
        texts: MailTexts,
        tokens: LoginTokens,
        clock: Clock,
        secret: str,
        shop_name: str,
        rules: VerificationRules | None = None,
    ) -> None:
        self._backend, self._store, self._mailer, self._texts = backend, store, mailer, texts
        self._tokens, self._now, self._secret, self._shop_name = tokens, clock, secret, shop_name
        self.rules = rules or VerificationRules()
        self._sending: set[asyncio.Task[None]] = set()

    async def identity(self, conversation_id: str) -> Identity:
        """Who this is now; an identity that has run out is UNKNOWN."""
        identity = await self._store.get(conversation_id)
        if identity.until and identity.until <= self._now():
            return Identity()
        return identity

    async def may_open(self, conversation_id: str, login: str | None, *, current: bool) -> bool:
        """Whether whoever opens this conversation now may see what was said in it. `current`: their session is.

        Not where it was proven for another customer than the one who is signed in, nor where the shop's login proved
        it and the customer has signed out since: the next one at a shared computer must not read on. A session from
        before the shopper was known may be in other hands too; only the login of the same customer makes up for it.
        """
        last = await self._store.get(conversation_id)
        signed_in = self._tokens.customer_of(login) if login else None
        if last.level < Level.PROVEN:
            return current
        if signed_in:
            return signed_in == last.customer_id
        return current and not last.by_login

    async def customer(self, conversation_id: str) -> Customer | None:
        """The proven customer, or None."""
        try:
            return await self.proven_customer(conversation_id)
        except NotVerified:
            return None

    async def order(self, conversation_id: str, number: str) -> Order:
        """An order that this shopper may see. Raises `NotVerified` when they must match this one first."""
        identity = await self.identity(conversation_id)
        if identity.level == Level.UNKNOWN:
            raise NotVerified("no order has been matched in this conversation")
        order = await self._backend.get_order(number)
        if order is not None and identity.owns(order):
            return order
        if identity.level == Level.PROVEN:
            await self._count_asked_for(conversation_id, number)
            raise NotFound("no such order of this customer")
        raise NotVerified("another order was matched in this conversation")

    async def proven_customer(self, conversation_id: str) -> Customer:
        """The customer, where proven. Raises `NotVerified`."""
        identity = await self.identity(conversation_id)
        customer = None
        if identity.level == Level.PROVEN and identity.customer_id:
            customer = await self._backend.get_customer(identity.customer_id)
        if customer is None:
            raise NotVerified("this needs a proven customer")
        return customer

    async def match_order(self, conversation_id: str, number: str, email: str) -> Order:
        """Show an order's number and its email. Raises `NotFound` or `TooManyTries`, each after the same time."""
        subjects = (_order_subject(number), email_subject(self._secret, email))
        async with self._same_time():
            await self._refuse_locked(conversation_id, *subjects)
            order = await self._backend.get_order(number)
            known = order.email if order else _NOBODY
            if not hmac.compare_digest(email_key(known).encode(), email_key(email).encode()) or order is None:
                await self._count_wrong(conversation_id, *subjects)
                raise NotFound("no order has that number and that email")
        await self._raise_level(conversation_id, Level.MATCHED, order.customer_id, self.rules.matched_minutes, "match")
        return order

    async def send_code(self, conversation_id: str, email: str) -> None:
        """Email a one-time code, if somebody has that address; who asks can't tell. Raises `TooManyTries`."""
        subject = email_subject(self._secret, email)
        async with self._same_time(always=True):
            await self._refuse_locked(conversation_id, subject)
            await self._refuse_more_codes(conversation_id, subject)
            customer = await self._backend.find_customer(email)
            code = f"{secrets.randbelow(10**6):06d}"
            expires = self._now() + timedelta(minutes=self.rules.code_minutes)
            pending = PendingCode(customer.id if customer else None, self._digest(conversation_id, code), expires)
            await self._store.put_code(conversation_id, pending)
            await self._store.add_try((_talk(conversation_id), subject), "code_sent")
            if customer:
                self._send_later(self._code_email(customer, code))

    async def ensure_code(self, conversation_id: str, email: str | None) -> bool:
        """Email a code, to the matched customer or else to `email`; False when theirs is on its way already."""
        customer = await self._code_receiver(conversation_id, email)
        pending = await self._store.get_code(conversation_id)
        is_theirs = pending is not None and pending.customer_id == (customer.id if customer else None)
        if pending and is_theirs and pending.expires_at > self._now():
            return False
        await self.resend_code(conversation_id, email)
        return True

    async def resend_code(self, conversation_id: str, email: str | None) -> None:
        """Email a new code; the old one is void. Raises `NotVerified` when there is no address to send to."""
        customer = await self._code_receiver(conversation_id, email)
        address = customer.email if customer else email
        if not address:
            raise NotVerified("no email to send a code to")
        await self.send_code(conversation_id, address)

    async def locked_until(self, conversation_id: str) -> datetime | None:
        """When this conversation's lock ends, or None where it has none."""
        try:
            await self._refuse_locked(conversation_id)
        except TooManyTries as error:
            return error.until
        return None

    async def check_code(self, conversation_id: str, code: str) -> Customer:
        """Prove oneself by the code from the email. Raises `NotFound` for a wrong or old one, or `TooManyTries`."""
        digest = self._digest(conversation_id, code)
        async with self._same_time():
            await self._refuse_locked(conversation_id)
            pending = await self._store.get_code(conversation_id)
            customer = await self._code_owner(conversation_id, pending, digest)
            if customer is None:
                await self._count_wrong(conversation_id)
                raise NotFound("that code does not fit")
        await self._raise_level(conversation_id, Level.PROVEN, customer.id, self.rules.proven_minutes, "code")
        return customer

    async def accept_login(self, conversation_id: str, token: str) -> Customer | None:
        """Prove the shopper by a token of the shop's own login; None for one that is not valid."""
        customer_id = self._tokens.customer_of(token)
        customer = await self._backend.get_customer(customer_id) if customer_id else None
        if customer is None:
            return None
        identity = await self.identity(conversation_id)
        if identity.level < Level.PROVEN or identity.customer_id != customer.id:
            await self._raise_level(conversation_id, Level.PROVEN, customer.id, self.rules.proven_minutes, "login")
        return customer

    async def forget(self, conversation_id: str) -> None:
        """Sign out: the conversation is nobody's again."""
        await self._store.put(conversation_id, Identity(), how="sign_out")

    async def close(self) -> None:
        """Wait until emails that are on their way have been handed over."""
        if self._sending:
            await asyncio.wait(self._sending, timeout=10)

    async def _code_receiver(self, conversation_id: str, email: str | None) -> Customer | None:
        identity = await self.identity(conversation_id)
        if identity.customer_id:
            return await self._backend.get_customer(identity.customer_id)
        return await self._backend.find_customer(email) if email else None

    async def _code_owner(self, conversation_id: str, pending: PendingCode | None, digest: str) -> Customer | None:
        fits = hmac.compare_digest(pending.digest if pending else "", digest)
        if not fits or pending is None or pending.customer_id is None or pending.expires_at <= self._now():
            return None
        if not await self._store.use_code(conversation_id, digest):
            return None
        return await self._backend.get_customer(pending.customer_id)

    async def _raise_level(self, conversation_id: str, level: Level, customer_id: str, minutes: int, how: str) -> None:
        current = await self.identity(conversation_id)
        if current.customer_id == customer_id and current.level > level:
            return
        until = self._now() + timedelta(minutes=minutes)
        await self._store.put(conversation_id, Identity(level, customer_id, until, how == "login"), how=how)

    async def _count_wrong(self, conversation_id: str, *subjects: str) -> None:
        await self._store.add_try((_talk(conversation_id), *subjects), "wrong")

    async def _count_asked_for(self, conversation_id: str, number: str) -> None:
        """Count an order of somebody else that a proven customer names: once, however often it is looked up.

        Its own number is not counted against, since they can't match it: its owner must not be locked out.
        """
        mark = f"{_talk(conversation_id)} {_order_subject(number)}"[:100]
        since = self._now() - timedelta(minutes=self.rules.lock_minutes)
        if order_key(number) and not (await self._store.tries((mark,), "wrong", since))[mark]:
            await self._count_wrong(conversation_id, mark)

    async def _refuse_locked(self, conversation_id: str, *subjects: str) -> None:
        lock = timedelta(minutes=self.rules.lock_minutes)
        await self._refuse_over("wrong", self.rules.wrong_tries, lock, (_talk(conversation_id), *subjects))

    async def _refuse_more_codes(self, conversation_id: str, subject: str) -> None:
        lock = timedelta(minutes=self.rules.lock_minutes)
        await self._refuse_over("code_sent", self.rules.codes_in_lock, lock, (_talk(conversation_id), subject))

    async def _refuse_over(self, kind: str, limit: int, window: timedelta, subjects: tuple[str, ...]) -> None:
        tries = await self._store.tries(subjects, kind, self._now() - window)
        ends = [when[-limit] + window for when in tries.values() if len(when) >= limit]
        if ends:
            raise TooManyTries(max(ends))

    @asynccontextmanager
    async def _same_time(self, *, always: bool = False) -> AsyncIterator[None]:
        """Make a refusal (or everything) take `same_time` seconds, so that its duration tells nothing."""
        clock = asyncio.get_running_loop().time
        end = clock() + self.rules.same_time
        try:
            yield
        except (NotFound, TooManyTries):
            await asyncio.sleep(max(0.0, end - clock()))
            raise
        if always:
            await asyncio.sleep(max(0.0, end - clock()))

    def _digest(self, conversation_id: str, code: str) -> str:
        digits = "".join(character for character in code if character.isdigit())
        return hmac.new(self._secret.encode(), f"{conversation_id}:{digits}".encode(), hashlib.sha256).hexdigest()

    def _code_email(self, customer: Customer, code: str) -> Email:
        minutes = str(self.rules.code_minutes)
        values = {"code": code, "minutes": minutes, "first_name": customer.first_name, "shop_name": self._shop_name}
        return self._texts.write("one_time_code", customer.language, customer.email, **values)

    def _send_later(self, email: Email) -> None:
        """Send outside of the turn: how long a mail server takes must not tell whether there was anyone to write to."""
        task = asyncio.create_task(self._send(email))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, email: Email) -> None:
        for pause in (0.5, 2.0, 0.0):
            try:
                return await self._mailer.send(email)
            except Unavailable as error:
                _log.error("a one-time code could not be sent: %s", error)
                await asyncio.sleep(pause)
        return None


def _talk(conversation_id: str) -> str:
    return f"conversation:{conversation_id}"


def _order_subject(number: str) -> str:
    return f"order:{order_key(number)[:40]}"
