// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settingsdialog.h"

#include "store/fallbacksecretstore.h"
#include "theme/theme.h"

#include "ui_settingsdialog.h"

#include <QDesktopServices>
#include <QDir>

namespace diptych {

SettingsDialog::SettingsDialog(
    const Settings &settings, FallbackSecretStore &secrets, const QString &dataFolder, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::SettingsDialog>())
    , m_settings(settings)
    , m_secrets(secrets)
    , m_dataFolder(dataFolder)
{
    m_ui->setupUi(this);
    for (QLabel *caption : {m_ui->lookCaption, m_ui->keysCaption, m_ui->dataCaption, m_ui->fileHintLabel})
        makeCaption(caption);
    m_ui->themeBox->addItem(tr("Like the desktop"), int(Settings::Theme::System));
    m_ui->themeBox->addItem(tr("Light"), int(Settings::Theme::Light));
    m_ui->themeBox->addItem(tr("Dark"), int(Settings::Theme::Dark));
    m_ui->themeBox->setCurrentIndex(m_ui->themeBox->findData(int(settings.theme)));
    m_ui->fontSizeBox->setRange(Settings::minFontSizeDelta, Settings::maxFontSizeDelta);
    m_ui->fontSizeBox->setValue(settings.fontSizeDelta);
    m_ui->fileHintLabel->setText(secrets.describeFile());
    m_ui->dataFolderEdit->setText(QDir::toNativeSeparators(dataFolder));
    m_ui->openFolderButton->setIcon(themeIcon(QStringLiteral("folder")));
    showKeys();
    connect(m_ui->themeBox, &QComboBox::currentIndexChanged, this, &SettingsDialog::takeLook);
    connect(m_ui->fontSizeBox, &QSpinBox::valueChanged, this, &SettingsDialog::takeLook);
    connect(m_ui->fileBox, &QCheckBox::clicked, this, &SettingsDialog::takeKeyFile);
    connect(m_ui->openFolderButton, &QToolButton::clicked, this, &SettingsDialog::openDataFolder);
    connect(m_ui->closeButton, &QPushButton::clicked, this, &QDialog::accept);
    connect(&m_secrets, &FallbackSecretStore::placeChanged, this, &SettingsDialog::showKeys);
    m_secrets.check();
}

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::takeLook()
{
    m_settings.theme = Settings::Theme(m_ui->themeBox->currentData().toInt());
    m_settings.fontSizeDelta = m_ui->fontSizeBox->value();
    Q_EMIT settingsChanged(m_settings);
}

void SettingsDialog::takeKeyFile(bool isAllowed)
{
    m_secrets.allowFile(isAllowed);
    m_settings.areKeysInFile = isAllowed;
    showKeys();
    Q_EMIT settingsChanged(m_settings);
}

void SettingsDialog::showKeys()
{
    const FallbackSecretStore::Place place = m_secrets.place();
    const bool hasKeychain = place == FallbackSecretStore::Place::Keychain;
    m_ui->keysLabel->setText(
        place == FallbackSecretStore::Place::Unknown ? tr("Looking for a keychain …") : m_secrets.describe());
    m_ui->keysLabel->setToolTip(m_secrets.keychainProblem());
    m_ui->fileBox->setChecked(m_secrets.isFileAllowed());
    // With a keychain there is nothing to choose.
    m_ui->fileBox->setVisible(!hasKeychain && place != FallbackSecretStore::Place::Unknown);
    m_ui->fileHintLabel->setVisible(m_ui->fileBox->isVisibleTo(this) && place != FallbackSecretStore::Place::File);
    adjustSize();
}

void SettingsDialog::openDataFolder()
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(m_dataFolder));
}

} // namespace diptych
