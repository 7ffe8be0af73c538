// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessionstore.h"

#include "samples.h"
#include "store/database.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

class TestSessionStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void aMissingSessionIsAnError();
    void aTurnNeedsItsSession();
    void aSessionComesBackWhole();
    void theListIsNewestFirst();
    void renamingKeepsTheRest();
    void removingTakesEverythingAlong();
    void onlyTheLastTurnsAreLoaded();
    void savingAnOldValueDoesNotTurnBackTime();
    void aDamagedRecordIsShownAsSuch();
    void journalledTextIsThereBeforeAndAfterTheFlush();
    void theJournalIsWrittenByItself();
    void closingWritesTheJournal();
    void textForARemovedAnswerIsDropped();
    void anotherInstanceLeavesLiveAnswersAlone();
    void abandonedAnswersAreInterrupted();
    void twoInstancesWriteToOneFile();
    void searchFindsPromptsAndAnswers_data();
    void searchFindsPromptsAndAnswers();

private:
    [[nodiscard]] std::unique_ptr<SessionStore> openStore() const;
    [[nodiscard]] Answer lastAnswer(const SessionStore &store) const;
    /// A turn with one streaming answer; its id.
    qint64 startAnswer(SessionStore &store) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<SessionStore> m_store;
    const QString m_id = QStringLiteral("s1");
};

void TestSessionStore::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = openStore();
    QVERIFY(m_store);
    QVERIFY(m_store->save(samples::session(m_id)));
}

void TestSessionStore::cleanup()
{
    m_store.reset();
    m_directory.reset();
}

std::unique_ptr<SessionStore> TestSessionStore::openStore() const
{
    auto store = SessionStore::open(m_directory->filePath(QStringLiteral("sessions.sqlite")));
    if (!store)
        qWarning() << store.error().message;
    return store ? *std::move(store) : nullptr;
}

Answer TestSessionStore::lastAnswer(const SessionStore &store) const
{
    const Result<Session> session = store.load(m_id);
    return session && !session->turns.empty() && !session->turns.back().answers.empty()
        ? session->turns.back().answers.back()
        : Answer {};
}

qint64 TestSessionStore::startAnswer(SessionStore &store) const
{
    const auto turnId = store.addTurn(m_id, samples::turn(QStringLiteral("ask")));
    return turnId ? store.addAnswer(*turnId, samples::answer(Answer::State::Streaming, QString())).value_or(0) : 0;
}

void TestSessionStore::aMissingSessionIsAnError()
{
    const Result<Session> session = m_store->load(QStringLiteral("nobody"));
    QVERIFY(!session);
    QCOMPARE(session.error().kind, Error::Kind::Storage);
    QVERIFY(!session.error().message.isEmpty());
}

void TestSessionStore::aTurnNeedsItsSession()
{
    QCOMPARE(m_store->addTurn(QStringLiteral("nobody"), samples::turn(QStringLiteral("x"))).error().kind,
        Error::Kind::Storage);
    QCOMPARE(m_store->addAnswer(77, Answer {}).error().kind, Error::Kind::Storage);
    // What failed left no half-open transaction behind.
    QVERIFY(m_store->addTurn(m_id, samples::turn(QStringLiteral("x"))));
}

void TestSessionStore::aSessionComesBackWhole()
{
    Session expected = samples::session(m_id);
    Turn turn = samples::turn(QStringLiteral("What is it?"));
    turn.prompt = samples::message();
    Answer answer = samples::answer(Answer::State::Failed, QString());
    answer.message = samples::message();
    answer.finishReason = QStringLiteral("length");
    answer.error = samples::error();
    answer.metrics = samples::metrics();
    turn.answers.push_back(answer);
    QSignalSpy changed(m_store.get(), &SessionStore::sessionChanged);

    const auto turnId = m_store->addTurn(m_id, turn);
    QVERIFY(turnId);
    answer.paneId = QStringLiteral("right");
    answer.state = Answer::State::Streaming;
    const auto answerId = m_store->addAnswer(*turnId, answer);
    QVERIFY(answerId);
    answer.id = *answerId;
    answer.state = Answer::State::Stopped;
    QVERIFY(m_store->saveAnswer(answer));
    QCOMPARE(changed.count(), 3);

    m_store.reset();
    const Result<Session> loaded = openStore()->load(m_id);
    QVERIFY(loaded);
    turn.id = *turnId;
    turn.answers[0].id = loaded->turns.at(0).answers.at(0).id;
    turn.answers.push_back(answer);
    expected.turns = {turn};
    expected.updatedAt = loaded->updatedAt;
    QVERIFY(loaded->updatedAt > loaded->createdAt);
    QCOMPARE(*loaded, expected);
}

