"""The play that the sandbox's people perform: a cast, one Thursday evening of #lrnchat, the season before."""

from sandbox.play.elsewhere import BothStage, XStage
from sandbox.play.lines import Character, Kind, Line, Role, Week
from sandbox.play.member import DirectMessage, Member
from sandbox.play.script import Play, PlayError, Question, load_play
from sandbox.play.stage import Insider, Stage
from sandbox.play.wire import PostedStatus, StageError

__all__ = [
    "BothStage",
    "Character",
    "DirectMessage",
    "Insider",
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
    "XStage",
    "load_play",
]
