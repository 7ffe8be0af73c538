// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessionlibrary.h"

#include "samples.h"
#include "store/recordingstore.h"
#include "store/sessionimport.h"
#include "store/sessionstore.h"
#include "store/transfer/sessionjson.h"
#include "store/votestore.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

class TestSessionLibrary : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aPlaceThatIsPutBackUndoes();
    void theTrashIsEmptiedByAge();
    void searchLeavesTheTrashOut();
    void titlesAreFound();
    void foldersKeepWhatIsInThem();
    void aFolderDoesNotGoIntoItself();
    void namesAreNoPatterns();
    void branchesAreCounted();
    void aCopyIsEqualAndIndependent();
    void exportedSessionsComeBackEqual();
    void secretsStayOut();
    void damagedExportsAreTolerated();

private:
    void add(const QString &id, const QString &folder = {});
    /// One with two branches, a recording, a vote and an adopted answer.
    void addRich(const QString &id);
    [[nodiscard]] SessionPlace place(const QString &id) const { return m_library->places({id})->at(0); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<SessionStore> m_store;
    SessionLibrary *m_library = nullptr;
};

namespace {

/// The bundle with ids by position, to compare what was stored twice.
SessionBundle normalised(SessionBundle bundle)
{
    std::map<qint64, qint64> turnIds;
    std::map<qint64, qint64> answerIds;
    const auto number = [](std::map<qint64, qint64> &ids, qint64 id) {
        return id == 0 ? 0 : ids.try_emplace(id, qint64(ids.size()) + 1).first->second;
    };
    std::map<qint64, Recording> recordings;
    std::map<qint64, const Turn *> inOrder; // by time: stored ids grow, temporary ones fall
    for (std::vector<Turn> *turns : {&bundle.session.turns, &bundle.session.otherTurns}) {
        for (const Turn &turn : *turns)
            inOrder[std::abs(turn.id)] = &turn;
    }
    for (const auto &[id, turn] : inOrder) {
        number(turnIds, turn->id);
        for (const Answer &answer : turn->answers)
            number(answerIds, answer.id);
    }
    for (std::vector<Turn> *turns : {&bundle.session.turns, &bundle.session.otherTurns}) {
        for (Turn &turn : *turns) {
            turn.id = number(turnIds, turn.id);
            turn.parentId = number(turnIds, turn.parentId);
            turn.adoptedAnswerId = number(answerIds, turn.adoptedAnswerId);
            for (Answer &answer : turn.answers) {
                const auto recording = bundle.recordings.find(answer.id);
                answer.id = number(answerIds, answer.id);
                if (recording != bundle.recordings.end())
                    recordings[answer.id] = recording->second;
            }
        }
    }
    bundle.recordings = recordings;
    for (Vote &vote : bundle.votes) {
        vote.id = 0;
        vote.turnId = number(turnIds, vote.turnId);
    }
    return bundle;
}

} // namespace

void TestSessionLibrary::init()
{
    m_store.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = *SessionStore::open(m_directory->filePath(QStringLiteral("sessions.db")));
    m_library = &m_store->library();
}

void TestSessionLibrary::add(const QString &id, const QString &folder)
{
    Session session = samples::session(id);
    session.folder = folder;
    QVERIFY(m_store->save(session));
    QVERIFY(m_store->addTurn(id, samples::turn(QString(QStringLiteral("About ") + id))));
}

