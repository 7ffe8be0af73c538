// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/changelogmodel.h"
#include "models/framesmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;
using namespace std::chrono_literals;

namespace {

void addFrame(Exchange &exchange, const QByteArray &bytes, std::chrono::microseconds at)
{
    exchange.frames.push_back({.at = at, .offset = exchange.responseBody.size(), .size = bytes.size()});
    exchange.responseBody += bytes;
}

} // namespace

class TestFramesModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void exchangeGoesAway();
    void bodyNotRecorded();
    void framesArriveInBatches();
    void rowsReadInPlace();
    void changesAreCounted();
};

void TestFramesModel::exchangeGoesAway()
{
    auto exchange = std::make_unique<Exchange>();
    addFrame(*exchange, "data: 1", 1ms);
    FramesModel model;
    QAbstractItemModelTester tester(&model);
    model.setSource([&exchange] { return exchange.get(); });
    QCOMPARE(model.rowCount(), 1);
    exchange.reset();
    QCOMPARE(model.index(0, 0).data(), QVariant());
    QCOMPARE(model.frameBytes(0), QByteArray());
    model.refresh();
    QCOMPARE(model.rowCount(), 0);
}

void TestFramesModel::bodyNotRecorded()
{
    Exchange exchange;
    exchange.frames.push_back({.at = 1ms, .offset = Exchange::maxRecordedBody + 10, .size = 20});
    FramesModel model;
    model.setSource([&exchange] { return &exchange; });
    QCOMPARE(model.frameBytes(0), QByteArray());
    QCOMPARE(model.frameBytes(-1), QByteArray());
    QCOMPARE(model.index(0, FramesModel::SizeColumn).data().toString(), QStringLiteral("20 B"));
}

void TestFramesModel::framesArriveInBatches()
{
    Exchange exchange;
    FramesModel model;
    QAbstractItemModelTester tester(&model);
    model.setSource([&exchange] { return &exchange; });
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    for (int i = 0; i < 1000; ++i)
        addFrame(exchange, "x", std::chrono::microseconds(i));
    model.refresh();
    model.refresh();
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.rowCount(), 1000);
    // A new attempt starts over.
    exchange = {};
    addFrame(exchange, "y", 1ms);
    model.refresh();
    QCOMPARE(model.rowCount(), 1);
}

void TestFramesModel::rowsReadInPlace()
{
    Exchange exchange;
    addFrame(exchange, "data: {\"a\":\n1}\n\n", 1500us);
    addFrame(exchange, "data: [DONE]\n\n", 3500us);
    FramesModel model;
    model.setSource([&exchange] { return &exchange; });
    QCOMPARE(model.index(0, FramesModel::TimeColumn).data().toString(), QStringLiteral("1.5 ms"));
    QCOMPARE(model.index(0, FramesModel::GapColumn).data().toString(), QString());
    QCOMPARE(model.index(1, FramesModel::GapColumn).data().toString(), QStringLiteral("2.0 ms"));
    QCOMPARE(model.index(0, FramesModel::TextColumn).data().toString(), QStringLiteral("data: {\"a\": 1}"));
    QCOMPARE(model.frameBytes(1), QByteArray("data: [DONE]\n\n"));
}

void TestFramesModel::changesAreCounted()
{
    ChangeLogModel model;
    QAbstractItemModelTester tester(&model);
    const ChangeLog changes {{Change::Kind::Sent, QStringLiteral("seed"), QStringLiteral("seed"), {}},
        {Change::Kind::Renamed, QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("why")},
        {Change::Kind::Dropped, QStringLiteral("n"), {}, QStringLiteral("no")},
        {Change::Kind::Added, {}, QStringLiteral("header x"), QStringLiteral("needed")}};
    model.setChanges(changes);
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.changedCount(), 3);
    const auto shown = [&model](int row) { return model.index(row, ChangeLogModel::ChangeColumn).data().toString(); };
    QCOMPARE(shown(0), QStringLiteral("seed"));
    QCOMPARE(shown(1), QStringLiteral("a → b"));
    QCOMPARE(shown(2), QStringLiteral("n"));
    QCOMPARE(shown(3), QStringLiteral("header x"));
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setChanges(changes);
    QCOMPARE(reset.size(), 0);
}

QTEST_GUILESS_MAIN(TestFramesModel)
#include "tst_framesmodel.moc"
