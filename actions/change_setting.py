"""Change a setting of the conversation.

A rule names it; obeying.py does it, and whatever it is not is answered as a question.
"""

from actions.answer_question import AnswerQuestion


class ChangeSetting(AnswerQuestion):
    """`action_change_setting`"""

    def name(self) -> str:
        return "action_change_setting"
