// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Speaks as much of llama-server as is looked at: the arguments, the log, /health and /v1/models. `--fake <what>` makes
// it misbehave.
#include <QCoreApplication>
#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

#include <csignal>
#include <cstdio>
#include <unistd.h>

namespace {

QString valueOf(const QStringList &arguments, const QString &name)
{
    const qsizetype at = arguments.lastIndexOf(name);
    return at >= 0 ? arguments.value(at + 1) : QString();
}

void say(const QByteArray &line)
{
    std::fprintf(stderr, "%s\n", line.constData());
    std::fflush(stderr);
}

QByteArray answer(const QByteArray &request, int &loading)
{
    const auto http = [](const char *status, const QByteArray &body) -> QByteArray {
        return QByteArray("HTTP/1.1 ") + status + "\r\nContent-Type: application/json\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
    };
    if (request.startsWith("GET /health ")) {
        return loading-- > 0 ? http("503 Service Unavailable", R"({"error":{"message":"Loading model"}})")
                             : http("200 OK", R"({"status":"ok"})");
    }
    const QByteArray expected = "authorization: bearer " + qgetenv("LLAMA_API_KEY") + "\r\n";
    const bool isAllowed = request.toLower().contains(expected);
    if (!isAllowed)
        return http("401 Unauthorized", R"({"error":{"message":"Invalid API Key"}})");
    return http("200 OK", R"({"object":"list","data":[{"id":"tiny","object":"model","owned_by":"llamacpp"}]})");
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString fake = valueOf(arguments, QStringLiteral("--fake"));
    for (const QString &argument : arguments)
        say("argument: " + argument.toUtf8());
    if (fake == u"badmodel") {
        say("error loading model: unknown model architecture: 'nonsense'");
        return 1;
    }
    if (fake == u"crash")
        std::raise(SIGSEGV);
    if (fake == u"stubborn")
        std::signal(SIGTERM, SIG_IGN);
    if (fake == u"children") {
        if (const pid_t child = ::fork(); child == 0) {
            for (;;)
                ::pause();
        } else {
            say("child: " + QByteArray::number(child));
        }
    }
    QTcpServer server;
    if (!server.listen(QHostAddress(valueOf(arguments, QStringLiteral("--host"))),
            valueOf(arguments, QStringLiteral("--port")).toUShort())) {
        say("couldn't bind HTTP server socket, hostname: 127.0.0.1");
        return 1;
    }
    int loading = fake == u"never" ? 1'000'000 : 2;
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&server, &loading, fake] {
        QTcpSocket *socket = server.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, &loading, fake] {
            if (fake == u"dies" && loading == 0)
                ::_exit(3);
            socket->write(answer(socket->readAll(), loading));
            socket->disconnectFromHost();
        });
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    });
    say("main: server is listening");
    return QCoreApplication::exec();
}
