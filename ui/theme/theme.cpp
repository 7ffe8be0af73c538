// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"

#include "theme/themeiconengine.h"
#include "theme/themestyle.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QWidget>

#include <array>

// Resources of a static library have to be asked for; the macro must stand outside of every namespace.
static void initThemeResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace diptych {

namespace {

struct ColorPair {
    QRgb light;
    QRgb dark;
};

// Order of ThemeColor. Text colours keep at least 4.5 : 1 against Base on their side.
constexpr std::array<ColorPair, 12> colors {{
    {0xff1f5fd0, 0xff7aa8ff}, // Accent
    {0xff5b6270, 0xffa3abb8}, // Muted
    {0xff7d8492, 0xff808896}, // Faint
    {0xffd9dce3, 0xff3a3f48}, // Border
    {0xfff4f5f8, 0xff23262c}, // Panel
    {0xfff3f4f7, 0xff262a31}, // Code
    {0xff1c7a3d, 0xff6fcf8b}, // Success
    {0xff8f5a00, 0xffe6b35c}, // Warning
    {0xffb3261e, 0xffff8f87}, // Danger
    {0xfffdeceb, 0xff43262a}, // DangerSoft
    {0xfffff4dd, 0xff3f341f}, // WarningSoft
    {0xffeaf1fe, 0xff263449}, // AccentSoft
}};

// Ten hues far apart, dark enough for white and light enough for black.
constexpr std::array<ColorPair, 10> series {{
    {0xff2f6fde, 0xff6fa3ff},
    {0xffd9782d, 0xffffab66},
    {0xff2e9e5b, 0xff66d18f},
    {0xffc23b6b, 0xffff80ab},
    {0xff7b52c7, 0xffb493ff},
    {0xff0f8f9e, 0xff54c9d6},
    {0xff9a7b16, 0xffd6b84a},
    {0xff8a5a44, 0xffc99a84},
    {0xff5f6b7a, 0xffa7b3c2},
    {0xff6a9a1f, 0xffa9d45f},
}};

QRgb pick(const ColorPair &pair, const QPalette &palette)
{
    return isDark(palette) ? pair.dark : pair.light;
}

QPalette makePalette(bool dark)
{
    const auto color = [dark](QRgb light, QRgb night) { return QColor::fromRgb(dark ? night : light); };
    QPalette palette(color(0xfff4f5f8, 0xff23262c));
    palette.setColor(QPalette::Window, color(0xfff4f5f8, 0xff23262c));
    palette.setColor(QPalette::WindowText, color(0xff1b1f27, 0xffe4e7ec));
    palette.setColor(QPalette::Base, color(0xffffffff, 0xff1b1e23));
    palette.setColor(QPalette::AlternateBase, color(0xfff7f8fb, 0xff20242a));
    palette.setColor(QPalette::Text, color(0xff1b1f27, 0xffe4e7ec));
    palette.setColor(QPalette::Button, color(0xfffafbfc, 0xff2c3037));
    palette.setColor(QPalette::ButtonText, color(0xff1b1f27, 0xffe4e7ec));
    palette.setColor(QPalette::BrightText, color(0xffffffff, 0xffffffff));
    palette.setColor(QPalette::Light, color(0xffffffff, 0xff343941));
    palette.setColor(QPalette::Midlight, color(0xfff0f1f5, 0xff2f343b));
    palette.setColor(QPalette::Mid, color(0xffc9cdd6, 0xff454b55));
    palette.setColor(QPalette::Dark, color(0xffb3b8c3, 0xff15171b));
    palette.setColor(QPalette::Shadow, color(0xff8a909c, 0xff0c0d10));
    palette.setColor(QPalette::Highlight, color(0xff2f6fde, 0xff3566b8));
    palette.setColor(QPalette::HighlightedText, color(0xffffffff, 0xffffffff));
    palette.setColor(QPalette::Link, color(0xff1f5fd0, 0xff7aa8ff));
    palette.setColor(QPalette::LinkVisited, color(0xff6b48b5, 0xffb493ff));
    palette.setColor(QPalette::ToolTipBase, color(0xff2a2f38, 0xff343941));
    palette.setColor(QPalette::ToolTipText, color(0xffffffff, 0xffe4e7ec));
    palette.setColor(QPalette::PlaceholderText, color(0xff7d8492, 0xff808896));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(0xff9aa1ad, 0xff6b727d));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, color(0xffc9cdd6, 0xff454b55));
    return palette;
}

bool systemIsDark()
{
    // Qt 6.4 has no colour-scheme query; the style's own palette follows the platform theme where there is one.
    static const bool dark = isDark(QGuiApplication::palette());
    return dark;
}

/// Keeps a caption muted when the palette changes.
class CaptionKeeper : public QObject
{
public:
    explicit CaptionKeeper(QWidget *label)
        : QObject(label)
    {
        label->installEventFilter(this);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange)
            paint(static_cast<QWidget *>(watched));
        return false;
    }

    static void paint(QWidget *label)
    {
        const QColor muted = themeColor(ThemeColor::Muted, QGuiApplication::palette());
        if (label->palette().color(QPalette::WindowText) == muted)
            return; // also ends the recursion: setting a palette is a palette change
        QPalette palette; // only these roles, so that the others go on being inherited
        palette.setColor(QPalette::WindowText, muted);
        palette.setColor(QPalette::Text, muted);
        label->setPalette(palette);
    }
};

} // namespace

void applyTheme(QApplication &application, ThemeMode mode)
{
    const bool dark = mode == ThemeMode::Dark || (mode == ThemeMode::System && systemIsDark());
    if (!qobject_cast<ThemeStyle *>(application.style()))
        application.setStyle(new ThemeStyle);
    QApplication::setPalette(makePalette(dark));
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128;
}

QColor themeColor(ThemeColor color, const QPalette &palette)
{
    return QColor::fromRgb(pick(colors.at(static_cast<std::size_t>(color)), palette));
}

QColor seriesColor(int index, const QPalette &palette)
{
    return QColor::fromRgb(pick(series.at(static_cast<std::size_t>(index) % series.size()), palette));
}

QIcon themeIcon(const QString &name)
{
    initThemeResources();
    return QIcon(new ThemeIconEngine(name));
}

QFont monospaceFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QApplication::font().pointSizeF());
    return font;
}

void makeCaption(QWidget *label)
{
    QFont font = label->font();
    font.setPointSizeF(QApplication::font().pointSizeF() * 0.9);
    label->setFont(font);
    CaptionKeeper::paint(label);
    new CaptionKeeper(label);
}

} // namespace diptych
