// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/inputfile.h"

#include "cli/command.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

namespace diptych::inputfile {

namespace {

constexpr qint64 maxFile = 64 * 1024 * 1024; // bytes

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::InputFile", text);
}

} // namespace

Result<QByteArray> read(const QString &option, const QString &path)
{
    QFile file(path);
    const bool isOpen = path == u"-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen)
        return usageError(tr("--%1: %2 can not be read: %3.").arg(option, path, file.errorString()));
    // Pipes and devices have no size that could be asked for.
    const QByteArray bytes = path == u"-" ? file.readAll() : file.read(maxFile + 1);
    if (bytes.size() > maxFile)
        return usageError(tr("--%1: %2 is larger than 64 MiB.").arg(option, path));
    return bytes;
}

Result<QJsonDocument> readJson(const QString &option, const QString &path)
{
    const Result<QByteArray> bytes = read(option, path);
    if (!bytes)
        return Failure(bytes.error());
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(*bytes, &error);
    if (document.isNull())
        return usageError(tr("--%1: %2 is not JSON: %3 at byte %4.")
                              .arg(option, path, error.errorString(), QString::number(error.offset)));
    return document;
}

} // namespace diptych::inputfile
