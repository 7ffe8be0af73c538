// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/shadowfile.h"

#include "api/route.h"
#include "models/requestjson.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace diptych {

namespace {

double milliseconds(std::chrono::microseconds time)
{
    return static_cast<double>(time.count()) / 1000;
}

QJsonObject answerJson(const ShadowAnswer &answer)
{
    QJsonObject object {{QStringLiteral("model"), modelRefText(answer.model)},
        {QStringLiteral("text"), answer.response.text()},
        {QStringLiteral("durationMs"), milliseconds(answer.duration)}};
    if (answer.firstToken)
        object.insert(QStringLiteral("firstTokenMs"), milliseconds(*answer.firstToken));
    if (answer.error)
        object.insert(QStringLiteral("error"), answer.error->message);
    QJsonArray calls;
    for (const ChatChoice &choice : answer.response.choices) {
        for (const ToolCall &call : choice.message.toolCalls)
            calls.append(
                QJsonObject {{QStringLiteral("name"), call.name}, {QStringLiteral("arguments"), call.arguments}});
    }
    if (!calls.isEmpty())
        object.insert(QStringLiteral("toolCalls"), calls);
    return object;
}

QByteArray lineOf(const ShadowPair &pair)
{
    const QJsonObject object {{QStringLiteral("at"), pair.at.toString(Qt::ISODateWithMs)},
        {QStringLiteral("asked"), pair.askedModel}, {QStringLiteral("request"), requestJson(pair.request)},
        {QStringLiteral("served"), answerJson(pair.served)}, {QStringLiteral("shadow"), answerJson(pair.shadow)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace

ShadowFile::ShadowFile(ShadowLog &log, QString path)
    : m_log(log)
    , m_path(std::move(path))
{
    connect(&log, &ShadowLog::changed, this, &ShadowFile::take);
}

void ShadowFile::take(quint64 id)
{
    const ShadowPair *pair = m_log.find(id);
    if (!pair || !pair->served.isFinished || !pair->shadow.isFinished || m_written.contains(id))
        return;
    m_written.insert(id);
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QFile file(m_path);
    const QByteArray line = lineOf(*pair);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append) || file.write(line) != line.size() || !file.flush())
        Q_EMIT failed(
            {.kind = Error::Kind::Storage, .message = tr("Cannot write %1: %2").arg(m_path, file.errorString())});
}

} // namespace diptych
