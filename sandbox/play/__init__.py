"""The play that the sandbox's people perform: a cast, one Thursday evening of #lrnchat, the season before."""

from sandbox.play.lines import Character, Kind, Line, Role, Week
from sandbox.play.member import DirectMessage, Member
from sandbox.play.script import Play, PlayError, Question, load_play
from sandbox.play.stage import Stage
from sandbox.play.wire import PostedStatus, StageError

__all__ = [
    "Character",
    "DirectMessage",
    "Kind",
    "Line",
    "Member",
    "Play",
    "PlayError",
    "PostedStatus",
    "Question",
    "Role",
    "Stage",
    "StageError",
    "Week",
    "load_play",
]
