// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/labellayout.h"

#include <QTest>

using namespace diptych;

class TestLabelLayout : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void loneLabelStandsToTheRight();
    void labelAtTheRightEdgeStandsToTheLeft();
    void labelsNeverOverlapOrLeaveTheArea();
    void labelWithoutRoomIsLeftOut();
    void requiredLabelMayCoverPoints();
    void pointOutsideHasNoLabel();
};

static const QRectF area(0, 0, 200, 100);

void TestLabelLayout::loneLabelStandsToTheRight()
{
    const std::vector<LabelRequest> labels {{{50, 50}, {40, 10}}};
    const auto places = placeLabels(labels, {}, area, 8);
    QCOMPARE(*places[0], QRectF(58, 45, 40, 10));
}

void TestLabelLayout::labelAtTheRightEdgeStandsToTheLeft()
{
    const std::vector<LabelRequest> labels {{{190, 50}, {40, 10}}};
    const auto places = placeLabels(labels, {}, area, 8);
    QCOMPARE(*places[0], QRectF(142, 45, 40, 10));
}

void TestLabelLayout::labelsNeverOverlapOrLeaveTheArea()
{
    std::vector<LabelRequest> labels;
    std::vector<QPointF> points;
    for (int i = 0; i < 60; ++i) {
        points.emplace_back((i * 37) % 200, (i * 53) % 100);
        labels.push_back({points.back(), {30, 10}, i < 5});
    }
    const auto places = placeLabels(labels, points, area, 8);
    int shown = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (!places[i])
            continue;
        ++shown;
        QVERIFY(area.contains(*places[i]));
        for (std::size_t j = 0; j < i; ++j)
            QVERIFY(!places[j] || !places[j]->intersects(*places[i]));
    }
    QVERIFY(shown >= 5);
}

void TestLabelLayout::labelWithoutRoomIsLeftOut()
{
    const std::vector<LabelRequest> labels {{{50, 50}, {500, 10}}};
    QVERIFY(!placeLabels(labels, {}, area, 8)[0]);
}

void TestLabelLayout::requiredLabelMayCoverPoints()
{
    std::vector<QPointF> crowd;
    for (int x = 0; x < 200; x += 5) {
        for (int y = 0; y < 100; y += 5)
            crowd.emplace_back(x, y);
    }
    const std::vector<LabelRequest> optional {{{50, 50}, {40, 10}}};
    const std::vector<LabelRequest> required {{{50, 50}, {40, 10}, true}};
    QVERIFY(!placeLabels(optional, crowd, area, 8)[0]);
    QVERIFY(placeLabels(required, crowd, area, 8)[0]);
}

void TestLabelLayout::pointOutsideHasNoLabel()
{
    const std::vector<LabelRequest> labels {{{-500, 50}, {40, 10}, true}};
    QVERIFY(!placeLabels(labels, {}, area, 8)[0]);
}

QTEST_GUILESS_MAIN(TestLabelLayout)
#include "tst_labellayout.moc"
