// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/recorder.h"

#include "models/harexport.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::Recorder", text);
}

bool write(const QString &path, const QByteArray &content, Console &console)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return true;
    console.err.writeLine(tr("error: %1 can not be written: %2.").arg(path, file.errorString()));
    return false;
}

/// "a/chat.json" → "a/chat-2.json"; the first keeps its name.
QString numbered(const QString &path, std::size_t number)
{
    if (number == 1)
        return path;
    const QFileInfo info(path);
    const QString suffix = info.completeSuffix();
    const QString name = QStringLiteral("%1-%2").arg(info.baseName()).arg(number);
    return path.left(path.size() - info.fileName().size()) + (suffix.isEmpty() ? name : QString(name % u'.' % suffix));
}

} // namespace

void Recorder::addOptions(QCommandLineParser &parser)
{
    parser.addOptions({
        {QStringLiteral("har"), tr("Keep what went over the wire as an HTTP archive, without keys."), tr("file")},
        {QStringLiteral("record"), tr("Keep it as a file that can be replayed; further exchanges as file-2 …"),
            tr("file")},
    });
}

Recorder::Recorder(const QCommandLineParser &parser)
    : m_har(parser.value(QStringLiteral("har")))
    , m_replay(parser.value(QStringLiteral("record")))
{
}

void Recorder::take(const Reply &reply, const QJsonObject &commonRequest)
{
    RecordedExchange recorded {.attempts = reply.earlierAttempts(),
        .commonRequest = commonRequest,
        .changeLog = reply.changeLog(),
        .error = reply.error()};
    recorded.attempts.push_back(reply.exchange());
    take(std::move(recorded));
}

void Recorder::take(RecordedExchange recorded)
{
    const bool isAsked = !m_har.isEmpty() || !m_replay.isEmpty();
    // What was refused here never was an exchange.
    if (isAsked && !recorded.attempts.back().method.isEmpty())
        m_taken.push_back(std::move(recorded));
}

ExitCode Recorder::save(Console &console, ExitCode code) const
{
    bool isGood = true;
    if (!m_har.isEmpty()) {
        std::vector<Exchange> all;
        for (const RecordedExchange &recorded : m_taken)
            all.insert(all.end(), recorded.attempts.begin(), recorded.attempts.end());
        isGood = write(m_har, QJsonDocument(toHar(all)).toJson(), console);
    }
    for (std::size_t i = 0; !m_replay.isEmpty() && i < m_taken.size(); ++i)
        isGood = write(numbered(m_replay, i + 1), toReplayFile(m_taken[i]), console) && isGood;
    return isGood || code != ExitCode::Ok ? code : ExitCode::Failed;
}

} // namespace diptych
