// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QListWidget>
#include <QPushButton>
#include <QTest>

#include <cmath>

using namespace diptych;

namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &one, const QColor &other)
{
    const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
    return (light + 0.05) / (dark + 0.05);
}

/// The strongest contrast to the background that is found anywhere in the picture.
double strongestContrast(const QImage &picture, const QColor &background)
{
    double strongest = 1;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            strongest = std::max(strongest, contrast(picture.pixelColor(x, y), background));
    }
    return strongest;
}

} // namespace

class TestThemeStyle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptyCheckBoxInAListIsSeen_data();
    void emptyCheckBoxInAListIsSeen();
    void standardButtonsStandLikeOurs();
    void switchingKeepsTheStyle();
};

void TestThemeStyle::emptyCheckBoxInAListIsSeen_data()
{
    QTest::addColumn<ThemeMode>("mode");
    QTest::newRow("light") << ThemeMode::Light;
    QTest::newRow("dark") << ThemeMode::Dark;
}

void TestThemeStyle::emptyCheckBoxInAListIsSeen()
{
    QFETCH(ThemeMode, mode);
    applyTheme(*qApp, mode);
    QListWidget list;
    list.setFrameShape(QFrame::NoFrame);
    auto *item = new QListWidgetItem(&list); // without text: the box is all there is
    item->setCheckState(Qt::Unchecked);
    list.resize(200, 60);
    list.show();
    const QImage picture = list.viewport()->grab().toImage();
    QVERIFY(strongestContrast(picture, list.palette().color(QPalette::Base)) > 1.6);
}

void TestThemeStyle::standardButtonsStandLikeOurs()
{
    applyTheme(*qApp, ThemeMode::Light);
    QDialogButtonBox box(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    box.show();
    const QPushButton *accept = box.button(QDialogButtonBox::Ok);
    const QPushButton *cancel = box.button(QDialogButtonBox::Cancel);
    QVERIFY(accept->icon().isNull() && cancel->icon().isNull());
    QVERIFY(accept->x() > cancel->x());
}

void TestThemeStyle::switchingKeepsTheStyle()
{
    applyTheme(*qApp, ThemeMode::Light);
    const QStyle *style = QApplication::style();
    applyTheme(*qApp, ThemeMode::Dark);
    QCOMPARE(QApplication::style(), style);
}

QTEST_MAIN(TestThemeStyle)
#include "tst_themestyle.moc"
