// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace diptych {

/// What the program remembers about itself.
struct Settings {
    enum class Theme { System, Light, Dark };

    static constexpr int minFontSizeDelta = -4;
    static constexpr int maxFontSizeDelta = 12;

    Theme theme = Theme::System;
    int fontSizeDelta = 0; ///< points added to the desktop's font size, minFontSizeDelta … maxFontSizeDelta
    QByteArray windowGeometry {}; ///< QWidget::saveGeometry(); empty: never saved
    QByteArray windowState {}; ///< QMainWindow::saveState(); empty: never saved
    QString lastSessionId {}; ///< empty: start with a new session
    bool isIntroductionSeen = false; ///< the hints of the first start
    QString llamaServer {}; ///< the program, where it was chosen; empty: looked for on PATH
    QString modelFolder {}; ///< where a model file was chosen last; empty: never
    bool areKeysInFile = false; ///< where there is no keychain, keys are kept in a file
    QStringList recentCommands {}; ///< of the command palette, the newest first
    bool operator==(const Settings &) const = default;
};

/// Keeps Settings in an INI file of the data folder.
class SettingsStore
{
public:
    explicit SettingsStore(QString dataFolder);

    /// Defaults for whatever is missing, damaged or out of range.
    [[nodiscard]] Settings load() const;
    /// Errors: Storage.
    [[nodiscard]] Result<void> save(const Settings &settings) const;
    [[nodiscard]] QString dataFolder() const { return m_dataFolder; }

private:
    [[nodiscard]] QString path() const;

    QString m_dataFolder;
};

} // namespace diptych
