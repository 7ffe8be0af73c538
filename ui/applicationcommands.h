// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "palette/command.h"

#include <QObject>
#include <QStringList>

class QAbstractItemModel;

namespace diptych {

class CommandPalette;
class MainWindow;

/// The command palette and the list of shortcuts of the window: what is in them, and the two actions that open them.
class ApplicationCommands : public QObject
{
    Q_OBJECT
public:
    /// `models` is a CatalogueModel, `sessions` has SessionListModel's roles; all outlive this.
    ApplicationCommands(MainWindow &window, const QAbstractItemModel &models, const QAbstractItemModel &sessions,
        QObject *parent = nullptr);

    /// Everything that can be done now.
    [[nodiscard]] Commands commands();
    void openPalette();
    void openShortcuts();
    void setRecent(const QStringList &ids);

Q_SIGNALS:
    void modelChosen(const diptych::ModelRef &model); ///< for the current pane
    void sessionChosen(const QString &sessionId);
    void recentChanged(const QStringList &ids);

private:
    void addAction(
        const QString &text, const QString &icon, const QKeySequence &keys, void (ApplicationCommands::*slot)());
    /// Tells the widgets that can not be used why, where the place itself does not.
    void explain() const;
    void addModels(Commands &commands);
    void addSessions(Commands &commands, const QModelIndex &parent);

    MainWindow &m_window;
    const QAbstractItemModel &m_models;
    const QAbstractItemModel &m_sessions;
    CommandPalette *m_palette;
};

} // namespace diptych