void TestSessionLibrary::addRich(const QString &id)
{
    Session session = samples::session(id);
    session.panes[0].systemPrompt = QString();
    session.variables = {{QStringLiteral("name"), QStringLiteral("Ada")}};
    session.view = {{QStringLiteral("layout"), QStringLiteral("table")}};
    session.folder = QStringLiteral("Work/Bread");
    session.isPinned = true;
    QVERIFY(m_store->save(session));
    const qint64 first = *m_store->addTurn(id, samples::turn(QStringLiteral("One")));
    Answer answer = samples::answer(Answer::State::Complete, QStringLiteral("Eins"));
    answer.message = samples::message();
    answer.metrics = samples::metrics();
    answer.logprobs = {
        {.token = QStringLiteral("E"), .logprob = -0.5, .bytes = "E", .top = {{QStringLiteral("U"), -1}}}};
    answer.toolRounds = {samples::message()};
    answer.startOrder = 2;
    const qint64 answerId = *m_store->addAnswer(first, answer);
    Answer failed = samples::answer(Answer::State::Failed, QStringLiteral("Half"));
    failed.error = samples::error();
    QVERIFY(m_store->addAnswer(first, failed));
    QVERIFY(m_store->adoptAnswer(first, answerId));
    Turn second = samples::turn(QStringLiteral("Two"));
    second.parentId = first;
    Turn other = samples::turn(QStringLiteral("Another two"));
    other.parentId = first;
    const qint64 left = *m_store->addTurn(id, second);
    QVERIFY(m_store->addTurn(id, other));
    QVERIFY(m_store->showBranch(id, left));
    Recording recording {.steps = {{std::chrono::microseconds(10), 1, 0}, {std::chrono::microseconds(500), 4, 2}}};
    recording.exchange.method = "POST";
    recording.exchange.url = QUrl(QStringLiteral("https://example.org/v1/chat?api-key=sk-secret"));
    recording.exchange.requestHeaders = {{"Authorization", "Bearer sk-secret"}};
    recording.exchange.status = 200;
    recording.exchange.startedAt = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
    m_store->recordings().keep(answerId, recording);
    m_store->recordings().flush();
    QVERIFY(m_store->votes().add({.sessionId = id,
        .turnId = first,
        .first = {.endpointId = QStringLiteral("a"), .model = QStringLiteral("m")},
        .firstLabel = QStringLiteral("m — A"),
        .choice = Vote::Choice::BothBad,
        .isBlind = true,
        .at = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC)}));
}

void TestSessionLibrary::aPlaceThatIsPutBackUndoes()
{
    add(QStringLiteral("a"), QStringLiteral("Work"));
    add(QStringLiteral("b"));
    const std::vector<SessionPlace> before = *m_library->places({QStringLiteral("a"), QStringLiteral("b")});
    std::vector<SessionPlace> after = before;
    for (SessionPlace &moved : after) {
        moved.folder = QStringLiteral(" /Home//Old/ ");
        moved.isPinned = true;
        moved.trashedAt = QDateTime::fromMSecsSinceEpoch(5, Qt::UTC);
    }
    QSignalSpy changed(m_library, &SessionLibrary::changed);
    QVERIFY(m_library->setPlaces(after));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(place(QStringLiteral("b")).folder, QStringLiteral("Home/Old"));
    QVERIFY(place(QStringLiteral("b")).isPinned);
    QCOMPARE(m_store->list()->at(0).trashedAt.toMSecsSinceEpoch(), 5);
    QVERIFY(m_library->setPlaces(before));
    QCOMPARE(*m_library->places({QStringLiteral("a"), QStringLiteral("b")}), before);
    // A window that has the session open and saves it does not pull it out of its folder.
    Session open = *m_store->load(QStringLiteral("a"));
    QVERIFY(m_library->setPlaces(after));
    QVERIFY(m_store->save(open));
    QCOMPARE(place(QStringLiteral("a")).folder, QStringLiteral("Home/Old"));
}

void TestSessionLibrary::theTrashIsEmptiedByAge()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const char *id : {"old", "young", "kept"})
        add(QString::fromLatin1(id));
    QVERIFY(m_library->setPlaces({{.id = QStringLiteral("old"), .trashedAt = now.addDays(-31)},
        {.id = QStringLiteral("young"), .trashedAt = now.addDays(-29)}}));
    QSignalSpy removed(m_library, &SessionLibrary::removed);
    QCOMPARE(*m_library->emptyTrash(now.addDays(-30)), 1);
    QCOMPARE(removed.at(0).at(0).toStringList(), QStringList {QStringLiteral("old")});
    QCOMPARE(*m_library->emptyTrash(now.addDays(-30)), 0);
    QCOMPARE(m_store->list()->size(), size_t(2));
}

void TestSessionLibrary::searchLeavesTheTrashOut()
{
    add(QStringLiteral("alpha"));
    add(QStringLiteral("beta"));
    QCOMPARE(m_store->search(QStringLiteral("about"))->size(), size_t(2));
    QVERIFY(m_library->setPlaces({{.id = QStringLiteral("alpha"), .trashedAt = QDateTime::currentDateTimeUtc()}}));
    const std::vector<SessionMatch> left = *m_store->search(QStringLiteral("abo"));
    QCOMPARE(left.size(), size_t(1));
    QCOMPARE(left[0].sessionId, QStringLiteral("beta"));
    QCOMPARE(left[0].snippet, QStringLiteral("\2About\3 beta"));
}

