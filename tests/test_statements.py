"""Statements: who speaks, to whom, through which document, in which manner."""

from __future__ import annotations

from language import article, attribution, reading, speakers

from onrecord.document import Attitude, Mode


def test_a_pronoun_means_the_last_person_who_fits() -> None:
    """`she` is the woman who spoke, not the man named since."""
    read = article(
        "Spokeswoman Irina Vold said the line was safe. A report by Peter Hagen was wrong, she said.",
    )
    found, actors = reading(
        read,
        attribution(read, "Spokeswoman Irina Vold", "said", "the line was safe"),
        attribution(read, "she", "she said", "A report by Peter Hagen was wrong"),
    )
    assert [speakers(s, actors) for s in found.statements] == [["Irina Vold"], ["Irina Vold"]]


def test_a_description_by_state_and_post_means_that_person() -> None:
    """`the Turkish leader` is the president of Turkey named before."""
    read = article(
        "Finnish Prime Minister Aino Lehto received Turkish President Kemal Aydin on Monday.",
        "The Turkish leader said that he was content.",
    )
    found, actors = reading(read, attribution(read, "The Turkish leader", "said", "he was content"))
    assert speakers(found.statements[0], actors) == ["Kemal Aydin"]


def test_a_spokesman_without_a_name_stays_unnamed() -> None:
    """A spokesman for a company is neither the company nor anybody named before; his printed words are kept."""
    read = article("Chairman Leo Brandt resigned. A spokesman for Statnett declined to comment.")
    found, _ = reading(read, attribution(read, "A spokesman for Statnett", "declined", "comment"))
    statement = found.statements[0]
    assert statement.speakers == ()
    assert statement.speaker_text == "A spokesman for Statnett"
    assert statement.attitude is Attitude.REFUSAL


def test_the_body_behind_a_document_speaks() -> None:
    """A readout does not speak: its issuer does, and `the statement` further down is that readout."""
    read = article(
        "The two sides agreed on prices, according to a readout from the Kazakh government.",
        "No date was set, according to the statement.",
    )
    found, actors = reading(
        read,
        attribution(read, "a readout from the Kazakh government", "according to", "The two sides agreed on prices"),
        attribution(read, "the statement", "according to", "No date was set"),
    )
    assert [speakers(s, actors) for s in found.statements] == [["Government of Kazakhstan"]] * 2
    assert len(found.documents) == 1
    assert [s.via_text for s in found.statements] == ["a readout from the Kazakh government", "the statement"]


def test_an_outlet_that_passes_words_on_is_their_via() -> None:
    """`told Reuters` names the carrier; the speaker stays the speaker."""
    read = article("Minister Ana Duarte told Reuters that the dam was full.")
    found, actors = reading(read, attribution(read, "Minister Ana Duarte", "told", "the dam was full"))
    assert speakers(found.statements[0], actors) == ["Ana Duarte"]
    assert found.statements[0].via_text == "Reuters"


def test_words_quoted_by_an_agency_are_the_speakers_own() -> None:
    """`the agency quoted him as saying ...` makes him the speaker, not the agency."""
    read = article(
        "Deputy Minister Oleg Sarin was in Baku.", "The Tass agency quoted him as saying the gas was flowing."
    )
    found, actors = reading(read, attribution(read, "The Tass agency", "quoted", "him as saying the gas was flowing"))
    assert speakers(found.statements[0], actors) == ["Oleg Sarin"]
    assert found.statements[0].content[0].of(read.text) == "the gas was flowing"


def test_the_person_told_is_the_addressee() -> None:
    """`told his counterpart X` addresses X."""
    read = article("President Luis Prado told his Bolivian counterpart Rosa Quispe that the road would be paved.")
    found, actors = reading(read, attribution(read, "President Luis Prado", "told", "the road would be paved"))
    statement = found.statements[0]
    assert [actors[i].name for i in statement.addressees] == ["Rosa Quispe"]


def test_a_cue_without_a_source_goes_on_from_its_sentence() -> None:
    """`X said ..., adding that ...` is one speaker."""
    read = article("Minister Ana Duarte said the dam was full, adding that it would hold.")
    found, actors = reading(
        read,
        attribution(read, "Minister Ana Duarte", "said", "the dam was full"),
        attribution(read, "", "adding", "it would hold"),
    )
    assert [speakers(s, actors) for s in found.statements] == [["Ana Duarte"]] * 2


def test_an_impersonal_cue_has_no_speaker() -> None:
    """`is expected` tells of nobody's words, whoever was named before."""
    read = article("Minister Ana Duarte resigned. The dam is expected to hold.")
    found, _ = reading(read, attribution(read, "", "is expected", "to hold"))
    assert found.statements[0].speakers == ()
    assert found.statements[0].speaker_text is None


def test_a_paragraph_of_quotation_without_a_cue_goes_on() -> None:
    """A quoted paragraph after somebody's words is theirs."""
    read = article("“We are late,” said engineer Tom Okafor.", "“But we will finish before the rains come.”")
    found, actors = reading(read, attribution(read, "engineer Tom Okafor", "said", "“We are late,”"))
    assert [speakers(s, actors) for s in found.statements] == [["Tom Okafor"]] * 2
    assert found.statements[1].cue == ()


def test_mode_follows_the_marks() -> None:
    """All words in marks are direct, none indirect, some mixed; an unclosed mark runs to the paragraph's end."""
    read = article(
        "Ana Duarte said “the dam will hold”.", "Ana Duarte said the dam “is full”.", "Ana Duarte said it was late."
    )
    found, _ = reading(
        read,
        attribution(read, "Ana Duarte", "said", "“the dam will hold”"),
        attribution(read, "Ana Duarte", "said", "the dam “is full”"),
        attribution(read, "Ana Duarte", "said", "it was late"),
    )
    assert [s.mode for s in found.statements] == [Mode.DIRECT, Mode.MIXED, Mode.INDIRECT]


def test_a_denial_is_negative() -> None:
    """Who denies does not assert; `did not deny` does."""
    read = article("Ana Duarte denied that the dam leaked.", "Ana Duarte did not deny that it was old.")
    found, _ = reading(
        read,
        attribution(read, "Ana Duarte", "denied", "the dam leaked"),
        attribution(read, "Ana Duarte", "did not deny", "it was old"),
    )
    assert [s.negated for s in found.statements] == [True, False]
    assert found.statements[0].attitude is Attitude.DENIAL


def test_a_pronoun_told_something_is_the_other_person() -> None:
    """`told him` addresses the person named before who is not the speaker."""
    read = article("Governor Hugo Paz came late. President Luis Prado told him that the road would be paved.")
    found, actors = reading(read, attribution(read, "President Luis Prado", "told", "the road would be paved"))
    assert [actors[i].name for i in found.statements[0].addressees] == ["Hugo Paz"]


def test_another_department_is_not_the_last_body_that_spoke() -> None:
    """`The environment department` is no other body than itself, whoever spoke before."""
    read = article("The Lagos River Authority said yes. The environment department said no to it all.")
    found, actors = reading(
        read,
        attribution(read, "The Lagos River Authority", "said", "yes"),
        attribution(read, "The environment department", "department said", "no to it all"),
    )
    assert speakers(found.statements[0], actors) == ["Lagos River Authority"]
    assert speakers(found.statements[1], actors) == []
