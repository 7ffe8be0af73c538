// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessionstore.h"

#include "store/database.h"

#include <QHash>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>

using namespace diptych;

/// A program that streams into one database is killed at random moments, over and over. Whatever the moment, the
/// database opens, no text older than 250 ms is missing, and no answer is anything but a beginning of what was said.
class TestKillLoop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingOlderThanAQuarterOfASecondIsLost();

private:
    struct Said {
        qint64 number = 0;
        qint64 time = 0;
    };
    using Log = QHash<qint64, QList<Said>>; ///< words of each answer, in order

    /// Runs the helper for a while and kills it; what it said it had handed over. `killedAt`: just before.
    Log killAfter(int milliseconds, qint64 &killedAt);
    /// Milliseconds between the kill and the oldest word that is missing; 0: none is.
    qint64 check(const Log &log, qint64 killedAt);

    QTemporaryDir m_directory;
    QString m_path = m_directory.filePath(QStringLiteral("sessions.db"));
};

TestKillLoop::Log TestKillLoop::killAfter(int milliseconds, qint64 &killedAt)
{
    QProcess helper;
    helper.start(QStringLiteral(STORE_HELPER), {m_path, QStringLiteral("cycle")});
    helper.waitForFinished(milliseconds);
    killedAt = QDateTime::currentMSecsSinceEpoch();
    ::kill(pid_t(helper.processId()), SIGKILL);
    helper.waitForFinished();
    QByteArray said = helper.readAllStandardOutput();
    said.truncate(said.lastIndexOf('\n') + 1); // the last line may be cut
    Log log;
    for (const QByteArray &line : said.split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        if (words.size() == 3)
            log[words[0].toLongLong()].append({.number = words[1].toLongLong(), .time = words[2].toLongLong()});
    }
    return log;
}

qint64 TestKillLoop::check(const Log &log, qint64 killedAt)
{
    const auto store = SessionStore::open(m_path);
    if (!store) {
        QTest::qFail(qPrintable(store.error().message), __FILE__, __LINE__);
        return 0;
    }
    const auto database = Database::open(m_path);
    const Result<QVariant> whole = (*database)->value(QStringLiteral("PRAGMA integrity_check"));
    if (!whole || whole->toString() != u"ok")
        QTest::qFail("the database is damaged", __FILE__, __LINE__);
    QHash<qint64, Answer> answers;
    if (const Result<Session> session = (*store)->load(QStringLiteral("killed"), -1)) {
        for (const std::vector<Turn> *turns : {&session->turns, &session->otherTurns}) {
            for (const Turn &turn : *turns) {
                for (const Answer &answer : turn.answers)
                    answers.insert(answer.id, answer);
            }
        }
    }
    qint64 oldest = killedAt;
    for (auto entry = log.begin(); entry != log.end(); ++entry) {
        const QStringList kept = answers.value(entry.key()).message.text().split(u' ', Qt::SkipEmptyParts);
        for (qsizetype index = 0; index < kept.size(); ++index) {
            if (kept.at(index).toLongLong() != index + 1)
                QTest::qFail("an answer is not a beginning of what was said", __FILE__, __LINE__);
        }
        for (const Said &said : entry.value()) {
            if (said.number > kept.size())
                oldest = std::min(oldest, said.time);
        }
        if (answers.value(entry.key()).state == Answer::State::Streaming)
            QTest::qFail("an answer still seems to stream", __FILE__, __LINE__);
    }
    return killedAt - oldest;
}

void TestKillLoop::nothingOlderThanAQuarterOfASecondIsLost()
{
    bool isSet = false;
    const int asked = qEnvironmentVariableIntValue("DIPTYCH_KILL_ROUNDS", &isSet);
    const int rounds = isSet ? asked : 8;
    QRandomGenerator random(quint32(rounds) * 7919u);
    std::vector<qint64> losses;
    qsizetype streamed = 0;
    for (int round = 0; round < rounds; ++round) {
        qint64 killedAt = 0;
        const Log log = killAfter(20 + random.bounded(780), killedAt);
        for (const QList<Said> &words : log)
            streamed += words.size();
        losses.push_back(check(log, killedAt));
        if (QTest::currentTestFailed())
            return;
        QVERIFY2(losses.back() <= 250, qPrintable(QStringLiteral("round %1: %2 ms").arg(round).arg(losses.back())));
    }
    QVERIFY(streamed > rounds * 20);
    std::sort(losses.begin(), losses.end());
    qInfo("%d rounds, %lld words: text lost at the median %lld ms, at most %lld ms", rounds, qlonglong(streamed),
        qlonglong(losses[losses.size() / 2]), qlonglong(losses.back()));
}

QTEST_GUILESS_MAIN(TestKillLoop)
#include "tst_killloop.moc"
