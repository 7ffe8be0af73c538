// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/shadowlog.h"

#include <QSet>

namespace diptych {

/// Writes each pair of a shadow log to a file once both answers have ended, a JSON line each:
///
///     {"at": ISO 8601, "asked": "gpt-4o", "request": {…}, "served": {"model": "endpoint/model", "text": "…",
///      "toolCalls": […], "error": "…", "firstTokenMs": 12.5, "durationMs": 800}, "shadow": {…}}
class ShadowFile : public QObject
{
    Q_OBJECT
public:
    /// The log must outlive it. The file and its folder are made with the first pair.
    ShadowFile(ShadowLog &log, QString path);

Q_SIGNALS:
    void failed(const diptych::Error &error);

private:
    void take(quint64 id);

    ShadowLog &m_log;
    QString m_path;
    QSet<quint64> m_written;
};

} // namespace diptych
