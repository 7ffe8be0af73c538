// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/seriation.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <numeric>

using namespace diptych;

class TestSeriation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isAPermutation_data();
    void isAPermutation();
    void shuffledLineIsPutInOrder();
    void groupsBecomeBlocks();
    void notANumberKeepsTheOrder();
};

static SquareMatrix fromPositions(const std::vector<float> &positions)
{
    SquareMatrix matrix {static_cast<int>(positions.size()), {}};
    for (const float left : positions) {
        for (const float right : positions)
            matrix.values.push_back(1 / (1 + std::abs(left - right)));
    }
    return matrix;
}

void TestSeriation::isAPermutation_data()
{
    QTest::addColumn<std::vector<float>>("positions");
    QTest::newRow("empty") << std::vector<float> {};
    QTest::newRow("one") << std::vector<float> {1};
    QTest::newRow("two") << std::vector<float> {1, 2};
    QTest::newRow("all equal") << std::vector<float>(100, 1.0F);
    QTest::newRow("many ties") << std::vector<float> {1, 2, 1, 2, 3, 3, 1, 2, 3, 1, 2, 3, 9, 9, 9};
}

void TestSeriation::isAPermutation()
{
    QFETCH(std::vector<float>, positions);
    std::vector<int> order = seriationOrder(fromPositions(positions));
    std::sort(order.begin(), order.end());
    std::vector<int> expected(positions.size());
    std::iota(expected.begin(), expected.end(), 0);
    QCOMPARE(order, expected);
}

void TestSeriation::shuffledLineIsPutInOrder()
{
    const std::vector<float> positions {10, 1, 3, 50, 0, 12};
    std::vector<int> order = seriationOrder(fromPositions(positions));
    if (order.front() != 4)
        std::reverse(order.begin(), order.end());
    QCOMPARE(order, (std::vector<int> {4, 1, 2, 0, 5, 3}));
}

void TestSeriation::groupsBecomeBlocks()
{
    const std::vector<float> positions {0, 100, 200, 1, 101, 201, 2, 102, 202};
    const std::vector<int> order = seriationOrder(fromPositions(positions));
    for (std::size_t start = 0; start < 9; start += 3) {
        QCOMPARE(order[start] % 3, order[start + 1] % 3);
        QCOMPARE(order[start] % 3, order[start + 2] % 3);
    }
}

void TestSeriation::notANumberKeepsTheOrder()
{
    SquareMatrix matrix = fromPositions({3, 1, 2});
    matrix.values[1] = std::numeric_limits<float>::quiet_NaN();
    QCOMPARE(seriationOrder(matrix), (std::vector<int> {0, 1, 2}));
}

QTEST_GUILESS_MAIN(TestSeriation)
#include "tst_seriation.moc"
