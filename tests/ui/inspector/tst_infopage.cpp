// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/infopage.h"

#include "api/capabilitybook.h"
#include "inspector/probedialog.h"
#include "scriptedprovider.h"
#include "widgets/banner.h"
#include "widgets/elidedlabel.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace diptych;

class TestInfoPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_page.reset(); }
    void nothingKnown();
    void failedAnswerKeepsTheList();
    void factsPriceAndAbilities();
    void priceFollowsTheTable();
    void rowsOfTheLastModelGo();
    void planIsConfirmedFirst();
    void probeEndsWithItsEndpoint();
    void rateLimitIsSaid();
    void forgetting();

private:
    template <typename T>
    [[nodiscard]] T *child(const char *name) const
    {
        return m_page->findChild<T *>(QLatin1String(name));
    }
    [[nodiscard]] QStringList texts() const;
    [[nodiscard]] ProbeDialog *openPlan() const;

    ScriptedProvider *m_provider = nullptr;
    CapabilityBook m_book;
    PriceTable m_prices;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<InfoPage> m_page;
    const ModelRef m_model {QStringLiteral("e"), QStringLiteral("m")};
};

void TestInfoPage::init()
{
    m_book.load({});
    m_prices.setPrices({});
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .baseUrl = QUrl(QStringLiteral("https://example.com/v1"))});
    m_page = std::make_unique<InfoPage>(*m_connections, m_book, m_prices);
    m_page->resize(320, 700);
    m_page->show();
}

QStringList TestInfoPage::texts() const
{
    QStringList all;
    for (const ElidedLabel *label : m_page->findChildren<ElidedLabel *>())
        all.append(label->text());
    return all;
}

ProbeDialog *TestInfoPage::openPlan() const
{
    child<QToolButton>("probeButton")->click();
    return m_page->findChild<ProbeDialog *>();
}

void TestInfoPage::nothingKnown()
{
    QVERIFY(child<QLabel>("stateLabel")->isVisible());
    QVERIFY(!child<QToolButton>("probeButton")->isEnabled());
    m_page->showModel(m_model);
    QVERIFY(child<QLabel>("emptyLabel")->isVisible());
    QCOMPARE(child<ElidedLabel>("priceLabel")->text(), QStringLiteral("not known"));
    QVERIFY(!child<ElidedLabel>("priceSourceLabel")->isVisible());
}

void TestInfoPage::failedAnswerKeepsTheList()
{
    m_connections->addModel(
        QStringLiteral("e"), {.id = QStringLiteral("m"), .facts = {.quantization = QStringLiteral("Q4_0")}});
    m_provider->infoError = Error {.kind = Error::Kind::NotFound, .httpStatus = 404, .message = QStringLiteral("no")};
    m_page->showModel(m_model);
    QTRY_VERIFY(m_page->findChild<Banner *>()->isVisible());
    QVERIFY(texts().contains(QStringLiteral("Q4_0")));
}

void TestInfoPage::factsPriceAndAbilities()
{
    m_provider->modelInfo = {.name = QStringLiteral("m"), .contextLength = 8192, .facts = {.maxOutputTokens = 4096}};
    m_provider->modelInfo.facts.capabilities.insert(QStringLiteral("tools"),
        {.state = CapabilityState::State::Supported, .evidence = QStringLiteral("capabilities.tools")});
    m_connections->addModel(
        QStringLiteral("e"), {.id = QStringLiteral("m"), .facts = {.parameterSize = QStringLiteral("3.2B")}});
    m_prices.setPrices({{.model = QStringLiteral("m"),
        .input = 0.5,
        .output = 1.25,
        .source = QStringLiteral("price list"),
        .date = QDate(2026, 2, 3)}});
    m_page->showModel(m_model);
    QTRY_VERIFY(texts().contains(QStringLiteral("4,096 tokens")));
    QVERIFY(texts().contains(QStringLiteral("3.2B")));
    QCOMPARE(child<ElidedLabel>("priceLabel")->text(), QStringLiteral("$0.50 in · $1.25 out per million tokens"));
    QVERIFY(child<ElidedLabel>("priceSourceLabel")->text().startsWith(QStringLiteral("price list, ")));
    QCOMPARE(child<QListView>("list")->model()->rowCount(), 1);
    QVERIFY(!child<QToolButton>("forgetButton")->isVisible()); // what is declared is not ours to forget
}

