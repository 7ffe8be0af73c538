// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tokenprobability.h"

#include <QTest>

#include <cmath>

using namespace diptych;

class TestTokenProbability : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void unknownStaysUnknown();
    void surpriseCountsBits();
    void entropyOfKnownChoices();
    void entropyCountsTheRestAsOne();
    void candidatesHaveTheTokenOnce();
    void closeChoices();
};

void TestTokenProbability::unknownStaysUnknown()
{
    QVERIFY(!surpriseBits({}));
    QVERIFY(!entropyBits({.logprob = -1.0}));
    QVERIFY(candidates({.token = QStringLiteral("a")}).empty());
    QVERIFY(!isUncertain({}));
}

void TestTokenProbability::surpriseCountsBits()
{
    QCOMPARE(*surpriseBits({.logprob = std::log(0.25)}), 2.0);
    QCOMPARE(*surpriseBits({.logprob = 0.0}), 0.0);
    QCOMPARE(*surpriseBits({.logprob = 1e-9}), 0.0); // rounding of a provider
}

void TestTokenProbability::entropyOfKnownChoices()
{
    TokenLogprob token {.token = QStringLiteral("a"), .logprob = std::log(0.5)};
    token.top = {{QStringLiteral("a"), std::log(0.5)}, {QStringLiteral("b"), std::log(0.25)},
        {QStringLiteral("c"), std::log(0.25)}};
    QCOMPARE(*entropyBits(token), 1.5);
    token.top = {{QStringLiteral("a"), 0.0}};
    token.logprob = 0.0;
    QVERIFY(*entropyBits(token) < 1e-9);
}

void TestTokenProbability::entropyCountsTheRestAsOne()
{
    TokenLogprob token {.token = QStringLiteral("a"), .logprob = std::log(0.5)};
    token.top = {{QStringLiteral("a"), std::log(0.5)}};
    QCOMPARE(*entropyBits(token), 1.0);
}

void TestTokenProbability::candidatesHaveTheTokenOnce()
{
    TokenLogprob token {.token = QStringLiteral("z"), .logprob = -3.0};
    token.top = {{QStringLiteral("b"), -2.0}, {QStringLiteral("a"), -1.0}};
    const auto all = candidates(token);
    QCOMPARE(all.size(), 3U);
    QCOMPARE(all.front().token, QStringLiteral("a"));
    QCOMPARE(all.back().token, QStringLiteral("z"));
    token.top.push_back({QStringLiteral("z"), -3.0});
    QCOMPARE(candidates(token).size(), 3U);
}

void TestTokenProbability::closeChoices()
{
    TokenLogprob token {.token = QStringLiteral("a"), .logprob = std::log(0.6)};
    QVERIFY(!isUncertain(token));
    token.logprob = std::log(0.4);
    QVERIFY(isUncertain(token));
    token.logprob = std::log(0.6);
    token.top = {{QStringLiteral("b"), std::log(0.7)}}; // after top_p they need not add up to one
    QVERIFY(isUncertain(token));
}

QTEST_GUILESS_MAIN(TestTokenProbability)
#include "tst_tokenprobability.moc"
