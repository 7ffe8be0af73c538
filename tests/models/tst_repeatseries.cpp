// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repeatseries.h"

#include "models/conversation.h"
#include "models/repeatreport.h"
#include "scriptedprovider.h"
#include "store/sessionstore.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

/// Repeats of a conversation with a real database.
class TestRepeatSeries : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nothingWasAsked();
    void theAnswerThatIsThereIsTheFirst();
    void changedSettingsAskAfresh();
    void unknownRequestAsksAfresh();
    void aRunUnderWayIsWaitedFor();
    void failedFirstAnswerEndsTheSeries();
    void hopelessErrorIsKept();
    void moreAnswersAreAdded();
    void repeatsAreNoHistory();
    void cancelKeepsWhatArrived();
    void cancelWhileTheFirstComes();
    void regeneratingEndsTheSeries();
    void changedEndpointEndsTheSeries();
    void anotherSessionEndsTheSeries();
    void everythingIsThereAfterReopening();

private:
    ScriptedChatReply *chat(std::size_t index) const { return m_provider->chats.at(index); }
    void answer(std::size_t index, const QString &text) const
    {
        chat(index)->text(text);
        chat(index)->finishWith();
    }
    void ask() { m_conversation->ask(Message::fromText(Role::User, QStringLiteral("again?"))); }
    [[nodiscard]] std::vector<const Answer *> series() const
    {
        return seriesOf(m_conversation->session().turns.at(0), p1);
    }
    [[nodiscard]] bool hasAsked(std::size_t count) const
    {
        return QTest::qWaitFor([this, count] { return m_provider->chats.size() == count; }, 1000);
    }

    const QString p1 = QStringLiteral("p1");
    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SessionStore> m_store;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<Conversation> m_conversation;
    std::unique_ptr<RepeatSeries> m_series;
};

void TestRepeatSeries::init()
{
    m_series.reset();
    m_conversation.reset();
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint")});
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = SessionStore::open(m_folder->filePath(QStringLiteral("s.db"))).value();
    m_conversation = std::make_unique<Conversation>(*m_connections, m_store.get());
    m_series = std::make_unique<RepeatSeries>(*m_conversation, *m_connections);
    m_conversation->startNew({{QStringLiteral("e"), QStringLiteral("a")}});
    m_conversation->setSettings({.sampling = {.seed = 7}});
}

void TestRepeatSeries::nothingWasAsked()
{
    QSignalSpy changed(m_series.get(), &RepeatSeries::changed);
    m_series->start(p1, 5, 2);
    m_series->start(QStringLiteral("p9"), 5, 2);
    m_series->cancel(p1);
    QCOMPARE(changed.size(), 0);
    QCOMPARE(m_series->turnOf(p1), -1);
    QVERIFY(!m_series->seedOf(p1));
}

void TestRepeatSeries::theAnswerThatIsThereIsTheFirst()
{
    ask();
    const ChatRequest asked = chat(0)->request(); // it goes with its end
    answer(0, QStringLiteral("one"));
    m_series->start(p1, 3, 2);
    QVERIFY(m_series->isRunning(p1));
    QCOMPARE(m_series->wanted(p1), 3);
    QVERIFY(hasAsked(3));
    QCOMPARE(chat(1)->request(), asked);
    answer(2, QStringLiteral("three"));
    answer(1, QStringLiteral("two"));
    QVERIFY(!m_series->isRunning(p1));
    QCOMPARE(series().size(), std::size_t(3));
    QCOMPARE(series()[0]->message.text(), QStringLiteral("one"));
    QCOMPARE(series()[1]->repeat, 3); // in the order of coming
    QCOMPARE(series()[2]->repeat, 2);
    QCOMPARE(**m_series->seedOf(p1), 7);
}

void TestRepeatSeries::changedSettingsAskAfresh()
{
    ask();
    answer(0, QStringLiteral("one"));
    m_conversation->setSettings({.sampling = {.seed = 8}});
    m_series->start(p1, 2, 1);
    QVERIFY(hasAsked(2));
    QVERIFY(m_conversation->isRunning(p1)); // the first one, in the pane
    answer(1, QStringLiteral("new one"));
    QVERIFY(hasAsked(3));
    QCOMPARE(chat(2)->request().sampling.seed, 8);
    answer(2, QStringLiteral("new two"));
    QCOMPARE(series().size(), std::size_t(2));
    QCOMPARE(series()[0]->message.text(), QStringLiteral("new one"));
    QCOMPARE(**m_series->seedOf(p1), 8);
}

void TestRepeatSeries::unknownRequestAsksAfresh()
{
    ask();
    answer(0, QStringLiteral("one"));
    const QString id = m_conversation->session().id;
    QVERIFY(m_conversation->open(id));
    QVERIFY(!m_series->seedOf(p1)); // nobody knows what it was asked with
    m_series->start(p1, 2, 1);
    QVERIFY(hasAsked(2));
    answer(1, QStringLiteral("again"));
    QVERIFY(hasAsked(3));
    answer(2, QStringLiteral("and again"));
    QCOMPARE(series()[0]->message.text(), QStringLiteral("again"));
}

void TestRepeatSeries::aRunUnderWayIsWaitedFor()
{
    ask();
    m_series->start(p1, 2, 1);
    QCOMPARE(m_provider->chats.size(), std::size_t(1));
    answer(0, QStringLiteral("one"));
    QVERIFY(hasAsked(2));
    answer(1, QStringLiteral("two"));
    QCOMPARE(series().size(), std::size_t(2));
}

