// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessionreplay.h"

#include "models/sessionexport.h"
#include "models/sessionrerun.h"
#include "models/sessiondocument.h"
#include "scriptedprovider.h"
#include "store/recordingstore.h"
#include "store/sessionlibrary.h"
#include "store/sessionstore.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;
using namespace std::chrono_literals;

namespace {

/// Writes down what a replay shows.
class Screen : public QObject
{
public:
    explicit Screen(SessionReplay &replay)
    {
        connect(&replay, &SessionReplay::restarted, this, [this] { log.clear(), texts.clear(); });
        connect(&replay, &SessionReplay::promptShown, this,
            [this](int turn) { log.append(QStringLiteral("prompt %1").arg(turn)); });
        connect(&replay, &SessionReplay::answerBegan, this,
            [this](const QString &pane, int turn) { log.append(QStringLiteral("begin %1 %2").arg(pane).arg(turn)); });
        connect(&replay, &SessionReplay::textArrived, this,
            [this](const QString &pane, int turn, const QString &text, const QString &reasoning) {
                texts[QStringLiteral("%1 %2").arg(pane).arg(turn)] += text;
                thoughts[QStringLiteral("%1 %2").arg(pane).arg(turn)] += reasoning;
                log.append(QStringLiteral("%1: %2").arg(pane, text));
            });
        connect(&replay, &SessionReplay::answerEnded, this,
            [this](const QString &pane, int turn) { log.append(QStringLiteral("end %1 %2").arg(pane).arg(turn)); });
        connect(&replay, &SessionReplay::ended, this, [this] { log.append(QStringLiteral("ended")); });
    }

    QStringList log;
    QMap<QString, QString> texts;
    QMap<QString, QString> thoughts;
};

Answer answer(qint64 id, const char *pane, const char *text)
{
    return {.id = id,
        .paneId = QLatin1String(pane),
        .modelLabel = QStringLiteral("m — here"),
        .state = Answer::State::Complete,
        .message = Message::fromText(Role::Assistant, QString::fromUtf8(text))};
}

/// Two panes, two turns; the second answer to the second turn has no recording.
SessionBundle bundle()
{
    SessionBundle bundle;
    bundle.session.id = QStringLiteral("s");
    bundle.session.panes = {{.id = QStringLiteral("a")}, {.id = QStringLiteral("b")}};
    Turn first {.id = 1, .prompt = Message::fromText(Role::User, QStringLiteral("One?"))};
    first.answers = {answer(1, "a", "eins zwei"), answer(2, "b", "uno")};
    first.answers[0].message.reasoning = QStringLiteral("hm");
    first.answers[0].metrics.phases.finished = 400ms;
    Turn second {.id = 2, .parentId = 1, .prompt = Message::fromText(Role::User, QStringLiteral("Two?"))};
    second.answers = {answer(3, "a", "old"), answer(4, "a", "given and new"), answer(5, "b", "due")};
    second.answers[1].givenLength = 5;
    second.answers[2].metrics.phases.firstToken = 50ms;
    bundle.session.turns = {first, second};
    bundle.recordings[1].steps = {{50ms, 0, 2}, {100ms, 5, 2}, {300ms, 9, 2}};
    bundle.recordings[2].steps = {{100ms, 2, 0}, {200ms, 99, 0}};
    bundle.recordings[4].steps = {{10ms, 4, 0}};
    return bundle;
}

} // namespace

class TestSessionReplay : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingHappensByItself();
    void piecesComeAtTheirTimes();
    void stepsGoFromPieceToPiece();
    void theEndIsExact_data();
    void theEndIsExact();
    void restartingBeginsAnew();
    void mayBeDestroyedInItsSlots();
    void anEmptySessionIsOver();
    void everyTurnIsAskedAgain();
    void anEndpointThatIsGoneEndsTheRun();
    void cancellingKeepsWhatArrived();
    void documentsEscapeEverything();
    void exportsAreFilesOrNothing();
};

void TestSessionReplay::nothingHappensByItself()
{
    SessionReplay replay(bundle());
    const Screen screen(replay);
    QCOMPARE(replay.currentTurn(), -1);
    QVERIFY(!replay.atEnd());
    QVERIFY(screen.log.isEmpty());
    QVERIFY(replay.isRecorded(QStringLiteral("a"), 1));
    QVERIFY(!replay.isRecorded(QStringLiteral("b"), 1));
    QVERIFY(!replay.isRecorded(QStringLiteral("b"), 7));
}

