"""Cookies of the room: a random secret, signed; the database holds its SHA-256 alone."""

import hashlib
import hmac
import secrets

from itsdangerous import BadSignature, Signer
from starlette.requests import Request
from starlette.responses import Response

TRAINER = "guidebook_trainer"
PARTICIPANT = "guidebook_participant"


class Tokens:
    """Makes and reads the cookies of one kind."""

    def __init__(self, secret: str, cookie: str, lifetime: int) -> None:
        self._signer = Signer(secret, salt=cookie, digest_method=hashlib.sha256)
        self._secret = secret
        self._cookie = cookie
        self._lifetime = lifetime

    def key(self, request: Request) -> str | None:
        """The key behind a request's cookie; None when there is none that we made."""
        try:
            value = self._signer.unsign(request.cookies.get(self._cookie, ""))
        except (BadSignature, UnicodeError):
            return None
        return hashlib.sha256(value).hexdigest()

    def new(self) -> tuple[str, str]:
        """A new cookie value and its key."""
        value = secrets.token_urlsafe(32)
        key = hashlib.sha256(value.encode("ascii")).hexdigest()
        return self._signer.sign(value).decode("ascii"), key

    def give(self, response: Response, value: str, request: Request) -> None:
        """Put the cookie on a response."""
        response.set_cookie(
            self._cookie,
            value,
            max_age=self._lifetime,
            path="/",
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",  # plain http on a room's own network has none
        )

    def take_back(self, response: Response) -> None:
        """Let the browser forget the cookie."""
        response.delete_cookie(self._cookie, path="/", httponly=True, samesite="strict")

    def form_token(self, key: str) -> str:
        """What a form of this session carries, so that no other page can send it."""
        return hmac.new(self._secret.encode(), f"form {key}".encode(), "sha256").hexdigest()[:32]

    def is_form_token(self, key: str, given: str) -> bool:
        """True for the token of this session's own forms."""
        return hmac.compare_digest(self.form_token(key).encode(), given.encode())
