// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "golden.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

namespace diptych::test {

namespace {

bool write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

QStringList goldenInputs(const QString &folder, const QString &suffix)
{
    const QDir dir(folder);
    QStringList paths;
    const QStringList names = dir.entryList({QStringLiteral("*") + suffix}, QDir::Files, QDir::Name);
    for (const QString &name : names)
        paths.append(dir.filePath(name));
    return paths;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString goldenDifference(const QString &path, const QJsonObject &actual)
{
    const QByteArray text = QJsonDocument(actual).toJson();
    if (qEnvironmentVariableIsSet("UPDATE_GOLDENS"))
        return write(path, text) ? QString() : QString(QStringLiteral("can not write ") + path);
    const QString actualPath = path + QStringLiteral(".actual");
    if (contentOf(path) == text) {
        QFile::remove(actualPath);
        return {};
    }
    write(actualPath, text);
    return QStringLiteral("diff -u %1 %2\n%3").arg(path, actualPath, QString::fromUtf8(text));
}

} // namespace diptych::test
