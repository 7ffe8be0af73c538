// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/agreement.h"
#include "analysis/neighbours.h"
#include "analysis/similarity.h"

#include <QTest>

#include <limits>

using namespace diptych;

/// Vectors, similarities, neighbours and the agreement of two models.
class TestNeighbours : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void vectorWithoutLengthIsSimilarToNothing();
    void dotUsesEveryValue_data();
    void dotUsesEveryValue();
    void similarityIsTheCosineOfEveryPair();
    void notFiniteIsSeen();
    void nearestLeavesOutTheItemAndNotANumber();
    void equalScoresKeepTheirOrder();
    void queryOfAnotherWidthHasNoNeighbours();
    void nearestToAllAgreesWithNearest();
    void stoppedReturnsNothing();
    void agreementOfAModelWithItself();
    void agreementByHand();
    void agreementRefusesWhatCannotBeCompared();
    void rankShiftsPutTheLargestFirst();
};

static const std::vector<float> fan {1, 0, 1, 1, 0, 2, -3, 0}; // 0°, 45°, 90°, 180°

void TestNeighbours::vectorWithoutLengthIsSimilarToNothing()
{
    const std::vector<float> zero(3);
    const std::vector<float> one {1, 2, 3};
    QCOMPARE(cosine(zero, one), 0.0);
    QCOMPARE(normalised({zero, 3}), zero);
}

void TestNeighbours::dotUsesEveryValue_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 15, 16, 17, 33, 1536})
        QTest::addRow("%d values", size) << size;
}

void TestNeighbours::dotUsesEveryValue()
{
    QFETCH(int, size);
    std::vector<float> left;
    for (int i = 0; i < size; ++i)
        left.push_back(static_cast<float>(i % 7));
    const std::vector<float> right(left.size(), 2.0F);
    double expected = 0;
    for (int i = 0; i < size; ++i)
        expected += 2 * (i % 7);
    QCOMPARE(dot(left, right), expected);
}

void TestNeighbours::similarityIsTheCosineOfEveryPair()
{
    const SquareMatrix matrix = cosineSimilarity({fan, 2});
    QCOMPARE(matrix.size, 4);
    QCOMPARE(matrix.at(0, 0), 1.0F);
    QCOMPARE(matrix.at(0, 1), 0.70710678F);
    QCOMPARE(matrix.at(1, 0), matrix.at(0, 1));
    QVERIFY(qAbs(matrix.at(0, 2)) < 1e-6F);
    QCOMPARE(matrix.at(0, 3), -1.0F);
    const std::vector<int> order {3, 0};
    QCOMPARE(reordered(matrix, order).values, (std::vector<float> {1, -1, -1, 1}));
}

void TestNeighbours::notFiniteIsSeen()
{
    QVERIFY(isFinite(fan));
    QVERIFY(!isFinite(std::vector<float> {0, std::numeric_limits<float>::infinity()}));
    QVERIFY(!isFinite(std::vector<float> {std::numeric_limits<float>::quiet_NaN()}));
}

void TestNeighbours::nearestLeavesOutTheItemAndNotANumber()
{
    std::vector<float> rows = fan;
    rows[4] = std::numeric_limits<float>::quiet_NaN();
    const auto found = nearest({rows, 2}, std::vector<float> {1, 0}, 10, 0);
    QCOMPARE(found.size(), 2U);
    QCOMPARE(found[0].index, 1);
    QCOMPARE(found[1], (Neighbour {3, -1.0}));
}

void TestNeighbours::equalScoresKeepTheirOrder()
{
    const std::vector<float> rows {0, 1, 2, 0, 1, 0, 5, 0};
    const auto found = nearest({rows, 2}, std::vector<float> {1, 0}, 2);
    QCOMPARE(found, (std::vector<Neighbour> {{1, 1.0}, {2, 1.0}}));
}

void TestNeighbours::queryOfAnotherWidthHasNoNeighbours()
{
    QVERIFY(nearest({fan, 2}, std::vector<float> {1, 0, 0}, 3).empty());
    QVERIFY(nearest({fan, 2}, std::vector<float> {1, 0}, 0).empty());
}

void TestNeighbours::nearestToAllAgreesWithNearest()
{
    const auto all = nearestToAll({fan, 2}, 2);
    QCOMPARE(all.size(), 4U);
    for (int item = 0; item < 4; ++item) {
        const auto alone = nearest({fan, 2}, RowsView {fan, 2}.row(item), 2, item);
        for (std::size_t place = 0; place < 2; ++place)
            QCOMPARE(all[static_cast<std::size_t>(item)][place].index, alone[place].index);
    }
}

void TestNeighbours::stoppedReturnsNothing()
{
    std::stop_source source;
    source.request_stop();
    QVERIFY(nearestToAll({fan, 2}, 2, source.get_token()).empty());
    QCOMPARE(cosineSimilarity({fan, 2}, source.get_token()).size, 0);
    QVERIFY(!neighbourAgreement({fan, 2}, {fan, 2}, 1, source.get_token()));
}

void TestNeighbours::agreementOfAModelWithItself()
{
    const auto agreement = neighbourAgreement({fan, 2}, {fan, 2}, 2);
    QVERIFY(agreement);
    QCOMPARE(agreement->mean, 1.0);
    QCOMPARE(agreement->chance, 2.0 / 3);
}

void TestNeighbours::agreementByHand()
{
    // First model: pairs (0,1) and (2,3) are close. Second: (0,1) close, but 2 and 3 are each closest to 0 or 1.
    const std::vector<float> first {1, 0, 1, 0.1F, 0, 1, 0.1F, 1};
    const std::vector<float> second {1, 0, 0, 1, 0, 0, 1, 0.1F, 0, 0, 1, 0, 0.8F, 0, 0.8F, 0};
    const auto agreement = neighbourAgreement({first, 2}, {second, 4}, 1);
    QVERIFY(agreement);
    // Second: 0 = (1,0,0,1), 1 = (0,0,1,0.1), 2 = (0,0,1,0), 3 = (0.8,0,0.8,0): nearest of 0 is 3, of 1 is 2, of 2 is
    // 1, of 3 is 2 (0.71), as in the first model for item 3 alone.
    QCOMPARE(agreement->overlap, (std::vector<double> {0, 0, 0, 1}));
    QCOMPARE(agreement->mean, 0.25);
    QCOMPARE(agreement->chance, 1.0 / 3);
}

void TestNeighbours::agreementRefusesWhatCannotBeCompared()
{
    const std::vector<float> three {1, 0, 0, 1, 1, 1};
    QVERIFY(!neighbourAgreement({fan, 2}, {three, 2}, 1));
    QVERIFY(!neighbourAgreement({fan, 2}, {fan, 2}, 0));
    QVERIFY(!neighbourAgreement({}, {}, 1));
    QCOMPARE(neighbourAgreement({fan, 2}, {fan, 2}, 50)->k, 3);
}

void TestNeighbours::rankShiftsPutTheLargestFirst()
{
    const std::vector<float> first {1, 0, 1, 0.1F, 1, 0.5F, 1, 2};
    const std::vector<float> second {1, 0, 1, 3, 1, 0.5F, 1, 0.6F};
    const auto shifts = rankShifts({first, 2}, {second, 2}, 0);
    QCOMPARE(shifts, (std::vector<RankShift> {{1, 1, 3}, {2, 2, 1}, {3, 3, 2}}));
    QVERIFY(rankShifts({first, 2}, {second, 2}, 9).empty());
}

QTEST_GUILESS_MAIN(TestNeighbours)
#include "tst_neighbours.moc"
