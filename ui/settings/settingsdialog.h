// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/settings.h"

#include <QDialog>

#include <memory>

namespace diptych {

namespace Ui {
class SettingsDialog;
}

class FallbackSecretStore;

/// Look, keys and data folder. Changes take effect at once; shown with open().
class SettingsDialog : public QDialog
{
    Q_OBJECT
public:
    SettingsDialog(
        const Settings &settings, FallbackSecretStore &secrets, const QString &dataFolder, QWidget *parent = nullptr);
    ~SettingsDialog() override;

Q_SIGNALS:
    /// To be applied and saved; only the members that the dialog shows differ from what it was given.
    void settingsChanged(const diptych::Settings &settings);

private:
    void takeLook();
    void takeKeyFile(bool isAllowed);
    void showKeys();
    void openDataFolder();

    std::unique_ptr<Ui::SettingsDialog> m_ui;
    Settings m_settings;
    FallbackSecretStore &m_secrets;
    QString m_dataFolder;
};

} // namespace diptych
