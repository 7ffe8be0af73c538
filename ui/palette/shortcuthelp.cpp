// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "palette/shortcuthelp.h"

#include "theme/theme.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace diptych {

std::vector<FixedKey> fixedKeys()
{
    const auto tr = [](const char *text) { return ShortcutHelp::tr(text); };
    const QString composer = tr("Composer");
    const QString transcript = tr("Transcript");
    const QString models = tr("List of models");
    const QString palette = tr("Command palette");
    return {{composer, tr("Enter"), tr("Send")}, {composer, tr("Shift+Enter"), tr("New line")},
        {composer, tr("Esc"), tr("Stop the answers under way")}, {transcript, tr("Ctrl+C"), tr("Copy the selection")},
        {transcript, tr("Home, End, Page Up, Page Down"), tr("Scroll; End follows what arrives")},
        {models, tr("Enter"), tr("Use the model in the current pane")},
        {models, tr("Space"), tr("Add the model to the comparison")},
        {palette, tr("Up, Down, Page Up, Page Down"), tr("Choose")}, {palette, tr("Enter"), tr("Do it")},
        {palette, tr("Esc"), tr("Close")}};
}

ShortcutHelp::ShortcutHelp(const Commands &commands, QWidget *parent)
    : QDialog(parent)
    , m_list(new QTreeWidget(this))
{
    setObjectName(QStringLiteral("shortcutHelp"));
    setWindowTitle(tr("Keyboard shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(560, 520);
    auto *search = new QLineEdit(this);
    search->setObjectName(QStringLiteral("shortcutSearch"));
    search->setPlaceholderText(tr("Search keys and actions"));
    search->setAccessibleName(search->placeholderText());
    search->setClearButtonEnabled(true);
    search->addAction(themeIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_list->setObjectName(QStringLiteral("shortcutList"));
    m_list->setAccessibleName(windowTitle());
    m_list->setHeaderLabels({tr("Action"), tr("Keys")});
    m_list->setAlternatingRowColors(true);
    m_list->setRootIsDecorated(false);
    m_list->setItemsExpandable(false);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(search);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(search, &QLineEdit::textChanged, this, &ShortcutHelp::search);
    for (const Command &command : commands) {
        if (!command.keys.isEmpty())
            add(command.place.isEmpty() ? tr("Everywhere") : command.place, command.keys, command.title);
    }
    for (const FixedKey &key : fixedKeys())
        add(key.place, key.keys, key.title);
    m_list->expandAll();
}

void ShortcutHelp::add(const QString &place, const QString &keys, const QString &title)
{
    // Every pane has the same keys; once is enough.
    for (const QTreeWidgetItem *item : m_list->findItems(title, Qt::MatchExactly | Qt::MatchRecursive)) {
        if (item->text(1) == keys)
            return;
    }
    QTreeWidgetItem *group = m_list->findItems(place, Qt::MatchExactly).value(0);
    if (!group) {
        group = new QTreeWidgetItem(m_list, {place});
        QFont bold = m_list->font();
        bold.setBold(true);
        group->setFont(0, bold);
        group->setFlags(Qt::ItemIsEnabled);
    }
    new QTreeWidgetItem(group, {title, keys});
}

void ShortcutHelp::search(const QString &text)
{
    for (int group = 0; group < m_list->topLevelItemCount(); ++group) {
        QTreeWidgetItem *place = m_list->topLevelItem(group);
        bool isShown = false;
        for (int index = 0; index < place->childCount(); ++index) {
            QTreeWidgetItem *item = place->child(index);
            const bool fits = text.isEmpty() || item->text(0).contains(text, Qt::CaseInsensitive)
                || item->text(1).contains(text, Qt::CaseInsensitive);
            item->setHidden(!fits);
            isShown = isShown || fits;
        }
        place->setHidden(!isShown);
    }
}

} // namespace diptych
