"""Words that say as much as others: neither stronger than a passage, nor the opposite of it."""

from __future__ import annotations

import pytest

from sourced_guide.claims.language.hedging.compare import unsupported_strength
from sourced_guide.claims.language.opposites.compare import contradictions


@pytest.mark.parametrize(
    ("claim", "says"),
    [
        ("They were able to climb stairs.", "They could climb stairs."),
        ("With it you can regain strength.", "It helps people regain strength."),
        ("It is worn to ease pain.", "It is worn to help with pain."),
        ("The skin gets back to normal.", "The skin returns to normal."),
        ("They fear that it will spread.", "They fear that it spreads."),
        ("The plan is not the same for everyone.", "The plan is different for everyone."),
        ("Use non-stick pans.", "Use pans that do not stick."),
        ("It is offered no matter how old you are.", "It is offered however old a person is."),
        ("Over half of the people slept well.", "Most people slept well."),
        ("Its size decides whether you will need it.", "Whether it is needed depends on size."),
        ("You are free to change your mind.", "You can change your mind."),
        ("The nurse will help you sit up.", "A nurse helps people sit up."),
        ("They tell you whether to stop any of them.", "They say whether people stop each."),
        ("The drug takes the cells away.", "The drug kills the cells."),
    ],
)
def test_other_words_are_no_stronger(claim: str, says: str) -> None:
    assert unsupported_strength(claim, "", (says,)) == ()


@pytest.mark.parametrize(
    ("claim", "says"),
    [
        ("It eases pain.", "It may ease pain."),
        ("Who is able to walk now walks later.", "Who is able to walk now can walk later."),
        ("You regain strength.", "It may help people regain strength."),
        ("It will spread.", "They fear that it spreads."),
        ("Do not worry, it will heal.", "It may heal."),
        ("People slept well.", "Over half of people slept well."),
        ("Whether you have it or not, you will walk.", "Whether they have it or not, some walk."),
        ("Talks took away the fear.", "Talks led to less fear."),
        ("Surgery will help you sit up.", "Surgery helps people sit up."),
        ("It is required as a part of care.", "It is recommended as a part of care."),
    ],
)
def test_a_lost_hedge_is_found(claim: str, says: str) -> None:
    assert unsupported_strength(claim, "", (says,))


@pytest.mark.parametrize(
    ("claim", "says"),
    [
        ("It does not have to pay for the device.", "It need not pay for the device."),
        ("Tell them if you have any of these signs.", "With any sign, people should tell them."),
        (
            "People with a worse outlook had more pain.",
            "Those whose outlook was less good had more pain.",
        ),
        ("If the type is not yet known, wait.", "If the type has not been proven, wait."),
        ("This is a reason for doctors not to use it.", "Doctors take it as a reason against it."),
        ("Pain can be caused by a tumor (a growth).", "A tumor can make a person have pain."),
        ("Pain causes low mood, and low mood pain.", "Pain causes low mood. Low mood causes pain."),
    ],
)
def test_other_words_say_nothing_against_it(claim: str, says: str) -> None:
    assert contradictions(claim, "", (says,)) == ()


@pytest.mark.parametrize(
    ("claim", "says"),
    [
        ("If you have all of the signs below, call.", "With any sign of it, people should call."),
        ("People whose tumor reacts poorly get it.", "People whose tumor reacts well get it."),
        ("Doctors take that as a reason for it.", "Doctors take it as a reason against it."),
        ("You cannot have this care later.", "A person can have it later, at any point."),
        ("It helps people with a good outlook.", "It helps people whose outlook is less good."),
        ("Its effects are milder than others.", "Its effects may be worse than others."),
    ],
)
def test_advice_and_groups_turned_round_are_found(claim: str, says: str) -> None:
    assert contradictions(claim, "", (says,))
