// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/babbler/babbler.h"
#include "builtin/babbler/continuation.h"
#include "builtin/babbler/ngrammodel.h"
#include "builtin/builtindata.h"
#include "babblerheldout.h"

#include <QSet>
#include <QTest>

#include <cmath>
#include <numeric>

using namespace diptych;

class TestBabbler : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void damagedDataIsNoModel_data();
    void damagedDataIsNoModel();
    void whatItCannotDoIsRefused_data();
    void whatItCannotDoIsRefused();
    void probabilitiesSumToOne_data();
    void probabilitiesSumToOne();
    void longerContextsPredictBetter();
    void unseenProseIsPredicted();
    void anyPromptCanBeContinued_data();
    void anyPromptCanBeContinued();
    void theSameSeedGivesTheSameText();
    void withoutChanceTheLikeliestWins();
    void topPKeepsTheLikeliest();
    void penaltiesMakeRepeatingRarer();
    void onceSaidIsEnoughForThePresencePenalty();
    void moreTokensAreMoreText();
    void theShorterModelSeesLess();
    void stopSequencesMayLieAcrossTokens_data();
    void stopSequencesMayLieAcrossTokens();
    void logprobsBelongToTheText();
    void theEchoedPromptHasLogprobs();
    void choicesComeInTurn();
    void piecesGiveTheTextAgain();

private:
    [[nodiscard]] CompletionResponse complete(const CompletionRequest &request) const
    {
        CompletionResponse response;
        auto answer = m_babbler.complete(request);
        if (answer) {
            while (const auto delta = answer->next())
                append(response, *delta);
        }
        return response;
    }
    [[nodiscard]] static CompletionRequest request(const QString &prompt, int maxTokens = 30)
    {
        CompletionRequest request {.model = QStringLiteral("babbler-5"), .prompt = prompt};
        request.sampling.maxTokens = maxTokens;
        request.sampling.seed = 11;
        return request;
    }
    [[nodiscard]] double logprobOf(const QString &text) const;
    [[nodiscard]] double perplexity(int order) const;

    Babbler m_babbler;
    std::shared_ptr<const NgramModel> m_model = NgramModel::fromData(builtinData(QStringLiteral("babbler.bin")));
};

double TestBabbler::logprobOf(const QString &text) const
{
    std::vector<NgramModel::Token> context {0};
    double sum = 0;
    for (const QString &piece : ngramPieces(text)) {
        const NgramModel::Token token = tokenOf(*m_model, piece);
        sum += std::log(m_model->distribution(context)[static_cast<std::size_t>(token)]);
        context.push_back(token);
    }
    return sum;
}

/// Of the held-out prose, over the words that are in the vocabulary.
double TestBabbler::perplexity(int order) const
{
    double sum = 0;
    int known = 0;
    for (const char *paragraph : heldOutParagraphs) {
        std::vector<NgramModel::Token> context {0};
        for (const QString &piece : ngramPieces(QString::fromLatin1(paragraph))) {
            const NgramModel::Token token = tokenOf(*m_model, piece);
            if (token != NgramModel::unknownToken) {
                sum += std::log(m_model->distribution(context, order)[static_cast<std::size_t>(token)]);
                ++known;
            }
            context.push_back(token);
        }
    }
    return std::exp(-sum / known);
}

void TestBabbler::damagedDataIsNoModel_data()
{
    QTest::addColumn<QByteArray>("data");
    const QByteArray good = builtinData(QStringLiteral("babbler.bin"));
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("something else") << QByteArray("GIF89a, certainly not a model of any order");
    QTest::newRow("cut in the header") << good.left(20);
    QTest::newRow("cut in the middle") << good.left(good.size() / 2);
    QTest::newRow("cut at the end") << good.chopped(8);
    QByteArray huge = good.left(1000);
    huge.replace(8, 4, QByteArray("\xff\xff\xff\x7f"));
    QTest::newRow("more words than bytes") << huge;
}

void TestBabbler::damagedDataIsNoModel()
{
    QFETCH(QByteArray, data);
    QVERIFY(!NgramModel::fromData(data));
}

