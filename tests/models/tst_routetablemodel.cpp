// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/routetablemodel.h"

#include "models/cataloguemodel.h"
#include "scriptedprovider.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;
using namespace std::chrono_literals;
using Column = RouteTableModel::Column;

class TestRouteTableModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void routesWithoutAnEndpointHaveAFault();
    void anEmptyNameIsRefused();
    void namesAndChecksGoIntoTheTable();
    void onlyTheNameIsEdited();
    void aWrongRowHasNoId();
    void sharedRoutesAreNotSwapped();
    void droppedModelsAreSwappedIn();
    void rowsThatStayKeepTheirIndex();
    void replacingEverythingIsFollowed();
    void rowsOfOneIdAreOne();
    void countersAreShownSeldom();
    void unpricedAnswersAreSaid();
    void sharesArePercentages();
    void notesTellWhatARouteDoes();
    void amounts_data();
    void amounts();

private:
    [[nodiscard]] static Route route(const QString &name, const QString &model = QStringLiteral("m"))
    {
        return {.id = name, .name = name, .targets = {{.model = {QStringLiteral("e"), model}}}};
    }
    [[nodiscard]] QString text(int row, Column column) const { return m_model->index(row, column).data().toString(); }
    [[nodiscard]] QString fault(int row) const
    {
        return m_model->index(row, 0).data(RouteTableModel::FaultRole).toString();
    }

    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<RouteTable> m_routes;
    std::unique_ptr<RouteTableModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestRouteTableModel::init()
{
    QLocale::setDefault(QLocale::c());
    m_tester.reset();
    m_model.reset();
    m_connections = std::make_unique<Connections>(
        [](const Endpoint &endpoint) { return std::make_unique<ScriptedProvider>(endpoint); });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Lab")});
    m_routes = std::make_unique<RouteTable>();
    m_routes->setRoutes({route(QStringLiteral("a")), route(QStringLiteral("b")), route(QStringLiteral("c"))});
    m_model = std::make_unique<RouteTableModel>(*m_routes, *m_connections);
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
}

void TestRouteTableModel::routesWithoutAnEndpointHaveAFault()
{
    QCOMPARE(fault(0), QString());
    m_connections->remove(QStringLiteral("e"));
    QVERIFY(fault(0).contains(QStringLiteral("no longer there")));
    Route broken = route(QStringLiteral("a"));
    broken.targets.clear();
    m_routes->put(broken);
    QCOMPARE(fault(0), faultOf(broken));
    QCOMPARE(text(0, Column::ModelsColumn), QStringLiteral("nowhere"));
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Lab")});
    Route shadowed = route(QStringLiteral("b"));
    shadowed.shadow = ModelRef {QStringLiteral("gone"), QStringLiteral("m")};
    m_routes->put(shadowed);
    QVERIFY(fault(1).contains(QStringLiteral("shadow")));
}

void TestRouteTableModel::anEmptyNameIsRefused()
{
    const QModelIndex name = m_model->index(0, Column::NameColumn);
    QVERIFY(!m_model->setData(name, QStringLiteral("  "), Qt::EditRole));
    QCOMPARE(m_routes->routes().front().name, QStringLiteral("a"));
}