void TestSessionStore::theListIsNewestFirst()
{
    Session newer = samples::session(QStringLiteral("s2"));
    newer.updatedAt = newer.updatedAt.addSecs(1);
    newer.panes.clear();
    QVERIFY(m_store->save(newer));
    QCOMPARE(m_store->list()->front().id, QStringLiteral("s2"));

    QVERIFY(m_store->addTurn(m_id, samples::turn(QStringLiteral("x"))));
    const auto list = m_store->list();
    QCOMPARE(list->size(), size_t(2));
    QCOMPARE(list->front().id, m_id);
    QCOMPARE(list->front().title, QStringLiteral("First light"));
    QCOMPARE(list->front().turnCount, 1);
    QCOMPARE(list->front().paneCount, 2);
    QCOMPARE(list->back().paneCount, 0);
}

void TestSessionStore::renamingKeepsTheRest()
{
    QVERIFY(m_store->addTurn(m_id, samples::turn(QStringLiteral("x"))));
    QVERIFY(m_store->rename(m_id, QStringLiteral("\"Other\" 'name'; --")));
    const Result<Session> session = m_store->load(m_id);
    QCOMPARE(session->title, QStringLiteral("\"Other\" 'name'; --"));
    QCOMPARE(session->turns.size(), size_t(1));
    QCOMPARE(session->panes, samples::session(m_id).panes);
}

void TestSessionStore::removingTakesEverythingAlong()
{
    m_store->journal(startAnswer(*m_store), QStringLiteral("text"), QString());
    m_store->flushJournal();
    QSignalSpy removed(m_store.get(), &SessionStore::sessionRemoved);
    QVERIFY(m_store->remove(m_id));
    QCOMPARE(removed.count(), 1);
    QVERIFY(!m_store->load(m_id));
    QVERIFY(m_store->list()->empty());
    QVERIFY(m_store->search(QStringLiteral("ask"))->empty());
}

void TestSessionStore::onlyTheLastTurnsAreLoaded()
{
    const int count = 2'300;
    for (int number = 0; number < 20; ++number) {
        Turn turn = samples::turn(QStringLiteral("prompt %1").arg(number));
        turn.answers = {samples::answer(Answer::State::Complete, QStringLiteral("answer %1").arg(number))};
        QVERIFY(m_store->addTurn(m_id, turn));
        // Turns of another session lie between.
        if (number == 0)
            QVERIFY(m_store->save(samples::session(QStringLiteral("other"))));
        QVERIFY(m_store->addTurn(QStringLiteral("other"), turn));
    }
    const Result<Session> session = m_store->load(m_id, 5);
    QCOMPARE(session->turns.size(), size_t(5));
    QCOMPARE(session->earlierTurns, 15);
    QCOMPARE(session->turns.front().prompt.text(), QStringLiteral("prompt 15"));
    QCOMPARE(session->turns.back().answers.at(0).message.text(), QStringLiteral("answer 19"));

    const auto earlier = m_store->turnsBefore(m_id, session->turns.front().id, 10);
    QCOMPARE(earlier->size(), size_t(10));
    QCOMPARE(earlier->front().prompt.text(), QStringLiteral("prompt 5"));
    QCOMPARE(earlier->back().prompt.text(), QStringLiteral("prompt 14"));
    QCOMPARE(earlier->back().answers.size(), size_t(1));
    QCOMPARE(m_store->turnsBefore(m_id, earlier->front().id, count)->size(), size_t(5));

    QCOMPARE(m_store->load(m_id, -1)->turns.size(), size_t(20));
    QCOMPARE(m_store->load(m_id, 0)->earlierTurns, 20);
    QCOMPARE(m_store->load(m_id, count)->earlierTurns, 0);
}