void TestBabbler::whatItCannotDoIsRefused_data()
{
    QTest::addColumn<CompletionRequest>("asked");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("parameter");
    const auto row = [](const char *parameter, Error::Kind kind, auto change) {
        CompletionRequest asked = request(QStringLiteral("A dog"));
        change(asked);
        QTest::newRow(parameter) << asked << kind << QString::fromLatin1(parameter);
    };
    using Kind = Error::Kind;
    row("suffix", Kind::Unsupported, [](CompletionRequest &asked) { asked.suffix = QStringLiteral("end"); });
    row("best_of", Kind::Unsupported, [](CompletionRequest &asked) { asked.bestOf = 4; });
    row("logprobs", Kind::InvalidRequest, [](CompletionRequest &asked) { asked.logprobs = 6; });
    row("logit_bias", Kind::Unsupported, [](CompletionRequest &asked) {
        asked.extras.insert(QStringLiteral("logit_bias"), QJsonObject {{QStringLiteral("5"), 1}});
    });
    row("temperature", Kind::InvalidRequest, [](CompletionRequest &asked) { asked.sampling.temperature = -0.1; });
    row("top_p", Kind::InvalidRequest, [](CompletionRequest &asked) { asked.sampling.topP = std::nan(""); });
    row("max_tokens", Kind::InvalidRequest, [](CompletionRequest &asked) { asked.sampling.maxTokens = 2'000'000'000; });
    row("n", Kind::InvalidRequest, [](CompletionRequest &asked) { asked.sampling.n = 0; });
}

void TestBabbler::whatItCannotDoIsRefused()
{
    QFETCH(CompletionRequest, asked);
    QFETCH(Error::Kind, kind);
    QFETCH(QString, parameter);
    const auto answer = m_babbler.complete(asked);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, kind);
    QCOMPARE(answer.error().parameter, parameter);
}

void TestBabbler::probabilitiesSumToOne_data()
{
    QTest::addColumn<QString>("context");
    QTest::newRow("none") << QString();
    QTest::newRow("a frequent word") << QStringLiteral(" the");
    QTest::newRow("a long context") << QStringLiteral("A dog is a member of the");
    QTest::newRow("unknown words") << QStringLiteral("xqzt of brzk the");
    QTest::newRow("only unknown words") << QStringLiteral("xqzt brzk");
}

void TestBabbler::probabilitiesSumToOne()
{
    QFETCH(QString, context);
    std::vector<NgramModel::Token> tokens;
    for (const QString &piece : ngramPieces(context))
        tokens.push_back(tokenOf(*m_model, piece));
    const auto distribution = m_model->distribution(tokens);
    QVERIFY(*std::min_element(distribution.begin(), distribution.end()) > 0);
    QVERIFY(std::abs(std::accumulate(distribution.begin(), distribution.end(), 0.0) - 1) < 1e-3);
}

void TestBabbler::longerContextsPredictBetter()
{
    QVERIFY(logprobOf(QStringLiteral("A cat is a small animal."))
        > logprobOf(QStringLiteral("Animal small a is cat a.")) + 5);
    QVERIFY(logprobOf(QStringLiteral("He walked to the house."))
        > logprobOf(QStringLiteral("He walked the to house.")) + 5);
}

void TestBabbler::unseenProseIsPredicted()
{
    const double five = perplexity(5);
    const double three = perplexity(3);
    const double two = perplexity(2);
    const double words = perplexity(1);
    qInfo("order 5: %.1f, 3: %.1f, 2: %.1f, 1: %.1f", five, three, two, words);
    QVERIFY(five < 130);
    QVERIFY(three < 136);
    QVERIFY(five < three - 3);
    QVERIFY(three < two - 10);
    QVERIFY(two < words / 5);
}

void TestBabbler::anyPromptCanBeContinued_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::newRow("empty") << QString();
    QTest::newRow("one word") << QStringLiteral("Once");
    QTest::newRow("unknown words") << QStringLiteral("xyzzy plugh");
    QTest::newRow("blank at the end") << QStringLiteral("A dog ");
    QTest::newRow("line ends") << QStringLiteral("one\n\n\ntwo\n");
    QTest::newRow("another script") << QStringLiteral("日本語 \U0001F600");
    QTest::newRow("a zero character") << QString(QChar(0));
}

