// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "snippetrunner.h"

#include <QDir>
#include <QFile>
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

} // namespace diptych
