"""Say the last answer again.

A rule names it; obeying.py does it, and whatever it is not is answered as a question.
"""

from actions.answer_question import AnswerQuestion


class RepeatAnswer(AnswerQuestion):
    """`action_repeat_answer`"""

    def name(self) -> str:
        return "action_repeat_answer"
