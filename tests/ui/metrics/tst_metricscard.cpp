// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/histogramchart.h"
#include "metrics/gapbars.h"
#include "metrics/metricscard.h"
#include "metrics/metricsdialog.h"
#include "models/conversation.h"
#include "scriptedprovider.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace diptych;
using namespace std::chrono_literals;

class TestMetricsCard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noAnswerIsSaid();
    void everyKnownNumberIsShown();
    void namesOfModelsAreNoMarkup();
    void cardFitsTheScreen();
    void escapeCloses();
    void numbersAreCopied();
    void noGapsNoBars();
    void barsCoverTheGaps();
    void everythingHasAName();
    void dialogFollowsTheConversation();
    void dialogCopiesATable();
};

static Answer answer()
{
    Answer given {.modelLabel = QStringLiteral("guide"), .state = Answer::State::Complete, .startOrder = 1};
    given.metrics.phases = {.dequeued = 1ms,
        .connected = 3ms,
        .sent = 4ms,
        .firstByte = 20ms,
        .firstToken = 21ms,
        .firstText = 90ms,
        .finished = 1200ms};
    given.metrics.pieces = {.count = 40, .total = 800ms, .longest = 90ms, .median = 20ms, .percentile95 = 45ms};
    given.metrics.pieces.buckets[static_cast<std::size_t>(GapDistribution::bucketOf(20ms))] = 36;
    given.metrics.pieces.buckets[static_cast<std::size_t>(GapDistribution::bucketOf(90ms))] = 4;
    given.metrics.usage = {.promptTokens = 10,
        .completionTokens = 50,
        .totalTokens = 60,
        .cachedTokens = 4,
        .reasoningTokens = 9,
        .audioTokens = 1};
    return given;
}

static QString valueOf(const MetricsCard &card, const char *id)
{
    const auto *label = card.findChild<QLabel *>(QStringLiteral("value-") + QString::fromLatin1(id));
    return label ? label->text() : QString();
}

void TestMetricsCard::noAnswerIsSaid()
{
    MetricsCard card;
    card.setAnswer(QStringLiteral("1 guide"), {}, {});
    QVERIFY(!card.findChild<QLabel *>(QStringLiteral("value-first_token_ms")));
    QVERIFY(!card.findChild<HistogramChart *>()->isVisibleTo(&card));
}

void TestMetricsCard::everyKnownNumberIsShown()
{
    MetricsCard card;
    card.setAnswer(QStringLiteral("1 guide"), answer(), Cost {.amount = 0.5, .currency = QStringLiteral("EUR")});
    for (const MetricFact &fact : metricFacts(answer(), Cost {.amount = 0.5, .currency = QStringLiteral("EUR")})) {
        if (fact.value && fact.id != QLatin1String("attempts"))
            QCOMPARE(valueOf(card, fact.id.toLatin1().constData()), fact.text);
    }
    QCOMPARE(valueOf(card, "cached_tokens"), QStringLiteral("4"));
    QCOMPARE(valueOf(card, "attempts"), QString()); // one is not worth a line
    Answer retried = answer();
    retried.metrics.attempts = 3;
    card.setAnswer(QStringLiteral("1 guide"), retried, {});
    QCOMPARE(valueOf(card, "attempts"), QStringLiteral("3"));
    QCOMPARE(valueOf(card, "cost"), QString());
}

void TestMetricsCard::namesOfModelsAreNoMarkup()
{
    MetricsCard card;
    card.setAnswer(QStringLiteral("<b>evil</b> <img src=x>"), answer(), {});
    for (const QLabel *label : card.findChildren<QLabel *>()) {
        if (label->text().contains(u'<'))
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }
}

void TestMetricsCard::cardFitsTheScreen()
{
    QWidget anchor;
    anchor.setGeometry(700, 780, 60, 20);
    anchor.show();
    MetricsCard card;
    card.setAnswer(QStringLiteral("1 guide"), answer(), {});
    card.popup(&anchor);
    QVERIFY2(
        anchor.screen()->availableGeometry().contains(card.geometry()), qPrintable(QDebug::toString(card.geometry())));
    const auto *scroll = card.findChild<QScrollArea *>();
    QTRY_VERIFY2(!scroll->verticalScrollBar()->isVisible(),
        qPrintable(QStringLiteral("there is room for all of it: %1 of %2")
                       .arg(scroll->viewport()->height())
                       .arg(scroll->widget()->sizeHint().height())));
}

void TestMetricsCard::escapeCloses()
{
    QWidget anchor;
    anchor.show();
    MetricsCard card;
    card.setAnswer(QStringLiteral("1 guide"), answer(), {});
    card.popup(&anchor);
    QVERIFY(card.isVisible());
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &card, Qt::Key_Escape);
    QVERIFY(!card.isVisible());
}

void TestMetricsCard::numbersAreCopied()
{
    MetricsCard card;
    card.setAnswer(QStringLiteral("1 guide"), answer(), {});
    card.findChild<QToolButton *>(QStringLiteral("copyMetricsButton"))->click();
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY(text.startsWith(QStringLiteral("1 guide\n")));
    QVERIFY(text.contains(QStringLiteral("First visible token: 21 ms (measured here)")));
    QSignalSpy compare(&card, &MetricsCard::compareRequested);
    card.findChild<QToolButton *>(QStringLiteral("compareMetricsButton"))->click();
    QCOMPARE(compare.size(), 1);
}

