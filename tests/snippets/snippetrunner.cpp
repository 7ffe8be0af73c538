// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "snippetrunner.h"

#include "core/secret.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

namespace diptych {

namespace {

constexpr int longestRun = 120'000; // milliseconds; a compiler may be among them

} // namespace

QString SnippetRunner::write(const QString &fileName, const QString &code, const QString &folder) const
{
    const QString target = folder.isEmpty() ? path(fileName) : QDir(folder).filePath(fileName);
    QFile file(target);
    const QByteArray bytes = code.toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s could not be written", qPrintable(target));
    return target;
}

ProgramResult SnippetRunner::run(const QString &program, const QStringList &arguments) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString::fromUtf16(keyVariable), QString::fromLatin1(key));
    environment.insert(QStringLiteral("DIPTYCH_KEY"), QString::fromLatin1(key)); // of the gateway's snippets
    environment.insert(QStringLiteral("NO_PROXY"), QStringLiteral("127.0.0.1"));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_folder.path());
    process.start(program, arguments);
    const bool ended = QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, longestRun);
    ProgramResult result {.output = process.readAllStandardOutput(), .errors = process.readAllStandardError()};
    result.isDone = ended && process.error() == QProcess::UnknownError && process.exitStatus() == QProcess::NormalExit
        && process.exitCode() == 0;
    if (!ended)
        process.kill();
    process.waitForFinished();
    return result;
}

QString requestDifference(const WirePreview &sent, const FakeServer &server, bool hasOwnAccept)
{
    if (server.requests().size() != 1)
        return QStringLiteral("%1 requests").arg(server.requests().size());
    const FakeRequest &got = server.requests().front();
    QByteArray target = sent.url.path(QUrl::FullyEncoded).toLatin1();
    if (sent.url.hasQuery())
        target += '?' + sent.url.query(QUrl::FullyEncoded).toLatin1();
    if (got.method != sent.method || got.target != target)
        return QString::fromUtf8(got.method + ' ' + got.target + " instead of " + sent.method + ' ' + target);
    for (const HeaderField &field : sent.headers) {
        // What a client is and how its bytes travel is its own business.
        const bool isOwn = field.name == "User-Agent" || field.name == "Accept-Encoding" || field.name == "Connection"
            || field.name == "Content-Length" || field.name == "Host";
        if (isOwn || (hasOwnAccept && field.name == "Accept"))
            continue;
        QByteArray wanted = field.value;
        if (isSecretHeader(field.name))
            wanted = (field.name == "Authorization" ? QByteArray("Bearer ") : QByteArray()) + SnippetRunner::key;
        if (got.header(field.name) != wanted)
            return QString::fromUtf8(field.name + ": " + got.header(field.name) + " instead of " + wanted);
    }
    for (const char *secret : {"Authorization", "api-key", "x-api-key", "x-goog-api-key"}) {
        if (!got.header(secret).isEmpty() && headerValue(sent.headers, secret).isEmpty())
            return QString::fromUtf8(QByteArray(secret) + " was not asked for");
    }
    if (got.body.isEmpty() && sent.body.isEmpty())
        return {};
    if (QJsonDocument::fromJson(got.body).isNull()
        || QJsonDocument::fromJson(got.body) != QJsonDocument::fromJson(sent.body))
        return QString::fromUtf8("body " + got.body + "\ninstead of " + sent.body);
    return {};
}

} // namespace diptych
