"""People's names: by the words around them, by known names, and by the language model of the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shop.adapters.redaction.finding import Found, words
from shop.adapters.redaction.name_words import Kind, NameWords
from shop.adapters.redaction.reading import Reading
from shop.privacy import Personal

_TOKEN = re.compile(r"[^\W\d_](?:['-]?[^\W\d_])*")
_PARTICLES = frozenset(
    "van von der den de del della di da do dos das du la le el al bin bint ibn ben ter ten zu af av y e i mac mc st san abu".split()
)
_GREETED = r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|frau|herr|fräulein|señora?|sra?|mme|monsieur|madame|signora?|pan|pani|mevrouw|meneer)"
_TITLE = words(rf"\b{_GREETED}\b\.? ?")
_STRONG = words(
    r"\b(?:my (?:full |first |last |sur|family |real |middle |legal |husband's |wife's |son's |daughter's |mum's |mom's |maiden )?name(?:'s| is| was|:)|names(?= \w+ \w+)|"
    r"name(?: on (?:the )?(?:order|card|account|parcel|package|label|it|invoice|passport))?(?: is|'s| was| should be| would be| says| reads|:| =| -)|"
    r"(?:in|under|by|on) the name(?: of)?|name of|"
    r"(?:sur|first ?|last ?|full ?|family ?|nick ?)name(?: is|'s|:| =)?|named|call me|i am called|i'm called|am called|"
    r"(?:is|was) (?:addressed|made out|delivered|sent|shipped|given|handed) to|(?:recipient|cardholder|account holder|customer|buyer|sender|contact(?: person)?|receiver|attention|attn|c/o)(?: name)?(?: is|'s|:| was)? ?|"
    r"signed (?:for )?by|accepted by|ich heiße|ich heisse|mein name ist|je m'appelle|me llamo|mi nombre es|mi chiamo|nazywam się)"
    r" ?[\"'(:]?(?: ?(?:is|now|to|just|actually|mr|mrs|ms|miss|dr)\b\.?)?[\"' ]*"
)
_RELATED = words(
    r"\b(?:dear|spoke (?:to|with)|talk(?:ed)? (?:to|with)|spoken (?:to|with)|chatt?(?:ed)? with|speak(?:ing)? (?:to|with)|ask(?:ed)?(?: for)?|"
    r"(?:my|our|his|her|your) (?:husband|wife|partner|son|daughter|brother|sister|friend|neighbou?r|mum|mom|mother|dad|father|boyfriend|girlfriend|"
    r"colleague|flatmate|roommate|boss|fianc[ée]e?|cousin|aunt|uncle|grandma|grandmother|grandson|niece|nephew|gf|bf|assistant|landlord|agent)(?: is)?|"
    r"agent|advisor|colleague|courier|driver|postman|name|mr|it'?s me|(?:ordered|placed|bought|paid|signed|made|answered|handled|served|opened|received|collected|picked up) by)[ ,:]{1,2}"
)
_SAYING = words(
    r"(?:^|\b)(?:i'?m|i am|hi|hello|hey|hallo|hola|bonjour|good (?:morning|afternoon|evening)|moin|ciao|i'm called)[ ,:!]{1,2}"
)
_WEAK = words(
    r"(?:^|\b)(?:it'?s|it is|its|this is|here is|that's|thats|for|from|with|to|by|support|under|and|or|not|thanks|thank you|thx|cheers|could|can|will|did|does|has|is|told|gave|via|"
    r"sure|yes|ok|,|:)[ ,:!]{1,2}"
)
_SIGNED = words(
    r"(?:^|[\s.,!?])(?:signed|(?:kind|best|warm|many)? ?(?:regards|wishes)|thanks(?: so much| a lot| again| in advance)?|thank you(?: very much| so much)?|cheers|sincerely|"
    r"yours(?: sincerely| truly| faithfully)?|best|br|rgds|thx|ty|tnx|love|(?:viele|liebe|beste|mit freundlichen) grüßen?|lg|mfg|vg|saludos|cordialement|"
    r"gracias|merci|danke|take care|ta|xx?|-{1,2}|~)[ ,.!\n-]{1,4}(?P<name>[^\W\d_][^\d,!?@<>()\n]{1,40}?)[ .!x]{0,4}$"
)
_LABELLED = words(
    r"\b(?:names?|recipient|customer|card ?holder|account holder|contact(?: person)?|attn|sender|buyer|surname|first name|last name) ?[:=] ?"
    r"(?P<name>[^\W\d_][\w'.-]*(?: [^\W\d_][\w'.-]*){0,3})(?= ?(?:[,;\n|/]|$))"
)
_GREETED_BY_NAME = words(
    r"(?:^|[.!?,\n] ?)(?:hi|hello|hey|hiya|dear|hallo|hola|ciao|hej) (?P<name>[^\W\d_][\w'-]+)(?= ?(?:[,.!?:\n-]|$))"
)
_HERE = words(r"(?:^|[.,!?] )(?P<name>[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*)?) (?:here|speaking)\b(?=[ .,!?]|$)")
_BRANDS = words(
    r"\b(?:calvin klein|ralph lauren|tommy (?:hilfiger|jeans)|michael kors|hugo boss|stan smith|chuck taylor|jack wolfskin|dr\.? martens|doc martens|paul smith|"
    r"kate spade|marc jacobs|marc o'?polo|tom tailor|tom ford|jack (?:&|and) jones|levi'?s?|fred perry|ted baker|ben sherman|louis vuitton|jimmy choo|air jordan|"
    r"jordan \d+|vivienne westwood|christian (?:dior|louboutin)|yves saint laurent|giorgio armani|stella mccartney|steve madden|sam edelman|karl lagerfeld|"
    r"helly hansen|james perse|tory burch|vera wang|victoria'?s secret|betty barclay|gerry weber|s\.?oliver|franklin (?:&|and) marshall|harry potter|"
    r"peter (?:pan|rabbit)|mary jane?s?|santa claus|black friday|good friday|cyber monday|mother'?s day|father'?s day|valentine'?s(?: day)?|chelsea boots?|"
    r"oxford (?:shirts?|shoes?)|derby shoes?|johnny was|eileen fisher|juicy couture|anne klein|laura ashley|cath kidston|joules|jack daniel'?s|"
    r"north face|eddie bauer|abercrombie(?: (?:&|and) fitch)?|american eagle|royal mail|max mara|miu miu|mac ?book|google pay|apple pay)\b"
)
_BEGINS = re.compile(r"(?:^|[,:;\n(-]) ?$")
_ENDS = re.compile(r"[ ]*(?:[,.;:!?\n)]|$|(?:i|and|here|im|i'm|my|order|is|at)\b)", re.IGNORECASE)
_OTHER_LETTERS = re.compile(r"[\u0370-\u1fff\u3040-\ud7ff]")
_ARTICLE = re.compile(r"\b(?:the|an?|this|that|your|these|those) $", re.IGNORECASE)
_LINE = re.compile(r"(?m)^[^\W\d_][^\d!?:;@\n]{2,60}$")
_PART = re.compile(r"(?:(?<=^)|(?<=[\n,;|/] )|(?<=[\n,;|/]))[^\W\d_][^\d!?:;@\n,|/]{2,60}(?=[,;|/\n]|$)")
_SMALL_CONNECTORS = re.compile(r"[ ]{1,2}|\. ?|-")


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int
    kind: Kind
    capital: bool


class NameFinder:
    """Finds people's names in a text, in any case, of any language."""

    def __init__(self, name_words: NameWords) -> None:
        self._names = name_words

    def __call__(self, reading: Reading) -> Iterator[Found]:
        text = reading.text
        tokens = self._words(text)
        marked = self._marks(text, tokens, reading)
        marked -= {i for i in marked if _inside(tokens[i], [m.span() for m in _BRANDS.finditer(text)])}
        for first, last in _stretches(text, tokens, self._grown(text, tokens, marked)):
            if not (first == last and _is_of_a_product(text, tokens, first)):
                yield Found(Personal.NAME, tokens[first].start, tokens[last].end)

    def _words(self, text: str) -> list[_Word]:
        found = []
        for match in _TOKEN.finditer(text):
            word = match[0]
            if word[-2:].lower() == "'s":
                word = word[:-2]
            kind = self._names.kind(word.lower())
            if kind is Kind.MISTYPED and word[0].isupper():
                kind = Kind.UNKNOWN
            found.append(_Word(word, match.start(), match.start() + len(word), kind, word[0].isupper()))
        return found

    def _marks(self, text: str, tokens: list[_Word], reading: Reading) -> set[int]:
        shouting = sum(token.capital for token in tokens) > 0.7 * len(tokens) and len(tokens) > 4
        starts = {token.start: i for i, token in enumerate(tokens)}
        marked = {i for i, token in enumerate(tokens) if token.kind is Kind.FIRST}
        marked |= self._pairs(text, tokens)
        marked |= _alone(text, tokens)
        marked |= _in_another_script(text, tokens)
        for match in _LABELLED.finditer(text):
            marked |= {i for i, t in enumerate(tokens) if match.start("name") <= t.start and t.end <= match.end("name")}
        for match in _GREETED_BY_NAME.finditer(text):
            marked |= {
                i
                for i, t in enumerate(tokens)
                if t.start == match.start("name") and t.kind is not Kind.WORD and t.text.lower() not in _STOPS
            }
        marked |= self._by_model(tokens, reading, shouting)
        for cue, strength in _CUES.items():
            for match in cue.finditer(text):
                marked |= self._following(text, tokens, starts.get(match.end()), strength)
        for match in (*_SIGNED.finditer(text), *_HERE.finditer(text)):
            marked |= self._signed(tokens, *match.span("name"))
        return marked

    def _pairs(self, text: str, tokens: list[_Word]) -> set[int]:
        """Two names in a row, in capitals where one of them may be a word (`Will Brown`, `maria garcia`)."""
        marked: set[int] = set()
        for i in range(len(tokens) - 1):
            one, other = tokens[i], tokens[i + 1]
            if not _SMALL_CONNECTORS.fullmatch(text, one.end, other.start):
                continue
            named = {Kind.FIRST, Kind.LAST}
            both = one.kind in named and other.kind in named
            capital = one.capital and other.capital and not one.text.isupper()
            if both or (
                capital
                and {one.kind, other.kind} & named
                and {one.kind, other.kind} <= named | {Kind.MAYBE, Kind.UNKNOWN}
            ):
                marked |= {i, i + 1}
        return marked

    def _by_model(self, tokens: list[_Word], reading: Reading, shouting: bool) -> set[int]:
        marked: set[int] = set()
        for label, start, end in reading.entities:
            inside = [i for i, t in enumerate(tokens) if start <= t.start and t.end <= end]
            if label == "PERSON":
                marked |= {i for i in inside if self._believable(tokens[i], shouting)}
            elif label in {"ORG", "GPE", "NORP", "LOC", "FAC", "WORK_OF_ART", "PRODUCT"} and len(inside) > 1:
                kinds = [tokens[i].kind for i in inside]
                if all(
                    k in {Kind.FIRST, Kind.LAST, Kind.UNKNOWN} and tokens[i].capital
                    for k, i in zip(kinds, inside, strict=True)
                ):
                    marked |= set(inside)
        return marked

    def _believable(self, token: _Word, shouting: bool) -> bool:
        if token.kind in {Kind.FIRST, Kind.LAST}:
            return True
        if token.kind is Kind.UNKNOWN:
            return (token.capital or len(token.text) > 3) and not (token.text.isupper() and len(token.text) < 4)
        return token.kind is Kind.MAYBE and token.capital and not shouting

    def _following(self, text: str, tokens: list[_Word], first: int | None, strength: int) -> set[int]:
        """The words after a cue that are a name there."""
        marked: set[int] = set()
        if first is None:
            return marked
        named = False
        for i in range(first, min(first + _LONGEST, len(tokens))):
            token = tokens[i]
            if i > first and not _SMALL_CONNECTORS.fullmatch(text, tokens[i - 1].end, token.start):
                break
            if token.text.lower() in _PARTICLES and (named or strength >= _SURE_CUE):
                marked.add(i)
            elif _may_follow(token, strength, named) or _may_begin(tokens, i, first):
                marked.add(i)
                named = True
            else:
                break
        while marked and tokens[max(marked)].text.lower() in _PARTICLES:
            marked.remove(max(marked))
        return marked

    def _signed(self, tokens: list[_Word], start: int, end: int) -> set[int]:
        inside = [i for i, t in enumerate(tokens) if start <= t.start and t.end <= end]
        if not 0 < len(inside) <= 4:
            return set()
        lower = [tokens[i].text.lower() in _PARTICLES for i in inside]
        fits = all(p or tokens[i].kind not in {Kind.WORD} for p, i in zip(lower, inside, strict=True))
        return set(inside) if fits and not all(lower) else set()

    def _grown(self, text: str, tokens: list[_Word], marked: set[int]) -> set[int]:
        grown = set(marked)
        for i in sorted(marked):
            self._grow(text, tokens, grown, i, 1)
        for i in sorted(marked, reverse=True):
            self._grow(text, tokens, grown, i, -1)
        return grown

    def _grow(self, text: str, tokens: list[_Word], grown: set[int], at: int, step: int) -> None:
        pending: list[int] = []
        i = at + step
        while 0 <= i < len(tokens):
            left, right = (tokens[i - 1], tokens[i]) if step > 0 else (tokens[i], tokens[i + 1])
            if not _SMALL_CONNECTORS.fullmatch(text, left.end, right.start):
                break
            token = tokens[i]
            if i in grown:
                grown |= set(pending)
                pending = []
            elif token.text.lower() in _PARTICLES and step > 0 and len(pending) < 3:
                pending.append(i)
            elif _belongs(text, token, tokens[at], step):
                grown |= {*pending, i}
                pending = []
            else:
                break
            i += step