void TestMetricsCard::noGapsNoBars()
{
    QVERIFY(gapBars({}).counts.empty());
    QVERIFY(gapBars({}).edges.isEmpty());
}

void TestMetricsCard::barsCoverTheGaps()
{
    const GapBars bars = gapBars(answer().metrics.pieces);
    QCOMPARE(bars.counts.front(), 0.0); // an empty one at either side
    QCOMPARE(bars.counts.back(), 0.0);
    QCOMPARE(bars.counts[1], 36.0);
    QCOMPARE(bars.edges.size(), qsizetype(bars.counts.size()) + 1);
    QCOMPARE(bars.texts.size(), qsizetype(bars.counts.size()));
    GapDistribution extremes;
    extremes.buckets.front() = 1;
    extremes.buckets.back() = 2;
    const GapBars all = gapBars(extremes);
    QCOMPARE(all.counts.size(), extremes.buckets.size());
    QCOMPARE(all.counts.back(), 2.0);
    QVERIFY(all.edges.filter(QRegularExpression(QStringLiteral("."))).size() <= 7);
    QVERIFY(all.texts.back().contains(QStringLiteral("and more")));
}

void TestMetricsCard::everythingHasAName()
{
    MetricsCard card;
    card.setAnswer(QStringLiteral("1 guide"), answer(), {});
    for (const QToolButton *button : card.findChildren<QToolButton *>()) {
        if (button->objectName().endsWith(QStringLiteral("Button")))
            QVERIFY(!button->text().isEmpty() || !button->accessibleName().isEmpty());
    }
    const auto *chart = card.findChild<HistogramChart *>();
    QVERIFY(!chart->accessibleName().isEmpty());
    QVERIFY(chart->accessibleDescription().contains(QStringLiteral("36 gap")));
}

/// A conversation of two panes whose answers a test gives.
struct Talk {
    ScriptedProvider *provider = nullptr;
    Connections connections {[this](const Endpoint &endpoint) {
        auto made = std::make_unique<ScriptedProvider>(endpoint);
        provider = made.get();
        return made;
    }};
    std::unique_ptr<Conversation> conversation;
    Talk()
    {
        connections.add({.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint")});
        conversation = std::make_unique<Conversation>(connections, nullptr);
        conversation->startNew(
            {{QStringLiteral("e"), QStringLiteral("a")}, {QStringLiteral("e"), QStringLiteral("b")}});
    }
    void ask() const { conversation->ask(Message::fromText(Role::User, QStringLiteral("which?"))); }
    void answer(std::size_t index) const
    {
        ScriptedChatReply *reply = provider->chats.at(index);
        reply->mutableExchange().phases = {.firstToken = 5ms * int(index + 1), .finished = 1s};
        reply->text(QStringLiteral("this"));
        reply->finishWith();
    }
};

void TestMetricsCard::dialogFollowsTheConversation()
{
    const Talk talk;
    MetricsDialog dialog(*talk.conversation, [](const Answer &) { return std::optional<Cost>(); });
    dialog.show();
    const auto *table = dialog.findChild<QTableView *>(QStringLiteral("table"));
    QCOMPARE(dialog.turn(), -1);
    QVERIFY(!table->isVisible());
    dialog.showTurn(7);
    QCOMPARE(dialog.turn(), -1);
    talk.ask();
    QCOMPARE(dialog.turn(), 0);
    QVERIFY(!table->isVisible()); // nothing has ended
    talk.answer(1);
    QCOMPARE(table->model()->columnCount(), 1);
    talk.answer(0);
    QVERIFY(table->isVisible());
    QCOMPARE(table->model()->columnCount(), 2);
    QCOMPARE(table->model()->headerData(0, Qt::Horizontal).toString(), QStringLiteral("1 a — Endpoint"));
    talk.ask();
    QCOMPARE(dialog.turn(), 1);
    dialog.findChild<QToolButton *>(QStringLiteral("earlierButton"))->click();
    QCOMPARE(dialog.turn(), 0);
    QCOMPARE(table->model()->columnCount(), 2);
    talk.conversation->startNew({});
    QCOMPARE(dialog.turn(), -1);
}

void TestMetricsCard::dialogCopiesATable()
{
    const Talk talk;
    talk.ask();
    talk.answer(0);
    talk.answer(1);
    MetricsDialog dialog(*talk.conversation, [](const Answer &) { return std::optional<Cost>(); });
    dialog.findChild<QPushButton *>(QStringLiteral("copyButton"))->click();
    const QStringList lines = QGuiApplication::clipboard()->text().split(QStringLiteral("\r\n"));
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines[0].contains(QStringLiteral("first_token_ms,first_token_ms_source")));
    QVERIFY(lines[2].startsWith(QStringLiteral("2 b — Endpoint,2,measured")));
}

QTEST_MAIN(TestMetricsCard)
#include "tst_metricscard.moc"