void TestSessionReplay::piecesComeAtTheirTimes()
{
    SessionReplay replay(bundle());
    const Screen screen(replay);
    replay.advance(0us);
    QCOMPARE(screen.log,
        (QStringList {QStringLiteral("prompt 0"), QStringLiteral("begin a 0"), QStringLiteral("begin b 0")}));
    replay.advance(99ms);
    QCOMPARE(screen.texts.value(QStringLiteral("a 0")), QString());
    QCOMPARE(screen.thoughts.value(QStringLiteral("a 0")), QStringLiteral("hm"));
    replay.advance(1ms);
    QCOMPARE(screen.texts.value(QStringLiteral("a 0")), QStringLiteral("eins "));
    QCOMPARE(screen.texts.value(QStringLiteral("b 0")), QStringLiteral("un"));
    replay.advance(299ms);
    QVERIFY(!screen.log.contains(QStringLiteral("end a 0")));
    QVERIFY(screen.log.contains(QStringLiteral("end b 0")));
    replay.advance(1ms);
    QCOMPARE(screen.log.last(), QStringLiteral("end a 0"));
    replay.advance(SessionReplay::pauseBetweenTurns - 1us);
    QCOMPARE(replay.currentTurn(), 0);
    replay.advance(1us);
    QCOMPARE(replay.currentTurn(), 1);
    // What the model was given is there at once.
    QCOMPARE(screen.texts.value(QStringLiteral("a 1")), QStringLiteral("given"));
    replay.advance(10ms);
    QCOMPARE(screen.texts.value(QStringLiteral("a 1")), QStringLiteral("given and new"));
    QVERIFY(!replay.atEnd());
    replay.advance(40ms);
    QCOMPARE(screen.texts.value(QStringLiteral("b 1")), QStringLiteral("due"));
    QCOMPARE(screen.log.last(), QStringLiteral("ended"));
    QCOMPARE(replay.position(), replay.duration());
}

void TestSessionReplay::stepsGoFromPieceToPiece()
{
    SessionReplay replay(bundle());
    const Screen screen(replay);
    replay.step();
    QCOMPARE(screen.log.size(), 3);
    replay.step();
    QCOMPARE(replay.position(), 50ms);
    replay.step();
    QCOMPARE(replay.position(), 100ms);
    QCOMPARE(screen.log.size(), 6);
    replay.advance(30ms);
    replay.step();
    QCOMPARE(replay.position(), 200ms);
    for (int count = 0; count < 100 && !replay.atEnd(); ++count)
        replay.step();
    QVERIFY(replay.atEnd());
    QCOMPARE(screen.log.count(QStringLiteral("ended")), 1);
    replay.step();
    replay.advance(1s);
    QCOMPARE(screen.log.count(QStringLiteral("ended")), 1);
}

void TestSessionReplay::theEndIsExact_data()
{
    QTest::addColumn<qint64>("tick");
    for (const qint64 tick : {qint64(1'000), qint64(16'667), qint64(166'667), qint64(3'600'000'000)})
        QTest::addRow("%lld us", tick) << tick;
    QTest::newRow("at once") << qint64(0);
}

void TestSessionReplay::theEndIsExact()
{
    QFETCH(qint64, tick);
    const SessionBundle original = bundle();
    SessionReplay replay(original);
    const Screen screen(replay);
    if (tick == 0)
        replay.finish();
    while (!replay.atEnd())
        replay.advance(std::chrono::microseconds(tick));
    QCOMPARE(screen.texts.size(), 4);
    QCOMPARE(screen.texts.value(QStringLiteral("a 0")), QStringLiteral("eins zwei"));
    QCOMPARE(screen.texts.value(QStringLiteral("b 0")), QStringLiteral("uno"));
    QCOMPARE(screen.texts.value(QStringLiteral("a 1")), QStringLiteral("given and new"));
    QCOMPARE(screen.texts.value(QStringLiteral("b 1")), QStringLiteral("due"));
    QCOMPARE(screen.thoughts.value(QStringLiteral("a 0")), QStringLiteral("hm"));
}

void TestSessionReplay::restartingBeginsAnew()
{
    SessionReplay replay(bundle());
    const Screen screen(replay);
    replay.finish();
    const QMap<QString, QString> whole = screen.texts;
    replay.restart();
    QVERIFY(screen.log.isEmpty());
    QCOMPARE(replay.position(), 0us);
    replay.finish();
    QCOMPARE(screen.texts, whole);
}

