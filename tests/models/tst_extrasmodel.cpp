// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/bodydifferencemodel.h"
#include "models/extrasmodel.h"

#include <QAbstractItemModelTester>
#include <QJsonObject>
#include <QTest>

using namespace diptych;

class TestExtrasModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nullTakesInheritedAway();
    void nullOfThePaneUncoversTheEndpoint();
    void nullOfNothingIsSent();
    void laterLayersWin();
    void modeSaysWhatIsSent();
    void bodiesAreComparedMemberByMember();
    void refusedBodyDiffersInNothing();

private:
    static QStringList row(const QAbstractItemModel &model, int row)
    {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells.append(model.index(row, column).data().toString());
        return cells;
    }
    static QJsonObject one(const QJsonValue &value) { return {{QStringLiteral("k"), value}}; }
};

void TestExtrasModel::nullTakesInheritedAway()
{
    ExtrasModel model;
    QAbstractItemModelTester tester(&model);
    model.setLayers({.endpoint = one(1), .pane = one(QJsonValue::Null)});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(row(model, 0),
        (QStringList {QStringLiteral("k"), QStringLiteral("taken away"), QStringLiteral("pane over endpoint")}));
    QVERIFY(!model.index(0, 0).data(ExtrasModel::IsSentRole).toBool());
    QCOMPARE(model.effectiveCount(), 0);
}

void TestExtrasModel::nullOfThePaneUncoversTheEndpoint()
{
    // The pane takes the session's away; what the endpoint says counts again, as in the request.
    ExtrasModel model;
    model.setLayers({.endpoint = one(1), .session = one(2), .pane = one(QJsonValue::Null)});
    QCOMPARE(row(model, 0), (QStringList {QStringLiteral("k"), QStringLiteral("1"), QStringLiteral("endpoint")}));
}

void TestExtrasModel::nullOfNothingIsSent()
{
    ExtrasModel model;
    model.setLayers({.session = one(QJsonValue::Null)});
    QCOMPARE(row(model, 0), (QStringList {QStringLiteral("k"), QStringLiteral("null"), QStringLiteral("session")}));
}

void TestExtrasModel::laterLayersWin()
{
    ExtrasModel model;
    model.setLayers({.endpoint = one(1), .model = one(2), .session = one(3), .pane = {{QStringLiteral("a"), true}}});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(row(model, 0), (QStringList {QStringLiteral("a"), QStringLiteral("true"), QStringLiteral("pane")}));
    QCOMPARE(row(model, 1),
        (QStringList {QStringLiteral("k"), QStringLiteral("3"), QStringLiteral("session over endpoint, model")}));
    model.setLayers({});
    QCOMPARE(model.rowCount(), 0);
}

void TestExtrasModel::modeSaysWhatIsSent()
{
    ExtrasModel model;
    for (const ExtrasMode mode : {ExtrasMode::Error, ExtrasMode::Drop, ExtrasMode::PassThrough}) {
        model.setLayers({.session = one(1), .mode = mode});
        QCOMPARE(model.index(0, 0).data(ExtrasModel::IsSentRole).toBool(), mode == ExtrasMode::PassThrough);
    }
}

void TestExtrasModel::bodiesAreComparedMemberByMember()
{
    BodyDifferenceModel model;
    QAbstractItemModelTester tester(&model);
    const QStringList titles {QStringLiteral("x"), QStringLiteral("y")};
    model.setBodies(titles, {R"({"a":1,"o":{"p":[1],"q":1}})", R"({"a":1,"o":{"p":[2]}})"});
    QCOMPARE(model.differingCount(), 2);
    QCOMPARE(row(model, 0), (QStringList {QStringLiteral("o.p"), QStringLiteral("[1]"), QStringLiteral("[2]")}));
    QCOMPARE(row(model, 1), (QStringList {QStringLiteral("o.q"), QStringLiteral("1"), QStringLiteral("–")}));
    QCOMPARE(row(model, 2), (QStringList {QStringLiteral("a"), QStringLiteral("1"), QStringLiteral("1")}));
    QVERIFY(!model.index(2, 0).data(BodyDifferenceModel::DiffersRole).toBool());
}

void TestExtrasModel::refusedBodyDiffersInNothing()
{
    BodyDifferenceModel model;
    model.setBodies({QStringLiteral("x"), QStringLiteral("y")}, {QByteArray(), R"({"a":1})"});
    QCOMPARE(model.differingCount(), 0);
    QCOMPARE(row(model, 0), (QStringList {QStringLiteral("a"), QStringLiteral("nothing sent"), QStringLiteral("1")}));
}

QTEST_GUILESS_MAIN(TestExtrasModel)
#include "tst_extrasmodel.moc"
