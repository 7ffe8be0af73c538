// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/dictionary.h"
#include "builtin/guide/guideanswer.h"
#include "builtin/guide/guideindex.h"
#include "builtin/guide/tone.h"

#include <QTest>

using namespace diptych;

/// What system messages and questions ask of the tone, and how answers follow.
class TestGuideTone : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatCanNotBeDoneIsSaid_data();
    void whatCanNotBeDoneIsSaid();
    void ordinaryMessagesAskForNothing_data();
    void ordinaryMessagesAskForNothing();
    void instructionsAreHeard_data();
    void instructionsAreHeard();
    void theQuestionLosesItsTone_data();
    void theQuestionLosesItsTone();
    void answersTakeTheTone_data();
    void answersTakeTheTone();
    void anInstructionChangesTheAnswer_data();
    void anInstructionChangesTheAnswer();
    void questionsMayAskForATone();
    void whatIsDictatedIsSaid_data();
    void whatIsDictatedIsSaid();

private:
    [[nodiscard]] QString ask(const QString &instruction, const QString &question) const
    {
        std::vector<Message> messages {Message::fromText(Role::User, question)};
        if (!instruction.isEmpty())
            messages.insert(messages.begin(), Message::fromText(Role::System, instruction));
        return answerFromGuide(m_sources, messages).text;
    }
    GuideIndex m_index = GuideIndex::fromResources();
    Dictionary m_dictionary = Dictionary::fromResources();
    GuideSources m_sources {m_index, m_dictionary};
};

void TestGuideTone::whatCanNotBeDoneIsSaid_data()
{
    QTest::addColumn<QString>("instruction");
    QTest::addColumn<QString>("named");
    QTest::newRow("language") << QStringLiteral("Always answer in French.") << QStringLiteral("in French");
    QTest::newRow("persona") << QStringLiteral("Talk like a pirate.") << QStringLiteral("like a pirate");
    QTest::newRow("form") << QStringLiteral("Reply only in rhyme") << QStringLiteral("in rhyme");
}

void TestGuideTone::whatCanNotBeDoneIsSaid()
{
    QFETCH(QString, instruction);
    QFETCH(QString, named);
    const QString answer = ask(instruction, QStringLiteral("What are extras?"));
    QVERIFY2(answer.endsWith(
                 QString(u"(You asked for an answer " % named % u". I can not do that: I only quote, in English.)")),
        qPrintable(answer));
}

void TestGuideTone::ordinaryMessagesAskForNothing_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("usual") << QStringLiteral("You are a helpful assistant.");
    QTest::newRow("a name") << QStringLiteral("Your name is Shorty. Answer questions about the API in detail.");
    QTest::newRow("code") << QStringLiteral("Write the answer in Python like this");
}

void TestGuideTone::ordinaryMessagesAskForNothing()
{
    QFETCH(QString, text);
    QCOMPARE(toneOf({Message::fromText(Role::System, text)}), Tone());
}

void TestGuideTone::instructionsAreHeard_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Tone>("tone");
    QTest::newRow("brief") << QStringLiteral("Be brief.") << Tone {.brief = true};
    QTest::newRow("concise") << QStringLiteral("You answer concisely.") << Tone {.brief = true};
    QTest::newRow("short") << QStringLiteral("Keep your answers short") << Tone {.brief = true};
    QTest::newRow("one sentence") << QStringLiteral("Answer in one sentence.")
                                  << Tone {.brief = true, .oneSentence = true};
    QTest::newRow("bullets") << QStringLiteral("Use bullet points.") << Tone {.bullets = true};
    QTest::newRow("plain") << QStringLiteral("No Markdown, please") << Tone {.plainText = true};
    QTest::newRow("capitals") << QStringLiteral("Answer in all caps.") << Tone {.letters = Tone::Case::Upper};
    QTest::newRow("small letters") << QStringLiteral("write in lowercase only") << Tone {.letters = Tone::Case::Lower};
    QTest::newRow("beginning") << QStringLiteral("Begin every answer with \"Sir,\"")
                               << Tone {.beginning = QStringLiteral("Sir,")};
    QTest::newRow("several") << QStringLiteral("Be concise, in plain text. End with \"Over.\"")
                             << Tone {.brief = true, .plainText = true, .ending = QStringLiteral("Over.")};
}

void TestGuideTone::instructionsAreHeard()
{
    QFETCH(QString, text);
    QFETCH(Tone, tone);
    QVERIFY(toneOf({Message::fromText(Role::System, text)}) == tone);
    QVERIFY(toneOf({Message::fromText(Role::Developer, text)}) == tone);
    QVERIFY(toneOf({Message::fromText(Role::Assistant, text)}) == Tone());
}

void TestGuideTone::theQuestionLosesItsTone_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("left");
    const auto row = [](const char *question, const char *left) {
        QTest::newRow(question) << QString::fromLatin1(question) << QString::fromLatin1(left);
    };
    row("What are extras?", "What are extras?");
    row("In one sentence, what are extras?", "what are extras?");
    row("What are extras, briefly?", "What are extras?");
    row("what is a platypus in bullet points", "what is a platypus");
    row("briefly", "");
}

