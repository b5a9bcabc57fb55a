"""The one place that builds things: a shop with all its services, from settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shop.adapters.label_pdf import PdfLabels
from shop.adapters.login_tokens import JwtLoginTokens
from shop.adapters.notices_file import NoticesFile
from shop.adapters.outbox_mailer import OutboxMailer
from shop.adapters.pillow_photos import PillowPhotos
from shop.adapters.retention_file import read_retention
from shop.adapters.rules_file import read_rules
from shop.adapters.smtp_mailer import SmtpMailer
from shop.adapters.sql.audit import SqlAuditLog
from shop.adapters.sql.commerce import SqlCommerce
from shop.adapters.sql.consents import SqlConsents
from shop.adapters.sql.conversations import SqlConversations
from shop.adapters.sql.database import Database
from shop.adapters.sql.deliveries import SqlDeliveries
from shop.adapters.sql.identities import SqlIdentities
from shop.adapters.sql.old_records import SqlOldRecords
from shop.adapters.sql.personal_data import SqlPersonalData
from shop.adapters.sql.photos import SqlPhotos
from shop.adapters.sql.tracker_events import SqlTrackerEvents
from shop.addresses import Addresses
from shop.audit import AuditTrail
from shop.cancelling import Cancelling
from shop.clock import Clock, system_clock
from shop.commerce import CommerceBackend
from shop.consent import Consents
from shop.conversations import ConversationStore, TrackerEvents
from shop.deliveries import Deliveries
from shop.identity_memory import IdentitiesOfOneTurn
from shop.labels import ReturnLabels
from shop.mail import Mailer, MailTexts
from shop.missing_parcels import Claims
from shop.personal_data import ErasureList, PersonalData
from shop.photos import PhotoCleaner, PhotoStore
from shop.privacy import Redactor
from shop.retention import Purge
from shop.returns import Returns
from shop.settings import Settings
from shop.sizing import Sizing
from shop.tracking import Tracking
from shop.verification import Verification, VerificationRules


@dataclass(frozen=True)
class Shop:
    """Everything that actions and connectors may ask for."""

    settings: Settings
    database: Database
    commerce: CommerceBackend
    conversations: ConversationStore
    deliveries: Deliveries
    tracker_events: TrackerEvents
    photos: PhotoStore
    photo_cleaner: PhotoCleaner
    verification: Verification
    tracking: Tracking
    claims: Claims
    audit: AuditTrail
    consents: Consents
    personal_data: PersonalData
    purge: Purge
    returns: Returns
    return_labels: ReturnLabels
    cancelling: Cancelling
    addresses: Addresses
    sizing: Sizing
    mailer: Mailer
    login_tokens: JwtLoginTokens
    now: Clock

    async def close(self) -> None:
        """Finish what is under way and give the database back."""
        await self.verification.close()
        await self.database.close()


def build(settings: Settings, *, clock: Clock = system_clock, rules: VerificationRules | None = None) -> Shop:
    """Build a shop. Nothing is opened yet: the first query opens the database.

    Raises `SetupError` where the merchant's rules can't be read.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url, settings.audit_key)
    merchant = read_rules(settings.data / "shop" / "returns.yml")
    commerce = SqlCommerce(database, clock, merchant)
    audit = SqlAuditLog(database)
    retention = read_retention(settings.data / "shop" / "retention.yml")
    kept = None if settings.smtp_url else outbox(settings)
    tokens = JwtLoginTokens(settings.login_secret)
    mailer: Mailer = SmtpMailer(settings.smtp_url, settings.mail_from) if settings.smtp_url else outbox(settings)
    labels = PdfLabels(settings.data / "shop")
    identities = IdentitiesOfOneTurn(SqlIdentities(database, clock))
    verification = Verification(
        commerce, identities, mailer, MailTexts(settings.data / "mail"), tokens, clock,
        settings.secret, settings.shop_name, rules,
    )  # fmt: skip
    return Shop(
        settings=settings,
        database=database,
        commerce=commerce,
        conversations=SqlConversations(database, clock, retention),
        deliveries=SqlDeliveries(database),
        tracker_events=SqlTrackerEvents(database),
        photos=SqlPhotos(database),
        photo_cleaner=PillowPhotos(),
        verification=verification,
        tracking=Tracking(commerce, verification, audit, clock),
        audit=audit,
        consents=Consents(SqlConsents(database), NoticesFile(settings.data / "consent.yml"), verification, clock),
        purge=Purge(SqlOldRecords(database), kept, retention, clock),
        personal_data=PersonalData(
            SqlPersonalData(database, settings.secret),
            ErasureList(settings.home / "erasures.jsonl"),
            kept,
            audit,
            clock,
            settings.secret,
        ),
        claims=Claims(commerce, verification, clock),
        returns=Returns(commerce, verification, merchant.returns, clock),
        return_labels=ReturnLabels(commerce, verification, labels, merchant, clock, settings.secret),
        cancelling=Cancelling(commerce, verification, merchant.orders),
        addresses=Addresses(commerce, verification, merchant.orders),
        sizing=Sizing(commerce, verification, audit, clock),
        mailer=mailer,
        login_tokens=tokens,
        now=clock,
    )


def outbox(settings: Settings) -> OutboxMailer:
    """Where emails are kept while no mail server is set."""
    return OutboxMailer(Path(settings.home) / "outbox")


@cache
def redactor() -> Redactor:
    """What takes personal data out of texts; made on the first use, which takes about three seconds."""
    from shop.adapters.presidio_redaction import PresidioRedactor

    return PresidioRedactor()


_built: list[Shop] = []


def the_shop() -> Shop:
    """The shop of this process, built from the environment when nobody has said otherwise by `use`."""
    if not _built:
        _built.append(build(Settings.read()))
    return _built[-1]


def use(shop: Shop) -> None:
    """Make this the shop of the process."""
    _built[:] = [shop]
