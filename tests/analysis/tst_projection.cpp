// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/eigen.h"
#include "analysis/embeddingspace.h"
#include "analysis/procrustes.h"
#include "analysis/trustworthiness.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace diptych;

/// From vectors to the plane: eigenvectors, principal components, alignment, trust.
class TestProjection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eigenpairsByHand();
    void largestEigenpairsOfAnOperator();
    void degenerateRowsGiveTheOrigin_data();
    void degenerateRowsGiveTheOrigin();
    void notFiniteIsRefused();
    void twoRowsLieOnOneAxis();
    void planeByHand();
    void wideAndTallAgree();
    void rowsProjectToTheirPoints();
    void signIsFixed();
    void procrustesUndoesAMove_data();
    void procrustesUndoesAMove();
    void procrustesRefusesUnequalCounts();
    void procrustesOfAPointOnlyMoves();
    void trustOfAPerfectMap();
    void trustByHand();
    void trustNeedsEnoughItems();
    void spaceOfNothing();
    void spaceOfGroups();
};

static bool isNear(double left, double right, double tolerance = 1e-5)
{
    return std::abs(left - right) <= tolerance;
}

/// Deterministic numbers between -1 and 1.
static std::vector<float> noise(int count, int width)
{
    std::vector<float> values;
    quint32 state = 12345;
    for (int i = 0; i < count * width; ++i) {
        state = state * 1664525U + 1013904223U;
        values.push_back(static_cast<float>(state >> 8) / 8388608.0F - 1.0F);
    }
    return values;
}

void TestProjection::eigenpairsByHand()
{
    const auto pairs = symmetricEigenpairs({2, 1, 1, 2}, 2);
    QCOMPARE(pairs.size(), 2U);
    QVERIFY(isNear(pairs[0].value, 3) && isNear(pairs[1].value, 1));
    QVERIFY(isNear(std::abs(pairs[0].vector[0]), std::sqrt(0.5)));
    QVERIFY(isNear(pairs[0].vector[0], pairs[0].vector[1]));
    QVERIFY(symmetricEigenpairs({}, 0).empty());
}

void TestProjection::largestEigenpairsOfAnOperator()
{
    const auto diagonal = [](std::span<const double> in, std::span<double> out) {
        for (std::size_t i = 0; i < in.size(); ++i)
            out[i] = in[i] * static_cast<double>(i);
    };
    const auto pairs = largestEigenpairs(50, 2, diagonal);
    QCOMPARE(pairs.size(), 2U);
    QVERIFY(isNear(pairs[0].value, 49, 1e-9) && isNear(pairs[1].value, 48, 1e-9));
    QVERIFY(isNear(std::abs(pairs[0].vector[49]), 1, 1e-4));
}

void TestProjection::degenerateRowsGiveTheOrigin_data()
{
    QTest::addColumn<std::vector<float>>("values");
    QTest::addColumn<int>("count");
    QTest::newRow("no rows") << std::vector<float> {} << 0;
    QTest::newRow("one row") << std::vector<float> {1, 2, 3} << 1;
    QTest::newRow("equal rows") << std::vector<float> {0.1F, 0.2F, 0.3F, 0.1F, 0.2F, 0.3F, 0.1F, 0.2F, 0.3F} << 3;
    QTest::newRow("zeros") << std::vector<float>(12) << 4;
}

void TestProjection::degenerateRowsGiveTheOrigin()
{
    QFETCH(std::vector<float>, values);
    QFETCH(int, count);
    const auto plane = principalPlane({values, 3});
    QVERIFY(plane);
    QCOMPARE(plane->points, std::vector<Point2>(static_cast<std::size_t>(count)));
    QCOMPARE(plane->explained[0], 0.0);
}

void TestProjection::notFiniteIsRefused()
{
    QVERIFY(!principalPlane({std::vector<float> {1, std::numeric_limits<float>::quiet_NaN()}, 2}));
}

void TestProjection::twoRowsLieOnOneAxis()
{
    const std::vector<float> values {0, 0, 3, 4};
    const auto plane = principalPlane({values, 2});
    QVERIFY(plane);
    QVERIFY(isNear(plane->points[0].x, 2.5) && isNear(plane->points[1].x, -2.5));
    QVERIFY(isNear(plane->points[0].y, 0) && isNear(plane->explained[0], 1));
    QCOMPARE(plane->explained[1], 0.0);
}

void TestProjection::planeByHand()
{
    // Spread 4 along the second column, 1 along the third, none along the first.
    const std::vector<float> values {7, 2, 0, 7, -2, 0, 7, 0, 1, 7, 0, -1};
    const auto plane = principalPlane({values, 3});
    QVERIFY(plane);
    QVERIFY(isNear(plane->points[0].x, 2) && isNear(plane->points[1].x, -2));
    QVERIFY(isNear(plane->points[2].y, 1) && isNear(plane->points[3].y, -1));
    QVERIFY(isNear(plane->explained[0], 0.8) && isNear(plane->explained[1], 0.2));
}

void TestProjection::wideAndTallAgree()
{
    // The same rows padded with zeros take the other road (Gram matrix instead of covariance).
    const std::vector<float> tall = noise(12, 5);
    std::vector<float> wide;
    for (int row = 0; row < 12; ++row) {
        wide.insert(wide.end(), tall.begin() + row * 5, tall.begin() + row * 5 + 5);
        wide.resize(static_cast<std::size_t>(row + 1) * 40);
    }
    const auto first = principalPlane({tall, 5});
    const auto second = principalPlane({wide, 40});
    QVERIFY(first && second);
    for (std::size_t i = 0; i < first->points.size(); ++i) {
        QVERIFY(isNear(first->points[i].x, second->points[i].x, 1e-4));
        QVERIFY(isNear(first->points[i].y, second->points[i].y, 1e-4));
    }
}