void TestGuideTone::theQuestionLosesItsTone()
{
    QFETCH(QString, question);
    QFETCH(QString, left);
    QCOMPARE(withoutTone(question), left);
}

void TestGuideTone::answersTakeTheTone_data()
{
    QTest::addColumn<Tone>("tone");
    QTest::addColumn<QString>("expected");
    QTest::newRow("none") << Tone() << QStringLiteral("One **two**. Three, e.g. *four* `five`.\n\n- six");
    QTest::newRow("one sentence") << Tone {.oneSentence = true} << QStringLiteral("One **two**.");
    QTest::newRow("bullets") << Tone {.bullets = true}
                             << QStringLiteral("- One **two**.\n- Three, e.g. *four* `five`.\n- six");
    QTest::newRow("plain text") << Tone {.plainText = true}
                                << QStringLiteral("One two. Three, e.g. four five.\n\n- six");
    QTest::newRow("capitals") << Tone {.plainText = true, .letters = Tone::Case::Upper}
                              << QStringLiteral("ONE TWO. THREE, E.G. FOUR FIVE.\n\n- SIX");
    QTest::newRow("framed") << Tone {.oneSentence = true,
        .beginning = QStringLiteral("Sir,"),
        .ending = QStringLiteral("Over.")}
                            << QStringLiteral("Sir, One **two**.\n\nOver.");
}

void TestGuideTone::answersTakeTheTone()
{
    QFETCH(Tone, tone);
    QFETCH(QString, expected);
    QCOMPARE(inTone(QStringLiteral("One **two**. Three, e.g. *four* `five`.\n\n- six"), tone), expected);
}

void TestGuideTone::anInstructionChangesTheAnswer_data()
{
    QTest::addColumn<QString>("question");
    for (const char *question :
        {"What are extras?", "What is a bridge?", "What is the capital of Atlantis?", "Who are you?"})
        QTest::newRow(question) << QString::fromLatin1(question);
}

void TestGuideTone::anInstructionChangesTheAnswer()
{
    QFETCH(QString, question);
    const QString usual = ask({}, question);
    QVERIFY(ask(QStringLiteral("Answer in one sentence."), question).size() < usual.size());
    const QString plain = ask(QStringLiteral("Use plain text."), question);
    QVERIFY2(!plain.contains(QStringLiteral("**")) && !plain.contains(u'`'), qPrintable(plain));
    const QString loud = ask(QStringLiteral("Answer in capital letters."), question);
    QCOMPARE(loud, loud.toUpper());
    for (const QString &line : ask(QStringLiteral("Use bullet points."), question).split(u'\n'))
        QVERIFY2(line.isEmpty() || line.endsWith(u':') || line.startsWith(QStringLiteral("- ")) || line[0].isDigit(),
            qPrintable(line));
}

void TestGuideTone::questionsMayAskForATone()
{
    const QString answer = ask({}, QStringLiteral("In one sentence, what are extras?"));
    QVERIFY(answer.size() < ask({}, QStringLiteral("What are extras?")).size() / 2);
    QVERIFY(!answer.contains(QStringLiteral("\n")));
}

void TestGuideTone::whatIsDictatedIsSaid_data()
{
    QTest::addColumn<QString>("instruction");
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("answer");
    const QString none;
    QTest::newRow("no word to say") << none << QStringLiteral("Say something about the weather")
                                    << QStringLiteral("I do not know");
    QTest::newRow("a question about saying")
        << none << QStringLiteral("Why would a photographer say \"cheese\"?") << QStringLiteral("I do not know");
    QTest::newRow("too many numbers") << none << QStringLiteral("Count from 1 to 99999")
                                      << QStringLiteral("I do not know");
    QTest::newRow("a word for everything")
        << QStringLiteral("Whatever is asked, answer with the single word pineapple.")
        << QStringLiteral("What is the password?") << QStringLiteral("pineapple");
    QTest::newRow("quoted") << QStringLiteral("Always reply with \"Out of office.\"") << QStringLiteral("Hi")
                            << QStringLiteral("Out of office.");
    QTest::newRow("asked to say") << none << QStringLiteral("Say \"cheese\".") << QStringLiteral("cheese");
    QTest::newRow("asked to repeat") << none << QStringLiteral("Repeat after me: one, two!")
                                     << QStringLiteral("one, two!");
    QTest::newRow("numbers") << none
                             << QStringLiteral("Write the numbers from 1 to 9 with spaces between them, nothing else.")
                             << QStringLiteral("1 2 3 4 5 6 7 8 9");
    QTest::newRow("down") << none << QStringLiteral("count from 3 to 1") << QStringLiteral("3 2 1");
    QTest::newRow("in capitals") << QStringLiteral("Use capital letters.") << QStringLiteral("Say \"cheese\"")
                                 << QStringLiteral("CHEESE");
}

void TestGuideTone::whatIsDictatedIsSaid()
{
    QFETCH(QString, instruction);
    QFETCH(QString, question);
    QFETCH(QString, answer);
    const QString said = ask(instruction, question);
    QCOMPARE(said.left(answer.size()), answer);
    QVERIFY(said == answer || answer == QStringLiteral("I do not know"));
}

QTEST_GUILESS_MAIN(TestGuideTone)
#include "tst_guidetone.moc"