void TestRouteTableModel::namesAndChecksGoIntoTheTable()
{
    const QModelIndex name = m_model->index(1, Column::NameColumn);
    QVERIFY(m_model->setData(name, QStringLiteral(" gpt-* "), Qt::EditRole));
    QVERIFY(m_model->setData(name, Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(m_routes->byId(QStringLiteral("b"))->name, QStringLiteral("gpt-*"));
    QVERIFY(!m_routes->byId(QStringLiteral("b"))->isEnabled);
    QCOMPARE(text(1, Column::NameColumn), QStringLiteral("gpt-*"));
    QCOMPARE(name.data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
}

void TestRouteTableModel::onlyTheNameIsEdited()
{
    const QModelIndex models = m_model->index(0, Column::ModelsColumn);
    QVERIFY(!(m_model->flags(models) & Qt::ItemIsEditable));
    QVERIFY(!m_model->setData(models, QStringLiteral("x"), Qt::EditRole));
}

void TestRouteTableModel::aWrongRowHasNoId()
{
    QCOMPARE(m_model->idAt(-1), QString());
    QCOMPARE(m_model->idAt(3), QString());
    QCOMPARE(m_model->rowOf(QStringLiteral("x")), -1);
}

void TestRouteTableModel::sharedRoutesAreNotSwapped()
{
    const ModelRef other {QStringLiteral("e"), QStringLiteral("n")};
    Route shared = route(QStringLiteral("a"));
    shared.targets.push_back({.model = other});
    m_routes->put(shared);
    QVERIFY(!m_model->swapModel(QStringLiteral("a"), other));
    QVERIFY(!m_model->swapModel(QStringLiteral("gone"), other));
    QCOMPARE(m_routes->routes().front(), shared);
}

void TestRouteTableModel::droppedModelsAreSwappedIn()
{
    CatalogueModel catalogue(*m_connections);
    m_connections->addModel(QStringLiteral("e"), {.id = QStringLiteral("n")});
    const ModelRef other {QStringLiteral("e"), QStringLiteral("n")};
    const std::unique_ptr<QMimeData> data(catalogue.mimeData({catalogue.indexOf(other)}));
    QVERIFY(!m_model->dropMimeData(data.get(), Qt::CopyAction, 0, 0, {})); // between the rows
    QVERIFY(
        !m_model->canDropMimeData(std::make_unique<QMimeData>().get(), Qt::CopyAction, -1, -1, m_model->index(1, 0)));
    QVERIFY(m_model->dropMimeData(data.get(), Qt::CopyAction, -1, -1, m_model->index(1, Column::ModelsColumn)));
    QCOMPARE(m_routes->byId(QStringLiteral("b"))->targets.front().model, other);
}

void TestRouteTableModel::rowsThatStayKeepTheirIndex()
{
    const QPersistentModelIndex last(m_model->index(2, 0));
    m_routes->remove(QStringLiteral("a"));
    QCOMPARE(last.row(), 1);
    m_routes->move(1, 0);
    QCOMPARE(last.row(), 0);
    m_routes->put(route(QStringLiteral("d")));
    QCOMPARE(m_model->rowCount(), 3);
    QCOMPARE(m_model->idAt(last.row()), QStringLiteral("c"));
}

void TestRouteTableModel::replacingEverythingIsFollowed()
{
    const QPersistentModelIndex gone(m_model->index(0, 0));
    m_routes->setRoutes({route(QStringLiteral("x")), route(QStringLiteral("c")), route(QStringLiteral("b"))});
    QVERIFY(!gone.isValid());
    QCOMPARE(m_model->idAt(0), QStringLiteral("x"));
    QCOMPARE(m_model->idAt(1), QStringLiteral("c"));
    QCOMPARE(m_model->idAt(2), QStringLiteral("b"));
    m_routes->setRoutes({});
    QCOMPARE(m_model->rowCount(), 0);
}

void TestRouteTableModel::rowsOfOneIdAreOne()
{
    const Route twin = route(QStringLiteral("a"), QStringLiteral("n"));
    m_routes->setRoutes({twin, route(QStringLiteral("b")), twin, twin});
    QCOMPARE(m_model->rowCount(), 2);
    m_routes->remove(QStringLiteral("a"));
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->idAt(0), QStringLiteral("b"));
    m_routes->setRoutes({route(QStringLiteral("b")), twin});
    QCOMPARE(m_model->idAt(1), QStringLiteral("a"));
}

void TestRouteTableModel::countersAreShownSeldom()
{
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    for (int i = 0; i < 1000; ++i)
        m_routes->count(QStringLiteral("b"), [](RouteCounters &counters) { ++counters.requests; });
    QVERIFY(changed.isEmpty());
    QVERIFY(changed.wait());
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.front().front().toModelIndex().row(), 1);
    QCOMPARE(text(1, Column::RequestsColumn), QStringLiteral("1000"));
    // A route that is gone before its counters are shown is no harm.
    m_routes->count(QStringLiteral("b"), [](RouteCounters &counters) { ++counters.requests; });
    m_routes->count(QStringLiteral("c"), [](RouteCounters &counters) { ++counters.requests; });
    m_routes->remove(QStringLiteral("b"));
    changed.clear();
    QVERIFY(changed.wait());
    QCOMPARE(changed.size(), 1);
}

void TestRouteTableModel::unpricedAnswersAreSaid()
{
    QCOMPARE(text(0, Column::CostColumn), QString());
    m_routes->setCounters(QStringLiteral("a"), {.requests = 2, .unpriced = 2});
    QCOMPARE(text(0, Column::CostColumn), QStringLiteral("unpriced"));
    m_routes->setCounters(QStringLiteral("a"), {.requests = 3, .cost = 0.25, .unpriced = 2});
    QCOMPARE(text(0, Column::CostColumn), QStringLiteral("0.25 + unpriced"));
    m_routes->setCounters(QStringLiteral("a"),
        {.requests = 1,
            .running = 1,
            .failed = 4,
            .promptTokens = 12,
            .completionTokens = 1'234'567,
            .firstToken = 18ms});
    QCOMPARE(text(0, Column::CostColumn), QStringLiteral("0.00"));
    QCOMPARE(text(0, Column::RunningColumn), QStringLiteral("1"));
    QCOMPARE(text(0, Column::ErrorsColumn), QStringLiteral("4"));
    QCOMPARE(text(0, Column::FirstTokenColumn), QStringLiteral("18 ms"));
    QCOMPARE(text(0, Column::TokensColumn), QStringLiteral("12 / 1235 k"));
}

void TestRouteTableModel::sharesArePercentages()
{
    Route shared = route(QStringLiteral("a"));
    shared.targets.push_back({.model = {QStringLiteral("e"), QStringLiteral("n")}, .weight = 3});
    m_routes->put(shared);
    QCOMPARE(text(0, Column::ModelsColumn), QStringLiteral("25 % m — Lab, 75 % n — Lab"));
    shared.targets.clear();
    shared.tape = TapeMode::Replay;
    m_routes->put(shared);
    QCOMPARE(text(0, Column::ModelsColumn), QStringLiteral("recordings only"));
}

void TestRouteTableModel::notesTellWhatARouteDoes()
{
    QVERIFY(routeNotes(route(QStringLiteral("a")), {}).isEmpty());
    Route full = route(QStringLiteral("a"));
    full.adaptation = Adaptation::Strict;
    full.shadow = ModelRef {QStringLiteral("e"), QStringLiteral("n")};
    full.fallbacks = {{QStringLiteral("e"), QStringLiteral("n")}};
    full.tape = TapeMode::Record;
    full.systemPrompt = QStringLiteral("Be brief.");
    full.extras = {{QStringLiteral("top_k"), 5}};
    full.forwardedHeaders = {QStringLiteral("x-trace")};
    full.budget = 5;
    m_routes->put(full);
    m_routes->setCounters(QStringLiteral("a"), {.fallbacks = 2, .cost = 0.42});
    QCOMPARE(text(0, Column::NotesColumn),
        QStringLiteral(
            "strict · shadow · fallback used 2× · records · system prompt · extras · headers · budget 0.42 / 5.00"));
    QCOMPARE(m_model->index(0, 0).data(RouteTableModel::NotesRole).toStringList().size(), 8);
}

void TestRouteTableModel::amounts_data()
{
    QTest::addColumn<double>("amount");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << 0.0 << QStringLiteral("0.00");
    QTest::newRow("little") << 0.0021 << QStringLiteral("0.0021");
    QTest::newRow("some") << 0.42 << QStringLiteral("0.42");
    QTest::newRow("much") << 1234.5 << QStringLiteral("1234.50");
}

void TestRouteTableModel::amounts()
{
    QFETCH(double, amount);
    QFETCH(QString, text);
    QCOMPARE(amountText(amount), text);
}

QTEST_GUILESS_MAIN(TestRouteTableModel)
#include "tst_routetablemodel.moc"
