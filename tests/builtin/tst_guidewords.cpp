// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/dictionary.h"
#include "builtin/guide/guideanswer.h"
#include "builtin/guide/guideindex.h"
#include "builtin/guide/wordquestion.h"

#include <QTest>

using namespace diptych;

/// Definitions and relations of words: how they are asked for, and what the dictionary answers.
class TestGuideWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsNoQuestionAboutAWordIsLeftAlone_data();
    void whatIsNoQuestionAboutAWordIsLeftAlone();
    void damagedDataHasNoWords_data();
    void damagedDataHasNoWords();
    void unknownWordsAreSaidToBeUnknown_data();
    void unknownWordsAreSaidToBeUnknown();
    void theGuideComesFirstForItsOwnWords_data();
    void theGuideComesFirstForItsOwnWords();
    void questionsAreAnswered_data();
    void questionsAreAnswered();
    void formsOfAWordAreFound_data();
    void formsOfAWordAreFound();
    void answersNameTheirSource();
    void briefAnswersHaveOneMeaning();
    void furtherChoicesBeginWithFurtherMeanings();
    void everyMeaningCanBeRead();

private:
    [[nodiscard]] GuideAnswer ask(const QString &question, const AnswerOptions &options = {}) const
    {
        return answerFromGuide(m_sources, {Message::fromText(Role::User, question)}, options);
    }
    GuideIndex m_index = GuideIndex::fromResources();
    Dictionary m_dictionary = Dictionary::fromResources();
    GuideSources m_sources {m_index, m_dictionary};
};

void TestGuideWords::whatIsNoQuestionAboutAWordIsLeftAlone_data()
{
    QTest::addColumn<QString>("question");
    QTest::newRow("empty") << QString();
    QTest::newRow("how") << QStringLiteral("How do I swap a model?");
    QTest::newRow("why") << QStringLiteral("why do I get a 401");
    QTest::newRow("no word") << QStringLiteral("What is?");
    QTest::newRow("very long") << QString(u"What is " % QString(300, u'a'));
}

void TestGuideWords::whatIsNoQuestionAboutAWordIsLeftAlone()
{
    QFETCH(QString, question);
    QVERIFY(!wordQuestion(question));
}

void TestGuideWords::damagedDataHasNoWords_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("another file") << QByteArray(4000, 'x');
    QTest::newRow("only a header") << QByteArray("DPDICT01").append(16, '\0');
    QTest::newRow("more blocks than bytes") << QByteArray("DPDICT01").append(400, '\x7f');
    QByteArray offsets("DPDICT01");
    for (const quint32 number : {1U, 1U, 1U, 4U, 0U, 4'000'000U, 3U})
        offsets.append(reinterpret_cast<const char *>(&number), 4);
    QTest::newRow("offsets beyond the end") << offsets + QByteArray("aaaa");
}

void TestGuideWords::damagedDataHasNoWords()
{
    QFETCH(QByteArray, data);
    const Dictionary dictionary(data);
    QCOMPARE(dictionary.find(QStringLiteral("word")), WordEntry());
    QVERIFY(dictionary.sense(7).words.isEmpty());
}

void TestGuideWords::unknownWordsAreSaidToBeUnknown_data()
{
    QTest::addColumn<QString>("question");
    for (const char *question :
        {"What is a flurbelgrunt?", "synonyms for flurbelgrunt", "define the word xqzzt", "what does zzyzzyzq mean",
            "opposite of flurbelgrunt", "Is a flurbelgrunt a mammal?", "Kinds of flurbelgrunts?"})
        QTest::newRow(question) << QString::fromLatin1(question);
}

void TestGuideWords::unknownWordsAreSaidToBeUnknown()
{
    QFETCH(QString, question);
    const GuideAnswer answer = ask(question);
    QVERIFY2(answer.text.startsWith(QStringLiteral("I do not know")), qPrintable(answer.text));
    QVERIFY(answer.source.isEmpty());
}

void TestGuideWords::theGuideComesFirstForItsOwnWords_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("source");
    const auto row = [](const char *question, const char *source) {
        QTest::newRow(question) << QString::fromLatin1(question) << QString::fromLatin1(source);
    };
    row("What is an endpoint?", "Endpoints and pasted URLs");
    row("define endpoint", "Endpoints and pasted URLs");
    row("What are extras?", "Extras");
    row("what is an exchange", "Saving exchanges");
    row("What is a pane?", "Panes and comparing models");
    row("what does temperature mean?", "What the parameters mean");
    row("What is streaming", "Streaming");
    row("what is a token", "Usage and token counts");
    row("What is an embedding?", "Embeddings");
    row("What is a gateway?", "The gateway");
    row("What is a session?", "Sessions and the journal");
    row("What is the palette?", "Palette");
    row("What kinds of endpoint are there?", "Kinds of endpoint");
    row("Is Diptych a browser?", "What Diptych is");
    row("is Diptych a game?", "What Diptych is");
    row("what is reasoning?", "The guide-reasoning model");
    row("define the word endpoint", "WordNet 3.0");
    row("synonyms for error", "WordNet 3.0");
    row("opposite of strict", "WordNet 3.0");
}

void TestGuideWords::theGuideComesFirstForItsOwnWords()
{
    QFETCH(QString, question);
    QFETCH(QString, source);
    QCOMPARE(ask(question).source, source);
}

