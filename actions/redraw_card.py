"""Draw the first-hour card again with a correction.

A rule names it; obeying.py does it, and whatever it is not is answered as a question.
"""

from actions.answer_question import AnswerQuestion


class RedrawCard(AnswerQuestion):
    """`action_redraw_card`"""

    def name(self) -> str:
        return "action_redraw_card"
