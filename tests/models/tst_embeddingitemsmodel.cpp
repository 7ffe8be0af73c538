// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/embeddingitemsmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace diptych;

class TestEmbeddingItemsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linesBecomeItems_data();
    void linesBecomeItems();
    void neighboursAreListedInOrder();
    void neighboursOutsideAreLeftOut();
    void newItemsRemoveTheNeighbours();
};

void TestEmbeddingItemsModel::linesBecomeItems_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected"); // line:group:text
    QTest::newRow("nothing") << QString() << QStringList();
    QTest::newRow("blank lines are skipped")
        << QStringLiteral("\n  \na\n\n b \n") << QStringList {QStringLiteral("2::a"), QStringLiteral("4::b")};
    QTest::newRow("carriage returns are not part of an item")
        << QStringLiteral("a\r\nb\r\n") << QStringList {QStringLiteral("0::a"), QStringLiteral("1::b")};
    QTest::newRow("headings name groups") << QStringLiteral("a\n# One\nb\n# Two\nc\n#hashtag")
                                          << QStringList {QStringLiteral("0::a"), QStringLiteral("2:One:b"),
                                                 QStringLiteral("4:Two:c"), QStringLiteral("5:Two:#hashtag")};
}

void TestEmbeddingItemsModel::linesBecomeItems()
{
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    QStringList found;
    for (const EmbeddingItem &item : parseEmbeddingItems(text))
        found.append(QStringLiteral("%1:%2:%3").arg(item.line).arg(item.group, item.text));
    QCOMPARE(found, expected);
}

void TestEmbeddingItemsModel::neighboursAreListedInOrder()
{
    EmbeddingItemsModel model;
    QAbstractItemModelTester tester(&model);
    model.setItems(parseEmbeddingItems(QStringLiteral("# g\na\nb\nc")));
    QCOMPARE(model.rowCount(), 0);
    model.setNeighbours({{2, 0.9}, {0, 0.5}}, {0});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("c"));
    QCOMPARE(model.index(0).data(EmbeddingItemsModel::ScoreRole).toDouble(), 0.9);
    QCOMPARE(model.index(0).data(EmbeddingItemsModel::SharedRole).toBool(), false);
    QCOMPARE(model.index(1).data(EmbeddingItemsModel::SharedRole).toBool(), true);
    QCOMPARE(model.index(1).data(EmbeddingItemsModel::GroupRole).toString(), QStringLiteral("g"));
    QCOMPARE(model.itemAt(0), 2);
    QCOMPARE(model.itemAt(2), -1);
}

void TestEmbeddingItemsModel::neighboursOutsideAreLeftOut()
{
    EmbeddingItemsModel model;
    model.setItems(parseEmbeddingItems(QStringLiteral("a")));
    model.setNeighbours({{-1, 1}, {0, 0.5}, {1, 0.2}});
    QCOMPARE(model.rowCount(), 1);
}

void TestEmbeddingItemsModel::newItemsRemoveTheNeighbours()
{
    EmbeddingItemsModel model;
    model.setItems(parseEmbeddingItems(QStringLiteral("a\nb")));
    model.setNeighbours({{1, 0.5}});
    model.setItems(parseEmbeddingItems(QStringLiteral("a")));
    QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestEmbeddingItemsModel)
#include "tst_embeddingitemsmodel.moc"
