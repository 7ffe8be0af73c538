// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalogue/modelfilter.h"

#include "catalogue/modelpicker.h"
#include "models/cataloguemodel.h"
#include "scriptedprovider.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;

class TestModelFilter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void scores_data();
    void scores();
    void betterMatchWins();
    void typeAndSearchTogether();
    void pickerTakesTheBestMatchOnEnter();

private:
    static std::unique_ptr<Connections> connections();
};

std::unique_ptr<Connections> TestModelFilter::connections()
{
    auto all = std::make_unique<Connections>(
        [](const Endpoint &endpoint) { return std::make_unique<ScriptedProvider>(endpoint); });
    all->add({.id = QStringLiteral("one"), .name = QStringLiteral("Built-in")});
    all->add({.id = QStringLiteral("two"), .name = QStringLiteral("Foundry")});
    all->addModel(QStringLiteral("one"), {.id = QStringLiteral("guide"), .type = ModelType::Chat});
    all->addModel(QStringLiteral("one"), {.id = QStringLiteral("wordmap"), .type = ModelType::TextEmbeddings});
    all->addModel(QStringLiteral("two"), {.id = QStringLiteral("gpt-4o"), .type = ModelType::Chat});
    all->addModel(QStringLiteral("two"), {.id = QStringLiteral("mystery")});
    return all;
}

void TestModelFilter::scores_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<QString>("candidate");
    QTest::addColumn<bool>("matches");
    QTest::newRow("empty search matches") << QString() << QStringLiteral("guide") << true;
    QTest::newRow("letters in order") << QStringLiteral("gp4") << QStringLiteral("gpt-4o") << true;
    QTest::newRow("letters out of order") << QStringLiteral("4gp") << QStringLiteral("gpt-4o") << false;
    QTest::newRow("case does not matter") << QStringLiteral("GUI") << QStringLiteral("guide") << true;
    QTest::newRow("every word has to match")
        << QStringLiteral("guide nothing") << QStringLiteral("guide Built-in") << false;
    QTest::newRow("words in any order") << QStringLiteral("built guide") << QStringLiteral("guide Built-in") << true;
}

void TestModelFilter::scores()
{
    QFETCH(QString, search);
    QFETCH(QString, candidate);
    QFETCH(bool, matches);
    QCOMPARE(ModelFilter::score(search, candidate) > 0, matches);
}

void TestModelFilter::betterMatchWins()
{
    QVERIFY(ModelFilter::score(QStringLiteral("gui"), QStringLiteral("guide"))
        > ModelFilter::score(QStringLiteral("gui"), QStringLiteral("aggregated units index")));
}

void TestModelFilter::typeAndSearchTogether()
{
    const auto all = connections();
    CatalogueModel catalogue(*all);
    ModelFilter filter;
    filter.setSourceModel(&catalogue);
    filter.setType(ModelType::TextEmbeddings);
    QCOMPARE(filter.rowCount(), 2);
    QCOMPARE(filter.rowCount(filter.index(0, 0)), 1); // wordmap
    QCOMPARE(filter.rowCount(filter.index(1, 0)), 1); // mystery: its type is not known
    filter.setSearch(QStringLiteral("wordmap"));
    QCOMPARE(filter.rowCount(), 1);
    filter.setType({});
    filter.setSearch(QStringLiteral("zzz"));
    QCOMPARE(filter.rowCount(), 0);
}

void TestModelFilter::pickerTakesTheBestMatchOnEnter()
{
    const auto all = connections();
    CatalogueModel catalogue(*all);
    QWidget window;
    ModelPicker picker(catalogue, &window);
    QSignalSpy chosen(&picker, &ModelPicker::modelChosen);
    window.show();
    picker.popup(&window, {});
    auto *edit = picker.findChild<QLineEdit *>(QStringLiteral("modelSearch"));
    QTest::keyClicks(edit, QStringLiteral("gp4"));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.front().front().value<ModelRef>(), (ModelRef {QStringLiteral("two"), QStringLiteral("gpt-4o")}));
    QVERIFY(picker.isHidden());
    picker.popup(&window, {});
    QTest::keyClicks(edit, QStringLiteral("zzz"));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1); // nothing matches, nothing is chosen
}

QTEST_MAIN(TestModelFilter)
#include "tst_modelfilter.moc"
