"""What a member's past in a chat tells: standing, how unexpected their absence is, how likely they come.

All values are over sessions that were held and observed; see ARCHITECTURE.md, "Presence", for the model and why.
"""

from datetime import timedelta
from enum import StrEnum

from bot.domain.model import Value


class Standing(StrEnum):
    """Where a member stands in a chat. What each means is in `standing_of`."""

    NEW = "new"
    REGULAR = "regular"
    OCCASIONAL = "occasional"
    LAPSED = "lapsed"
    GONE = "gone"
    EXCUSED = "excused"


class Presence(Value):
    """A member's past in one chat, as rules may ask for it.

    `p_attend`: the probability, 0 to 1, that they come to the next session. `absent_run`: how many sessions they have
    missed since the last they came to. `surprise`: how unexpected that run is, in bits: 1 is a coin's toss, 4 is one
    in 16. `usual_gap`: sessions between two visits, as usual. `is_off_week`: their own rhythm leaves this session out.
    `usual_arrival`: from a session's start, None where nothing is known.
    """

    standing: Standing
    attended: int
    sessions: int
    absent_run: int
    usual_gap: int
    is_off_week: bool
    p_attend: float
    surprise: float
    usual_arrival: timedelta | None = None
