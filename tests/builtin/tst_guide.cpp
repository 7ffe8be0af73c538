// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/arithmetic.h"
#include "builtin/guide/dictionary.h"
#include "builtin/guide/guideanswer.h"
#include "builtin/guide/guideindex.h"
#include "builtin/wordpieces.h"

#include <QTest>

using namespace diptych;

class TestGuide : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatTheGuideDoesNotKnowIsSaid_data();
    void whatTheGuideDoesNotKnowIsSaid();
    void questionsFindTheirSection_data();
    void questionsFindTheirSection();
    void smallTalkIsAnswered_data();
    void smallTalkIsAnswered();
    void sumsAreWorkedOut_data();
    void sumsAreWorkedOut();
    void whatIsNoSumIsLeftAlone_data();
    void whatIsNoSumIsLeftAlone();
    void briefAnswersAreShorter();
    void aSystemMessageMayAskForBrevity();
    void toolResultsBecomeSentences();
    void furtherChoicesComeFromFurtherSections();
    void differencesSayWhatBothAre();
    void piecesGiveTheTextAgain_data();
    void piecesGiveTheTextAgain();

private:
    [[nodiscard]] GuideAnswer ask(const QString &question, bool brief = false) const
    {
        return answerFromGuide(m_sources, {Message::fromText(Role::User, question)}, {.brief = brief});
    }
    GuideIndex m_index = GuideIndex::fromResources();
    Dictionary m_dictionary = Dictionary::fromResources();
    GuideSources m_sources {m_index, m_dictionary};
};

void TestGuide::whatTheGuideDoesNotKnowIsSaid_data()
{
    QTest::addColumn<QString>("question");
    QTest::newRow("geography") << QStringLiteral("What is the capital of Atlantis?");
    QTest::newRow("cooking") << QStringLiteral("How long do I boil potatoes?");
    QTest::newRow("sports") << QStringLiteral("Who won the football championship in 1998?");
    QTest::newRow("no words") << QStringLiteral("?!");
    QTest::newRow("another script") << QStringLiteral("日本語はわかりますか");
    QTest::newRow("control characters") << QString(QStringLiteral("\u2028 \"\\\" ") + QChar(0));
    QTest::newRow("words far apart") << QStringLiteral("What is machine learning?");
    QTest::newRow("half of it") << QStringLiteral("Why is the sky blue?");
    QTest::newRow("one word of many") << QStringLiteral(
        "Which window of the cathedral shows Saint Elizabeth of Hungary?");
}

void TestGuide::whatTheGuideDoesNotKnowIsSaid()
{
    QFETCH(QString, question);
    const GuideAnswer answer = ask(question);
    QVERIFY2(answer.text.startsWith(QStringLiteral("I do not know")), qPrintable(answer.text));
    QVERIFY(answer.source.isEmpty());
}

void TestGuide::questionsFindTheirSection_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("section");
    const auto row = [](const char *question, const char *section) {
        QTest::newRow(question) << QString::fromUtf8(question) << QString::fromUtf8(section);
    };
    row("What is Diptych?", "What Diptych is");
    row("Does it collect telemetry?", "Privacy and telemetry");
    row("How do I swap the model of a pane?", "Swapping a model");
    row("How can I stop an answer?", "Regenerate and stop");
    row("Where are my API keys stored?", "Keys and where they are kept");
    row("How do I connect to Ollama?", "Local servers");
    row("How do I run a local model with llama-server?", "Running local models");
    row("Is it strict or does it adapt?", "Strict and adapt");
    row("Can I import endpoints from environment variables?", "Importing and exporting endpoints");
    row("What does probing do?", "Probing");
    row("How do I set prices?", "Prices");
    row("How do I use a prompty file?", "Prompt files and tools in a terminal");
    row("How do I export a HAR?", "Saving exchanges");
    row("what does temperature mean", "What the parameters mean");
    row("Explain the parameter top_p", "What the parameters mean");
    row("How can I make an answer repeat exactly?", "What the parameters mean");
    row("What are extras?", "Extras");
    row("What is the extra-parameters header?", "Extras");
    row("How can I see the bytes that were sent?", "The change log and the Wire view");
    row("I get error 422, what now?", "Error 422, not supported");
    row("too many requests 429", "Error 429, rate limit");
    row("why do I get a 401", "Error 401 or 403, the key");
    row("What are server-sent events?", "Streaming");
    row("What does finish_reason length mean?", "Finish reasons");
    row("What encoding formats do embeddings have?", "Encoding formats");
    row("What is input_type?", "Input type");
    row("what are logprobs", "Logprobs");
    row("Which routes does the Azure AI Model Inference API have?", "Routes of the Azure AI Model Inference API");
    row("What address does the gateway listen on?", "The gateway");
    row("Can I use it from the command line?", "Headless use and the command line");
    row("What happens to my text after a crash?", "After a crash");
    row("Can I import my chats from ChatGPT?", "Import from other programs");
    row("How do I get a deleted session back?", "The trash");
    row("Can I replay a session?", "Replay and asking again");
    row("Which keyboard shortcuts are there?", "Keyboard shortcuts");
    row("What can palette do?", "Palette");
    row("Which built-in models are there?", "Built-in models and their limits");
    row("Are there models that work without a key?", "Built-in models and their limits");
    row("What is guide-brief?", "The guide model");
    row("Is guide a large language model?", "The guide model");
    row("Does temperature have an effect on guide?", "The guide model");
    row("What is guide-reasoning?", "The guide-reasoning model");
    row("how does reasoning_effort work", "The guide-reasoning model");
    row("Does guide respect the system prompt?", "Tone and system messages of the guide model");
    row("can guide answer in German?", "Tone and system messages of the guide model");
    row("Can guide convert units?", "What the guide model knows besides the guide");
    row("What is faulty?", "The faulty model");
    row("How do I simulate an error?", "The faulty model");
    row("what does the extra fault do", "The faulty model");
    row("What is babbler-3?", "The babbler");
    row("how does babbler-5 work", "The babbler");
    row("What is wordmap-64?", "Wordmap");
    row("What is wordmap-256?", "Wordmap");
    row("How many dimensions does wordmap-64 have?", "Wordmap");
    row("Which picture formats does palette read?", "Palette");
    row("how do I get an API key for Azure", "Keys and where they are kept");
    row("how do I stop streaming", "Regenerate and stop");
    row("what are embedings", "Embeddings");
}

