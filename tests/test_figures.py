"""Figures: what is one, and whether a passage carries it."""

from __future__ import annotations

import re
from itertools import product

import pytest

from sourced_guide.claims.language.quantities.entailment import agree, missing_figures
from sourced_guide.claims.language.quantities.parse import figures_in
from sourced_guide.claims.markdown.extension import read_guide
from sourced_guide.claims.model.place import Place
from sourced_guide.claims.model.source import Passage
from sourced_guide.claims.project.mkdocs_config import load_project

from .conftest import ROOT, assert_cost_grows_with_length


def passage(says: str, *figures: str) -> Passage:
    return Passage("id", "start", "end", says, "", figures, "", Place("a.yml"))


# A claim, what its passage says, and the figures of the claim that the passage does not carry.
CARRIED = [
    # The same number, written in another way.
    ("30 to 70 out of 100 people", "30 to 70 percent of people"),
    ("between 30 and 70 out of 100", "30–70%"),
    ("30–70 out of 100", "from 30 percent to 70 percent"),
    ("200,000 people a year", "200 thousand people each year"),
    ("200 000 people", "200,000 people"),
    ("200\u202f000 people", "two hundred thousand people"),
    ("2.5 million people", "2,500,000 people"),
    ("120 people", "one hundred and twenty people"),
    ("24 people", "two dozen people"),
    ("33 bones in 5 parts", "33 vertebrae in five segments"),
    ("It is 1.5 cm wide.", "1,5 cm"),
    ("1.5 cm", "1½ cm"),
    ("15 mm", "1.5 cm"),
    ("½ of people", "50 percent"),
    ("５ people", "five people"),
    ("−5 °C", "minus 5: -5 degrees C"),
    ("16 mg a day", "16mg daily"),
    ("8 Gy in 1 session", "a single 8-Gy dose, one session"),
    ("a 6-week course", "6 weeks"),
    ("2.5 times as likely", "a 2.5-fold risk"),
    ("twice as likely", "2 times"),
    ("Take it twice a day.", "2 times daily"),
    ("Take it once a day.", "daily"),
    ("stage 4", "stage IV"),
    ("stage 3 or 4", "stage 3 to 4"),
    # Shares: percentages, counts out of a number, fractions.
    ("1 in 4 people", "25 percent"),
    ("25 percent", "one in four"),
    ("25 in every 100 people", "a quarter of people"),
    ("half of people", "50%"),
    ("33 out of 100", "about one third"),
    ("two thirds of people", "67 percent"),
    ("7 out of every 10 people", "70 per cent"),
    ("84 out of 100", "42 of 50 people"),
    ("42 of 50 people", "42/50, 84%"),
    ("250 of 730 people", "Among the 730 people it was 250 (34.25 percent)."),
    ("Out of every 100 people, 84 could walk and 16 could not.", "84 percent could walk."),
    ("Of 100 people, 30 lived and 70 died.", "30 percent lived."),
    ("It was not found in the other 84.", "found in 15.67 percent"),
    ("About 3 of 100 do, 97 do not", "2.84 percent"),
    ("85 could walk and 15 could not", "15 percent could not walk"),
    ("Of 100 people, 70 had it high up, 20 low, and the other 10 in the neck.", "70, 20, 10%"),
    ("Of 100, 84 could walk: 62 lived and the other 22 did not.", "84, 62 and 22 percent"),
    ("It was done in 50, and in the other 51 it was not.", "50 had it and 51 had not."),
    ("Out of every 1,000 people, 30 had it.", "30 of 1,000 people had it."),
    ("MRI found it in 93 out of 100.", "CT found 70 percent, MRI 93, SPECT 84 percent."),
    ("about 2 had metal that failed", "failed in 2.0 percent (30 of 1,501)"),
    # Rounded to the precision that the claim shows.
    ("about 16 out of 100", "15.67 percent"),
    ("nearly 15.7 percent", "15.67 percent"),
    ("57 out of 100", "29 of 51 people"),
    ("About 70 were here, and 16 there.", "70 percent and 15.67 percent"),
    ("In 2019 people had it.", "from 2007 to July 2019"),
    ("about 6 percent", "6.5 percent (135 of 2,088)"),
    ("about 7 percent", "7.1 percent (135 of 2,088)"),
    ("135 of 2,088 people", "7.1 percent (135 of 2,088)"),
    ("about 6 to 7 out of 100", "6.5 percent"),
    ("about 700 people", "730 people"),
    ("about 3,000 people", "3,102 people"),
    ("nearly 1 in 4", "23 percent"),
    ("about 1 in 8", "12.6 percent"),
    ("about 7 in 10", "69.3 percent"),
    ("about a third of people", "34 percent"),
    ("more than 700 people", "730 people"),
    ("more than 15 out of 100", "15.67 percent"),
    ("less than 16 out of 100", "15.67 percent"),
    # Bounds.
    ("up to 20 people", "at most 20 people"),
    ("at least 20 people", "20 people or more"),
    ("more than 90 out of 100 have pain", "Of 100 people, more than 90 have pain."),
    ("fewer than 10 out of 100 have no pain", "more than 90 percent have pain"),
    ("at most 1 out of 100", "0.5 to 1 percent"),
    ("at least 30 out of 100", "30 to 70 percent"),
    ("within 24 hours", "in 24 hours"),
    ("24 hours", "within 24 hours"),
    ("in less than 24 hours", "anything from less than 24 hours to many weeks"),
    ("people older than 60", "people of 60 years and older"),
    ("people over 60", "aged 60 years or older"),
    ("adults aged 40 to 65", "40-65 years"),
    ("It goes on over 2 years.", "for 2 years"),
    ("It is given over 5 sessions.", "5 sessions"),
    ("pain in the past 2 weeks", "2 weeks"),
    ("3 or more bones", "38.96% had >=3 bones"),
    ("60 or more people", "60+ people"),
    ("6.4 months", "6.4 +/- 9.4 months"),
    ("20.5 months", "20.5 vs 2.4 months"),
    ("ten treatments of 3 Gy", "10 x 3 Gy"),
    ("up to 1,000 pounds", "up to £1000"),
    # Times: exact conversions only.
    ("24 hours", "within a day"),
    ("within a day", "24 hours"),
    ("2 days", "48 hours"),
    ("6 weeks", "42 days"),
    ("1 year", "12 months"),
    ("half an hour", "30 minutes"),
    ("1 to 2 weeks", "7 to 14 days"),
    ("about 2 weeks", "13 days"),
    # Dates, times of day, telephone numbers.
    ("in June 2020", "2020-06-16"),
    ("on June 16, 2020", "16 June 2020"),
    ("in 2020", "June 2020"),
    ("from January 2007 to July 2019", "January 2007 to July 2019"),
    ("It ran from 2007.", "2007-2019"),
    ("Call 999.", "call 999 (UK)"),
    ("Call 0808 808 0000.", "0808 808 00 00"),
    ("open from 9 am to 5 p.m.", "9:00 to 17:00"),
    # No figures.
    ("One page says so, and no one another.", "Nothing."),
    ("You can ask for a second opinion first.", "Nothing."),
    ("On the one hand this, on the other that.", "Nothing."),
    ("More than one are called metastases.", "Nothing."),
    ("A third says that both are given at once.", "Nothing."),
    ("pain in one arm or one foot, or in both", "Nothing."),
    ("One day you may feel well.", "Nothing."),
    ("the upper half of the body", "Nothing."),
    ("The two work in the same way.", "Nothing."),
    ("L4, T12, C1-C7 and S1 are bones.", "Nothing."),
    ("COVID-19, B12, T4, PI3K and HER2", "Nothing."),
    ("a 3-D scan or 5-FU, 24/7", "Nothing."),
    ("1. Lie down.", "Nothing."),
    ("As table 2 and page 14 show [3, 4].", "Nothing."),
    ("Put the weight on your legs often.", "Nothing."),
    ("version 1.2.3", "Nothing."),
    # A claim may count the sources that it cites.
    ("One source says so.", "Nothing."),
]

