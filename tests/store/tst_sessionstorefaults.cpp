// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessionstore.h"

#include "samples.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace diptych;

namespace {

/// As long as it lives no file can grow beyond a size, as on a full disk.
class FullDisk
{
public:
    explicit FullDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit full {bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &full);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }

    FullDisk(const FullDisk &) = delete;
    FullDisk &operator=(const FullDisk &) = delete;

private:
    rlimit m_before {};
};

} // namespace

class TestSessionStoreFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aDamagedFileIsLeftAlone_data();
    void aDamagedFileIsLeftAlone();
    void aFolderThatIsMissingIsAnError();
    void whatCanNotBeWrittenIsSaidAtOnce_data();
    void whatCanNotBeWrittenIsSaidAtOnce();
    void aFullDiskLosesNothing();
    void aFinalAnswerSurvivesAFullDisk();
    void killingLosesAtMostAQuarterOfASecond();
    void processesShareOneFile();

private:
    [[nodiscard]] QByteArray bytes() const;

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path;
};

void TestSessionStoreFaults::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_path = m_directory->filePath(QStringLiteral("sessions.sqlite"));
}

QByteArray TestSessionStoreFaults::bytes() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestSessionStoreFaults::aDamagedFileIsLeftAlone_data()
{
    QTest::addColumn<QByteArray>("contents");
    QByteArray good;
    {
        init();
        const auto store = SessionStore::open(m_path);
        QVERIFY(store);
        QVERIFY((*store)->save(samples::session(QStringLiteral("s1"))));
    }
    good = bytes();
    QTest::newRow("text") << QByteArray("These are not the sessions you are looking for.");
    QTest::newRow("noise") << QByteArray(10'000, '\xa5');
    QTest::newRow("one byte") << QByteArray("S");
    QTest::newRow("only the header") << good.first(100);
    QTest::newRow("cut in the middle") << good.first(good.size() / 2);
    QByteArray holed = good;
    QTest::newRow("a hole in the list of tables") << holed.replace(100, 3'000, QByteArray(3'000, '\xff'));
}

void TestSessionStoreFaults::aDamagedFileIsLeftAlone()
{
    QFETCH(QByteArray, contents);
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(contents);
    file.close();
    const auto store = SessionStore::open(m_path);
    QVERIFY(!store);
    QCOMPARE(store.error().kind, Error::Kind::Storage);
    QVERIFY2(store.error().message.contains(u"damaged"), qPrintable(store.error().message));
    QVERIFY(store.error().message.contains(m_path));
    QVERIFY(store.error().message.contains(u"backup"));
    QCOMPARE(bytes(), contents);
}

void TestSessionStoreFaults::aFolderThatIsMissingIsAnError()
{
    const auto store = SessionStore::open(m_directory->filePath(QStringLiteral("no/such/sessions.sqlite")));
    QVERIFY(!store);
    QCOMPARE(store.error().kind, Error::Kind::Storage);
    QVERIFY2(store.error().message.contains(u"folder"), qPrintable(store.error().message));
}

void TestSessionStoreFaults::whatCanNotBeWrittenIsSaidAtOnce_data()
{
    QTest::addColumn<int>("directoryMode");
    QTest::addColumn<bool>("exists");
    QTest::newRow("new file in a read-only folder") << 0555 << false;
    QTest::newRow("read-only file in a read-only folder") << 0555 << true;
    QTest::newRow("read-only file in a writable folder") << 0777 << true;
}

void TestSessionStoreFaults::whatCanNotBeWrittenIsSaidAtOnce()
{
    QFETCH(int, directoryMode);
    QFETCH(bool, exists);
    if (exists) {
        QVERIFY(SessionStore::open(m_path));
        QVERIFY(QFile::setPermissions(m_path, QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther));
    }
    const auto all =
        QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
    const auto writable = QFile::WriteOwner | QFile::WriteGroup | QFile::WriteOther;
    QVERIFY(QFile::setPermissions(m_directory->path(), directoryMode == 0777 ? all | writable : all));
    QProcess helper;
    helper.start(QStringLiteral(STORE_HELPER), {m_path, QStringLiteral("unprivileged")});
    QVERIFY(helper.waitForFinished());
    QVERIFY(QFile::setPermissions(m_directory->path(), all | writable));
    const QString said = QString::fromUtf8(helper.readAllStandardOutput());
    QCOMPARE(helper.exitCode(), 3);
    QVERIFY2(said.contains(m_path) && said.contains(u"Check"), qPrintable(said));
}

