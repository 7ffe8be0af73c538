// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessionimport.h"

#include "store/sessionlibrary.h"
#include "store/sessionstore.h"
#include "store/transfer/jsonelements.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

class TestSessionImport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void elementsAreFoundWithoutReadingThem_data();
    void elementsAreFoundWithoutReadingThem();
    void filesThatAreNoneAreNamed_data();
    void filesThatAreNoneAreNamed();
    void whatIsDamagedIsNamedWithItsPlace();
    void chatGptBranchesBecomeBranches();
    void openWebUiModelsBecomePanes();
    void lmStudioVersionsBecomeAnswersAndBranches();
    void archivesAreLookedInto();
    void whatIsThereIsNotAddedAgain();
    void aNewerStateIsAddedBesideTheOld();
    void cuttingAFileAnywhereNeverAddsNonsense();
    void anImportCanBeCancelled();

private:
    ImportSummary import(const QStringList &files);
    QString write(const QString &name, const QByteArray &bytes) const;
    [[nodiscard]] static QString data(const char *name);
    [[nodiscard]] Session imported(const ImportSummary &summary, int index = 0) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<SessionStore> m_store;
};

void TestSessionImport::init()
{
    m_store.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = *SessionStore::open(m_directory->filePath(QStringLiteral("sessions.db")));
}

QString TestSessionImport::data(const char *name)
{
    return QStringLiteral(TEST_DATA_DIR) + u'/' + QLatin1String(name);
}

QString TestSessionImport::write(const QString &name, const QByteArray &bytes) const
{
    QFile file(m_directory->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("can not write");
    return file.fileName();
}

ImportSummary TestSessionImport::import(const QStringList &files)
{
    SessionImport job(m_store->library());
    QSignalSpy finished(&job, &SessionImport::finished);
    job.start(files);
    if (finished.isEmpty() && !finished.wait(20'000))
        return {.problems = {QStringLiteral("the import did not end")}};
    return finished.at(0).at(0).value<ImportSummary>();
}

Session TestSessionImport::imported(const ImportSummary &summary, int index) const
{
    return m_store->load(summary.sessionIds.value(index), -1).value_or(Session());
}

void TestSessionImport::elementsAreFoundWithoutReadingThem_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QList<QByteArray>>("elements");
    QTest::newRow("nothing") << QByteArray() << QList<QByteArray>();
    QTest::newRow("empty list") << QByteArray(" [ ] ") << QList<QByteArray>();
    QTest::newRow("one object") << QByteArray("\xef\xbb\xbf {\"a\": [1, 2]}\n")
                                << QList<QByteArray> {"{\"a\": [1, 2]}\n"};
    QTest::newRow("signs in strings") << QByteArray(R"([{"a": "]},{\"[\\"}, [1,[2]], "x,y"])")
                                      << QList<QByteArray> {R"({"a": "]},{\"[\\"})", "[1,[2]]", "\"x,y\""};
    QTest::newRow("cut in an object") << QByteArray(R"([{"a": 1}, {"b": )")
                                      << QList<QByteArray> {R"({"a": 1})", R"({"b": )"};
    QTest::newRow("cut in a string") << QByteArray(R"(["abc\)") << QList<QByteArray> {R"("abc\)"};
    QTest::newRow("cut after a comma") << QByteArray("[1,") << QList<QByteArray> {"1"};
    QTest::newRow("too many brackets") << QByteArray("[1]]") << QList<QByteArray> {"1"};
}

void TestSessionImport::elementsAreFoundWithoutReadingThem()
{
    QFETCH(QByteArray, text);
    QFETCH(QList<QByteArray>, elements);
    JsonElements found(text);
    for (const QByteArray &element : elements) {
        QVERIFY(!found.atEnd());
        QCOMPARE(found.next().toByteArray(), element);
        QCOMPARE(text.mid(found.offset(), element.size()), element);
    }
    QVERIFY(found.atEnd());
    QVERIFY(found.next().isEmpty());
}

