// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/settings.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

class TestSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingSavedMeansDefaults();
    void damageMeansDefaults();
    void valuesOutOfRangeAreBroughtBack();
    void aFolderThatCanNotBeMadeIsAnError();
    void everythingComesBack();

private:
    void write(const QByteArray &contents) const
    {
        QFile file(m_directory.filePath(QStringLiteral("settings.ini")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(contents);
    }
    QTemporaryDir m_directory;
};

void TestSettings::nothingSavedMeansDefaults()
{
    QCOMPARE(SettingsStore(m_directory.path()).load(), Settings {});
}

void TestSettings::damageMeansDefaults()
{
    write(QByteArray(1'000, '\xa5'));
    QCOMPARE(SettingsStore(m_directory.path()).load(), Settings {});
}

void TestSettings::valuesOutOfRangeAreBroughtBack()
{
    write("[look]\ntheme=sepia\nfontSizeDelta=4000\n");
    const Settings settings = SettingsStore(m_directory.path()).load();
    QCOMPARE(settings.theme, Settings::Theme::System);
    QCOMPARE(settings.fontSizeDelta, Settings::maxFontSizeDelta);
}

void TestSettings::aFolderThatCanNotBeMadeIsAnError()
{
    QFile file(m_directory.filePath(QStringLiteral("plain")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const Result<void> saved = SettingsStore(m_directory.filePath(QStringLiteral("plain/inside"))).save({});
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, Error::Kind::Storage);
}

void TestSettings::everythingComesBack()
{
    const Settings settings {.theme = Settings::Theme::Dark,
        .fontSizeDelta = -2,
        .windowGeometry = QByteArray("\x00\x01\xff", 3),
        .windowState = QByteArray("state"),
        .lastSessionId = QStringLiteral("s,1"),
        .isIntroductionSeen = true,
        .llamaServer = QStringLiteral("/opt/llama.cpp/llama-server"),
        .modelFolder = QStringLiteral("/data/my models"),
        .areKeysInFile = true,
        .recentCommands = {QStringLiteral("Chat/send, all"), QStringLiteral("/page-gateway")}};
    const SettingsStore store(m_directory.path());
    QVERIFY(store.save(settings));
    QCOMPARE(store.load(), settings);
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
