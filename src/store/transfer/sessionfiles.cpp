// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/transfer/sessionfiles.h"

#include "store/transfer/chatgptimport.h"
#include "store/transfer/jsonelements.h"
#include "store/transfer/lmstudioimport.h"
#include "store/transfer/openwebuiimport.h"
#include "store/transfer/sessionjson.h"
#include "store/transfer/zipentries.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::SessionImport", text);
}

Failure invalid(const QString &message)
{
    return Failure({.kind = Error::Kind::InvalidRequest, .message = message});
}

/// "conversations.json, line 3, column 7: reason"
QString problemAt(const QString &name, QByteArrayView text, qsizetype offset, const QString &reason)
{
    return tr("%1, %2: %3").arg(name, placeInText(text, offset), reason);
}

Result<SessionBundle> sessionFrom(const QJsonObject &object)
{
    if (object[QStringLiteral("mapping")].isObject())
        return sessionFromChatGpt(object);
    if (object[QStringLiteral("chat")].isObject() || object[QStringLiteral("history")].isObject())
        return sessionFromOpenWebUi(object);
    if (object[QStringLiteral("messages")].isArray())
        return sessionFromLmStudio(object);
    return invalid(tr("this is no conversation of ChatGPT, Open WebUI, LM Studio or Diptych."));
}

/// One file's text.
class TextReader
{
public:
    TextReader(const QString &name, QByteArrayView text, const SessionFileReader &reader)
        : m_name(name)
        , m_text(text)
        , m_reader(reader)
    {
    }

    /// How many conversations there were, readable or not.
    Result<int> run()
    {
        JsonElements elements(m_text);
        while (!elements.atEnd()) {
            const QByteArrayView element = elements.next();
            if (auto done = takeElement(element, elements.offset()); !done)
                return Failure(done.error());
            const qsizetype position = elements.atEnd() ? m_text.size() : elements.offset() + element.size();
            if (!m_reader.progress(position, m_text.size()))
                return Failure({.kind = Error::Kind::Cancelled});
        }
        return m_count;
    }

private:
    Result<void> takeElement(QByteArrayView element, qsizetype offset)
    {
        ++m_count;
        QJsonParseError error;
        const QJsonDocument document =
            QJsonDocument::fromJson(QByteArray::fromRawData(element.data(), element.size()), &error);
        if (error.error != QJsonParseError::NoError || !document.isObject()) {
            const QString reason = error.error == QJsonParseError::NoError
                ? tr("a conversation was expected here.")
                : tr("this is no valid JSON (%1).").arg(error.errorString());
            m_reader.problem(problemAt(m_name, m_text, offset + std::max(0, error.offset - 1), reason));
            return {};
        }
        const QJsonObject object = document.object();
        if (!isSessionJson(object))
            return hand(sessionFrom(object), offset);
        const Result<QJsonArray> sessions = sessionsOf(object);
        if (!sessions)
            return Failure(sessions.error());
        for (const QJsonValue &session : *sessions) {
            if (auto done = hand(sessionFromJson(session.toObject()), offset); !done)
                return done;
        }
        return {};
    }

    Result<void> hand(Result<SessionBundle> bundle, qsizetype offset)
    {
        if (bundle)
            return m_reader.take(*std::move(bundle));
        m_reader.problem(problemAt(m_name, m_text, offset, bundle.error().message));
        return {};
    }

    QString m_name;
    QByteArrayView m_text;
    const SessionFileReader &m_reader;
    int m_count = 0;
};

/// Files of an archive that may hold conversations; others of an export are accounts, feedback, settings.
bool mayHoldConversations(const QString &name)
{
    const QString file = name.section(u'/', -1);
    return file.endsWith(u".json")
        && (file.startsWith(u"conversations") || file.startsWith(u"chat") || file.endsWith(u".conversation.json"));
}

Result<void> readArchive(const QString &path, const SessionFileReader &reader)
{
    const Result<std::vector<ZipEntry>> entries = zipEntries(path);
    if (!entries)
        return Failure(entries.error());
    const QString archive = QFileInfo(path).fileName();
    int found = 0;
    for (const ZipEntry &entry : *entries) {
        if (!mayHoldConversations(entry.name))
            continue;
        const Result<QByteArray> text = readZipEntry(path, entry, [&reader] { return reader.progress(0, 0); });
        if (!text)
            return Failure(text.error());
        const Result<int> count = TextReader(QString(archive + u'/' + entry.name), *text, reader).run();
        if (!count)
            return Failure(count.error());
        found += *count;
    }
    if (found == 0)
        return invalid(tr("%1 holds no conversations: there is no file conversations.json in it.").arg(archive));
    return {};
}

} // namespace

Result<void> readSessionFile(const QString &path, const SessionFileReader &reader)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Failure(
            {.kind = Error::Kind::Storage, .message = tr("%1 can not be read: %2").arg(path, file.errorString())});
    }
    if (isZip(file.peek(4)))
        return readArchive(path, reader);
    const QString name = QFileInfo(path).fileName();
    if (file.size() == 0)
        return invalid(tr("%1 is empty.").arg(name));
    // Mapped, not read: exports have hundreds of megabytes. What can not be mapped (a pipe) is read.
    const uchar *mapped = file.map(0, file.size());
    const QByteArray read = mapped ? QByteArray() : file.readAll();
    const QByteArrayView text = mapped ? QByteArrayView(mapped, file.size()) : QByteArrayView(read);
    const Result<int> count = TextReader(name, text, reader).run();
    if (!count)
        return Failure(count.error());
    if (*count == 0)
        return invalid(tr("%1 holds no conversations.").arg(name));
    return {};
}

} // namespace diptych
