// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "clifixture.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>

namespace diptych {

CliFixture::Outcome CliFixture::run(
    const QString &line, const QStringList &more, const QByteArray &input, const QMap<QString, QString> &environment)
{
    QProcessEnvironment variables;
    for (const QString &kept : {QStringLiteral("PATH"), QStringLiteral("HOME"), QStringLiteral("LANG")})
        variables.insert(kept, qEnvironmentVariable(kept.toLatin1().constData()));
    for (auto variable = environment.begin(); variable != environment.end(); ++variable)
        variables.insert(variable.key(), variable.value());
    QProcess process;
    process.setProcessEnvironment(variables);
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(QStringLiteral(DIPTYCH_CLI), line.split(u' ', Qt::SkipEmptyParts) + more);
    process.write(input);
    process.closeWriteChannel();
    if (finished.isEmpty() && !finished.wait(60'000))
        return {};
    return {.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
        .out = process.readAllStandardOutput(),
        .err = process.readAllStandardError()};
}

QString CliFixture::write(const QString &name, const QByteArray &content) const
{
    QFile file(path(name));
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName() : QString();
}

QByteArray CliFixture::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList CliFixture::at(const QString &urlPath) const
{
    return {QStringLiteral("--url"), server.url(urlPath).toString(), QStringLiteral("--retries"), QStringLiteral("0")};
}

QJsonObject CliFixture::sent(std::size_t request) const
{
    return request < server.requests().size() ? QJsonDocument::fromJson(server.requests()[request].body).object()
                                              : QJsonObject();
}

QByteArray chatAnswer(const QByteArray &text)
{
    return R"({"id":"1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":")" + text
        + R"("},"finish_reason":"stop"}]})";
}

std::vector<QJsonObject> jsonLines(const QByteArray &output)
{
    std::vector<QJsonObject> lines;
    const QList<QByteArray> texts = output.split('\n');
    for (const QByteArray &text : texts) {
        if (!text.isEmpty())
            lines.push_back(QJsonDocument::fromJson(text).object());
    }
    return lines;
}

} // namespace diptych
