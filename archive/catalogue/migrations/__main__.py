"""Write the step that leads from the latest migration to the models: python -m archive.catalogue.migrations REASON."""

import sys

from alembic import command
from sqlalchemy import create_engine

from archive.catalogue.database import MIGRATIONS, migrations_config


def write_next_step(reason: str) -> None:
    """Write a module into `versions/`, numbered next, that makes an up-to-date database follow the models."""
    number = 1 + len(list(MIGRATIONS.glob("versions/v*.py")))
    with create_engine("sqlite://").connect() as connection:
        config = migrations_config(connection)
        config.set_main_option("file_template", "v%%(rev)s_%%(slug)s")
        command.upgrade(config, "head")
        command.revision(config, reason, autogenerate=True, rev_id=f"{number:04}")


if __name__ == "__main__":
    write_next_step(" ".join(sys.argv[1:]))
