// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationcommands.h"

#include "mainwindow/mainwindow.h"
#include "models/cataloguemodel.h"
#include "models/sessionlistmodel.h"
#include "palette/commandcollector.h"
#include "palette/commandpalette.h"
#include "palette/shortcuthelp.h"
#include "theme/theme.h"

#include <QAbstractButton>
#include <QAction>

#include <map>

namespace diptych {

namespace {

constexpr size_t mostSessions = 2000; ///< in the palette; the list of sessions has all

/// Why buttons are off, by their names; where the widget does not say it itself.
const std::map<QString, const char *> &knownReasons()
{
    static const std::map<QString, const char *> reasons {
        {QStringLiteral("sendButton"), QT_TRANSLATE_NOOP("diptych::ApplicationCommands", "Write a prompt first")},
        {QStringLiteral("stopButton"), QT_TRANSLATE_NOOP("diptych::ApplicationCommands", "Nothing is under way")},
        {QStringLiteral("regenerateButton"),
            QT_TRANSLATE_NOOP("diptych::ApplicationCommands", "There is no answer that could be asked for again")},
        {QStringLiteral("closeButton"), QT_TRANSLATE_NOOP("diptych::ApplicationCommands", "The last one stays")},
        {QStringLiteral("ownButton"),
            QT_TRANSLATE_NOOP("diptych::ApplicationCommands", "This pane has no settings of its own")},
        {QStringLiteral("importOfferButton"),
            QT_TRANSLATE_NOOP("diptych::ApplicationCommands", "The environment describes no endpoint")}};
    return reasons;
}

} // namespace

ApplicationCommands::ApplicationCommands(
    MainWindow &window, const QAbstractItemModel &models, const QAbstractItemModel &sessions, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_models(models)
    , m_sessions(sessions)
    , m_palette(new CommandPalette(window))
{
    addAction(tr("Command palette"), QStringLiteral("search"), QKeySequence(QStringLiteral("Ctrl+Shift+P")),
        &ApplicationCommands::openPalette);
    addAction(tr("Keyboard shortcuts"), QStringLiteral("info"), QKeySequence(QKeySequence::HelpContents),
        &ApplicationCommands::openShortcuts);
    connect(m_palette, &CommandPalette::recentChanged, this, &ApplicationCommands::recentChanged);
}

void ApplicationCommands::addAction(
    const QString &text, const QString &icon, const QKeySequence &keys, void (ApplicationCommands::*slot)())
{
    auto *action = new QAction(themeIcon(icon), text, &m_window);
    action->setObjectName(
        slot == &ApplicationCommands::openPalette ? QStringLiteral("openPalette") : QStringLiteral("openShortcuts"));
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, slot);
    m_window.addAction(action);
}

void ApplicationCommands::setRecent(const QStringList &ids)
{
    m_palette->setRecent(ids);
}

void ApplicationCommands::openPalette()
{
    if (m_palette->isVisible())
        m_palette->close();
    else
        m_palette->open(commands());
}

void ApplicationCommands::openShortcuts()
{
    auto *help = new ShortcutHelp(commands(), &m_window);
    help->open();
}

void ApplicationCommands::explain() const
{
    for (QAbstractButton *button : m_window.findChildren<QAbstractButton *>()) {
        const auto reason = knownReasons().find(button->objectName());
        // Find bars and banners have a button of this name, too.
        const bool isOfPane = !button->parentWidget() || button->objectName() != u"closeButton"
            || button->parentWidget()->parentWidget()->objectName().startsWith(u"pane-");
        if (reason != knownReasons().end() && isOfPane && button->property("whyDisabled").toString().isEmpty())
            button->setProperty("whyDisabled", tr(reason->second));
    }
}

Commands ApplicationCommands::commands()
{
    explain();
    Commands all = CommandCollector(m_window).collect();
    addModels(all);
    addSessions(all, {});
    return all;
}

void ApplicationCommands::addModels(Commands &commands)
{
    for (int row = 0; row < m_models.rowCount(); ++row) {
        const QModelIndex endpoint = m_models.index(row, 0);
        for (int child = 0; child < m_models.rowCount(endpoint); ++child) {
            const QModelIndex index = m_models.index(child, 0, endpoint);
            const ModelRef model {index.data(CatalogueModel::EndpointIdRole).toString(),
                index.data(CatalogueModel::ModelIdRole).toString()};
            commands.push_back({.kind = Command::Kind::Model,
                .id = QStringLiteral("model/%1/%2").arg(model.endpointId, model.model),
                .title = model.model,
                .place = endpoint.data(Qt::DisplayRole).toString(),
                .keywords = tr("use model in the current pane"),
                .run = [this, model] { Q_EMIT modelChosen(model); }});
        }
    }
}

void ApplicationCommands::addSessions(Commands &commands, const QModelIndex &parent)
{
    for (int row = 0; row < m_sessions.rowCount(parent) && commands.size() < mostSessions; ++row) {
        const QModelIndex index = m_sessions.index(row, 0, parent);
        if (const QString id = index.data(SessionListModel::SessionIdRole).toString(); !id.isEmpty()) {
            commands.push_back({.kind = Command::Kind::Session,
                .id = QStringLiteral("session/") + id,
                .title = index.data(Qt::DisplayRole).toString(),
                .place = index.data(SessionListModel::DetailRole).toString(),
                .keywords = tr("open session"),
                .run = [this, id] { Q_EMIT sessionChosen(id); }});
        }
        addSessions(commands, index);
    }
}

} // namespace diptych
