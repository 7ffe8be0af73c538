// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "fakeserver.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace diptych {

/// What became of a program that was run.
struct ProgramResult {
    bool isDone = false; ///< it ended by itself with code 0
    QByteArray output {};
    QByteArray errors {};
};

/// Empty when the server got this call, and only once; else what was different. Clients that set their own `Accept` are
/// not asked for ours.
[[nodiscard]] QString requestDifference(const WirePreview &sent, const FakeServer &server, bool hasOwnAccept = false);

/// Writes snippets into files of their own and runs them, while the event loop of this process serves their requests.
/// The key is in the environment as LAB_KEY.
class SnippetRunner
{
public:
    static constexpr auto keyVariable = u"LAB_KEY";
    static constexpr auto key = "s3cret";

    /// Keeps `code` in `folder`, or in a temporary one. Returns the path.
    [[nodiscard]] QString write(const QString &fileName, const QString &code, const QString &folder = {}) const;
    [[nodiscard]] ProgramResult run(const QString &program, const QStringList &arguments) const;
    [[nodiscard]] QString path(const QString &fileName) const { return m_folder.filePath(fileName); }

private:
    QTemporaryDir m_folder;
};

} // namespace diptych