void TestSessionImport::filesThatAreNoneAreNamed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("said");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("is empty");
    QTest::newRow("empty list") << QByteArray("[]") << QStringLiteral("holds no conversations");
    QTest::newRow("text") << QByteArray("Dear diary") << QStringLiteral("line 1, column 1: this is no valid JSON");
    QTest::newRow("other JSON") << QByteArray("\n  {\"a\": 1}") << QStringLiteral("line 2, column 3: this is no conv");
    QTest::newRow("numbers") << QByteArray("[1]") << QStringLiteral("line 1, column 2: ");
    QTest::newRow("cut archive") << QByteArray("PK\x03\x04 and no more") << QStringLiteral("damaged archive");
    QTest::newRow("newer version") << QByteArray(R"({"format":"diptych-sessions","version":2,"sessions":[]})")
                                   << QStringLiteral("newer version");
}

void TestSessionImport::filesThatAreNoneAreNamed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, said);
    const ImportSummary summary = import({write(QStringLiteral("bad.json"), bytes)});
    QVERIFY(summary.sessionIds.isEmpty());
    QCOMPARE(summary.problems.size(), 1);
    QVERIFY2(summary.problems.first().contains(said), qPrintable(summary.problems.first()));
    if (!said.startsWith(u"newer"))
        QVERIFY2(summary.problems.first().contains(u"bad.json"), qPrintable(summary.problems.first()));
    const ImportSummary missing = import({m_directory->filePath(QStringLiteral("missing.json"))});
    QVERIFY(missing.problems.value(0).contains(u"missing.json"));
    QVERIFY(m_store->list()->empty());
}

void TestSessionImport::whatIsDamagedIsNamedWithItsPlace()
{
    const ImportSummary summary = import({data("chatgpt.json")});
    QCOMPARE(summary.sessionIds.size(), 1);
    QCOMPARE(summary.emptyCount, 1);
    QCOMPARE(summary.problems.size(), 2);
    QVERIFY2(summary.problems.at(0).startsWith(u"chatgpt.json, line 28, column "), qPrintable(summary.problems.at(0)));
    QVERIFY2(
        summary.problems.at(1).startsWith(u"chatgpt.json, line 29, column 3: "), qPrintable(summary.problems.at(1)));
}

void TestSessionImport::chatGptBranchesBecomeBranches()
{
    const Session session = imported(import({data("chatgpt.json")}));
    QCOMPARE(session.title, QStringLiteral("Bread"));
    QCOMPARE(session.createdAt, QDateTime::fromMSecsSinceEpoch(1'700'000'000'250, Qt::UTC));
    QCOMPARE(session.updatedAt, QDateTime::fromMSecsSinceEpoch(1'700'000'100'500, Qt::UTC));
    QVERIFY(session.isPinned);
    QVERIFY(session.systemPrompt.isEmpty());
    QCOMPARE(session.turns.size(), size_t(2));
    QVERIFY(session.turns[0].prompt.text().contains(u"How do I bake bread?"));
    QVERIFY(session.turns[0].prompt.text().contains(u"attachment"));
    QCOMPARE(session.turns[1].prompt.text(), QStringLiteral("And without an oven?"));
    QCOMPARE(session.turns[1].parentId, session.turns[0].id);
    QCOMPARE(session.turns[1].at, QDateTime::fromMSecsSinceEpoch(1'700'000'060'000, Qt::UTC));
    QCOMPARE(session.otherTurns.size(), size_t(1));
    QCOMPARE(session.otherTurns[0].prompt.text(), QStringLiteral("And the oven?"));
    QCOMPARE(session.otherTurns[0].parentId, session.turns[0].id);
    QCOMPARE(session.otherTurns[0].answers.at(0).state, Answer::State::Interrupted);

    // The answer that the conversation went on from counts: it comes last.
    const std::vector<Answer> &answers = session.turns[0].answers;
    QCOMPARE(answers.size(), size_t(2));
    QCOMPARE(answers[0].message.text(), QStringLiteral("Knead it."));
    QCOMPARE(answers[1].message.text(),
        QStringLiteral("```python\nprint(500 * 0.7)\n```\n\n```\n350.0\n```\n\nUse **350 g** of water."));
    QCOMPARE(answers[1].message.reasoning, QStringLiteral("Flour and water.\n\nAnd salt."));
    QCOMPARE(answers[1].modelLabel, QStringLiteral("o4-mini — ChatGPT"));
    QCOMPARE(answers[1].finishReason, QStringLiteral("stop"));
    QCOMPARE(answers[1].state, Answer::State::Complete);
    QCOMPARE(session.panes.at(0).model.model, QStringLiteral("o4-mini"));
}