void TestGuideWords::questionsAreAnswered_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *question, const char *expected) {
        QTest::newRow(question) << QString::fromUtf8(question) << QString::fromUtf8(expected);
    };
    row("What is a platypus?", "**platypus** (noun): small densely furred aquatic monotreme");
    row("define serendipity", "**serendipity** (noun): good luck in making unexpected and fortunate discoveries");
    row("What's the meaning of \"ubiquitous\"?", "**ubiquitous** (adjective): being present everywhere at once");
    row("what does obfuscate mean", "**obfuscate** (verb): make obscure or unclear");
    row("Tell me what a haiku is", "epigrammatic Japanese verse form");
    row("could you please define the word entropy?", "**entropy**");
    row("photosynthesis", "synthesis of compounds with the aid of radiant energy");
    row("What are kangaroos?", "herbivorous leaping marsupials");
    row("What is the capital of France?", "**Paris** (capital of France, noun): ");
    row("who was Einstein?", "physicist born in Germany");
    row("What is the Eiffel Tower?", "I do not know");
    row("synonyms for happy", "felicitous");
    row("What is another word for car?", "automobile");
    row("begin synonym", "start");
    row("What can I say instead of big?", "large");
    row("What is the opposite of hot?", "**cold**");
    row("antonym of ascend", "descend");
    row("opposite of enormous", "**small** is the opposite of large");
    row("What kinds of bird are there?", "- ");
    row("types of dance", "- ");
    row("what are the parts of a car", "accelerator");
    row("What is a finger part of?", "hand");
    row("Is a whale a mammal?", "**Yes.** Each is a kind of the next: whale → ");
    row("is a tomato a vegetable", "**Yes.**");
    row("are whales mammals?", "→ mammal");
    row("Is a whale a fish?", "**No**, as far as the dictionary knows. Each is a kind of the next: whale → cetacean");
    row("Is a dolphin a fish?", "Not so in another meaning of *dolphin*: any of various small toothed whales");
    row("is a mammal a whale", "**Some are.**");
    row("Is gold a metal?", "**Yes.**");
    row("What kind of animal is a zebra?", "equine");
    row("what part of speech is quickly", "**quickly** is used as: adverb.");
    row("is run a noun or a verb", "verb, noun");
}

void TestGuideWords::questionsAreAnswered()
{
    QFETCH(QString, question);
    QFETCH(QString, expected);
    const QString answer = ask(question).text;
    QVERIFY2(answer.contains(expected), qPrintable(answer));
}

void TestGuideWords::formsOfAWordAreFound_data()
{
    QTest::addColumn<QString>("form");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *form, const char *word) {
        QTest::newRow(form) << QString::fromLatin1(form) << QString::fromLatin1(word);
    };
    row("Mice", "mouse");
    row("WHALES", "whale");
    row("berries", "berry");
    row("boxes", "box");
    row("swapping", "swap");
    row("obfuscating", "obfuscate");
    row("went", "go");
    row("biggest", "big");
    row("  prime   minister ", "prime minister");
    row("flurbelgrunts", "");
    row("s", "s");
    row("", "");
}

void TestGuideWords::formsOfAWordAreFound()
{
    QFETCH(QString, form);
    QFETCH(QString, word);
    QCOMPARE(m_dictionary.find(form).word, word);
}

void TestGuideWords::answersNameTheirSource()
{
    const GuideAnswer answer = ask(QStringLiteral("What is a bridge?"));
    QCOMPARE(answer.source, QStringLiteral("WordNet 3.0"));
    QVERIFY(answer.text.contains(QStringLiteral("From *WordNet 3.0*")));
    QVERIFY(answer.text.contains(QStringLiteral("\n2. (")));
    QVERIFY(answer.plain.startsWith(QStringLiteral("**bridge** (noun): ")));
}

void TestGuideWords::briefAnswersHaveOneMeaning()
{
    const QString whole = ask(QStringLiteral("What is a bridge?")).text;
    const QString brief = ask(QStringLiteral("What is a bridge?"), {.brief = true}).text;
    QVERIFY(brief.size() < whole.size() / 2);
    QVERIFY(!brief.contains(QStringLiteral("2. ")));
}

void TestGuideWords::furtherChoicesBeginWithFurtherMeanings()
{
    const QString first = ask(QStringLiteral("define bridge")).plain;
    const QString second = ask(QStringLiteral("define bridge"), {.rank = 1}).plain;
    QVERIFY(first != second);
    QCOMPARE(ask(QStringLiteral("define bridge"), {.rank = 100}).plain, first);
}

void TestGuideWords::everyMeaningCanBeRead()
{
    int count = 0;
    for (int step = 0; step < 200; ++step) {
        const WordSense sense = m_dictionary.sense(step * 200);
        if (sense.words.isEmpty())
            break;
        QVERIFY2(!sense.definition.isEmpty(), qPrintable(sense.words.first()));
        const WordEntry entry = m_dictionary.find(sense.words.first());
        QVERIFY2(std::find(entry.meanings.begin(), entry.meanings.end(), sense.number) != entry.meanings.end(),
            qPrintable(sense.words.first()));
        ++count;
    }
    QVERIFY(count > 190);
}

QTEST_GUILESS_MAIN(TestGuideWords)
#include "tst_guidewords.moc"
