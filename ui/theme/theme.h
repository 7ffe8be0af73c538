// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPalette>
#include <QString>

class QApplication;
class QWidget;

namespace diptych {

/// Which look the application takes.
enum class ThemeMode { System, Light, Dark };

/// Colours beyond QPalette's roles, chosen for the palette's lightness; contrast of text colours against Base is at
/// least 4.5 : 1.
enum class ThemeColor {
    Accent, ///< selection, primary button, links
    Muted, ///< secondary text
    Faint, ///< tertiary text, disabled marks
    Border, ///< hairlines between panels
    Panel, ///< side panels and headers, slightly off Base
    Code, ///< background of code
    Success,
    Warning,
    Danger,
    DangerSoft, ///< background of an error banner
    WarningSoft, ///< background of a notice
    AccentSoft, ///< background of the user's turns, hovered rows
};

/// Sizes in device-independent pixels; one scale for the whole window.
namespace spacing {
constexpr int tight = 4;
constexpr int normal = 8;
constexpr int wide = 12;
constexpr int loose = 20;
} // namespace spacing

/// Sets style, palette and fonts of the application. May be called again to switch.
void applyTheme(QApplication &application, ThemeMode mode);
[[nodiscard]] bool isDark(const QPalette &palette);
[[nodiscard]] QColor themeColor(ThemeColor color, const QPalette &palette);
/// A colour per pane, series or cluster; distinguishable on both backgrounds, wraps around after ten.
[[nodiscard]] QColor seriesColor(int index, const QPalette &palette);

/// A line icon drawn in the palette's text colour, following theme changes by itself. Names are the files in
/// resources/icons without ".svg"; see there.
[[nodiscard]] QIcon themeIcon(const QString &name);
/// The fixed-width font, at the size of the application font.
[[nodiscard]] QFont monospaceFont();
/// Makes a label small and muted: captions, metrics, hints. Follows theme changes.
void makeCaption(QWidget *label);

} // namespace diptych