void TestSessionImport::openWebUiModelsBecomePanes()
{
    const ImportSummary summary = import({data("openwebui.json")});
    QCOMPARE(summary.problems, QStringList());
    const Session session = imported(summary);
    QCOMPARE(session.title, QStringLiteral("Two models"));
    QVERIFY(session.isPinned);
    QCOMPARE(session.panes.size(), size_t(2));
    QCOMPARE(session.panes[1].model.model, QStringLiteral("qwen3:8b"));
    QCOMPARE(session.turns.size(), size_t(2));
    const Turn &first = session.turns[0];
    QCOMPARE(std::get<ImagePart>(first.prompt.content.at(1)).name, QStringLiteral("sky.png"));
    QVERIFY(first.prompt.text().contains(u"notes.pdf"));
    QCOMPARE(first.answers.size(), size_t(2));
    const Answer &plain = first.answers[0];
    QCOMPARE(plain.message.text(), QStringLiteral("Rayleigh scattering."));
    QCOMPARE(plain.metrics.usage.promptTokens, 12);
    const Answer &thoughtful = first.answers[1];
    QCOMPARE(thoughtful.paneId, session.panes[1].id);
    QCOMPARE(thoughtful.message.reasoning, QStringLiteral("Light scatters.\nBlue most."));
    QCOMPARE(thoughtful.message.text(), QStringLiteral("Short waves scatter more."));
    QCOMPARE(session.turns[1].answers.at(0).state, Answer::State::Failed);
    QCOMPARE(session.turns[1].answers.at(0).error->message, QStringLiteral("model not loaded"));
    const Session list = imported(summary, 1);
    QCOMPARE(list.turns.at(0).answers.at(0).message.text(), QStringLiteral("Hello."));
    QCOMPARE(list.panes.at(0).model.model, QStringLiteral("mistral"));
}

void TestSessionImport::lmStudioVersionsBecomeAnswersAndBranches()
{
    const ImportSummary summary = import({data("lmstudio.conversation.json")});
    QCOMPARE(summary.problems, QStringList());
    const Session session = imported(summary);
    QCOMPARE(session.title, QStringLiteral("Haiku"));
    QCOMPARE(session.systemPrompt, QStringLiteral("You are a poet."));
    QCOMPARE(session.updatedAt.toMSecsSinceEpoch(), 1'730'000'002'000);
    QCOMPARE(session.turns.size(), size_t(1));
    QCOMPARE(session.turns[0].prompt.text(), QStringLiteral("A haiku about snow"));
    QCOMPARE(session.otherTurns.at(0).prompt.text(), QStringLiteral("A haiku about rain"));
    QCOMPARE(session.turns[0].answers.size(), size_t(2));
    const Answer &answer = session.turns[0].answers[1];
    QCOMPARE(answer.message.text(), QStringLiteral("Snow falls on the pine."));
    QCOMPARE(answer.message.reasoning, QStringLiteral("Five, seven, five."));
    QCOMPARE(answer.finishReason, QStringLiteral("eosFound"));
    QCOMPARE(answer.metrics.usage.completionTokens, 22);
    QCOMPARE(answer.metrics.phases.firstToken, std::chrono::milliseconds(250));
}

