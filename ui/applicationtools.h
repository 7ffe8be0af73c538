// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QObject>
#include <QPointer>

namespace diptych {

class ApplicationWindow;
class SchemaDialog;
class ToolCallsDialog;
class ToolDesk;
class ToolLibrary;
class ToolsDialog;

/// Tools and forms of answers in the window: their library, the desk that answers calls, and the dialogs.
class ApplicationTools : public QObject
{
    Q_OBJECT
public:
    /// The window outlives it.
    ApplicationTools(ApplicationWindow &window, const QString &dataFolder, QObject *parent = nullptr);

    [[nodiscard]] ToolLibrary &library() { return *m_library; }
    [[nodiscard]] ToolDesk &desk() { return *m_desk; }
    /// `forPane`: of the current pane only, else of the session.
    ToolsDialog *openTools(bool forPane);
    SchemaDialog *openSchema(bool forPane);
    void openCalls();

Q_SIGNALS:
    void failed(const diptych::Error &error);

private:
    void showState();

    ApplicationWindow &m_window;
    ToolLibrary *m_library;
    ToolDesk *m_desk;
    QPointer<ToolCallsDialog> m_calls {}; // one is enough
};

} // namespace diptych