void TestInfoPage::priceFollowsTheTable()
{
    m_page->showModel(m_model);
    m_prices.setPrices({{.model = QStringLiteral("*"), .input = 0.0, .output = 0.0}});
    QCOMPARE(child<ElidedLabel>("priceLabel")->text(), QStringLiteral("free"));
    QSignalSpy requested(m_page.get(), &InfoPage::pricesRequested);
    child<QToolButton>("priceButton")->click();
    QCOMPARE(requested.front().front().value<ModelRef>(), m_model);
}

void TestInfoPage::rowsOfTheLastModelGo()
{
    m_connections->addModel(
        QStringLiteral("e"), {.id = QStringLiteral("m"), .facts = {.family = QStringLiteral("llama")}});
    m_page->showModel(m_model);
    QVERIFY(texts().contains(QStringLiteral("llama")));
    m_page->showModel({QStringLiteral("e"), QStringLiteral("other")});
    QVERIFY(!texts().contains(QStringLiteral("llama")));
}

void TestInfoPage::planIsConfirmedFirst()
{
    m_page->showModel(m_model);
    ProbeDialog *plan = openPlan();
    QVERIFY(plan);
    QPushButton *ask = plan->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    QVERIFY(plan->findChild<QLabel *>(QStringLiteral("totalsLabel"))->text().contains(QStringLiteral("not known")));
    plan->findChild<QPushButton *>(QStringLiteral("noneButton"))->click();
    QVERIFY(!ask->isEnabled());
    QAbstractItemModel *questions = plan->findChild<QTreeView *>()->model();
    questions->setData(questions->index(1, 0), Qt::Checked, Qt::CheckStateRole); // chat
    QVERIFY(ask->isEnabled());
    QVERIFY(m_provider->chats.empty());
    QSignalSpy started(m_page.get(), &InfoPage::replyStarted);
    ask->click();
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(1));
    QCOMPARE(started.size(), 1);
    QVERIFY(child<QWidget>("progress")->isVisible());
    m_provider->chats.front()->text(QStringLiteral("hello"));
    m_provider->chats.front()->finishWith();
    QTRY_VERIFY(!child<QWidget>("progress")->isVisible());
    QCOMPARE(m_book.capabilities(m_model).value(QStringLiteral("chat")).state, CapabilityState::State::Supported);
    QCOMPARE(child<QListView>("list")->model()->rowCount(), 1);
}

void TestInfoPage::probeEndsWithItsEndpoint()
{
    m_page->showModel(m_model);
    openPlan()->accept();
    QTRY_VERIFY(!m_provider->chats.empty());
    m_connections->remove(QStringLiteral("e"));
    QVERIFY(!child<QWidget>("progress")->isVisible());
}

void TestInfoPage::rateLimitIsSaid()
{
    m_page->showModel(m_model);
    openPlan()->accept();
    QTRY_VERIFY(!m_provider->chats.empty());
    m_provider->chats.front()->failWith(
        {.kind = Error::Kind::RateLimited, .httpStatus = 429, .message = QStringLiteral("slow down")});
    QTRY_VERIFY(!child<QWidget>("progress")->isVisible());
    const auto banners = m_page->findChildren<Banner *>();
    QVERIFY(std::any_of(banners.begin(), banners.end(),
        [](const Banner *banner) { return banner->isVisible() && banner->text() == QStringLiteral("slow down"); }));
}

void TestInfoPage::forgetting()
{
    m_page->showModel(m_model);
    const CapabilityState refused {.state = CapabilityState::State::Refused, .source = CapabilityState::Source::Seen};
    m_book.note(m_model, QStringLiteral("seed"), refused);
    m_book.note(m_model, QStringLiteral("stop"), refused);
    auto *list = child<QListView>("list");
    QCOMPARE(list->model()->rowCount(), 2);
    list->setCurrentIndex(list->model()->index(0, 0));
    const auto *menu = child<QToolButton>("forgetButton")->menu();
    menu->findChild<QAction *>(QStringLiteral("forgetAction"))->trigger();
    QCOMPARE(m_book.capabilities(m_model).size(), 1);
    menu->findChild<QAction *>(QStringLiteral("forgetAllAction"))->trigger();
    QVERIFY(m_book.entries().empty());
    QVERIFY(child<QLabel>("emptyLabel")->isVisible());
}

QTEST_MAIN(TestInfoPage)
#include "tst_infopage.moc"
