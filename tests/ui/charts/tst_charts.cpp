// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/heatmapchart.h"
#include "charts/histogramchart.h"
#include "charts/intervalchart.h"
#include "charts/scatterchart.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace diptych;

class TestCharts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptyChartsDraw();
    void scatterKeepsTheAspect();
    void scatterPicksTheNearestPoint();
    void clickSelectsAPoint();
    void draggingSelectsNothing();
    void arrowsMoveTheSelection();
    void newPointsForgetTheSelection();
    void equalPointsAreShown();
    void highlightsOutsideAreIgnored();
    void heatMapFindsItsCells();
    void clickSelectsARow();
    void heatMapKeys();
    void heatMapTakesOddValues_data();
    void heatMapTakesOddValues();
    void histogramFindsItsBars();
    void intervalsStandInTheirRows();
    void paletteChangesRecolour();
    void picturesAreSaved();

private:
    static void showCross(ScatterChart &chart);
    static void showThree(HeatMapChart &chart);
    static QWidget *canvas(QWidget &chart) { return chart.findChildren<QWidget *>(Qt::FindDirectChildrenOnly).first(); }
    static QPoint inCanvas(QWidget &chart, const QPointF &place)
    {
        return canvas(chart)->mapFromParent(place.toPoint());
    }
};

/// 0 right, 1 left, 2 top, 3 bottom, 4 middle.
void TestCharts::showCross(ScatterChart &chart)
{
    const std::vector<double> x {2, -2, 0, 0, 0};
    const std::vector<double> y {0, 0, 1, -1, 0};
    const std::vector<int> groups {0, 0, 1, 1, 2};
    chart.setPoints(x, y,
        {QStringLiteral("r"), QStringLiteral("l"), QStringLiteral("t"), QStringLiteral("b"), QStringLiteral("m")},
        groups);
    chart.resize(500, 400);
    chart.show();
    QTRY_VERIFY(chart.positionOf(0).x() > chart.positionOf(1).x() + 200); // laid out and drawn
}

