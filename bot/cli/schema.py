"""`missed schema`: the shapes of the files, for editors and programs."""

from enum import StrEnum
from typing import Annotated, Any

import typer
from pydantic import BaseModel

from bot.cli import exits, show
from bot.domain.recognise.phrasebook import Phrasebook
from bot.domain.vocabulary import Vocabulary
from config.catalogue import RulesFile
from config.chats import ChatEntry
from config.settings import file_schema


class Shape(StrEnum):
    """What has a shape."""

    CONFIG = "config"
    RULES = "rules"
    CHAT = "chat"
    PHRASES = "phrases"
    COMMANDS = "commands"


@exits.told
def schema(
    shape: Annotated[
        Shape, typer.Argument(metavar="[config|rules|chat|phrases|commands]", help="Which file.")
    ] = Shape.CONFIG,
) -> None:
    """Print the JSON Schema of a file that people write.

    Of the configuration, a rules file, a chat of the catalogue, a phrase file, or a file of commands.

    Example: missed schema rules > rules.schema.json
    """
    show.document({"$schema": "https://json-schema.org/draft/2020-12/schema", **_schema(shape)})


def _schema(shape: Shape) -> dict[str, Any]:
    if shape is Shape.CONFIG:
        return file_schema()
    models: dict[Shape, type[BaseModel]] = {
        Shape.RULES: RulesFile,
        Shape.CHAT: ChatEntry,
        Shape.PHRASES: Phrasebook,
        Shape.COMMANDS: Vocabulary,
    }
    return models[shape].model_json_schema()
