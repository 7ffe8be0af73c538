// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessionstore.h"

#include "samples.h"
#include "store/database.h"
#include "store/recordingstore.h"
#include "store/votestore.h"

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
    void branchesComeBack();
    void recordingsAndVotesComeBack();
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
    answer.toolRounds = {samples::message(), Message {.role = Role::Tool, .toolCallId = QStringLiteral("call_1")}};
    answer.logprobs = {{.token = QStringLiteral("é"),
        .logprob = -0.25,
        .bytes = QByteArray("\xc3\xa9"),
        .top = {{.token = QStringLiteral("e"), .logprob = -1.5}}}};
    answer.logprobs.push_back({.token = QStringLiteral("x")});
    answer.givenLength = 3;
    answer.repeat = 2;
    answer.startOrder = 4;
    expected.folder = QStringLiteral("Work/Old");
    expected.isPinned = true;
    expected.trashedAt = expected.createdAt;
    expected.variables = {{QStringLiteral("name"), QStringLiteral("Ada")}};
    expected.view = {{QStringLiteral("layout"), QStringLiteral("table")}};
    expected.panes[1].systemPrompt = QString(QLatin1String(""));
    expected.id = QStringLiteral("whole");
    QVERIFY(m_store->save(expected));
    turn.answers.push_back(answer);
    QSignalSpy changed(m_store.get(), &SessionStore::sessionChanged);

    const auto turnId = m_store->addTurn(expected.id, turn);
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
    const Result<Session> loaded = openStore()->load(expected.id);
    QVERIFY(loaded);
    turn.id = *turnId;
    turn.answers[0].id = loaded->turns.at(0).answers.at(0).id;
    turn.answers.push_back(answer);
    expected.turns = {turn};
    expected.updatedAt = loaded->updatedAt;
    QVERIFY(loaded->updatedAt > loaded->createdAt);
    QCOMPARE(*loaded, expected);
}

void TestSessionStore::branchesComeBack()
{
    const auto add = [this](qint64 parent, const QString &prompt) {
        Turn turn = samples::turn(prompt);
        turn.parentId = parent;
        turn.answers = {samples::answer(Answer::State::Complete, prompt)};
        return m_store->addTurn(m_id, turn).value_or(0);
    };
    const qint64 root = add(0, QStringLiteral("root"));
    const qint64 left = add(root, QStringLiteral("left"));
    const qint64 right = add(root, QStringLiteral("right"));
    Session session = m_store->load(m_id, -1).value_or(Session {});
    QCOMPARE(session.turns.size(), size_t(2));
    QCOMPARE(session.turns.back().id, right);
    QCOMPARE(session.otherTurns.size(), size_t(1));
    QCOMPARE(session.otherTurns.front().id, left);
    QCOMPARE(session.otherTurns.front().answers.size(), size_t(1));
    QCOMPARE(session.earlierTurns, 0);

    QVERIFY(m_store->showBranch(m_id, left));
    QVERIFY(m_store->adoptAnswer(left, 7));
    session = m_store->load(m_id, -1).value_or(Session {});
    QCOMPARE(session.turns.back().id, left);
    QCOMPARE(session.turns.back().adoptedAnswerId, 7);
    QCOMPARE(m_store->load(m_id, 1)->earlierTurns, 1);

    // A turn that is its own ancestor, and a leaf that is gone.
    const auto database = Database::open(m_directory->filePath(QStringLiteral("sessions.sqlite")));
    QVERIFY((*database)->run(QStringLiteral("UPDATE turns SET parent_id = ? WHERE id = ?"), {left, root}));
    QVERIFY(m_store->showBranch(m_id, 99));
    session = m_store->load(m_id, -1).value_or(Session {});
    QCOMPARE(session.turns.size() + session.otherTurns.size(), size_t(3));
    QCOMPARE(session.turns.back().id, right);
}