void TestCharts::showThree(HeatMapChart &chart)
{
    const std::vector<float> values {1, 0.5F, 0, 0.5F, 1, 0.2F, 0, 0.2F, 1};
    chart.setMatrix(values, {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
    chart.resize(500, 400);
    chart.show();
    QTRY_VERIFY(chart.positionOf(2, 2).x() > chart.positionOf(0, 0).x() + 100);
}

void TestCharts::emptyChartsDraw()
{
    ScatterChart scatter;
    scatter.setPoints({}, {}, {});
    QVERIFY(!scatter.grab().isNull());
    QTest::keyClick(&scatter, Qt::Key_Right);
    QCOMPARE(scatter.selected(), -1);
    HeatMapChart heat;
    heat.setMatrix({}, {});
    QVERIFY(!heat.grab().isNull());
    QTest::keyClick(&heat, Qt::Key_Down);
    QCOMPARE(heat.selectedRow(), -1);
}

void TestCharts::histogramFindsItsBars()
{
    HistogramChart chart;
    QVERIFY(!chart.grab().isNull()); // without bars
    chart.resize(300, 140);
    const std::vector<double> counts {1, 0, 5, 2};
    chart.setBars(counts, {QStringLiteral("0"), {}, QStringLiteral("2"), {}, QStringLiteral("4")},
        {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")});
    QVERIFY(!chart.grab().isNull());
    QCOMPARE(chart.count(), 4);
    QCOMPARE(chart.barAt({1, 1}), -1);
    QList<int> bars;
    for (int x = 0; x < chart.width(); ++x) {
        const int bar = chart.barAt({double(x), 40});
        if (bar >= 0 && (bars.isEmpty() || bars.last() != bar))
            bars << bar;
    }
    QCOMPARE(bars, (QList<int> {0, 1, 2, 3}));
}

void TestCharts::intervalsStandInTheirRows()
{
    IntervalChart chart;
    QVERIFY(!chart.grab().isNull()); // without rows
    chart.resize(500, 200);
    chart.setRows({{.label = QStringLiteral("first"), .value = 70, .low = 60, .high = 80},
                      {.label = QString(200, u'x'), .value = 30, .low = 30, .high = 30}},
        50, std::pair(0.0, 100.0));
    QVERIFY(!chart.grab().isNull());
    QVERIFY(chart.positionOf(0).y() < chart.positionOf(1).y()); // the first row is on top
    QVERIFY(chart.positionOf(0).x() > chart.positionOf(1).x());
    QVERIFY(chart.rect().contains(chart.positionOf(1).toPoint())); // a long label leaves room
    const double wide = chart.positionOf(0).x();
    chart.setRows({{.label = QStringLiteral("only"), .value = 70, .low = 69, .high = 71}}, 70);
    QVERIFY(!chart.grab().isNull());
    QVERIFY(chart.positionOf(0).x() != wide); // its own range now
}

void TestCharts::scatterKeepsTheAspect()
{
    ScatterChart chart;
    showCross(chart);
    for (const QSize size : {QSize(500, 400), QSize(300, 600), QSize(800, 200)}) {
        chart.resize(size);
        const auto proportion = [&chart] {
            const double across = chart.positionOf(0).x() - chart.positionOf(1).x();
            return across / (chart.positionOf(3).y() - chart.positionOf(2).y());
        };
        QTRY_VERIFY(chart.rect().contains(chart.positionOf(0).toPoint()));
        QTRY_VERIFY(chart.rect().contains(chart.positionOf(2).toPoint()));
        QTRY_VERIFY(qAbs(proportion() - 2) < 0.02);
    }
}

void TestCharts::scatterPicksTheNearestPoint()
{
    ScatterChart chart;
    showCross(chart);
    QCOMPARE(chart.pointAt(chart.positionOf(2) + QPointF(5, 5)), 2);
    QCOMPARE(chart.pointAt(chart.positionOf(2) + QPointF(40, 0)), -1);
}

void TestCharts::clickSelectsAPoint()
{
    ScatterChart chart;
    showCross(chart);
    QSignalSpy selected(&chart, &ScatterChart::pointSelected);
    QTest::mouseClick(canvas(chart), Qt::LeftButton, {}, inCanvas(chart, chart.positionOf(1)));
    QCOMPARE(selected.size(), 1);
    QCOMPARE(selected.first().first().toInt(), 1);
    QTest::mouseClick(canvas(chart), Qt::LeftButton, {}, inCanvas(chart, chart.positionOf(1) + QPointF(0, 60)));
    QCOMPARE(selected.size(), 1);
    QCOMPARE(chart.accessibleDescription(), QStringLiteral("l"));
}

void TestCharts::draggingSelectsNothing()
{
    ScatterChart chart;
    showCross(chart);
    QSignalSpy selected(&chart, &ScatterChart::pointSelected);
    QTest::mousePress(canvas(chart), Qt::LeftButton, {}, inCanvas(chart, chart.positionOf(4)) + QPoint(60, 60));
    QTest::mouseRelease(canvas(chart), Qt::LeftButton, {}, inCanvas(chart, chart.positionOf(4)));
    QCOMPARE(selected.size(), 0);
}

void TestCharts::arrowsMoveTheSelection()
{
    ScatterChart chart;
    showCross(chart);
    QSignalSpy selected(&chart, &ScatterChart::pointSelected);
    QTest::keyClick(&chart, Qt::Key_Right);
    QCOMPARE(chart.selected(), 4); // the first key takes the one in the middle
    QTest::keyClick(&chart, Qt::Key_Up);
    QCOMPARE(chart.selected(), 2);
    QTest::keyClick(&chart, Qt::Key_Up);
    QCOMPARE(chart.selected(), 2);
    QTest::keyClick(&chart, Qt::Key_Down);
    QTest::keyClick(&chart, Qt::Key_Left);
    QCOMPARE(chart.selected(), 1);
    QTest::keyClick(&chart, Qt::Key_Escape);
    QCOMPARE(chart.selected(), -1);
    QCOMPARE(selected.last().first().toInt(), -1);
}

void TestCharts::newPointsForgetTheSelection()
{
    ScatterChart chart;
    showCross(chart);
    QSignalSpy selected(&chart, &ScatterChart::pointSelected);
    chart.setSelected(3);
    QCOMPARE(chart.selected(), 3);
    showCross(chart);
    QCOMPARE(chart.selected(), -1);
    QCOMPARE(selected.size(), 0); // only the user's doing is reported
}

void TestCharts::equalPointsAreShown()
{
    ScatterChart chart;
    const std::vector<double> same {1, 1, 1};
    chart.setPoints(same, same, {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
    chart.resize(300, 300);
    chart.show();
    QTRY_VERIFY((chart.positionOf(0) - chart.rect().center()).manhattanLength() < 60);
}

void TestCharts::highlightsOutsideAreIgnored()
{
    ScatterChart chart;
    showCross(chart);
    chart.setHighlighted({-1, 2, 99});
    chart.setMarker(QPointF(50, 50), QStringLiteral("far"));
    QVERIFY(!chart.grab().isNull());
}

void TestCharts::heatMapFindsItsCells()
{
    HeatMapChart chart;
    showThree(chart);
    QCOMPARE(chart.cellAt(chart.positionOf(0, 2)), QPoint(2, 0));
    QCOMPARE(chart.cellAt(chart.positionOf(2, 1)), QPoint(1, 2));
    QVERIFY(chart.positionOf(0, 0).y() < chart.positionOf(2, 0).y());
    QCOMPARE(chart.cellAt(QPointF(1, 1)), QPoint(-1, -1));
}

void TestCharts::clickSelectsARow()
{
    HeatMapChart chart;
    showThree(chart);
    QSignalSpy selected(&chart, &HeatMapChart::rowSelected);
    QSignalSpy hovered(&chart, &HeatMapChart::cellHovered);
    QTest::mouseClick(canvas(chart), Qt::LeftButton, {}, inCanvas(chart, chart.positionOf(1, 2)));
    QCOMPARE(selected.size(), 1);
    QCOMPARE(chart.selectedRow(), 1);
    QTest::mouseMove(canvas(chart), inCanvas(chart, chart.positionOf(2, 0)));
    QTRY_VERIFY(!hovered.isEmpty());
    QCOMPARE(hovered.last(), QVariantList({2, 0}));
}

void TestCharts::heatMapKeys()
{
    HeatMapChart chart;
    showThree(chart);
    QTest::keyClick(&chart, Qt::Key_Down);
    QTest::keyClick(&chart, Qt::Key_Down);
    QCOMPARE(chart.selectedRow(), 1);
    QTest::keyClick(&chart, Qt::Key_Up);
    QTest::keyClick(&chart, Qt::Key_Up);
    QCOMPARE(chart.selectedRow(), 0);
    QTest::keyClick(&chart, Qt::Key_Escape);
    QCOMPARE(chart.selectedRow(), -1);
}

void TestCharts::heatMapTakesOddValues_data()
{
    QTest::addColumn<std::vector<float>>("values");
    QTest::newRow("one cell") << std::vector<float> {1};
    QTest::newRow("all equal") << std::vector<float> {1, 1, 1, 1};
    QTest::newRow("not a number") << std::vector<float> {1, std::numeric_limits<float>::quiet_NaN(), 0.5F, 1};
}

void TestCharts::heatMapTakesOddValues()
{
    QFETCH(std::vector<float>, values);
    HeatMapChart chart;
    chart.setMatrix(values, QStringList(values.size() == 1 ? 1 : 2, QStringLiteral("x")));
    chart.resize(300, 300);
    QVERIFY(!chart.grab().isNull());
}

void TestCharts::paletteChangesRecolour()
{
    ScatterChart chart;
    showCross(chart);
    QPalette dark;
    dark.setColor(QPalette::Base, Qt::black);
    dark.setColor(QPalette::Window, Qt::black);
    chart.setPalette(dark);
    const QImage picture = chart.grab().toImage();
    QCOMPARE(picture.pixelColor(picture.width() / 2 + 30, 3), QColor(Qt::black));
}

void TestCharts::picturesAreSaved()
{
    const QTemporaryDir folder;
    HeatMapChart chart;
    showThree(chart);
    const QString path = folder.filePath(QStringLiteral("chart.png"));
    QVERIFY(chart.savePng(path, 2));
    QVERIFY(QImage(path).width() > 2 * 480);
    QVERIFY(!chart.savePng(folder.filePath(QStringLiteral("missing/chart.png"))));
}

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