void TestSessionReplay::mayBeDestroyedInItsSlots()
{
    for (int victim = 0; victim < 12; ++victim) {
        auto replay = std::make_unique<SessionReplay>(bundle());
        int count = 0;
        const auto maybe = [&] {
            if (count++ == victim)
                replay.reset();
        };
        connect(replay.get(), &SessionReplay::promptShown, this, maybe);
        connect(replay.get(), &SessionReplay::answerBegan, this, maybe);
        connect(replay.get(), &SessionReplay::textArrived, this, maybe);
        connect(replay.get(), &SessionReplay::answerEnded, this, maybe);
        replay->finish();
        QVERIFY(!replay);
        QCOMPARE(count, victim + 1);
    }
}

void TestSessionReplay::anEmptySessionIsOver()
{
    SessionReplay replay {SessionBundle()};
    QVERIFY(replay.atEnd());
    replay.step();
    replay.finish();
    QCOMPARE(replay.duration(), 0us);
}

namespace {

struct Models {
    ScriptedProvider *provider = nullptr;
    std::unique_ptr<Connections> connections;

    Models()
    {
        connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
            auto made = std::make_unique<ScriptedProvider>(endpoint);
            provider = made.get();
            return made;
        });
        connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Here")});
    }
    [[nodiscard]] ScriptedChatReply *last() const { return provider->chats.back(); }
};

Session askable()
{
    Session session = bundle().session;
    session.title = QStringLiteral("Numbers");
    session.systemPrompt = QStringLiteral("Count.");
    for (PaneState &pane : session.panes)
        pane.model = {.endpointId = QStringLiteral("e"), .model = QStringLiteral("new")};
    return session;
}

} // namespace

void TestSessionReplay::everyTurnIsAskedAgain()
{
    const QTemporaryDir directory;
    const auto store = *SessionStore::open(directory.filePath(QStringLiteral("s.db")));
    const Models models;
    SessionRerun rerun(*models.connections, store.get(), askable());
    QSignalSpy finished(&rerun, &SessionRerun::finished);
    rerun.start();
    QTRY_COMPARE(models.provider->chats.size(), size_t(2));
    QCOMPARE(models.last()->request().messages.size(), size_t(2));
    for (const auto &reply : models.provider->chats) {
        reply->text(QStringLiteral("new answer"));
        reply->finishWith();
    }
    QTRY_COMPARE(models.provider->chats.size(), size_t(4));
    QCOMPARE(rerun.askedTurns(), 2);
    // The history is that of the new answers.
    const std::vector<Message> &messages = models.last()->request().messages;
    QCOMPARE(messages.size(), size_t(4));
    QCOMPARE(messages[2].text(), QStringLiteral("new answer"));
    models.provider->chats[2]->finishWith();
    models.provider->chats[3]->failWith({.kind = Error::Kind::Provider, .message = QStringLiteral("no")});
    QVERIFY(finished.wait());
    QCOMPARE(finished.at(0).at(0).toBool(), true);
    const std::vector<SessionSummary> stored = *store->list();
    QCOMPARE(stored.size(), size_t(1));
    QCOMPARE(stored[0].title, QStringLiteral("Numbers (asked again)"));
    QCOMPARE(stored[0].turnCount, 2);
    QVERIFY(stored[0].id != QStringLiteral("s"));
    QCOMPARE(rerun.original(), askable());
    QCOMPARE(rerun.copy().turns.at(1).answers.at(1).state, Answer::State::Failed);
}

void TestSessionReplay::anEndpointThatIsGoneEndsTheRun()
{
    const Models models;
    Session session = askable();
    for (PaneState &pane : session.panes)
        pane.model.endpointId = QStringLiteral("gone");
    SessionRerun rerun(*models.connections, nullptr, session);
    QSignalSpy finished(&rerun, &SessionRerun::finished);
    rerun.start();
    QVERIFY(finished.wait());
    QCOMPARE(rerun.copy().turns.size(), size_t(2));
    QCOMPARE(rerun.copy().turns.at(0).answers.at(0).state, Answer::State::Failed);
    Session empty;
    SessionRerun nothing(*models.connections, nullptr, empty);
    QSignalSpy nothingFinished(&nothing, &SessionRerun::finished);
    nothing.start();
    QVERIFY(nothingFinished.wait());
}

