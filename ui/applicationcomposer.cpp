// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationcomposer.h"

#include "applicationwindow.h"
#include "chat/chatpane.h"
#include "chat/composer.h"
#include "chat/draftkeeper.h"
#include "mainwindow/mainwindow.h"
#include "prompts/promptlibrarydialog.h"
#include "theme/theme.h"

#include <QAction>
#include <QDir>

namespace diptych {

ApplicationComposer::ApplicationComposer(ApplicationWindow &window, const QString &dataFolder, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_library(QDir(dataFolder).filePath(QStringLiteral("prompts.json")))
    , m_drafts(std::make_unique<DraftKeeper>(window.chat().composer(), window.conversation(),
          DraftStore(QDir(dataFolder).filePath(QStringLiteral("drafts")))))
{
    Composer &composer = window.chat().composer();
    connect(&composer, &Composer::libraryRequested, this, &ApplicationComposer::openLibrary);
    connect(m_drafts.get(), &DraftKeeper::failed, &composer,
        [&composer](const Error &error) { composer.showProblem(tr("Drafts are not being kept"), error.message); });
    auto *action = new QAction(themeIcon(QStringLiteral("library")), tr("Prompt library"), this);
    action->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+L")));
    connect(action, &QAction::triggered, this, &ApplicationComposer::openLibrary);
    window.window().addAction(action);
}

ApplicationComposer::~ApplicationComposer() = default;

void ApplicationComposer::openLibrary()
{
    if (m_dialog)
        return;
    m_dialog = new PromptLibraryDialog(m_library, &m_window.window());
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &PromptLibraryDialog::promptChosen, this, [this](const Prompt &prompt) {
        m_window.window().showPage(QStringLiteral("chat"));
        m_window.chat().composer().usePrompt(prompt);
    });
    m_dialog->setWritten(m_window.chat().composer().text());
    m_dialog->open();
}

} // namespace diptych