void TestBabbler::anyPromptCanBeContinued()
{
    QFETCH(QString, prompt);
    const CompletionResponse response = complete(request(prompt, 4));
    QCOMPARE(response.choices.size(), std::size_t(1));
    QVERIFY(!response.text().isEmpty());
    QVERIFY(!prompt.endsWith(u' ') || !response.text().startsWith(u' '));
    QCOMPARE(response.choices.front().finishReason, QStringLiteral("length"));
    QCOMPARE(response.usage->completionTokens, 4);
    QCOMPARE(*response.usage->totalTokens, *response.usage->promptTokens + 4);
}

void TestBabbler::theSameSeedGivesTheSameText()
{
    CompletionRequest asked = request(QStringLiteral("A dog is"));
    const QString text = complete(asked).text();
    QCOMPARE(complete(asked).text(), text);
    asked.sampling.seed = 12;
    QVERIFY(complete(asked).text() != text);
    asked.sampling.seed.reset();
    QVERIFY(complete(asked).text() != complete(asked).text());
}

void TestBabbler::withoutChanceTheLikeliestWins()
{
    CompletionRequest asked = request(QStringLiteral("A dog is"), 12);
    asked.sampling.temperature = 0;
    const QString text = complete(asked).text();
    asked.sampling.seed = 999;
    QCOMPARE(complete(asked).text(), text);
    asked.sampling.temperature = 1e-9;
    QCOMPARE(complete(asked).text(), text);
    asked.sampling.temperature = 1.5;
    QVERIFY(complete(asked).text() != text);
}

void TestBabbler::topPKeepsTheLikeliest()
{
    CompletionRequest asked = request(QStringLiteral("A dog is"), 12);
    asked.sampling.temperature = 0;
    const QString likeliest = complete(asked).text();
    asked.sampling.temperature = 1;
    asked.sampling.topP = 0;
    QCOMPARE(complete(asked).text(), likeliest);

    // The less is kept, the likelier is what is drawn.
    const auto meanLogprob = [&](double topP) {
        CompletionRequest longer = request(QStringLiteral("A dog is"), 200);
        longer.sampling.temperature = 1;
        longer.sampling.topP = topP;
        longer.logprobs = 0;
        double sum = 0;
        for (const TokenLogprob &token : complete(longer).choices.front().logprobs)
            sum += *token.logprob;
        return sum / 200;
    };
    QVERIFY(meanLogprob(0.3) > meanLogprob(0.7) + 0.5);
    QVERIFY(meanLogprob(0.7) > meanLogprob(1) + 0.5);
}

void TestBabbler::penaltiesMakeRepeatingRarer()
{
    const auto different = [&](std::optional<double> penalty) {
        CompletionRequest asked = request(QStringLiteral("The"), 200);
        asked.sampling.frequencyPenalty = penalty;
        const QStringList words = complete(asked).text().split(u' ');
        return QSet<QString>(words.begin(), words.end()).size();
    };
    const auto plain = different({});
    QVERIFY(different(2.0) > plain + 10);
    QVERIFY(different(-2.0) < plain - 10);
}

void TestBabbler::onceSaidIsEnoughForThePresencePenalty()
{
    const auto different = [&](std::optional<double> penalty) {
        CompletionRequest asked = request(QStringLiteral("The"), 200);
        asked.sampling.presencePenalty = penalty;
        const QStringList words = complete(asked).text().split(u' ');
        return QSet<QString>(words.begin(), words.end()).size();
    };
    const auto plain = different({});
    QVERIFY(different(2.0) > plain + 10);
    QVERIFY(different(-2.0) < plain - 10);
}

void TestBabbler::moreTokensAreMoreText()
{
    const QString few = complete(request(QStringLiteral("A dog is"), 5)).text();
    const QString many = complete(request(QStringLiteral("A dog is"), 50)).text();
    QVERIFY(many.startsWith(few));
    QVERIFY(many.size() > 5 * few.size());
    CompletionRequest asked = request(QStringLiteral("A dog is"));
    asked.sampling.maxTokens.reset();
    QCOMPARE(complete(asked).usage->completionTokens, 16);
}

