"""The gateway's tables: sessions, turns, receipts, feedback, wipes still owed to Rasa, workshops.

Words stand in `turns`, masked, for the retention time, and in `sent_questions`, masked, where an
officer sent a question to the maintainers on purpose. Receipts and feedback hold no words and no
link to a session. What a workshop keeps hangs on its row in `workshops` and goes with it: counts,
choices and keys, no words. SCHEMA_VERSION rises with every change of shape; a further table is
none.
"""

from sqlalchemy import (
    JSON,
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

SCHEMA_VERSION = 3

UPGRADES = {
    1: (
        "ALTER TABLE sessions ADD COLUMN page_lang VARCHAR",
        "ALTER TABLE sessions ADD COLUMN last_lang VARCHAR",
    ),
    2: ("ALTER TABLE receipts ADD COLUMN scores JSON",),
}
"""What makes a file of one version a file of the next."""

metadata = MetaData()

sessions = Table(
    "sessions",
    metadata,
    Column("key", String, primary_key=True),  # SHA-256 of the secret id: the id itself is not kept
    Column("conversation_id", String, nullable=False, unique=True),
    Column("conversation_at", Float),  # its first message; null while there is none
    Column("lang", String),  # as asked for in words or given by the page, the later one; else null
    Column("page_lang", String),  # as the page gave it last
    Column("last_lang", String),  # of the last reply; for a message without letters
    Column("province", String),
    Column("seen_at", Float, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("session", String, ForeignKey("sessions.key", ondelete="CASCADE"), nullable=False),
    Column("client_message_id", String, nullable=False),
    Column("text", String, nullable=False),  # masked
    Column("state", String, nullable=False),  # running | failed | final
    Column("replies", JSON, nullable=False),
    Column("at", Float, nullable=False, index=True),
    Column("replied_at", Float),
    UniqueConstraint("session", "client_message_id"),
    sqlite_autoincrement=True,
)

receipts = Table(
    "receipts",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", Float, nullable=False),
    Column("status", String, nullable=False),
    Column("spans", JSON, nullable=False),  # [{document_id, digest, start, end, part, sha256}]
    Column("versions", JSON),  # model, index, corpus, each where it was known
    Column("scores", JSON),  # strength and probability, where the reply had them
)

feedback = Table(
    "feedback",
    metadata,
    Column("receipt", String, ForeignKey("receipts.id", ondelete="CASCADE"), primary_key=True),
    Column("verdict", String, nullable=False),
    Column("reason", String),
    Column("at", Float, nullable=False),
)

sent_questions = Table(
    "sent_questions",
    metadata,
    Column("receipt", String, ForeignKey("receipts.id", ondelete="CASCADE"), primary_key=True),
    Column("text", String, nullable=False),  # masked
    Column("at", Float, nullable=False),
)

wipes = Table(
    "wipes",
    metadata,
    Column("conversation_id", String, primary_key=True),
    Column("at", Float, nullable=False),
)

workshops = Table(
    "workshops",
    metadata,
    Column("id", String, primary_key=True),
    Column("code", String, nullable=False, unique=True),  # what participants type
    Column("opened_at", Float, nullable=False),
    Column("projected", JSON, nullable=False),  # what the wall shows; {} is the join page
)

workshop_trainers = Table(
    "workshop_trainers",
    metadata,
    Column("key", String, primary_key=True),  # SHA-256 of the cookie's secret
    Column("lang", String, nullable=False),
    Column("signed_in_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
)

workshop_participants = Table(
    "workshop_participants",
    metadata,
    Column("key", String, primary_key=True),  # SHA-256 of the cookie's secret
    Column("workshop", String, ForeignKey("workshops.id", ondelete="CASCADE"), nullable=False),
    Column("lang", String, nullable=False),
    Column("joined_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
)

workshop_chats = Table(  # sessions to forget at the end; whose they are is not kept
    "workshop_chats",
    metadata,
    Column("session", String, primary_key=True),
    Column("workshop", String, ForeignKey("workshops.id", ondelete="CASCADE"), nullable=False),
)

workshop_asked = Table(
    "workshop_asked",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("workshop", String, ForeignKey("workshops.id", ondelete="CASCADE"), nullable=False),
    Column("turn", String, nullable=False, unique=True),  # digest: a repeated turn counts once
    Column("receipt", String),
    Column("status", String, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("passages", JSON, nullable=False),  # cited first, or nearest where nothing answered
    Column("at", Float, nullable=False),
)

workshop_runs = Table(
    "workshop_runs",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("workshop", String, ForeignKey("workshops.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String, nullable=False),  # form | quiz | scenario
    Column("name", String, nullable=False),  # pre or post, a topic, a scenario's id
    Column("stage", JSON, nullable=False),  # where the trainer is in it
    Column("started_at", Float, nullable=False),
    Column("ended_at", Float),
)

workshop_answers = Table(
    "workshop_answers",
    metadata,
    Column("run", Integer, ForeignKey("workshop_runs.number", ondelete="CASCADE"), nullable=False),
    Column(
        "participant",
        String,
        ForeignKey("workshop_participants.key", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("item", String, nullable=False),  # a quiz item's id, or a step and its turn in the run
    Column("choice", Integer, nullable=False),
    Column("at", Float, nullable=False),
    UniqueConstraint("run", "participant", "item"),
)