def _belongs(text: str, token: _Word, beside: _Word, step: int) -> bool:
    """Whether a word beside a name is part of it."""
    lower = token.text.lower()
    sure = beside.kind in {Kind.FIRST, Kind.LAST}
    if len(lower) == 1:
        return token.text != "I" and (token.capital or text[token.end : token.end + 1] == ".")
    if token.kind in {Kind.FIRST, Kind.LAST}:
        return True
    if token.text.isupper() and len(lower) < 4 and not beside.text.isupper():
        return False
    if token.kind is Kind.UNKNOWN:
        return token.capital or step > 0 or (sure and bool(_BEGINS.search(text, 0, token.start)))
    if token.kind is Kind.MISTYPED:
        return sure and step > 0 and bool(_ENDS.match(text, token.end))
    if token.kind is Kind.MAYBE and not token.capital:
        fits = lower not in _SELDOM_NAMES or (step > 0 and bool(_ENDS.match(text, token.end)))
        return sure and fits and lower not in _STOPS
    if token.kind in {Kind.MAYBE, Kind.PLACE}:
        return token.capital and beside.capital and (step > 0 or lower not in _STOPS)
    return step > 0 and token.capital and beside.capital and beside.kind is Kind.FIRST and lower not in _STOPS


def _may_follow(token: _Word, strength: int, named: bool) -> bool:
    lower = token.text.lower()
    if lower in _STOPS and not (
        token.capital and strength >= _SURE_CUE and lower in _MONTHS | {"will", "an", "so", "may"}
    ):
        return False
    if token.kind in {Kind.FIRST, Kind.LAST}:
        return True
    if strength >= _SURE_CUE:
        return (
            token.kind in {Kind.MAYBE, Kind.UNKNOWN, Kind.MISTYPED}
            or token.capital
            or (strength == _TITLE_CUE and not named)
        )
    if token.kind is Kind.MAYBE:
        return token.capital or (strength == _RELATED_CUE and not named) or (named and lower not in _SELDOM_NAMES)
    if token.kind is Kind.MISTYPED:
        return strength == _RELATED_CUE
    return (
        token.kind is Kind.UNKNOWN
        and len(lower) > 2
        and (
            (token.capital and not (token.text.isupper() and len(lower) < 4))
            or strength == _RELATED_CUE
            or (strength == _SAYING_CUE and len(lower) > 3)
            or named
            or not lower.isascii()
        )
    )


