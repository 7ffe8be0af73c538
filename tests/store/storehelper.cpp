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

/// storehelper PATH stream | hammer COUNT | unprivileged
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
    if (task == u"hammer")
        return hammer(**store, arguments.at(3).toInt());
    return 0;
}
