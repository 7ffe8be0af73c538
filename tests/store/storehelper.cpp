// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Does to itself what a test can not: see main().
#include "samples.h"
#include "store/sessionstore.h"

#include <QCoreApplication>
#include <QTextStream>
#include <QTimer>

#include <unistd.h>

using namespace diptych;

namespace {

/// Journals one numbered word a millisecond and says on stdout which one it was, until it is killed.
int stream(SessionStore &store)
{
    const QString sessionId = QStringLiteral("killed");
    if (!store.save(samples::session(sessionId)))
        return 1;
    const auto turnId = store.addTurn(sessionId, samples::turn(QStringLiteral("Count!")));
    if (!turnId)
        return 1;
    const auto answerId = store.addAnswer(*turnId, samples::answer(Answer::State::Streaming, QString()));
    if (!answerId)
        return 1;
    QTextStream out(stdout);
    QTimer timer;
    int number = 0;
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        store.journal(*answerId, QStringLiteral("%1 ").arg(++number), QString());
        out << number << ' ' << QDateTime::currentMSecsSinceEpoch() << Qt::endl;
    });
    timer.start(1);
    return QCoreApplication::exec();
}

/// Like a comparison that goes on and on: two answers to each turn stream a word a millisecond, end after a while, and
/// the next turn follows. Says on stdout each word of each answer when it was handed over: "answer number time".
class Cycle : public QObject
{
public:
    explicit Cycle(SessionStore &store)
        : m_store(store)
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &Cycle::word);
        m_timer.start(1);
    }

private:
    static constexpr int words = 150;

    void word()
    {
        if (m_number == 0)
            begin();
        ++m_number;
        for (Answer &answer : m_answers) {
            const QString text = QStringLiteral("%1 ").arg(m_number);
            answer.message = Message::fromText(Role::Assistant, answer.message.text() + text);
            m_store.journal(answer.id, text, QString());
            m_out << answer.id << ' ' << m_number << ' ' << QDateTime::currentMSecsSinceEpoch() << Qt::endl;
        }
        if (m_number == words)
            end();
    }

    void begin()
    {
        const Result<qint64> turnId =
            m_store.addTurn(QStringLiteral("killed"), samples::turn(QStringLiteral("Count!")));
        m_answers = {samples::answer(Answer::State::Streaming, {}), samples::answer(Answer::State::Streaming, {})};
        for (Answer &answer : m_answers)
            answer.id = m_store.addAnswer(turnId.value_or(0), answer).value_or(0);
    }

    void end()
    {
        for (Answer &answer : m_answers) {
            answer.state = Answer::State::Complete;
            if (!m_store.saveAnswer(answer))
                QCoreApplication::exit(1);
        }
        m_number = 0;
    }

    SessionStore &m_store;
    QTextStream m_out {stdout};
    QTimer m_timer;
    std::vector<Answer> m_answers;
    int m_number = 0;
};

int cycle(SessionStore &store)
{
    if (!store.save(samples::session(QStringLiteral("killed"))))
        return 1;
    const Cycle running(store);
    return QCoreApplication::exec();
}

/// Adds turns as fast as it can, to get in other processes' way.
int hammer(SessionStore &store, int count)
{
    for (int number = 0; number < count; ++number) {
        if (auto added = store.addTurn(QStringLiteral("shared"), samples::turn(QStringLiteral("x"))); !added) {
            QTextStream(stderr) << added.error().message;
            return 1;
        }
    }
    return 0;
}

} // namespace

/// storehelper PATH stream | cycle | hammer COUNT | unprivileged
/// "unprivileged" gives up root, so that permissions count, and prints the error of opening.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString task = arguments.at(2);
    constexpr uid_t nobody = 65534;
    if (task == u"unprivileged" && geteuid() == 0 && (setgid(nobody) != 0 || setuid(nobody) != 0))
        return 2;
    auto store = SessionStore::open(arguments.at(1));
    if (!store) {
        QTextStream(stdout) << store.error().message;
        return 3;
    }
    if (task == u"stream")
        return stream(**store);
    if (task == u"cycle")
        return cycle(**store);
    if (task == u"hammer")
        return hammer(**store, arguments.at(3).toInt());
    return 0;
}
