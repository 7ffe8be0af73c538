// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/mainwindow.h"

#include "mainwindow/activitybar.h"
#include "models/activitymodel.h"
#include "scriptedprovider.h"
#include "theme/theme.h"
#include "widgets/banner.h"
#include "widgets/elidedlabel.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;

class TestMainWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pagesAreSwitchedByTheirActions();
    void panelsAreNamedForTheSavedLayout();
    void activityLineTellsWhatRuns();
    void captionsAndBannersFollowTheTheme();
    void textColoursAreReadable();
};

void TestMainWindow::pagesAreSwitchedByTheirActions()
{
    MainWindow window;
    window.addPage(QStringLiteral("a"), QStringLiteral("A"), QStringLiteral("chat"), new QWidget);
    window.addPage(QStringLiteral("b"), QStringLiteral("B"), QStringLiteral("chat"), new QWidget);
    QCOMPARE(window.currentPage(), QStringLiteral("a"));
    QSignalSpy changed(&window, &MainWindow::pageChanged);
    window.findChild<QAction *>(QStringLiteral("page-b"))->trigger();
    QCOMPARE(window.currentPage(), QStringLiteral("b"));
    QCOMPARE(changed.size(), 1);
    QVERIFY(window.findChild<QAction *>(QStringLiteral("page-b"))->isChecked());
    window.showPage(QStringLiteral("nowhere"));
    QCOMPARE(window.currentPage(), QStringLiteral("b"));
}

void TestMainWindow::panelsAreNamedForTheSavedLayout()
{
    MainWindow window;
    QDockWidget *dock = window.addPanel(
        QStringLiteral("side"), QStringLiteral("Side"), QStringLiteral("info"), new QWidget, Qt::LeftDockWidgetArea);
    QCOMPARE(dock->objectName(), QStringLiteral("dock-side"));
    const QByteArray state = window.saveState();
    dock->hide();
    QVERIFY(window.restoreState(state));
    QVERIFY(!dock->isHidden());
}

void TestMainWindow::activityLineTellsWhatRuns()
{
    ActivityModel activity;
    ActivityBar bar(activity);
    auto *summary = bar.findChild<ElidedLabel *>(QStringLiteral("activitySummary"));
    QCOMPARE(summary->text(), QStringLiteral("idle"));
    ScriptedChatReply reply({});
    activity.add(&reply, QStringLiteral("chat"));
    QTRY_VERIFY(summary->text().contains(QStringLiteral("1 running")));
    reply.failWith({.kind = Error::Kind::Unsupported, .httpStatus = 422, .message = QStringLiteral("no tools here")});
    QTRY_VERIFY(summary->text().contains(QStringLiteral("last error: 422 no tools here")));
    auto *gateway = bar.findChild<QToolButton *>(QStringLiteral("gatewayButton"));
    QCOMPARE(gateway->text(), QStringLiteral("gateway off"));
    bar.setGateway(false, 8089, QStringLiteral("the port is taken"));
    QVERIFY(gateway->text().contains(QStringLiteral("did not start")));
    QCOMPARE(gateway->toolTip(), QStringLiteral("the port is taken"));
    bar.setGateway(true, 8089);
    QVERIFY(gateway->text().contains(QStringLiteral(":8089")));
    QSignalSpy requested(&bar, &ActivityBar::gatewayRequested);
    gateway->click();
    QCOMPARE(requested.size(), 1);
}

void TestMainWindow::captionsAndBannersFollowTheTheme()
{
    applyTheme(*qApp, ThemeMode::Light);
    QWidget window;
    auto *caption = new QLabel(&window);
    makeCaption(caption);
    auto *banner = new Banner(&window);
    banner->showMessage(Banner::Tone::Error, QStringLiteral("broken"));
    window.show();
    const QColor lightText = caption->palette().color(QPalette::WindowText);
    const QColor lightBanner = banner->palette().color(QPalette::Window);
    applyTheme(*qApp, ThemeMode::Dark);
    QTRY_COMPARE(
        caption->palette().color(QPalette::WindowText), themeColor(ThemeColor::Muted, QApplication::palette()));
    QTRY_COMPARE(
        banner->palette().color(QPalette::Window), themeColor(ThemeColor::DangerSoft, QApplication::palette()));
    QVERIFY(caption->palette().color(QPalette::WindowText) != lightText);
    QVERIFY(banner->palette().color(QPalette::Window) != lightBanner);
}

static double luminance(const QColor &color)
{
    // Source: WCAG 2.1, relative luminance.
    const auto part = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}

void TestMainWindow::textColoursAreReadable()
{
    for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
        applyTheme(*qApp, mode);
        const QPalette palette = QApplication::palette();
        const double base = luminance(palette.color(QPalette::Base));
        for (const ThemeColor color :
            {ThemeColor::Accent, ThemeColor::Muted, ThemeColor::Success, ThemeColor::Warning, ThemeColor::Danger}) {
            const double text = luminance(themeColor(color, palette));
            const double contrast = (std::max(base, text) + 0.05) / (std::min(base, text) + 0.05);
            QVERIFY2(contrast >= 4.5,
                qPrintable(QStringLiteral("colour %1: %2").arg(static_cast<int>(color)).arg(contrast)));
        }
    }
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
