"""Why a command cannot do its work: raised wherever that is seen, said once where the command ends."""

from .crashes import Ending


class Refused(Ending):
    """Why the command cannot do its work, in lines for standard error."""

    def __init__(self, *lines: str) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines
