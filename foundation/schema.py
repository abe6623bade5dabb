"""The migrations: which are known here, and bringing any database up to the last of them."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import URL, create_engine


def is_known(revision: str) -> bool:
    return any(script.revision == revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def bring_up(url: URL) -> None:
    """Migrate a database that is not (yet) the app's own."""
    engine, config = create_engine(url), _config()
    config.attributes["engine"] = engine
    try:
        command.upgrade(config, "head")
    finally:
        engine.dispose()


def _config() -> Config:
    config: Config = current_app.extensions["migrate"].migrate.get_config()
    return config
