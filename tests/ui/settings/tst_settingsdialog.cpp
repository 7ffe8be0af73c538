// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settingsdialog.h"

#include "store/fallbacksecretstore.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

class TestSettingsDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus"); }
    void theLookChangesAtOnce();
    void theFileIsOfferedOnlyWithoutAKeychain();
};

void TestSettingsDialog::theLookChangesAtOnce()
{
    FallbackSecretStore secrets(QString(), std::make_unique<KeychainSecretStore>());
    SettingsDialog dialog({.theme = Settings::Theme::Dark, .lastSessionId = QStringLiteral("s1")}, secrets, QString());
    QSignalSpy changed(&dialog, &SettingsDialog::settingsChanged);
    auto *theme = dialog.findChild<QComboBox *>(QStringLiteral("themeBox"));
    QCOMPARE(theme->currentData().toInt(), int(Settings::Theme::Dark));
    theme->setCurrentIndex(theme->findData(int(Settings::Theme::Light)));
    dialog.findChild<QSpinBox *>(QStringLiteral("fontSizeBox"))->setValue(3);
    QCOMPARE(changed.count(), 2);
    const auto settings = changed.at(1).at(0).value<Settings>();
    QCOMPARE(settings,
        (Settings {.theme = Settings::Theme::Light, .fontSizeDelta = 3, .lastSessionId = QStringLiteral("s1")}));
}

void TestSettingsDialog::theFileIsOfferedOnlyWithoutAKeychain()
{
    const QTemporaryDir folder;
    FallbackSecretStore secrets(folder.filePath(QStringLiteral("keys.json")), std::make_unique<KeychainSecretStore>());
    SettingsDialog dialog({}, secrets, folder.path());
    dialog.show();
    auto *box = dialog.findChild<QCheckBox *>(QStringLiteral("fileBox"));
    auto *label = dialog.findChild<QLabel *>(QStringLiteral("keysLabel"));
    QVERIFY(!box->isVisible());
    QTRY_VERIFY(box->isVisible());
    QVERIFY(label->text().contains(u"forgotten"));
    QSignalSpy changed(&dialog, &SettingsDialog::settingsChanged);
    box->click();
    QCOMPARE(secrets.place(), FallbackSecretStore::Place::File);
    QVERIFY(label->text().contains(u"unencrypted"));
    QVERIFY(changed.at(0).at(0).value<Settings>().areKeysInFile);
}

QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
