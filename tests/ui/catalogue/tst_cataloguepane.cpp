// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalogue/cataloguepane.h"

#include "api/capabilitybook.h"
#include "models/cataloguemodel.h"
#include "scriptedprovider.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <QTreeView>

using namespace diptych;

class TestCataloguePane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void nothingIsOfferedWithoutModels();
    void onlyWhatSomeModelHasIsOffered();
    void unknownDoesNotMatchButIsCounted();
    void chipsAndTextWorkTogether();
    void learntAbilitiesBringModelsBack();

private:
    void addModels();
    [[nodiscard]] QAbstractButton *chip(ModelTrait trait) const
    {
        return m_pane->findChild<QAbstractButton *>(QStringLiteral("trait-%1").arg(static_cast<int>(trait)));
    }
    [[nodiscard]] QLabel *undecided() const { return m_pane->findChild<QLabel *>(QStringLiteral("undecidedLabel")); }
    [[nodiscard]] QStringList shown() const;

    std::unique_ptr<Connections> m_connections;
    CapabilityBook m_book;
    PriceTable m_prices;
    std::unique_ptr<CatalogueModel> m_catalogue;
    std::unique_ptr<CataloguePane> m_pane;
};

void TestCataloguePane::init()
{
    m_book.load({});
    m_connections = std::make_unique<Connections>(
        [](const Endpoint &endpoint) { return std::make_unique<ScriptedProvider>(endpoint); });
    m_catalogue = std::make_unique<CatalogueModel>(*m_connections);
    m_catalogue->follow(m_book, m_prices);
    m_pane = std::make_unique<CataloguePane>(*m_catalogue);
    m_pane->resize(220, 600);
    m_pane->show();
}

void TestCataloguePane::cleanup()
{
    m_pane.reset();
    m_catalogue.reset();
}

void TestCataloguePane::addModels()
{
    const QString id = QStringLiteral("e");
    m_connections->add(
        {.id = id, .name = QStringLiteral("Lab"), .baseUrl = QUrl(QStringLiteral("https://example.com"))});
    ModelDescription chat {.id = QStringLiteral("chatty"), .type = ModelType::Chat};
    chat.facts.capabilities.insert(QStringLiteral("tools"), {.state = CapabilityState::State::Supported});
    m_connections->addModel(id, chat);
    m_connections->addModel(id, {.id = QStringLiteral("vectors"), .type = ModelType::TextEmbeddings});
    m_connections->addModel(id, {.id = QStringLiteral("quiet"), .type = ModelType::Chat});
    m_connections->addModel(id, {.id = QStringLiteral("mystery")});
    QTRY_VERIFY(!chip(ModelTrait::Chat)->isHidden());
}

QStringList TestCataloguePane::shown() const
{
    const auto *view = m_pane->findChild<QTreeView *>(QStringLiteral("modelView"));
    QStringList names;
    for (int row = 0; row < view->model()->rowCount(); ++row) {
        const QModelIndex endpoint = view->model()->index(row, 0);
        for (int child = 0; child < view->model()->rowCount(endpoint); ++child)
            names.append(view->model()->index(child, 0, endpoint).data().toString());
    }
    return names;
}

void TestCataloguePane::nothingIsOfferedWithoutModels()
{
    for (const ModelTrait trait : allModelTraits())
        QVERIFY(chip(trait)->isHidden());
    QVERIFY(undecided()->isHidden());
}

void TestCataloguePane::onlyWhatSomeModelHasIsOffered()
{
    addModels();
    ModelTraits offered;
    for (const ModelTrait trait : allModelTraits())
        offered.setFlag(trait, !chip(trait)->isHidden());
    QCOMPARE(offered, ModelTrait::Chat | ModelTrait::Embeddings | ModelTrait::Tools);
}

void TestCataloguePane::unknownDoesNotMatchButIsCounted()
{
    addModels();
    chip(ModelTrait::Tools)->click();
    QCOMPARE(shown(), QStringList(QStringLiteral("chatty")));
    QVERIFY(undecided()->isVisible());
    QVERIFY2(undecided()->text().contains(u'2'), qPrintable(undecided()->text())); // quiet, mystery; not vectors
    chip(ModelTrait::Embeddings)->click();
    QVERIFY(shown().isEmpty());
    QVERIFY(undecided()->isVisible()); // mystery may be anything
    chip(ModelTrait::Embeddings)->click();
    chip(ModelTrait::Tools)->click();
    QCOMPARE(shown().size(), 4);
    QVERIFY(undecided()->isHidden());
}

void TestCataloguePane::chipsAndTextWorkTogether()
{
    addModels();
    chip(ModelTrait::Chat)->click();
    auto *search = m_pane->findChild<QLineEdit *>(QStringLiteral("searchEdit"));
    search->setText(QStringLiteral("quiet"));
    QCOMPARE(shown(), QStringList(QStringLiteral("quiet")));
    QVERIFY(undecided()->isHidden()); // mystery does not match the text
    search->setText(QStringLiteral("lab"));
    QCOMPARE(shown().size(), 2);
}

void TestCataloguePane::learntAbilitiesBringModelsBack()
{
    addModels();
    chip(ModelTrait::Tools)->click();
    chip(ModelTrait::Chat)->click();
    m_book.note({QStringLiteral("e"), QStringLiteral("chatty")}, QStringLiteral("tools"),
        {.state = CapabilityState::State::Refused});
    QTRY_VERIFY(shown().isEmpty());
    QVERIFY(!chip(ModelTrait::Tools)->isHidden()); // chosen: can be taken back
    m_book.note({QStringLiteral("e"), QStringLiteral("quiet")}, QStringLiteral("tools"),
        {.state = CapabilityState::State::Supported});
    QTRY_COMPARE(shown(), QStringList(QStringLiteral("quiet")));
}

QTEST_MAIN(TestCataloguePane)
#include "tst_cataloguepane.moc"
