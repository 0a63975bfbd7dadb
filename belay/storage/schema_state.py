"""Whether a database has the schema of this program."""

from __future__ import annotations

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from belay.storage.engine import MIGRATIONS, DatabaseUnusable, Engine


def is_current(engine: Engine) -> bool:
    """Whether every migration of this program, and no other, was made. Changes nothing.

    Raises:
        DatabaseUnusable: the database cannot be read.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    try:
        with engine.connect() as connection:
            made = MigrationContext.configure(connection).get_current_heads()
    except SQLAlchemyError as error:
        raise DatabaseUnusable(
            f"The database cannot be read ({type(error).__name__}). Restore a backup, or name "
            "another with DATABASE_URL."
        ) from error
    return set(made) == set(ScriptDirectory.from_config(config).get_heads())