MISSING = [
    # Another number.
    ("about 20 out of 100", "15.67 percent", ["20 out of 100"]),
    ("about 15 out of 100", "15.67 percent", ["15 out of 100"]),
    ("33 bones in 6 parts", "33 vertebrae in five segments", ["6"]),
    ("200,000 people", "20,000 people", ["200,000"]),
    ("15.67 percent", "16 percent", ["15.67 percent"]),
    ("1.5 cm", "15 cm", ["1.5 cm"]),
    ("three times as likely", "twice as likely", ["three times"]),
    ("about 80 out of 100", "82 percent", ["80 out of 100"]),
    ("about 5 to 6 out of 100", "6 percent", ["5 to 6 out of 100"]),
    ("about 6 to 6 out of 100", "6 percent", ["6 to 6 out of 100"]),
    ("about 6 to 7 out of 100", "7.8 percent (135 of 2,088)", ["6 to 7 out of 100"]),
    ("pain for 1 to 2 weeks", "in one or more places, for 1 to 3 weeks", ["1 to 2 weeks"]),
    # Rounded, and the claim does not say so.
    ("16 out of 100", "15.67 percent", ["16 out of 100"]),
    ("15.7 percent", "15.67 percent", ["15.7 percent"]),
    ("6 to 7 out of 100", "6.5 percent", ["6 to 7 out of 100"]),
    ("2.5 million people", "2,512,000 people", ["2.5 million"]),
    # Another whole.
    ("Of 1,000 people, 93 had it.", "93 percent", ["1,000"]),
    ("out of every 10 people who had surgery:", "3.3 percent", ["10"]),
    ("Of 75 people, some had it.", "75 percent", ["75"]),
    ("Of 100 people, 50 could not.", "42 of 50 (84 percent) could", ["50"]),
    # The number of the wrong side.
    ("84 out of 100, and not in the other 84", "15.67 percent", ["84 out of 100", "84"]),
    ("about 84 out of 100, and not in the other 16", "15.67 percent", ["84 out of 100"]),
    ("about 16 out of 100, and not in the other 16", "15.67 percent", ["16"]),
    ("about 90 out of 100 get it, and 90 do not", "9.56 percent", ["90 out of 100", "90"]),
    ("One found it in 75 and missed it in 7.", "93 and 75 percent", ["7"]),
    # Another thing.
    ("56 studies", "56 people", ["56"]),
    ("2019 people had it", "from 2007 to July 2019", ["2019"]),
    ("It was not found in the other 15.67.", "15.67 percent", ["15.67"]),
    ("about 1 in 4", "15 percent", ["1 in 4"]),
    ("1 in 4", "23 percent", ["1 in 4"]),
    ("half of people", "a third of people", ["half"]),
    ("two thirds of people", "60 percent", ["two thirds"]),
    ("two doses", "a single dose", ["two"]),
    ("It has 4 parts.", "It has 5: 1 neck, 2 back, 3 loin, 4 hip, 5 tail.", ["4"]),
    # Another unit.
    ("6 weeks", "6 months", ["6 weeks"]),
    ("16 mg", "16 percent", ["16 mg"]),
    ("16 mg", "16 g", ["16 mg"]),
    ("56 studies", "56 percent", ["56"]),
    ("24 hours", "24 days", ["24 hours"]),
    ("24 weeks", "24 people", ["24 weeks"]),
    ("stage 4", "grade 4", ["4"]),
    ("twice a day", "twice a week", ["twice a day"]),
    ("1 month", "30 days", ["1 month"]),
    ("1 month", "4 weeks", ["1 month"]),
    ("2 weeks", "13 days", ["2 weeks"]),
    ("$20", "20 people", ["$20"]),
    # Another bound, or another range.
    ("at least 20 people", "up to 20 people", ["20"]),
    ("up to 20 people", "at least 20 people", ["20"]),
    ("over 5 people", "5 people", ["5"]),
    ("more than 20 people", "20 people", ["20"]),
    ("40 out of 100", "up to 40 percent", ["40 out of 100"]),
    ("70 out of 100", "over 70 percent", ["70 out of 100"]),
    ("more than 80 out of 100", "more than 90 percent", ["80 out of 100"]),
    ("after more than 24 hours", "within 24 hours", ["24 hours"]),
    ("within 1 week", "within 24 hours", ["1 week"]),
    ("in less than 2 days", "in 30 hours", ["2 days"]),
    ("30 to 60 out of 100", "30 to 70 percent", ["30 to 60 out of 100"]),
    ("70 out of 100", "30 to 70 percent", ["70 out of 100"]),
    ("longer than 2 weeks", "longer than 1 to 2 weeks", ["2 weeks"]),
    ("people younger than 60", "people older than 60", ["60"]),
    # Not the complement of what is no percentage, nor where nothing tells of the others.
    ("42 had it and 8 did not", "42 of 50 had it", ["8"]),
    ("84 mg did not help", "16 mg", ["84 mg"]),
    ("About 30 were in the lower back.", "70 percent were in the upper back.", ["30"]),
    # A share of a number that was not counted.
    ("42 of 50 people", "84 percent", ["42 of 50"]),
    ("16 out of 101 people", "16 percent", ["16 out of 101"]),
    ("a study of 100 people", "a study of 101 people", ["100"]),
    # Dates, times of day, telephone numbers.
    ("in June 2021", "June 2020", ["June 2021"]),
    ("on June 17, 2020", "June 2020", ["June 17, 2020"]),
    ("in 2021", "June 2020", ["2021"]),
    ("Call 911.", "call 999", ["911"]),
    ("Call 0808 808 0001.", "0808 808 00 00", ["0808 808 0001"]),
    ("from 9 am", "from 9 pm", ["9 am"]),
    ("in June 2021", "In June 2020 there were 2021.", ["June 2021"]),
    # A table row, and several figures at once.
    ("Steroids | 16 mg | 3 days", "16 mg for 2 days", ["3 days"]),
    ("5 people and 6 bones", "nothing", ["5", "6"]),
    ("third most common", "It comes second.", ["third"]),
    ("Two reviews say so.", "Nothing.", ["Two"]),
]


