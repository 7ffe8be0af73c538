// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationtools.h"

#include "applicationwindow.h"
#include "chat/chatpane.h"
#include "inspector/inspectorpane.h"
#include "mainwindow/mainwindow.h"
#include "models/conversation.h"
#include "models/tooldesk.h"
#include "models/toollibrary.h"
#include "tools/schemadialog.h"
#include "tools/toolcallsdialog.h"
#include "tools/toolsdialog.h"

#include <QDir>

namespace diptych {

namespace {

RequestSettings settingsOf(ApplicationWindow &window, bool forPane)
{
    const PaneState *pane = window.conversation().pane(window.chat().currentPaneId());
    return forPane && pane ? pane->overrides : window.conversation().session().settings;
}

void setSettings(ApplicationWindow &window, bool forPane, const QString &paneId, const RequestSettings &settings)
{
    if (forPane)
        window.conversation().setPaneOverrides(paneId, settings);
    else
        window.conversation().setSettings(settings);
}

} // namespace

ApplicationTools::ApplicationTools(ApplicationWindow &window, const QString &dataFolder, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_library(new ToolLibrary(QDir(dataFolder).filePath(QStringLiteral("tools.json")), this))
    , m_desk(new ToolDesk(window.conversation(), *m_library, this))
{
    connect(m_library, &ToolLibrary::failed, this, &ApplicationTools::failed);
    m_window.chat().setToolDesk(m_desk);
    connect(&m_window.chat(), &ChatPane::toolsRequested, this, [this] { openTools(false); });
    connect(&m_window.chat(), &ChatPane::schemaRequested, this, [this] { openSchema(false); });
    connect(&m_window.inspector(), &InspectorPane::toolsRequested, this, &ApplicationTools::openTools);
    connect(&m_window.inspector(), &InspectorPane::schemaRequested, this, &ApplicationTools::openSchema);
    connect(&m_window.conversation(), &Conversation::settingsChanged, this, &ApplicationTools::showState);
    connect(&m_window.conversation(), &Conversation::sessionReplaced, this, &ApplicationTools::showState);
    showState();
}

void ApplicationTools::showState()
{
    const RequestSettings &settings = m_window.conversation().session().settings;
    const bool hasForm = settings.responseFormat && settings.responseFormat->type != ResponseFormat::Type::Text;
    m_window.chat().showToolState(settings.tools ? static_cast<int>(settings.tools->size()) : 0, hasForm);
}

ToolsDialog *ApplicationTools::openTools(bool forPane)
{
    const QString paneId = m_window.chat().currentPaneId();
    auto *dialog = new ToolsDialog(m_library->collection(), settingsOf(m_window, forPane),
        forPane ? tr("this pane") : tr("all panes of the session"), &m_window.window());
    connect(dialog, &QDialog::accepted, this, [this, dialog, forPane, paneId] {
        setSettings(m_window, forPane, paneId, dialog->settings());
        m_library->setCollection(dialog->collection());
    });
    connect(dialog, &ToolsDialog::callsRequested, this, &ApplicationTools::openCalls);
    dialog->open();
    return dialog;
}

SchemaDialog *ApplicationTools::openSchema(bool forPane)
{
    const QString paneId = m_window.chat().currentPaneId();
    auto *dialog = new SchemaDialog(m_library->collection(), settingsOf(m_window, forPane),
        forPane ? tr("this pane") : tr("all panes of the session"), &m_window.window());
    connect(dialog, &QDialog::accepted, this, [this, dialog, forPane, paneId] {
        setSettings(m_window, forPane, paneId, dialog->settings());
        m_library->setCollection(dialog->collection());
    });
    dialog->open();
    return dialog;
}

void ApplicationTools::openCalls()
{
    if (!m_calls)
        m_calls = new ToolCallsDialog(*m_desk, &m_window.window());
    m_calls->show();
    m_calls->raise();
}

} // namespace diptych
