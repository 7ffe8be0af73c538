// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/completionexportmenu.h"

#include "widgets/savefile.h"

#include <QClipboard>
#include <QGuiApplication>

namespace diptych {

CompletionExportMenu::CompletionExportMenu(Results results, QWidget *parent)
    : QMenu(parent)
    , m_results(std::move(results))
{
    addCopy(tr("Copy all results as text"), &resultsAsText);
    addCopy(tr("Copy all results as Markdown"), &resultsAsMarkdown);
    addSeparator();
    addSave(tr("Save as CSV …"), QStringLiteral("completion.csv"), tr("Table (*.csv)"), &resultsAsCsv);
    addSave(tr("Save as JSON …"), QStringLiteral("completion.json"), tr("JSON (*.json)"), &resultsAsJson);
    connect(this, &QMenu::aboutToShow, this, [this] {
        const bool hasResults = !m_results().empty();
        for (QAction *action : actions()) {
            if (action->property("needsResults").toBool())
                action->setEnabled(hasResults);
        }
    });
}

void CompletionExportMenu::addCopy(const QString &text, QString (*format)(const std::vector<CompletionResult> &))
{
    QAction *action = addAction(text);
    action->setProperty("needsResults", true);
    connect(action, &QAction::triggered, this,
        [this, format] { QGuiApplication::clipboard()->setText(format(m_results())); });
}

void CompletionExportMenu::addSave(const QString &text, const QString &name, const QString &filter,
    QByteArray (*format)(const std::vector<CompletionResult> &))
{
    QAction *action = addAction(text);
    action->setProperty("needsResults", true);
    connect(action, &QAction::triggered, this, [this, text, name, filter, format] {
        saveFile(parentWidget(), {.title = text, .name = name, .filter = filter, .bytes = format(m_results())},
            [this](const QString &message) { Q_EMIT failed(message); });
    });
}

} // namespace diptych