void TestGuide::questionsFindTheirSection()
{
    QFETCH(QString, question);
    QFETCH(QString, section);
    const GuideAnswer answer = ask(question);
    QCOMPARE(answer.source, section);
    QVERIFY(answer.text.contains(QString(u"From the guide: *" % section % u'*')));
    QVERIFY(!answer.text.contains(QStringLiteral("<!--")));
}

void TestGuide::smallTalkIsAnswered_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("expected");
    QTest::newRow("greeting") << QStringLiteral("Say hello.") << QStringLiteral("Hello");
    QTest::newRow("hi") << QStringLiteral("Hi") << QStringLiteral("Hello");
    QTest::newRow("who") << QStringLiteral("Who are you?") << QStringLiteral("not a large language model");
    QTest::newRow("how") << QStringLiteral("How are you?") << QStringLiteral("as I should");
    QTest::newRow("maker") << QStringLiteral("Who made you?") << QStringLiteral("part of Diptych");
    QTest::newRow("poem") << QStringLiteral("Write me a poem about the sea") << QStringLiteral("I can not do that");
    QTest::newRow("thanks") << QStringLiteral("Thanks a lot!") << QStringLiteral("welcome");
    QTest::newRow("topics") << QStringLiteral("What can you do?") << QStringLiteral("- The gateway");
    QTest::newRow("nothing") << QStringLiteral("  ") << QStringLiteral("Ask me");
}

void TestGuide::smallTalkIsAnswered()
{
    QFETCH(QString, question);
    QFETCH(QString, expected);
    QVERIFY2(ask(question).text.contains(expected), qPrintable(ask(question).text));
}

void TestGuide::sumsAreWorkedOut_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("answer");
    QTest::newRow("division by zero") << QStringLiteral(
        "1/0") << QStringLiteral("1/0 has no value: it divides by zero or leaves the range of numbers.");
    QTest::newRow("precedence") << QStringLiteral("What is 2 + 3 * 4?") << QStringLiteral("2 + 3 * 4 = **14**");
    QTest::newRow("parentheses") << QStringLiteral("(2 + 3) * 4 =") << QStringLiteral("(2 + 3) * 4 = **20**");
    QTest::newRow("percentage") << QStringLiteral("how much is 15% of 80?") << QStringLiteral("15% * 80 = **12**");
    QTest::newRow("power of the right") << QStringLiteral("2^3^2") << QStringLiteral("2^3^2 = **512**");
    QTest::newRow("minus before a power") << QStringLiteral("-2^2") << QStringLiteral("-2^2 = **-4**");
    QTest::newRow("words") << QStringLiteral("What is 12 divided by 8 plus 1?")
                           << QStringLiteral("12 / 8 + 1 = **2.5**");
    QTest::newRow("root") << QStringLiteral("What is the square root of 16?") << QStringLiteral("16^0.5 = **4**");
    QTest::newRow("thousands") << QStringLiteral("1,000 × 3") << QStringLiteral("1000 * 3 = **3000**");
}