void TestSessionLibrary::titlesAreFound()
{
    add(QStringLiteral("a"));
    QVERIFY(m_store->rename(QStringLiteral("a"), QStringLiteral("100 % rye_bread \\ crust")));
    QCOMPARE(m_store->search(QStringLiteral("crust 100"))->at(0).turnId, 0);
    QCOMPARE(m_store->search(QStringLiteral("%"))->size(), size_t(1));
    QCOMPARE(m_store->search(QStringLiteral("\\"))->size(), size_t(1));
    QVERIFY(m_store->search(QStringLiteral("ryeXbread"))->empty());
    QVERIFY(m_store->search(QStringLiteral("0_%"))->empty());
}

void TestSessionLibrary::foldersKeepWhatIsInThem()
{
    add(QStringLiteral("a"), QStringLiteral("Work/Bread"));
    add(QStringLiteral("b"), QStringLiteral("Workshop"));
    QVERIFY(m_library->addFolder(QStringLiteral("Work/Cakes")));
    const QStringList all {
        QStringLiteral("Work"), QStringLiteral("Work/Bread"), QStringLiteral("Work/Cakes"), QStringLiteral("Workshop")};
    QCOMPARE(*m_library->folders(), all);
    QVERIFY(m_library->moveFolder(QStringLiteral("Work"), QStringLiteral("Home/Baking")));
    QCOMPARE(place(QStringLiteral("a")).folder, QStringLiteral("Home/Baking/Bread"));
    QCOMPARE(place(QStringLiteral("b")).folder, QStringLiteral("Workshop"));
    QVERIFY(m_library->folders()->contains(QStringLiteral("Home/Baking/Cakes")));
    QVERIFY(m_library->removeFolder(QStringLiteral("Home/Baking")));
    QCOMPARE(place(QStringLiteral("a")).folder, QStringLiteral("Home/Bread"));
    QVERIFY(m_library->removeFolder(QStringLiteral("Home")));
    QCOMPARE(place(QStringLiteral("a")).folder, QStringLiteral("Bread"));
    QVERIFY(m_library->removeFolder(QStringLiteral("Bread")));
    QCOMPARE(place(QStringLiteral("a")).folder, QString());
    QCOMPARE(*m_library->folders(), (QStringList {QStringLiteral("Cakes"), QStringLiteral("Workshop")}));
}

void TestSessionLibrary::aFolderDoesNotGoIntoItself()
{
    add(QStringLiteral("a"), QStringLiteral("Work"));
    QVERIFY(m_library->moveFolder(QStringLiteral("Work"), QStringLiteral("Work/Inner")));
    QVERIFY(m_library->moveFolder(QStringLiteral("Work"), QString()));
    QCOMPARE(place(QStringLiteral("a")).folder, QStringLiteral("Work"));
}

void TestSessionLibrary::namesAreNoPatterns()
{
    add(QStringLiteral("a"), QStringLiteral("W_rk%"));
    add(QStringLiteral("b"), QStringLiteral("Work/x"));
    QVERIFY(m_library->moveFolder(QStringLiteral("W_rk%"), QStringLiteral("'; DROP TABLE sessions --")));
    QCOMPARE(place(QStringLiteral("a")).folder, QStringLiteral("'; DROP TABLE sessions --"));
    QCOMPARE(place(QStringLiteral("b")).folder, QStringLiteral("Work/x"));
}

void TestSessionLibrary::branchesAreCounted()
{
    add(QStringLiteral("plain"));
    addRich(QStringLiteral("rich"));
    QCOMPARE(m_library->summaries({QStringLiteral("plain")})->at(0).branchCount, 1);
    const SessionSummary rich = m_library->summaries({QStringLiteral("rich")})->at(0);
    QCOMPARE(rich.branchCount, 2);
    QCOMPARE(rich.turnCount, 3);
    QVERIFY(m_library->summaries({QStringLiteral("none")})->empty());
    const std::vector<BranchTurn> turns = *m_library->branchTurns(QStringLiteral("rich"));
    QCOMPARE(turns.size(), size_t(3));
    QCOMPARE(turns[0].answerCount, 2);
    QCOMPARE(turns[2].excerpt, QStringLiteral("Another two"));
    QCOMPARE(turns[2].parentId, turns[0].id);
}

