// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/completionexport.h"

#include <QMenu>

#include <functional>

namespace diptych {

/// Copies or saves the results that are shown.
class CompletionExportMenu : public QMenu
{
    Q_OBJECT
public:
    using Results = std::function<std::vector<CompletionResult>()>;
    explicit CompletionExportMenu(Results results, QWidget *parent = nullptr);

Q_SIGNALS:
    void failed(const QString &message);

private:
    void addCopy(const QString &text, QString (*format)(const std::vector<CompletionResult> &));
    void addSave(const QString &text, const QString &name, const QString &filter,
        QByteArray (*format)(const std::vector<CompletionResult> &));

    Results m_results;
};

} // namespace diptych
