"""Tell which of three ways of writing a message uses: English, Roman Urdu, Urdu script.

By script first, then by the share of common Roman Urdu words; short English with one Urdu term
("tezab case") stays English. It decides which encoder runs, never what may be answered.
"""

from typing import Literal

from guidebook.normalise import urdu_share, words
from guidebook.vocabulary import Lang

Writing = Literal["en", "roman_ur", "ur"]

URDU_SHARE = 0.35
ROMAN_SHARE = 0.2
_ROMAN = frozenset(
    "hai hain hy he ho hota hoti hote hua hui huwa huye tha thi thay kya kia kyun kyu kaise kese kesay kaun kon "
    "kab kahan kidhar kitne kitni kitna kis kisi koi kuch ka ki ke kay ko se say mein mai mn par pe pr pay ne nay "
    "aur ya to bhi bi nahi nahin nai ni mat na agar magar lekin jab tab phir ab abhi is us iss uss ye yeh wo woh "
    "main hum tum aap ap mujhe usko usay isko inko unko apna apni apne mera meri mere uska uski uske iska iski "
    "kar karna karne karein karen karun karo karta karti karte kr krna krne kren kro krein krun sakta sakti sakte "
    "skta skti skte chahiye chahye chaiye dena deni dene diya di do dein lena leni lene liya li lein raha rahi rahe "
    "rha rhi rhe gaya gayi gai gaye jaye jaaye jaa ja jana wala wali wale walay larki larka aurat khatoon biwi "
    "shohar khawand baap maa beta beti bhai behan sasural thana thane thanay parcha mulzim mudai muqadma zyadti "
    "ziadti zabardasti shadi nikah talaq dafa qanoon saza bayan ilaj zakhmi bachi bacha saal umar sath saath bina "
    "baghair bagair liye lye waqt din ghante ghanta pehle pehlay baad bad zaroori zaruri lazmi ijazat bataen batao "
    "btao bataye batain hoga hogi honge krni karni rakhna rakhen likhna likhun likhen jata jati jate".split()
)


def writing_of(text: str) -> Writing:
    """How `text` is written."""
    if urdu_share(text) >= URDU_SHARE:
        return "ur"
    found = [word for word in words(text) if word.isascii() and not word.isdigit()]
    if not found:
        return "en"
    share = sum(word in _ROMAN for word in found) / len(found)
    return "roman_ur" if share >= ROMAN_SHARE else "en"


def reply_lang(writing: Writing, chosen: Lang | None) -> Lang:
    """The language of the bot's own words: the one chosen in the page, else that of the script."""
    return chosen if chosen is not None else ("ur" if writing == "ur" else "en")