void TestSessionLibrary::aCopyIsEqualAndIndependent()
{
    addRich(QStringLiteral("rich"));
    const QString copyId = *m_library->duplicate(QStringLiteral("rich"), QStringLiteral("Copy"));
    SessionBundle copy = *m_library->bundle(copyId);
    QCOMPARE(copy.session.title, QStringLiteral("Copy"));
    const SessionBundle original = *m_library->bundle(QStringLiteral("rich"));
    copy.session.id = original.session.id;
    copy.session.title = original.session.title;
    copy.session.createdAt = original.session.createdAt;
    copy.session.updatedAt = original.session.updatedAt;
    for (Vote &vote : copy.votes)
        vote.sessionId = original.session.id;
    QVERIFY(normalised(copy) == normalised(original));
    QVERIFY(m_library->remove({QStringLiteral("rich")}));
    QCOMPARE(m_store->load(copyId, -1)->turns.size(), size_t(2));
}

void TestSessionLibrary::exportedSessionsComeBackEqual()
{
    addRich(QStringLiteral("rich"));
    add(QStringLiteral("plain"));
    const std::vector<SessionBundle> exported {
        *m_library->bundle(QStringLiteral("rich")), *m_library->bundle(QStringLiteral("plain"))};
    QCOMPARE(exported[0].recordings.size(), size_t(1));
    QCOMPARE(exported[0].votes.size(), size_t(1));
    QFile file(m_directory->filePath(QStringLiteral("export.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(toSessionJson(exported));
    file.close();

    const auto other = *SessionStore::open(m_directory->filePath(QStringLiteral("other.db")));
    SessionImport job(other->library());
    QSignalSpy finished(&job, &SessionImport::finished);
    job.start({file.fileName()});
    QVERIFY(finished.wait());
    const auto summary = finished.at(0).at(0).value<ImportSummary>();
    QCOMPARE(summary.problems, QStringList());
    QCOMPARE(summary.sessionIds.size(), 2);
    for (const SessionBundle &original : exported) {
        const SessionBundle back = *other->library().bundle(original.session.id);
        QCOMPARE(back.session.updatedAt, original.session.updatedAt);
        QVERIFY(normalised(back) == normalised(original));
    }
    // A second time it is the same session.
    SessionImport again(other->library());
    QSignalSpy finishedAgain(&again, &SessionImport::finished);
    again.start({file.fileName()});
    QVERIFY(finishedAgain.wait());
    QCOMPARE(finishedAgain.at(0).at(0).value<ImportSummary>().knownCount, 2);
}

void TestSessionLibrary::secretsStayOut()
{
    addRich(QStringLiteral("rich"));
    const QByteArray json = toSessionJson({*m_library->bundle(QStringLiteral("rich"))});
    QVERIFY(json.contains("example.org"));
    QVERIFY(!json.contains("sk-secret"));
}

void TestSessionLibrary::damagedExportsAreTolerated()
{
    addRich(QStringLiteral("rich"));
    const QJsonObject whole =
        QJsonDocument::fromJson(toSessionJson({*m_library->bundle(QStringLiteral("rich"))})).object();
    const QJsonObject session = whole[QStringLiteral("sessions")][0].toObject();
    QVERIFY(session.contains(QStringLiteral("turns")));
    for (const QString &key : session.keys()) {
        for (const QJsonValue &wrong : {QJsonValue(), QJsonValue(-1), QJsonValue(QStringLiteral("x")),
                 QJsonValue(QJsonArray {1, QJsonObject()}), QJsonValue(QJsonObject())}) {
            QJsonObject damaged = session;
            damaged[key] = wrong;
            const Result<SessionBundle> read = sessionFromJson(damaged);
            if (read)
                QVERIFY(!read->session.id.isEmpty());
        }
    }
    // A turn that is its own parent, or comes before its parent, is a beginning.
    QJsonObject looped = session;
    looped[QStringLiteral("turns")] =
        QJsonArray {QJsonObject {{QStringLiteral("id"), 1}, {QStringLiteral("parentId"), 1}},
            QJsonObject {{QStringLiteral("id"), 2}, {QStringLiteral("parentId"), 3}},
            QJsonObject {{QStringLiteral("id"), 3}, {QStringLiteral("parentId"), 2}}};
    const Result<SessionBundle> bundle = sessionFromJson(looped);
    QVERIFY(bundle);
    QCOMPARE(bundle->session.turns.size() + bundle->session.otherTurns.size(), size_t(3));
}

QTEST_GUILESS_MAIN(TestSessionLibrary)
#include "tst_sessionlibrary.moc"
