// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "palette/command.h"

#include <QDialog>

class QTreeWidget;

namespace diptych {

/// A key that is no command: it belongs to a text field or a list.
struct FixedKey {
    QString place {};
    QString keys {};
    QString title {};
};

/// The keys of what the editor, the lists and the transcript do themselves.
[[nodiscard]] std::vector<FixedKey> fixedKeys();

/// All shortcuts, made from the commands of the palette, with a line to search.
class ShortcutHelp : public QDialog
{
    Q_OBJECT
public:
    explicit ShortcutHelp(const Commands &commands, QWidget *parent = nullptr);

private:
    void add(const QString &place, const QString &keys, const QString &title);
    void search(const QString &text);

    QTreeWidget *m_list;
};

} // namespace diptych
