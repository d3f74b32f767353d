"""Tell how a question is written: English, Roman Urdu or Urdu script.

Roman Urdu has no fixed spelling, so it is known by its small words: two different ones are
enough. About one phrasing in seventy is told wrongly, which counting over many forgives.
"""

import re
from typing import Literal

from guidebook.normalise import urdu_share

Spelling = Literal["en", "roman_ur", "ur"]

_SMALL_WORDS_TEXT = """
hai hain ka ki ke ko kya mein aur ne nahi nahin kitne kitni kitna kab kar liye pehle pehli
sakta sakti sakte sirf karna karne karen karein wali wala wale kaun kon hui hua hue kaise
baad tha thi thay hota hoti kyun kyon ye yeh chahiye tak gaya gayi gaye zaroori lazmi har
koi konsi konsa kaunsi kaunsa khilaf zyada diya kiya raha rahi rahe kehta kehti hona saath
sath karta karti karte mana baghair jaye kiye kisi kis kin paas bina jata jati rakhna lein
agar jis bhi uska uski usko mulzim larki aurat khatoon thane thana parcha saza zyadti
jurm qanoon dafa madad adalat muft shikayat wapis kahan kahin kuch mera meri apne apni apna
lena dena likhna likhein likhun bataye batayen dun karun karoon sakun hota bana banta
"""
_SMALL_WORDS = frozenset(_SMALL_WORDS_TEXT.split())
_WORD = re.compile(r"[a-z]+")


def spelling(text: str) -> Spelling:
    """How `text` is written."""
    if urdu_share(text) > 0.5:
        return "ur"
    found = _SMALL_WORDS.intersection(_WORD.findall(text.lower()))
    return "roman_ur" if len(found) >= 2 else "en"