void TestSessionStore::savingAnOldValueDoesNotTurnBackTime()
{
    QVERIFY(m_store->addTurn(m_id, samples::turn(QStringLiteral("x"))));
    const QDateTime updated = m_store->load(m_id)->updatedAt;
    QVERIFY(m_store->save(samples::session(m_id)));
    QCOMPARE(m_store->load(m_id)->updatedAt, updated);
    QCOMPARE(m_store->load(m_id)->turns.size(), size_t(1));
}

void TestSessionStore::aDamagedRecordIsShownAsSuch()
{
    Answer answer = samples::answer(Answer::State::Complete, QStringLiteral("fine"));
    const auto turnId = m_store->addTurn(m_id, samples::turn(QStringLiteral("x")));
    QVERIFY(m_store->addAnswer(*turnId, answer));
    QVERIFY(m_store->addAnswer(*turnId, answer));
    const auto database = Database::open(m_directory->filePath(QStringLiteral("sessions.sqlite")));
    QVERIFY((*database)->run(QStringLiteral("UPDATE answers SET message = '{' WHERE id = 1")));
    const auto answers = m_store->load(m_id)->turns.at(0).answers;
    QCOMPARE(answers.at(0).state, Answer::State::Failed);
    QVERIFY(!answers.at(0).error->message.isEmpty());
    QCOMPARE(answers.at(1).message.text(), QStringLiteral("fine"));
}

void TestSessionStore::journalledTextIsThereBeforeAndAfterTheFlush()
{
    Answer answer = samples::answer(Answer::State::Streaming, QString());
    answer.id = startAnswer(*m_store);
    m_store->journal(answer.id, QStringLiteral("one "), QStringLiteral("thought"));
    QCOMPARE(lastAnswer(*m_store).message.text(), QStringLiteral("one "));
    m_store->flushJournal();
    m_store->journal(answer.id, QStringLiteral("two"), QString());
    QCOMPARE(lastAnswer(*m_store).message.text(), QStringLiteral("one two"));
    QCOMPARE(lastAnswer(*m_store).message.reasoning, QStringLiteral("thought"));

    answer.state = Answer::State::Complete;
    answer.message = Message::fromText(Role::Assistant, QStringLiteral("one two three"));
    QVERIFY(m_store->saveAnswer(answer));
    m_store->flushJournal();
    QCOMPARE(lastAnswer(*m_store), answer);
}

void TestSessionStore::theJournalIsWrittenByItself()
{
    m_store->journal(startAnswer(*m_store), QStringLiteral("text"), QString());
    const auto reader = openStore();
    QTRY_COMPARE(lastAnswer(*reader).message.text(), QStringLiteral("text"));
}

void TestSessionStore::closingWritesTheJournal()
{
    m_store->journal(startAnswer(*m_store), QStringLiteral("text"), QString());
    m_store.reset();
    QCOMPARE(lastAnswer(*openStore()).message.text(), QStringLiteral("text"));
    // Nothing but the database is left behind by a clean end.
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files), QStringList {QStringLiteral("sessions.sqlite")});
}

void TestSessionStore::textForARemovedAnswerIsDropped()
{
    const qint64 gone = startAnswer(*m_store);
    QVERIFY(openStore()->remove(m_id));
    QVERIFY(m_store->save(samples::session(m_id)));
    const qint64 kept = startAnswer(*m_store);
    QSignalSpy failed(m_store.get(), &SessionStore::failed);
    m_store->journal(gone, QStringLiteral("lost"), QString());
    m_store->journal(kept, QStringLiteral("kept"), QString());
    m_store->flushJournal();
    QCOMPARE(failed.count(), 0);
    QCOMPARE(lastAnswer(*m_store).message.text(), QStringLiteral("kept"));
}