void TestSessionImport::archivesAreLookedInto()
{
    if (QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty())
        QSKIP("python3 writes the archive");
    const QString archive = m_directory->filePath(QStringLiteral("export.zip"));
    const QString program = QStringLiteral("import sys, zipfile\n"
                                           "z = zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED)\n"
                                           "z.writestr('user.json', '{\"email\": \"a@example.org\"}')\n"
                                           "z.write(sys.argv[2], 'export/conversations.json')\n"
                                           "z.close()\n");
    QCOMPARE(
        QProcess::execute(QStringLiteral("python3"), {QStringLiteral("-c"), program, archive, data("chatgpt.json")}),
        0);
    const ImportSummary summary = import({archive});
    QCOMPARE(summary.sessionIds.size(), 1);
    QVERIFY2(summary.problems.at(0).startsWith(u"export.zip/export/conversations.json, line 28"),
        qPrintable(summary.problems.at(0)));
}

void TestSessionImport::whatIsThereIsNotAddedAgain()
{
    QSignalSpy changed(&m_store->library(), &SessionLibrary::changed);
    const ImportSummary first = import({data("openwebui.json"), data("lmstudio.conversation.json")});
    QCOMPARE(first.sessionIds.size(), 3);
    QCOMPARE(changed.size(), 1);
    const ImportSummary again = import({data("lmstudio.conversation.json"), data("openwebui.json")});
    QCOMPARE(again.sessionIds, QStringList());
    QCOMPARE(again.knownCount, 3);
    QCOMPARE(m_store->list()->size(), size_t(3));
}

void TestSessionImport::aNewerStateIsAddedBesideTheOld()
{
    QFile file(data("openwebui.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray old = file.readAll();
    const QByteArray newer = QByteArray(old).replace("\"updated_at\": 1720000020", "\"updated_at\": 1720009999");
    QVERIFY(newer != old);
    QCOMPARE(import({data("openwebui.json")}).sessionIds.size(), 2);
    const QString path = write(QStringLiteral("newer.json"), newer);
    const ImportSummary summary = import({path});
    QCOMPARE(summary.sessionIds.size(), 1);
    QCOMPARE(summary.knownCount, 1);
    QCOMPARE(import({path}).knownCount, 2);
    QCOMPARE(m_store->list()->size(), size_t(3));
}

void TestSessionImport::cuttingAFileAnywhereNeverAddsNonsense()
{
    for (const char *name : {"chatgpt.json", "openwebui.json", "lmstudio.conversation.json"}) {
        QFile file(data(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        QStringList files;
        for (qsizetype length = 1; length < whole.trimmed().size(); length += 37)
            files.append(write(QStringLiteral("cut-%1-%2").arg(QLatin1String(name)).arg(length), whole.left(length)));
        const ImportSummary summary = import(files);
        QVERIFY(summary.problems.size() >= files.size() - 60);
        for (const QString &id : summary.sessionIds)
            QVERIFY(!m_store->load(id, -1)->turns.empty());
    }
}

void TestSessionImport::anImportCanBeCancelled()
{
    QByteArray many("[");
    for (int index = 0; index < 3'000; ++index) {
        many += index == 0 ? "" : ",";
        many += R"({"id": "c)" + QByteArray::number(index)
            + R"(", "chat": {"messages": [{"role": "user", "content": "Hi"}]}, "updated_at": 1710000000})";
    }
    many += "]";
    SessionImport job(m_store->library());
    QSignalSpy progress(&job, &SessionImport::progressChanged);
    QSignalSpy finished(&job, &SessionImport::finished);
    job.start({write(QStringLiteral("many.json"), many)});
    QTRY_VERIFY(progress.size() > 1);
    job.cancel();
    QVERIFY(finished.wait());
    const auto summary = finished.at(0).at(0).value<ImportSummary>();
    QVERIFY(summary.isCancelled);
    QVERIFY(summary.sessionIds.size() < 3'000);
    QCOMPARE(qsizetype(m_store->list()->size()), summary.sessionIds.size());
}

QTEST_GUILESS_MAIN(TestSessionImport)
#include "tst_sessionimport.moc"