void TestRepeatSeries::failedFirstAnswerEndsTheSeries()
{
    ask();
    m_series->start(p1, 5, 2);
    chat(0)->failWith({.kind = Error::Kind::Network, .message = QStringLiteral("gone")});
    QVERIFY(!m_series->isRunning(p1));
    QCOMPARE(m_series->error(p1)->kind, Error::Kind::Network);
    QVERIFY(!QTest::qWaitFor([this] { return m_provider->chats.size() > 1; }, 20));
}

void TestRepeatSeries::hopelessErrorIsKept()
{
    ask();
    answer(0, QStringLiteral("one"));
    m_series->start(p1, 9, 1);
    QVERIFY(hasAsked(2));
    chat(1)->failWith({.kind = Error::Kind::Authentication, .message = QStringLiteral("no")});
    QVERIFY(!m_series->isRunning(p1));
    QCOMPARE(m_series->error(p1)->kind, Error::Kind::Authentication);
    QCOMPARE(series().size(), std::size_t(2));
    QCOMPARE(series()[1]->state, Answer::State::Failed);
    m_series->start(p1, 9, 1);
    QVERIFY(!m_series->error(p1));
}

void TestRepeatSeries::moreAnswersAreAdded()
{
    ask();
    answer(0, QStringLiteral("one"));
    m_series->start(p1, 2, 1);
    QVERIFY(hasAsked(2));
    answer(1, QStringLiteral("two"));
    m_series->start(p1, 3, 1);
    QVERIFY(hasAsked(3));
    answer(2, QStringLiteral("three"));
    QCOMPARE(series().size(), std::size_t(3));
    QCOMPARE(series()[2]->repeat, 3);
    m_series->start(p1, 3, 1); // they are there
    QVERIFY(!m_series->isRunning(p1));
}

void TestRepeatSeries::repeatsAreNoHistory()
{
    ask();
    answer(0, QStringLiteral("one"));
    m_series->start(p1, 2, 1);
    QVERIFY(hasAsked(2));
    answer(1, QStringLiteral("two"));
    QCOMPARE(answerOf(m_conversation->session().turns[0], p1)->message.text(), QStringLiteral("one"));
    ask();
    QCOMPARE(chat(2)->request().messages.at(1).text(), QStringLiteral("one"));
    QCOMPARE(m_series->turnOf(p1), 1);
}

void TestRepeatSeries::cancelKeepsWhatArrived()
{
    ask();
    answer(0, QStringLiteral("one"));
    m_series->start(p1, 5, 2);
    QVERIFY(hasAsked(3));
    chat(1)->text(QStringLiteral("half"));
    m_series->cancel(p1);
    QVERIFY(!m_series->isRunning(p1));
    QVERIFY(!m_series->error(p1));
    QCOMPARE(series().size(), std::size_t(3));
    QCOMPARE(series()[1]->state, Answer::State::Stopped);
    QCOMPARE(series()[1]->message.text(), QStringLiteral("half"));
}

void TestRepeatSeries::cancelWhileTheFirstComes()
{
    ask();
    m_series->start(p1, 5, 2);
    m_series->cancel(p1);
    QVERIFY(!m_series->isRunning(p1));
    QVERIFY(!m_conversation->isRunning(p1));
    QVERIFY(!QTest::qWaitFor([this] { return m_provider->chats.size() > 1; }, 20));
}

void TestRepeatSeries::regeneratingEndsTheSeries()
{
    ask();
    answer(0, QStringLiteral("one"));
    m_series->start(p1, 5, 1);
    QVERIFY(hasAsked(2));
    m_conversation->regenerate(p1);
    QVERIFY(!m_series->isRunning(p1));
    QVERIFY(m_conversation->isRunning(p1));
}

void TestRepeatSeries::changedEndpointEndsTheSeries()
{
    ask();
    answer(0, QStringLiteral("one"));
    m_series->start(p1, 5, 2);
    QVERIFY(hasAsked(3));
    m_connections->update({.id = QStringLiteral("e"), .name = QStringLiteral("Other")});
    QVERIFY(!m_series->isRunning(p1));
    m_series->start(p1, 5, 2);
    m_connections->remove(QStringLiteral("e"));
    QVERIFY(!m_series->isRunning(p1));
}

void TestRepeatSeries::anotherSessionEndsTheSeries()
{
    ask();
    answer(0, QStringLiteral("one"));
    const QString id = m_conversation->session().id;
    m_series->start(p1, 5, 1);
    QVERIFY(hasAsked(2));
    chat(1)->text(QStringLiteral("half"));
    m_conversation->startNew({{QStringLiteral("e"), QStringLiteral("b")}});
    QVERIFY(!m_series->isRunning(p1));
    QVERIFY(m_conversation->open(id));
    QCOMPARE(series().size(), std::size_t(2)); // what had come is in the store
    QCOMPARE(series()[1]->message.text(), QStringLiteral("half"));
}

void TestRepeatSeries::everythingIsThereAfterReopening()
{
    ask();
    answer(0, QStringLiteral("one"));
    m_series->start(p1, 3, 2);
    QVERIFY(hasAsked(3));
    answer(1, QStringLiteral("two"));
    answer(2, QStringLiteral("three"));
    const QString id = m_conversation->session().id;
    const std::vector<Answer> before = m_conversation->session().turns[0].answers;
    QVERIFY(m_conversation->open(id));
    QCOMPARE(m_conversation->session().turns[0].answers, before);
    QCOMPARE(series()[2]->repeat, 3);
}

QTEST_GUILESS_MAIN(TestRepeatSeries)
#include "tst_repeatseries.moc"
