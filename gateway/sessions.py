"""Whose request is this: a random session id in a signed cookie that scripts cannot read.

The id is a secret: it stands in the cookie alone; the database holds its SHA-256. A cookie that
is missing, forged, unknown or expired simply starts a new session, never an error.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from itsdangerous import BadSignature, Signer
from starlette.requests import Request
from starlette.responses import Response

from gateway import store
from gateway.database import Database
from gateway.incoming import Message
from guidebook.vocabulary import Lang

COOKIE = "guidebook_session"
DEVICE = "x-guidebook-device"
SHARED = "shared"
"""What the page says of itself in the header DEVICE where others use the device too."""


@dataclass(frozen=True)
class Session:
    """The session behind a request. `cookie` is the signed value to hand back.

    `lang` is what the officer chose last, in words or in the page; `page_lang` what the page said
    last; `last_lang` what the last reply was in.
    """

    key: str
    cookie: str
    lang: Lang | None = None
    page_lang: Lang | None = None
    last_lang: Lang | None = None
    province: str | None = None

    def language(self, message: Message) -> Lang:
        """The language to reply in: chosen now, chosen before, else seen in the script."""
        chosen = message.chosen_language(self.page_lang) or self.lang
        return chosen or message.seen_language(self.last_lang)


class Sessions:
    """Finds and makes sessions."""

    def __init__(
        self, database: Database, secret: str, lifetime: float, clock: Callable[[], float]
    ) -> None:
        self._database = database
        self._signer = Signer(secret, salt="guidebook-session", digest_method=hashlib.sha256)
        self._lifetime = lifetime
        self._clock = clock

    async def find(self, request: Request) -> Session | None:
        """The request's session; None when it has none that counts."""
        cookie = request.cookies.get(COOKIE, "")
        try:
            key = _key(self._signer.unsign(cookie).decode("ascii"))
        except (BadSignature, UnicodeError):
            return None
        row = await self._database.read(store.find_session, key)
        if row is None or row.seen_at < self._clock() - self._lifetime:
            return None
        chosen = {name: getattr(row, name) for name in store.CHOSEN}
        return Session(key=key, cookie=cookie, **chosen)

    async def start(self) -> Session:
        """A new session."""
        session_id = secrets.token_urlsafe(32)
        key = _key(session_id)
        await self._database.write(store.add_session, key, new_conversation_id(), self._clock())
        return Session(key=key, cookie=self._signer.sign(session_id).decode("ascii"))

    def keep(self, session: Session, request: Request, response: Response) -> None:
        """Put the session's cookie on a response, for one more lifetime.

        On a shared device it ends with the browser, if that comes first.
        """
        shared = request.headers.get(DEVICE) == SHARED
        response.set_cookie(
            COOKIE,
            session.cookie,
            max_age=None if shared else int(self._lifetime),
            path="/",
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",  # plain http on a room's own network has none
        )


def new_conversation_id() -> str:
    """A conversation's name inside Rasa: random, and not derived from the session's secret."""
    return secrets.token_urlsafe(18)


def _key(session_id: str) -> str:
    return hashlib.sha256(session_id.encode("ascii")).hexdigest()
