// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "prices/pricedialog.h"

#include "models/pricesmodel.h"
#include "scriptedprovider.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace diptych;

class TestPriceDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void wrongRatesAreRefused_data();
    void wrongRatesAreRefused();
    void cancelChangesNothing();
    void rowsWithoutModelAreLeftOut();
    void newEntryForAModel();
    void knownEntryIsSelected();
    void placeIsChosen();
    void removing();

private:
    [[nodiscard]] QTableView *view(const PriceDialog &dialog) const { return dialog.findChild<QTableView *>(); }

    std::unique_ptr<Connections> m_connections;
    PriceTable m_prices;
    const Price m_known {.model = QStringLiteral("gpt-*"), .input = 2.0, .output = 8.0};
};

void TestPriceDialog::init()
{
    QLocale::setDefault(QLocale::c());
    m_prices.setPrices({m_known});
    m_connections = std::make_unique<Connections>(
        [](const Endpoint &endpoint) { return std::make_unique<ScriptedProvider>(endpoint); });
    m_connections->setDescriptors({{.name = QStringLiteral("openai"), .displayName = QStringLiteral("OpenAI")}});
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Lab")});
}

void TestPriceDialog::wrongRatesAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("word") << QStringLiteral("cheap") << false;
    QTest::newRow("negative") << QStringLiteral("-1") << false;
    QTest::newRow("not a number") << QStringLiteral("nan") << false;
    QTest::newRow("endless") << QStringLiteral("inf") << false;
    QTest::newRow("nothing: not known") << QString() << true;
    QTest::newRow("zero") << QStringLiteral("0") << true;
    QTest::newRow("number") << QStringLiteral(" 2.5 ") << true;
}

void TestPriceDialog::wrongRatesAreRefused()
{
    QFETCH(QString, text);
    QFETCH(bool, isTaken);
    PricesModel model({m_known}, *m_connections);
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.setData(model.index(0, PricesModel::Input), text, Qt::EditRole), isTaken);
    if (!isTaken)
        QCOMPARE(model.prices().front(), m_known);
}

void TestPriceDialog::cancelChangesNothing()
{
    PriceDialog dialog(m_prices, *m_connections);
    view(dialog)->model()->setData(view(dialog)->model()->index(0, PricesModel::Input), QStringLiteral("9"));
    dialog.reject();
    QCOMPARE(m_prices.prices().front(), m_known);
}

void TestPriceDialog::rowsWithoutModelAreLeftOut()
{
    PriceDialog dialog(m_prices, *m_connections);
    dialog.show();
    dialog.findChild<QToolButton *>(QStringLiteral("addButton"))->click();
    QCOMPARE(view(dialog)->model()->rowCount(), 2);
    dialog.accept();
    QCOMPARE(m_prices.prices(), std::vector<Price> {m_known});
}

void TestPriceDialog::newEntryForAModel()
{
    PriceDialog dialog(m_prices, *m_connections);
    dialog.show();
    dialog.showModel({QStringLiteral("e"), QStringLiteral("llama")});
    auto *editor = view(dialog)->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    QTest::keyClicks(editor, QStringLiteral("0.25"));
    dialog.accept(); // what is still being edited counts
    QCOMPARE(m_prices.prices().size(), std::size_t(2));
    const Price &price = m_prices.prices().back();
    QCOMPARE(price.endpointId, QStringLiteral("e"));
    QCOMPARE(price.model, QStringLiteral("llama"));
    QCOMPARE(price.input, 0.25);
    QCOMPARE(price.date, QDate::currentDate());
}

void TestPriceDialog::knownEntryIsSelected()
{
    PriceDialog dialog(m_prices, *m_connections);
    dialog.showModel({QStringLiteral("e"), QStringLiteral("GPT-4o")});
    QCOMPARE(view(dialog)->model()->rowCount(), 1);
    QCOMPARE(view(dialog)->currentIndex().row(), 0);
    dialog.showModel({QStringLiteral("gone"), QStringLiteral("x")});
    QCOMPARE(view(dialog)->model()->rowCount(), 1);
}

void TestPriceDialog::placeIsChosen()
{
    PriceDialog dialog(m_prices, *m_connections);
    dialog.show();
    const QModelIndex where = view(dialog)->model()->index(0, PricesModel::Where);
    QCOMPARE(where.data().toString(), QStringLiteral("anywhere"));
    view(dialog)->setCurrentIndex(where);
    view(dialog)->edit(where);
    auto *box = view(dialog)->viewport()->findChild<QComboBox *>();
    QVERIFY(box);
    QCOMPARE(box->count(), 3);
    box->setCurrentIndex(2);
    dialog.accept();
    QCOMPARE(m_prices.prices().front().endpointId, QStringLiteral("e"));
    // The endpoint goes, its price stays what it is.
    m_connections->remove(QStringLiteral("e"));
    PriceDialog later(m_prices, *m_connections);
    QCOMPARE(view(later)->model()->index(0, PricesModel::Where).data().toString(), QStringLiteral("removed endpoint"));
    later.accept();
    QCOMPARE(m_prices.prices().front().endpointId, QStringLiteral("e"));
}

void TestPriceDialog::removing()
{
    PriceDialog dialog(m_prices, *m_connections);
    dialog.show();
    auto *remove = dialog.findChild<QToolButton *>(QStringLiteral("removeButton"));
    QVERIFY(!remove->isEnabled());
    view(dialog)->setCurrentIndex(view(dialog)->model()->index(0, 0));
    remove->click();
    QVERIFY(dialog.findChild<QLabel *>(QStringLiteral("emptyLabel"))->isVisible());
    dialog.accept();
    QVERIFY(m_prices.prices().empty());
}

QTEST_MAIN(TestPriceDialog)
#include "tst_pricedialog.moc"