def _may_begin(tokens: list[_Word], i: int, first: int) -> bool:
    """A word that may be a name, before one that surely is or that nobody knows: `i am eve jermakov`."""
    if (
        i != first
        or tokens[i].kind is not Kind.MAYBE
        or i + 1 >= len(tokens)
        or tokens[i].text.lower() in _STOPS | _SELDOM_NAMES
    ):
        return False
    following = tokens[i + 1]
    beside = following.start - tokens[i].end == 1
    return beside and following.kind in {Kind.FIRST, Kind.LAST, Kind.UNKNOWN} and len(following.text) > 3


def _in_another_script(text: str, tokens: list[_Word]) -> set[int]:
    """In a message in Latin letters, what is written in others is mostly somebody's name."""
    foreign = {i for i, token in enumerate(tokens) if _OTHER_LETTERS.match(token.text)}
    letters = sum(len(tokens[i].text) for i in foreign)
    return foreign if letters * 2 < sum(len(token.text) for token in tokens) or len(tokens) <= 3 else set()


_WEAK_CUE, _SAYING_CUE, _RELATED_CUE, _SURE_CUE, _TITLE_CUE = range(5)
_CUES = {_STRONG: _SURE_CUE, _TITLE: _TITLE_CUE, _RELATED: _RELATED_CUE, _SAYING: _SAYING_CUE, _WEAK: _WEAK_CUE}
_LONGEST = 5
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_STOPS = _MONTHS | frozenset(
    "i my me we you he she it the a an and or but so for from to in on at by with of is are was were be am not no yes what when "
    "where why how who which can could will would should might do does did have has had please hi hello hey dear thanks "
    "thank order orders your our his her their this that these those there here if as im its just also then now still sunday "
    "monday tuesday wednesday thursday friday saturday if any some both all again sorry".split()
)
_SELDOM_NAMES = frozenset(  # after a name in lower case they are mostly words: "john may come", "anna said"
    "will may can said made love like get got see saw ask long young back wait hold more well good best even man men take give "
    "send find name page line post bill list gone due bet lie hand job guy nice look want rose drew left held lay cut fit fits "
    "come came going bought paid sent told call called goes coming needs wants loves likes has just still even over off up out "
    "down big small short black white blue red green brown size pair box bag coat dress shirt shoe shoes".split()
)


