// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// engineowner SERVER MODEL: starts a server that has a child, says their process ids when it is ready, and waits to be
// killed.
#include "engines/llamaserver.h"

#include <QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    diptych::LlamaServer server;
    server.setProgram(arguments.value(1));
    QObject::connect(&server, &diptych::LlamaServer::stateChanged, &server, [&server] {
        if (server.state() != diptych::LlamaServer::State::Ready)
            return;
        QByteArray child;
        for (const QString &line : server.log().lines()) {
            if (line.startsWith(u"child: "))
                child = line.section(u' ', 1).toLatin1();
        }
        std::printf("%lld %s\n", static_cast<long long>(server.processId()), child.constData());
        std::fflush(stdout);
    });
    server.start(
        {.modelFile = arguments.value(2), .arguments = {QStringLiteral("--fake"), QStringLiteral("children")}});
    return QCoreApplication::exec();
}