void TestSessionReplay::cancellingKeepsWhatArrived()
{
    const Models models;
    SessionRerun rerun(*models.connections, nullptr, askable());
    QSignalSpy finished(&rerun, &SessionRerun::finished);
    rerun.start();
    QTRY_COMPARE(models.provider->chats.size(), size_t(2));
    models.provider->chats[0]->text(QStringLiteral("half"));
    rerun.cancel();
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished.at(0).at(0).toBool(), false);
    QCOMPARE(rerun.copy().turns.at(0).answers.at(0).message.text(), QStringLiteral("half"));
    QCoreApplication::processEvents();
    QCOMPARE(models.provider->chats.size(), size_t(2));
    QCOMPARE(finished.size(), 1);
}

void TestSessionReplay::documentsEscapeEverything()
{
    Session session = bundle().session;
    session.title = QStringLiteral("<b>*x*</b>");
    session.turns[0].prompt.content.push_back(
        ImagePart {.url = QStringLiteral("https://evil.example/a.png\"><script>"), .name = QStringLiteral("<i>.png")});
    session.turns[0].prompt.content.push_back(ImagePart {.url = QStringLiteral("data:image/png;base64,AAAA")});
    session.turns[0].prompt.content.push_back(
        ImagePart {.url = QStringLiteral("data:image/png;base64,A\" onerror=\"alert(1)")});
    session.turns[0].answers[0].message =
        Message::fromText(Role::Assistant, QStringLiteral("<script>alert(1)</script> & \"<img src=x>\""));
    session.turns[0].answers[0].modelLabel = QStringLiteral("<u>model</u>");
    const QString page = sessionsHtml({session});
    for (const char *bad :
        {"<script", "<b>", "<u>", "<i>", "evil.example", "<img src=x", "src=\"http", "href=", "onerror=\""})
        QVERIFY2(!page.contains(QLatin1String(bad)), bad);
    QVERIFY(page.contains(QStringLiteral("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;")));
    QCOMPARE(page.count(QStringLiteral("<img ")), 1);
    QVERIFY(page.contains(QStringLiteral("given and new")));
    QVERIFY(!page.contains(QStringLiteral(">old<")));

    const QString markdown = sessionMarkdown(session);
    QVERIFY2(markdown.startsWith(QStringLiteral("# \\<b\\>\\*x\\*\\</b\\>\n")), qPrintable(markdown.left(60)));
    QVERIFY(markdown.contains(QStringLiteral("### \\<u\\>model\\</u\\>\n\n")));
    QVERIFY(markdown.contains(QStringLiteral("\n\ngiven and new\n")));
}

void TestSessionReplay::exportsAreFilesOrNothing()
{
    const QTemporaryDir directory;
    const auto store = *SessionStore::open(directory.filePath(QStringLiteral("s.db")));
    QVERIFY(store->library().insert(bundle()));
    const auto run = [&](const SessionExport::Job &job) {
        SessionExport work(store->library());
        QSignalSpy finished(&work, &SessionExport::finished);
        work.start(job);
        return finished.wait() ? finished.at(0) : QList<QVariant>();
    };
    const QString file = directory.filePath(QStringLiteral("out.json"));
    QCOMPARE(run({.file = file}).value(1).toInt(), 1);
    QVERIFY(QFile::exists(file));
    const QString markdown = directory.filePath(QStringLiteral("out.md"));
    QCOMPARE(run({.sessionIds = {QStringLiteral("s")}, .format = SessionFormat::Markdown, .file = markdown})
                 .value(1)
                 .toInt(),
        1);
    QFile text(markdown);
    QVERIFY(text.open(QIODevice::ReadOnly));
    QVERIFY(text.readAll().contains("eins zwei"));
    const QString none = directory.filePath(QStringLiteral("none/out.json"));
    QVERIFY(run({.file = none}).value(2).value<std::optional<Error>>().has_value());
    const QString missing = directory.filePath(QStringLiteral("missing.html"));
    QVERIFY(run({.sessionIds = {QStringLiteral("nobody")}, .format = SessionFormat::Html, .file = missing})
                .value(2)
                .value<std::optional<Error>>()
                .has_value());
    QVERIFY(!QFile::exists(missing));
    const QString pdf = directory.filePath(QStringLiteral("out.pdf"));
    QVERIFY(run({.format = SessionFormat::Pdf, .file = pdf}).value(2).value<std::optional<Error>>().has_value());
    QVERIFY(!QFile::exists(pdf));
}

QTEST_GUILESS_MAIN(TestSessionReplay)
#include "tst_sessionreplay.moc"