def _is_of_a_product(text: str, tokens: list[_Word], i: int) -> bool:
    """`the Victoria dress`: one name between an article and a thing."""
    if i + 1 >= len(tokens) or tokens[i + 1].kind is not Kind.WORD or tokens[i + 1].text.lower() in _STOPS | {"said"}:
        return False
    adjacent = text[tokens[i].end : tokens[i + 1].start] == " "
    return adjacent and bool(_ARTICLE.search(text, 0, tokens[i].start))


def _alone(text: str, tokens: list[_Word]) -> set[int]:
    """A line, or a part of one between commas, of two to four words that is nothing but a name: `Smith, John`."""
    marked: set[int] = set()
    for part in (*_LINE.finditer(text), *_PART.finditer(text)):
        inside = [i for i, t in enumerate(tokens) if part.start() <= t.start and t.end <= part.end()]
        kinds = [tokens[i].kind for i in inside if tokens[i].text.lower() not in _PARTICLES]
        named = sum(kind in {Kind.FIRST, Kind.LAST} for kind in kinds)
        unknown = kinds.count(Kind.UNKNOWN) > 1
        if 2 <= len(inside) <= 4 and (named or unknown) and not {Kind.WORD, Kind.MISTYPED} & set(kinds):
            marked |= {i for i in inside if tokens[i].text.lower() not in _STOPS}
    return marked


def _inside(token: _Word, spans: list[tuple[int, int]]) -> bool:
    return any(start <= token.start and token.end <= end for start, end in spans)


def _stretches(text: str, tokens: list[_Word], marked: set[int]) -> Iterator[tuple[int, int]]:
    """Marked words that stand side by side, as one name each."""
    first = last = None
    for i in sorted(marked):
        if last is not None and i == last + 1 and _SMALL_CONNECTORS.fullmatch(text, tokens[last].end, tokens[i].start):
            last = i
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = i
    if first is not None and last is not None:
        yield first, last