void TestGuide::sumsAreWorkedOut()
{
    QFETCH(QString, question);
    QFETCH(QString, answer);
    QCOMPARE(ask(question).text, answer);
}

void TestGuide::whatIsNoSumIsLeftAlone_data()
{
    QTest::addColumn<QString>("question");
    QTest::newRow("empty") << QString();
    QTest::newRow("a number") << QStringLiteral("422");
    QTest::newRow("a date") << QStringLiteral("2026-11-24");
    QTest::newRow("words") << QStringLiteral("what is 2 apples");
    QTest::newRow("broken") << QStringLiteral("(1 + 2");
    QTest::newRow("two operators") << QStringLiteral("1 * / 2");
    QTest::newRow("very deep") << QString(QString(240, u'(') + u"1+1" + QString(240, u')'));
    QTest::newRow("many signs") << QString(u"1+" + QString(400, u'-') + u"1");
}

void TestGuide::whatIsNoSumIsLeftAlone()
{
    QFETCH(QString, question);
    QVERIFY(!calculate(question));
}

void TestGuide::briefAnswersAreShorter()
{
    const QString question = QStringLiteral("What are extras?");
    const GuideAnswer whole = ask(question);
    const GuideAnswer brief = ask(question, true);
    QCOMPARE(brief.source, whole.source);
    QVERIFY(brief.text.size() < whole.text.size() / 2);
}

void TestGuide::aSystemMessageMayAskForBrevity()
{
    const QString question = QStringLiteral("What are extras?");
    for (const Role role : {Role::System, Role::Developer}) {
        const std::vector<Message> messages {
            Message::fromText(role, QStringLiteral("Be brief.")), Message::fromText(Role::User, question)};
        const GuideAnswer answer = answerFromGuide(m_sources, messages);
        QVERIFY(answer.text.size() < ask(question).text.size() / 2);
        QVERIFY(answer.text.endsWith(QStringLiteral("Kept short, as you asked.")));
    }
}

void TestGuide::toolResultsBecomeSentences()
{
    Message call {.role = Role::Assistant};
    call.toolCalls = {
        {.id = QStringLiteral("c1"), .name = QStringLiteral("get_weather"), .arguments = QStringLiteral("{}")}};
    Message result = Message::fromText(Role::Tool, QStringLiteral("{\"c\":21}"));
    result.toolCallId = QStringLiteral("c1");
    const GuideAnswer answer =
        answerFromGuide(m_sources, {Message::fromText(Role::User, QStringLiteral("weather?")), call, result});
    QCOMPARE(answer.text, QStringLiteral("The tool `get_weather` answered: c: 21."));
}

void TestGuide::furtherChoicesComeFromFurtherSections()
{
    const std::vector<Message> messages {Message::fromText(Role::User, QStringLiteral("embeddings dimensions"))};
    const GuideAnswer first = answerFromGuide(m_sources, messages);
    const GuideAnswer second = answerFromGuide(m_sources, messages, {.rank = 1});
    QVERIFY(!second.source.isEmpty());
    QVERIFY(first.source != second.source);
}

void TestGuide::differencesSayWhatBothAre()
{
    const GuideAnswer ours = ask(QStringLiteral("What is the difference between embeddings and completion?"));
    QCOMPARE(ours.source, QStringLiteral("Embeddings, Completion and token probabilities"));
    const GuideAnswer words = ask(QStringLiteral("difference between a frog and a toad"));
    QVERIFY(words.text.contains(QStringLiteral("**frog** (noun)"))
        && words.text.contains(QStringLiteral("**toad** (noun)")));
    QVERIFY(ask(QStringLiteral("difference between a flurb and a grunt?")).source.isEmpty());
}

void TestGuide::piecesGiveTheTextAgain_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("count");
    QTest::newRow("empty") << QString() << 0;
    QTest::newRow("blanks at the end") << QStringLiteral("two words  ") << 3;
    QTest::newRow("punctuation") << QStringLiteral("Hello, you.") << 4;
    QTest::newRow("a long word") << QStringLiteral("incomprehensibilities") << 2;
    QTest::newRow("a character of two units") << QStringLiteral("a \U0001F600b") << 3;
    QTest::newRow("a joined character") << QStringLiteral("\U0001F469\u200D\U0001F469") << 2;
}

void TestGuide::piecesGiveTheTextAgain()
{
    QFETCH(QString, text);
    QFETCH(int, count);
    const QStringList pieces = wordPieces(text);
    QCOMPARE(pieces.join(QString()), text);
    QCOMPARE(pieces.size(), count);
    QCOMPARE(countWordPieces(text), count);
    for (const QString &piece : pieces)
        QVERIFY(!piece.back().isHighSurrogate() && !piece.front().isLowSurrogate());
}

QTEST_GUILESS_MAIN(TestGuide)
#include "tst_guide.moc"
