// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <vector>

class QObject;

namespace diptych {

/// Something that can be done, as the command palette and the list of shortcuts show it.
struct Command {
    enum class Kind { Action, Model, Session };

    Kind kind = Kind::Action;
    QString id {}; ///< the same at every start; what was used last is remembered by it
    QString title {};
    QString place {}; ///< where in the window it is, "Gateway"; empty: of the whole window
    QString keys {}; ///< its shortcut in words of the system; empty if it has none
    QString keywords {}; ///< further words that find it
    bool isEnabled = true;
    QString reason {}; ///< why it can not be done now; empty when that is not known
    std::function<void()> run {};
    const QObject *target = nullptr; ///< the action, button or shortcut that it stands for; null for others
};

using Commands = std::vector<Command>;

} // namespace diptych