void TestSessionStore::anotherInstanceLeavesLiveAnswersAlone()
{
    m_store->journal(startAnswer(*m_store), QStringLiteral("still coming"), QString());
    m_store->flushJournal();
    const auto other = openStore();
    QCOMPARE(lastAnswer(*other).state, Answer::State::Streaming);
    QCOMPARE(lastAnswer(*other).message.text(), QStringLiteral("still coming"));
}

void TestSessionStore::abandonedAnswersAreInterrupted()
{
    m_store->journal(startAnswer(*m_store), QStringLiteral("half a sent"), QStringLiteral("hm"));
    m_store.reset();
    m_store = openStore();
    const Answer answer = lastAnswer(*m_store);
    QCOMPARE(answer.state, Answer::State::Interrupted);
    QCOMPARE(answer.message.text(), QStringLiteral("half a sent"));
    QCOMPARE(answer.message.reasoning, QStringLiteral("hm"));
    QCOMPARE(m_store->search(QStringLiteral("half"))->size(), size_t(1));
}

void TestSessionStore::twoInstancesWriteToOneFile()
{
    const auto other = openStore();
    for (int number = 0; number < 100; ++number) {
        QVERIFY(m_store->addTurn(m_id, samples::turn(QStringLiteral("a"))));
        QVERIFY(other->addTurn(m_id, samples::turn(QStringLiteral("b"))));
    }
    QCOMPARE(m_store->load(m_id, -1)->turns.size(), size_t(200));
    QCOMPARE(*other->load(m_id, -1), *m_store->load(m_id, -1));
}

void TestSessionStore::searchFindsPromptsAndAnswers_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("hits");
    QTest::newRow("nothing typed") << QString() << 0;
    QTest::newRow("word of a prompt") << QStringLiteral("capital") << 2;
    QTest::newRow("word of an answer") << QStringLiteral("Paris") << 1;
    QTest::newRow("case and accents do not matter") << QStringLiteral("MARIANNE cafe") << 1;
    QTest::newRow("all words") << QStringLiteral("capital Vienna") << 1;
    QTest::newRow("one word is missing") << QStringLiteral("capital Berlin") << 0;
    QTest::newRow("beginning of the last word") << QStringLiteral("Pari") << 1;
    QTest::newRow("operators are words") << QStringLiteral("Paris OR Vienna") << 0;
    QTest::newRow("quotes") << QStringLiteral("\"Paris") << 1;
    QTest::newRow("punctuation only") << QStringLiteral("?! *") << 0;
    QTest::newRow("column filter") << QStringLiteral("body:Paris") << 0;
}

void TestSessionStore::searchFindsPromptsAndAnswers()
{
    QFETCH(QString, words);
    QFETCH(int, hits);
    Turn turn = samples::turn(QStringLiteral("The capital of France?"));
    turn.answers = {samples::answer(Answer::State::Complete, QStringLiteral("Paris, says Marianne in the café."))};
    QVERIFY(m_store->addTurn(m_id, turn));
    const auto second = m_store->addTurn(m_id, samples::turn(QStringLiteral("The capital of Austria?")));
    Answer answer = samples::answer(Answer::State::Streaming, QString());
    answer.id = *m_store->addAnswer(*second, answer);
    answer.state = Answer::State::Complete;
    answer.message = Message::fromText(Role::Assistant, QStringLiteral("Vienna"));
    QVERIFY(m_store->saveAnswer(answer));

    const auto matches = m_store->search(words);
    QVERIFY2(matches, qPrintable(matches ? QString() : matches.error().message));
    QCOMPARE(int(matches->size()), hits);
    if (hits == 2)
        QCOMPARE(matches->front().turnId, *second);
    for (const SessionStore::Match &match : *matches)
        QVERIFY(!match.snippet.isEmpty() && match.sessionId == m_id);
}

QTEST_GUILESS_MAIN(TestSessionStore)
#include "tst_sessionstore.moc"