void TestProjection::rowsProjectToTheirPoints()
{
    const std::vector<float> values = noise(9, 20);
    const auto plane = principalPlane({values, 20});
    QVERIFY(plane);
    const Point2 point = project(*plane, RowsView {values, 20}.row(4));
    QVERIFY(isNear(point.x, plane->points[4].x) && isNear(point.y, plane->points[4].y));
    QCOMPARE(project(*plane, std::vector<float> {1, 2}), Point2 {});
}

void TestProjection::signIsFixed()
{
    const std::vector<float> values = noise(30, 8);
    const auto plane = principalPlane({values, 8});
    QVERIFY(plane);
    const auto farthest = std::max_element(plane->points.begin(), plane->points.end(),
        [](Point2 left, Point2 right) { return std::abs(left.x) < std::abs(right.x); });
    QVERIFY(farthest->x > 0);
}

void TestProjection::procrustesUndoesAMove_data()
{
    QTest::addColumn<double>("angle");
    QTest::addColumn<double>("scale");
    QTest::addColumn<bool>("mirrored");
    QTest::newRow("nothing") << 0.0 << 1.0 << false;
    QTest::newRow("turned") << 1.2 << 1.0 << false;
    QTest::newRow("scaled and turned") << -2.5 << 0.25 << false;
    QTest::newRow("mirrored, scaled and turned") << 0.7 << 3.0 << true;
}

void TestProjection::procrustesUndoesAMove()
{
    QFETCH(double, angle);
    QFETCH(double, scale);
    QFETCH(bool, mirrored);
    const std::vector<Point2> reference {{0, 0}, {4, 0}, {4, 1}, {-1, 3}};
    std::vector<Point2> layout;
    for (const Point2 &point : reference) {
        const double x = mirrored ? -point.x : point.x;
        layout.push_back({scale * (x * std::cos(angle) - point.y * std::sin(angle)) + 10,
            scale * (x * std::sin(angle) + point.y * std::cos(angle)) - 3});
    }
    const auto alignment = align(layout, reference);
    QVERIFY(alignment);
    QCOMPARE(alignment->mirrored, mirrored);
    QVERIFY(isNear(alignment->scale, 1 / scale) && isNear(alignment->disparity, 0));
    for (std::size_t i = 0; i < reference.size(); ++i) {
        QVERIFY(isNear(alignment->points[i].x, reference[i].x));
        QVERIFY(isNear(alignment->points[i].y, reference[i].y));
    }
}

void TestProjection::procrustesRefusesUnequalCounts()
{
    const std::vector<Point2> one {{1, 1}};
    QVERIFY(!align(one, {}));
    QVERIFY(!align({}, {}));
}

void TestProjection::procrustesOfAPointOnlyMoves()
{
    const auto alignment = align(std::vector<Point2> {{1, 1}}, std::vector<Point2> {{5, -2}});
    QVERIFY(alignment);
    QCOMPARE(alignment->points, (std::vector<Point2> {{5, -2}}));
    QCOMPARE(alignment->scale, 1.0);
}

void TestProjection::trustOfAPerfectMap()
{
    const std::vector<float> values = noise(20, 2);
    std::vector<Point2> map;
    for (std::size_t i = 0; i < values.size(); i += 2)
        map.push_back({static_cast<double>(values[i]), static_cast<double>(values[i + 1])});
    QCOMPARE(trustworthiness({values, 2}, map, 5), std::optional<double>(1.0));
}

void TestProjection::trustByHand()
{
    // On a line at 0, 1, 3, 7; the map swaps the last two. n = 4, k = 1: 2/(4·1·4) · Σ (r - 1).
    const std::vector<float> values {0, 1, 3, 7};
    const std::vector<Point2> map {{0, 0}, {1, 0}, {7, 0}, {3, 0}};
    // Nearest on the map: 0→1 (rank 1), 1→0 (rank 1), 2→3 (distances 3, 2, -, 4: rank 3), 3→1 (7, 6, 4: rank 2).
    QCOMPARE(trustworthiness({values, 1}, map, 1), std::optional<double>(1 - 2.0 / 16 * (2 + 1)));
}

void TestProjection::trustNeedsEnoughItems()
{
    const std::vector<float> values {0, 1, 3, 7};
    const std::vector<Point2> map(4);
    QVERIFY(!trustworthiness({values, 1}, map, 2));
    QVERIFY(!trustworthiness({values, 1}, map, 0));
    QVERIFY(!trustworthiness({values, 1}, std::vector<Point2>(3), 1));
}

void TestProjection::spaceOfNothing()
{
    QVERIFY(!analyseEmbeddings({}));
    std::stop_source source;
    source.request_stop();
    const std::vector<float> values = noise(9, 4);
    QVERIFY(!analyseEmbeddings({values, 4}, source.get_token()));
}

void TestProjection::spaceOfGroups()
{
    std::vector<float> values = noise(30, 16);
    for (int row = 0; row < 30; ++row)
        values[static_cast<std::size_t>(row * 16 + row % 3)] += 12;
    const auto space = analyseEmbeddings({values, 16});
    QVERIFY(space);
    QCOMPARE(space->similarity.size, 30);
    QCOMPARE(space->order.size(), 30U);
    QVERIFY(space->trust && *space->trust > 0.7);
    int changes = 0;
    for (std::size_t i = 1; i < space->order.size(); ++i)
        changes += static_cast<int>(space->order[i] % 3 != space->order[i - 1] % 3);
    QCOMPARE(changes, 2); // each of the three groups in one block
}

QTEST_GUILESS_MAIN(TestProjection)
#include "tst_projection.moc"