@pytest.mark.parametrize(("claim", "says"), CARRIED)
def test_a_passage_carries_what_it_says(claim: str, says: str) -> None:
    assert [figure.written for figure in missing_figures(claim, [passage(says)])] == []
    assert missing_figures(claim, [passage("Nothing.", says)]) == []


@pytest.mark.parametrize(("claim", "says", "missing"), MISSING)
def test_a_passage_does_not_carry_anything_else(claim: str, says: str, missing: list[str]) -> None:
    assert [figure.written for figure in missing_figures(claim, [passage(says)])] == missing


def test_every_text_carries_its_own_figures_and_any_two_can_be_compared() -> None:
    texts = {text for row in (*CARRIED, *MISSING) for text in row[:2] if isinstance(text, str)}
    for text in texts:
        assert missing_figures(text, [passage(text)]) == []
        for other in texts:
            missing_figures(text, [passage(other)])
            for one, against in product(figures_in(text), figures_in(other)):
                assert agree(one, against) is agree(against, one)


def test_a_figure_is_carried_by_one_of_several_passages() -> None:
    passages = [passage("24 hours"), passage("1 week")]
    assert missing_figures("within 1 week, and 24 hours", passages) == []
    # Each by one: the ends of a range are not put together from two.
    assert missing_figures("24 hours to 1 week", [passage("24 hours to 1 week")]) == []
    assert len(missing_figures("1 to 5 people", [passage("1 person"), passage("5 people")])) == 1