void TestSessionStoreFaults::aFullDiskLosesNothing()
{
    const auto opened = SessionStore::open(m_path);
    QVERIFY(opened);
    SessionStore &store = **opened;
    QVERIFY(store.save(samples::session(QStringLiteral("s1"))));
    const auto turnId = store.addTurn(QStringLiteral("s1"), samples::turn(QStringLiteral("x")));
    const auto answerId = store.addAnswer(*turnId, samples::answer(Answer::State::Streaming, QString()));
    QVERIFY(answerId);
    QSignalSpy failed(&store, &SessionStore::failed);
    const QString first(300'000, u'a');
    const QString second(1'000, u'b');
    {
        const FullDisk disk(64 * 1024);
        store.journal(*answerId, first, QString());
        store.flushJournal();
        QCOMPARE(failed.count(), 1);
        QVERIFY(!failed.at(0).at(0).value<Error>().message.isEmpty());
        QCOMPARE(failed.at(0).at(0).value<Error>().kind, Error::Kind::Storage);
        store.journal(*answerId, second, QString());
        store.flushJournal();
        // Said once, not with every attempt.
        QCOMPARE(failed.count(), 1);
        QCOMPARE(store.load(QStringLiteral("s1"))->turns.at(0).answers.at(0).message.text(), QString(first + second));
    }
    // It tries again by itself.
    const auto reader = SessionStore::open(m_path);
    QTRY_COMPARE(
        (*reader)->load(QStringLiteral("s1"))->turns.at(0).answers.at(0).message.text(), QString(first + second));
    QCOMPARE(failed.count(), 1);
}

void TestSessionStoreFaults::aFinalAnswerSurvivesAFullDisk()
{
    const auto opened = SessionStore::open(m_path);
    SessionStore &store = **opened;
    QVERIFY(store.save(samples::session(QStringLiteral("s1"))));
    const auto turnId = store.addTurn(QStringLiteral("s1"), samples::turn(QStringLiteral("x")));
    Answer answer = samples::answer(Answer::State::Streaming, QString());
    answer.id = *store.addAnswer(*turnId, answer);
    answer.state = Answer::State::Complete;
    answer.message = Message::fromText(Role::Assistant, QString(300'000, u'c'));
    {
        const FullDisk disk(64 * 1024);
        QCOMPARE(store.saveAnswer(answer).error().kind, Error::Kind::Storage);
        QCOMPARE(store.load(QStringLiteral("s1"))->turns.at(0).answers.at(0), answer);
    }
    store.flushJournal();
    const auto reader = SessionStore::open(m_path);
    QCOMPARE((*reader)->load(QStringLiteral("s1"))->turns.at(0).answers.at(0), answer);
}

void TestSessionStoreFaults::killingLosesAtMostAQuarterOfASecond()
{
    QProcess helper;
    helper.start(QStringLiteral(STORE_HELPER), {m_path, QStringLiteral("stream")});
    QByteArray said;
    QTRY_VERIFY((said += helper.readAllStandardOutput()).count('\n') > 600);
    ::kill(pid_t(helper.processId()), SIGKILL);
    QVERIFY(helper.waitForFinished());
    said += helper.readAllStandardOutput();
    QCOMPARE(helper.exitStatus(), QProcess::CrashExit);

    const auto store = SessionStore::open(m_path);
    QVERIFY(store);
    const Result<Session> session = (*store)->load(QStringLiteral("killed"));
    QVERIFY(session);
    const Answer &answer = session->turns.at(0).answers.at(0);
    QCOMPARE(answer.state, Answer::State::Interrupted);
    const QStringList kept = answer.message.text().split(u' ', Qt::SkipEmptyParts);
    for (qsizetype index = 0; index < kept.size(); ++index)
        QCOMPARE(kept.at(index).toLongLong(), index + 1);

    // Lines are "number time"; the last may be cut.
    QList<QByteArray> lines = said.left(said.lastIndexOf('\n')).split('\n');
    QVERIFY(kept.size() <= lines.size() + 1);
    const auto timeOf = [&lines](qsizetype number) { return lines.at(number - 1).split(' ').at(1).toLongLong(); };
    QVERIFY(!kept.isEmpty());
    const qint64 missing = timeOf(lines.size()) - timeOf(std::min<qsizetype>(kept.size(), lines.size()));
    QVERIFY2(missing <= 250, QByteArray::number(missing).constData());
    // The mark of the dead run is gone.
    QCOMPARE(QDir(m_directory->path()).entryList({QStringLiteral("*writer*")}, QDir::Files), QStringList());
}

void TestSessionStoreFaults::processesShareOneFile()
{
    {
        const auto store = SessionStore::open(m_path);
        QVERIFY((*store)->save(samples::session(QStringLiteral("shared"))));
    }
    const int count = 200;
    std::vector<std::unique_ptr<QProcess>> helpers;
    for (int number = 0; number < 3; ++number) {
        helpers.push_back(std::make_unique<QProcess>());
        helpers.back()->start(QStringLiteral(STORE_HELPER), {m_path, QStringLiteral("hammer"), QString::number(count)});
    }
    for (const auto &helper : helpers) {
        QVERIFY(helper->waitForFinished());
        QVERIFY2(helper->exitCode() == 0, helper->readAllStandardError().constData());
    }
    const auto store = SessionStore::open(m_path);
    const Result<Session> session = (*store)->load(QStringLiteral("shared"), -1);
    QCOMPARE(session->turns.size() + session->otherTurns.size(), size_t(3 * count));
}

QTEST_GUILESS_MAIN(TestSessionStoreFaults)
#include "tst_sessionstorefaults.moc"