void TestBabbler::theShorterModelSeesLess()
{
    QCOMPARE(Babbler::orderOf(QStringLiteral("babbler-3")), 3);
    QCOMPARE(Babbler::orderOf(QStringLiteral("babbler-5")), 5);
    CompletionRequest asked = request(QStringLiteral("The members of the"), 20);
    asked.sampling.temperature = 0;
    const QString five = complete(asked).text();
    asked.model = QStringLiteral("babbler-3");
    const QString three = complete(asked).text();
    QVERIFY(five != three);
    QCOMPARE(complete(asked).text(), three);
    // Only the last two tokens count.
    asked.prompt = QStringLiteral("He fell out of the");
    QCOMPARE(complete(asked).text(), three);
    asked.model = QStringLiteral("babbler-5");
    QVERIFY(complete(asked).text() != five);
}

void TestBabbler::stopSequencesMayLieAcrossTokens_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("length");
    QTest::newRow("one letter") << 14 << 1;
    QTest::newRow("within a word and the next") << 9 << 9;
    QTest::newRow("long") << 5 << 30;
    QTest::newRow("at once") << 0 << 4;
}

void TestBabbler::stopSequencesMayLieAcrossTokens()
{
    QFETCH(int, from);
    QFETCH(int, length);
    CompletionRequest asked = request(QStringLiteral("A dog is"), 40);
    const QString whole = complete(asked).text();
    const QString stop = whole.mid(from, length);
    asked.sampling.stop = QStringList {QStringLiteral("never in it"), stop};
    asked.logprobs = 0;
    const CompletionResponse response = complete(asked);
    QCOMPARE(response.text(), whole.first(whole.indexOf(stop)));
    QCOMPARE(response.choices.front().finishReason, QStringLiteral("stop"));
}

void TestBabbler::logprobsBelongToTheText()
{
    CompletionRequest asked = request(QStringLiteral("A dog is"), 10);
    asked.logprobs = 3;
    const CompletionResponse response = complete(asked);
    QCOMPARE(response.choices.front().logprobs.size(), std::size_t(10));
    QString joined;
    for (const TokenLogprob &token : response.choices.front().logprobs) {
        joined += token.token;
        QVERIFY(*token.logprob < 0);
        QCOMPARE(token.top.size(), std::size_t(3));
        QVERIFY(token.top[0].logprob >= token.top[1].logprob);
        QVERIFY(token.top[0].logprob >= *token.logprob);
    }
    QCOMPARE(joined, response.text());
}

void TestBabbler::theEchoedPromptHasLogprobs()
{
    CompletionRequest asked = request(QStringLiteral("A dog is"), 0);
    asked.echo = true;
    asked.logprobs = 2;
    const CompletionResponse response = complete(asked);
    QCOMPARE(response.text(), asked.prompt);
    const auto &logprobs = response.choices.front().logprobs;
    QCOMPARE(logprobs.size(), std::size_t(3));
    QVERIFY(!logprobs[0].logprob);
    QVERIFY(logprobs[0].top.empty());
    QVERIFY(logprobs[1].logprob && logprobs[2].logprob);
    QVERIFY(*logprobs[2].logprob > *logprobs[1].logprob); // "is" after "A dog" is far likelier than "dog" after "A"
}

void TestBabbler::choicesComeInTurn()
{
    CompletionRequest asked = request(QStringLiteral("A dog is"), 3);
    asked.sampling.n = 2;
    auto answer = m_babbler.complete(asked);
    QVERIFY(answer);
    std::vector<int> order;
    while (const auto delta = answer->next())
        order.push_back(delta->choice);
    QCOMPARE(order, (std::vector<int> {0, 1, 0, 1, 0, 1}));
    const CompletionResponse response = complete(asked);
    QVERIFY(response.choices[0].text != response.choices[1].text);
    QCOMPARE(response.usage->completionTokens, 6);
}

void TestBabbler::piecesGiveTheTextAgain()
{
    const QString text =
        QStringLiteral("  It's 3 o'clock,\n\n\tsaid \U0001F600 the well-known e\u0301t\u00e9 -- or not ...  ");
    QString joined;
    for (const QString &piece : ngramPieces(text))
        joined += piece;
    QCOMPARE(joined, text);
}

QTEST_GUILESS_MAIN(TestBabbler)
#include "tst_babbler.moc"
