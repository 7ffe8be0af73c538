// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QSettings>

#include <algorithm>

namespace diptych {

namespace {

QString themeName(Settings::Theme theme)
{
    switch (theme) {
    case Settings::Theme::Light:
        return QStringLiteral("light");
    case Settings::Theme::Dark:
        return QStringLiteral("dark");
    case Settings::Theme::System:
        break;
    }
    return QStringLiteral("system");
}

Settings::Theme themeFromName(const QString &name)
{
    for (const auto theme : {Settings::Theme::Light, Settings::Theme::Dark}) {
        if (themeName(theme) == name)
            return theme;
    }
    return Settings::Theme::System;
}

} // namespace

SettingsStore::SettingsStore(QString dataFolder)
    : m_dataFolder(std::move(dataFolder))
{
}

QString SettingsStore::path() const
{
    return QDir(m_dataFolder).filePath(QStringLiteral("settings.ini"));
}

Settings SettingsStore::load() const
{
    const QSettings file(path(), QSettings::IniFormat);
    const int delta = file.value(QStringLiteral("look/fontSizeDelta")).toInt();
    return {
        .theme = themeFromName(file.value(QStringLiteral("look/theme")).toString()),
        .fontSizeDelta = std::clamp(delta, Settings::minFontSizeDelta, Settings::maxFontSizeDelta),
        .windowGeometry = file.value(QStringLiteral("window/geometry")).toByteArray(),
        .windowState = file.value(QStringLiteral("window/state")).toByteArray(),
        .lastSessionId = file.value(QStringLiteral("lastSession")).toString(),
        .isIntroductionSeen = file.value(QStringLiteral("introductionSeen")).toBool(),
        .llamaServer = file.value(QStringLiteral("engines/llamaServer")).toString(),
        .modelFolder = file.value(QStringLiteral("engines/modelFolder")).toString(),
        .areKeysInFile = file.value(QStringLiteral("keysInFile")).toBool(),
        .recentCommands = file.value(QStringLiteral("recentCommands")).toStringList(),
    };
}

Result<void> SettingsStore::save(const Settings &settings) const
{
    QSettings file(path(), QSettings::IniFormat);
    file.setValue(QStringLiteral("look/theme"), themeName(settings.theme));
    file.setValue(QStringLiteral("look/fontSizeDelta"), settings.fontSizeDelta);
    file.setValue(QStringLiteral("window/geometry"), settings.windowGeometry);
    file.setValue(QStringLiteral("window/state"), settings.windowState);
    file.setValue(QStringLiteral("lastSession"), settings.lastSessionId);
    file.setValue(QStringLiteral("introductionSeen"), settings.isIntroductionSeen);
    file.setValue(QStringLiteral("engines/llamaServer"), settings.llamaServer);
    file.setValue(QStringLiteral("engines/modelFolder"), settings.modelFolder);
    file.setValue(QStringLiteral("keysInFile"), settings.areKeysInFile);
    file.setValue(QStringLiteral("recentCommands"), settings.recentCommands);
    file.sync();
    if (file.status() == QSettings::NoError)
        return {};
    return Failure({.kind = Error::Kind::Storage,
        .message = QCoreApplication::translate(
            "diptych::SettingsStore", "%1 can not be written. Check free space and permissions.")
                       .arg(QDir::toNativeSeparators(path()))});
}

} // namespace diptych