void TestSessionStore::recordingsAndVotesComeBack()
{
    const auto turnId = m_store->addTurn(m_id, samples::turn(QStringLiteral("x")));
    const auto answerId = m_store->addAnswer(*turnId, samples::answer(Answer::State::Complete, QStringLiteral("abc")));
    QCOMPARE(m_store->recordings().load(*answerId).error().kind, Error::Kind::Storage);
    using std::chrono::microseconds;
    Recording recording {.steps = {{.at = microseconds(10), .text = 1, .reasoning = 0},
                             {.at = microseconds(7'200'000'000), .text = 3, .reasoning = 9}}};
    recording.exchange.method = "POST";
    recording.exchange.url = QUrl(QStringLiteral("http://127.0.0.1/chat"));
    recording.exchange.responseBody = "abc";
    recording.exchange.frames = {{.at = microseconds(10), .offset = 0, .size = 3}};
    m_store->recordings().keep(*answerId, recording);
    QCOMPARE(m_store->recordings().load(*answerId)->steps, recording.steps);
    QCOMPARE(m_store->recordings().load(*answerId)->exchange.responseBody, QByteArray("abc"));
    m_store->recordings().keep(*answerId + 100, recording); // an answer that is gone is passed over
    m_store->recordings().flush();
    QVERIFY(!m_store->recordings().load(*answerId + 100));

    Vote vote {.sessionId = m_id,
        .turnId = *turnId,
        .first = {QStringLiteral("e"), QStringLiteral("a")},
        .second = {QStringLiteral("e"), QStringLiteral("b")},
        .firstLabel = QStringLiteral("A"),
        .secondLabel = QStringLiteral("B"),
        .choice = Vote::Choice::BothBad,
        .isBlind = true,
        .at = QDateTime::fromMSecsSinceEpoch(5, Qt::UTC)};
    vote.id = m_store->votes().add(vote).value_or(0);
    QCOMPARE(m_store->votes().votes(m_id).value_or(std::vector<Vote> {}), std::vector<Vote> {vote});
    QCOMPARE(m_store->votes().votes()->size(), size_t(1));
    vote.sessionId = QStringLiteral("nobody");
    QCOMPARE(m_store->votes().add(vote).error().kind, Error::Kind::Storage);
    QVERIFY(m_store->votes().remove(vote.id));
    QVERIFY(m_store->votes().votes(m_id)->empty());
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
    qint64 last = 0;
    qint64 otherLast = 0;
    for (int number = 0; number < 20; ++number) {
        Turn turn = samples::turn(QStringLiteral("prompt %1").arg(number));
        turn.answers = {samples::answer(Answer::State::Complete, QStringLiteral("answer %1").arg(number))};
        turn.parentId = last;
        last = m_store->addTurn(m_id, turn).value_or(0);
        // Turns of another session lie between.
        if (number == 0)
            QVERIFY(m_store->save(samples::session(QStringLiteral("other"))));
        turn.parentId = otherLast;
        otherLast = m_store->addTurn(QStringLiteral("other"), turn).value_or(0);
        QVERIFY(last > 0 && otherLast > last);
    }
    const Result<Session> session = m_store->load(m_id, 5);
    QCOMPARE(session->turns.size(), size_t(5));
    QCOMPARE(session->earlierTurns, 15);
    QCOMPARE(session->turns.front().prompt.text(), QStringLiteral("prompt 15"));
    QCOMPARE(session->turns.back().answers.at(0).message.text(), QStringLiteral("answer 19"));

    const auto earlier = m_store->turnsBefore(session->turns.front().id, 10);
    QCOMPARE(earlier->size(), size_t(10));
    QCOMPARE(earlier->front().prompt.text(), QStringLiteral("prompt 5"));
    QCOMPARE(earlier->back().prompt.text(), QStringLiteral("prompt 14"));
    QCOMPARE(earlier->back().answers.size(), size_t(1));
    QCOMPARE(m_store->turnsBefore(earlier->front().id, count)->size(), size_t(5));

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
    // Each began a branch of its own with every turn; none of them is lost.
    const Result<Session> session = m_store->load(m_id, -1);
    QCOMPARE(session->turns.size() + session->otherTurns.size(), size_t(200));
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
    for (const SessionMatch &match : *matches)
        QVERIFY(!match.snippet.isEmpty() && match.sessionId == m_id);
}

QTEST_GUILESS_MAIN(TestSessionStore)
#include "tst_sessionstore.moc"