def test_a_listed_number_does_not_undo_the_bound_of_the_summary() -> None:
    given = passage("It may be up to 40 percent.", "40%")
    assert missing_figures("up to 40 out of 100", [given]) == []
    assert len(missing_figures("at least 40 out of 100", [given])) == 1
    assert len(missing_figures("40 out of 100", [given])) == 1


def test_two_sources_can_be_counted() -> None:
    other = Passage("id", "start", "end", "Nothing.", "", (), "", Place("b.yml"))
    assert missing_figures("Two reviews say so.", [passage("Nothing."), other]) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("16 out of 100", "15.67 percent", True),
        ("15.67 percent", "16 out of 100", True),
        ("84 out of 100", "16 out of 100", True),
        ("30 to 70 out of 100", "30–70%", True),
        ("30 to 70 out of 100", "16 out of 100", False),
        ("16 out of 100", "It was not found in the other 84.", True),
        ("5 people", "5 weeks", False),
        ("June 2020", "5 percent", False),
    ],
)
def test_figures_agree_when_one_is_the_other_rounded(one: str, other: str, same: bool) -> None:
    assert agree(*figures_in(one), *figures_in(other)) is same


@pytest.mark.parametrize(
    ("heading", "written"),
    [
        ("How common is it?", []),
        ("The first 24 hours", ["24 hours"]),
        ("It affects 1 in 4 people", ["1 in 4"]),
        ("Bones T4 to T7", []),
        ("One or two questions", ["One or two"]),
        ("Call within a day", ["a day"]),
        ("5 to 30 out of 100, or 16 mg", ["5 to 30 out of 100", "16 mg"]),
    ],
)
def test_a_text_states_its_figures(heading: str, written: list[str]) -> None:
    found = figures_in(heading)
    assert [figure.written for figure in found] == written
    assert [heading[figure.start : figure.end] for figure in found] == written


def test_most_figures_of_the_guide_are_missed_when_they_are_changed() -> None:
    guide = read_guide(load_project(ROOT / "mkdocs.yml", ROOT))
    sources = guide.references.sources
    planted: list[str] = []
    found: list[str] = []
    for claim in {claim.text: claim for _, page in guide.pages for claim in page.claims}.values():
        passages = [sources[each.key].passages[each.passage] for each in claim.citations]
        for figure in figures_in(claim.text):
            for number in re.finditer(r"\d+", figure.written):
                start, end = figure.start + number.start(), figure.start + number.end()
                for other in (int(number.group()) + 1, int(number.group()) + 10):
                    changed = f"{claim.text[:start]}{other}{claim.text[end:]}"
                    planted.append(changed)
                    found += [changed] if missing_figures(changed, passages) else []
    # What is not found is another figure of the same passage: 50 people for the other group's 51.
    assert len(planted) > 100
    assert len(found) >= 0.95 * len(planted), set(planted) - set(found)


@pytest.mark.parametrize(
    "part", ["a", "1", "1 ", "one ", "1-", "30 to ", "(", "½", "L4-", "twenty ", "1 in ", "May 5 "]
)
def test_any_line_is_read_in_step_with_its_length(part: str) -> None:
    def read(line: str) -> None:
        missing_figures(line, [passage("1 in 4"), passage(line)])

    assert_cost_grows_with_length(read, part)


def test_what_is_too_long_to_read_is_not_let_through() -> None:
    assert missing_figures("a " * 5000 + "16 mg", [passage("16 mg")])
