// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/draftstore.h"

#include "store/attachment.h"
#include "store/sessioncodec.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace diptych {

namespace {

const QString textSuffix = QStringLiteral(".text");
const QString filesSuffix = QStringLiteral(".files");

Failure failure(const char *message, const QString &path, const QString &reason)
{
    return Failure({.kind = Error::Kind::Storage,
        .message =
            QCoreApplication::translate("diptych::DraftStore", message).arg(QDir::toNativeSeparators(path), reason)});
}

Result<Message> readMessage(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return Message {};
    if (!file.open(QIODevice::ReadOnly))
        return failure("The draft %1 can not be read: %2.", path, file.errorString());
    return decodeMessage(file.readAll());
}

/// Removes the file when there is nothing in the message.
Result<void> writeMessage(const QString &path, const Message &message)
{
    if (message.content.empty()) {
        QFile file(path);
        if (file.exists() && !file.remove())
            return failure("The draft %1 can not be removed: %2.", path, file.errorString());
        return {};
    }
    QSaveFile file(path);
    const QByteArray bytes = encodeMessage(message);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return failure("The draft %1 can not be written: %2.", path, file.errorString());
    return {};
}

} // namespace

DraftStore::DraftStore(QString folder)
    : m_folder(std::move(folder))
{
}

QString DraftStore::path(const QString &sessionId, const QString &suffix) const
{
    // An id may come from an imported session: it must not lead out of the folder.
    QString name;
    for (const QChar letter : sessionId) {
        if ((letter.isLetterOrNumber() && letter.unicode() < 128) || letter == u'-')
            name += letter;
    }
    return QDir(m_folder).filePath((name.isEmpty() ? QStringLiteral("new") : name) + suffix);
}

Result<Message> DraftStore::load(const QString &sessionId) const
{
    const Result<Message> text = readMessage(path(sessionId, textSuffix));
    if (!text)
        return text;
    Result<Message> draft = readMessage(path(sessionId, filesSuffix));
    if (draft)
        draft->content.insert(draft->content.end(), text->content.begin(), text->content.end());
    return draft;
}

Result<void> DraftStore::save(const QString &sessionId, const Message &draft, Files files) const
{
    const QString typed = typedText(draft);
    Message text;
    Message attached;
    for (const Attachment &attachment : attachmentsOf(draft))
        attached.content.push_back(attachment.part);
    if (!typed.trimmed().isEmpty() || !attached.content.empty())
        text = Message::fromText(Role::User, typed);
    if (!text.content.empty())
        QDir().mkpath(m_folder);
    if (files == Files::Changed) {
        if (const Result<void> saved = writeMessage(path(sessionId, filesSuffix), attached); !saved)
            return saved;
    }
    return writeMessage(path(sessionId, textSuffix), text);
}

void DraftStore::prune(int kept) const
{
    const QFileInfoList drafts = QDir(m_folder).entryInfoList({u'*' + textSuffix}, QDir::Files, QDir::Time);
    for (qsizetype i = kept; i < drafts.size(); ++i) {
        QFile::remove(drafts.at(i).filePath());
        QFile::remove(path(drafts.at(i).completeBaseName(), filesSuffix));
    }
}

} // namespace diptych
