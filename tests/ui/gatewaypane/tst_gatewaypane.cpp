// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewaypane/gatewaypane.h"

#include "catalogue/modelpicker.h"
#include "gatewaypane/routedialog.h"
#include "models/cataloguemodel.h"
#include "models/routetablemodel.h"
#include "scriptedprovider.h"
#include "widgets/banner.h"
#include "widgets/elidedlabel.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

using namespace diptych;

class TestGatewayPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aTakenPortSaysWhatToDo();
    void otherFaultsAreSaidAsTheyAre();
    void otherMachinesComeInOnlyAfterAQuestion();
    void theKeyIsShownOnlyWhenAsked();
    void aNewKeyIsAskedFor();
    void startAndStopAreWished();
    void anotherPortIsWished();
    void theEmptyPageMakesADefaultRoute();
    void withoutBuiltInModelsADialogOpens();
    void modelsAreSwappedInTheTable();
    void sharedRoutesOpenTheDialog();
    void routesAreAddedByTheDialog();
    void routesAreDuplicatedMovedAndRemoved();
    void snippetsFollowTheRoute();
    void shadowsAreHandedOn();
    void recordingsAreListed();
    void refusedRequestsAreSaid();
    void narrowTablesShowWhatMattersMost();
    void everythingHasAName();

private:
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return m_pane->findChild<Widget *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QTableView *table() const { return child<QTableView>("routesView"); }
    [[nodiscard]] static ModelRef ref(const char *model)
    {
        return {QStringLiteral("builtin"), QString::fromLatin1(model)};
    }
    void addRoutes() const
    {
        m_routes->setRoutes(
            {{.id = QStringLiteral("a"), .name = QStringLiteral("gpt-4o"), .targets = {{.model = ref("guide")}}},
                {.id = QStringLiteral("b"),
                    .name = QStringLiteral("gpt-*"),
                    .targets = {{.model = ref("guide")}, {.model = ref("brief")}}}});
    }
    [[nodiscard]] const Route &route(std::size_t row) const { return m_routes->routes().at(row); }
    static GatewayState running()
    {
        return {.isRunning = true,
            .baseUrl = QUrl(QStringLiteral("http://127.0.0.1:8089")),
            .key = Secret("0123456789abcdef")};
    }

    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<CatalogueModel> m_catalogue;
    std::unique_ptr<RouteTable> m_routes;
    std::unique_ptr<ShadowLog> m_shadows;
    std::unique_ptr<GatewayPane> m_pane;
};

void TestGatewayPane::init()
{
    QLocale::setDefault(QLocale::c());
    m_connections = std::make_unique<Connections>(
        [](const Endpoint &endpoint) { return std::make_unique<ScriptedProvider>(endpoint); });
    m_connections->add(
        {.id = QStringLiteral("builtin"), .name = QStringLiteral("Built-in"), .kind = Endpoint::Kind::BuiltIn});
    m_connections->addModel(QStringLiteral("builtin"), {.id = QStringLiteral("guide"), .type = ModelType::Chat});
    m_connections->addModel(QStringLiteral("builtin"), {.id = QStringLiteral("brief"), .type = ModelType::Chat});
    m_catalogue = std::make_unique<CatalogueModel>(*m_connections);
    m_routes = std::make_unique<RouteTable>();
    m_shadows = std::make_unique<ShadowLog>();
    m_pane = std::make_unique<GatewayPane>(GatewayPane::Services {
        .routes = *m_routes, .shadows = *m_shadows, .connections = *m_connections, .catalogue = *m_catalogue});
    m_pane->resize(800, 640);
    m_pane->show();
}

void TestGatewayPane::cleanup()
{
    m_pane.reset();
    m_catalogue.reset();
}

void TestGatewayPane::aTakenPortSaysWhatToDo()
{
    QSignalSpy options(m_pane.get(), &GatewayPane::optionsChanged);
    QSignalSpy start(m_pane.get(), &GatewayPane::startRequested);
    m_pane->setConfig({.port = 8089});
    m_pane->setState({.error = QStringLiteral("address in use"), .isPortTaken = true});
    auto *banner = child<Banner>("banner");
    QVERIFY(banner->isVisible());
    QVERIFY(banner->title().contains(QStringLiteral("8089")));
    QVERIFY(banner->text().contains(QStringLiteral("another port")));
    child<QPushButton>("action-nextPort")->click();
    QCOMPARE(options.size(), 1);
    QCOMPARE(options.front().front().value<GatewayConfig>().port, quint16(8090));
    QCOMPARE(start.size(), 1);
    m_pane->setState(running());
    QVERIFY(!banner->isVisible());
}

void TestGatewayPane::otherFaultsAreSaidAsTheyAre()
{
    m_pane->setState({.error = QStringLiteral("no permission")});
    QVERIFY(child<Banner>("banner")->text().contains(QStringLiteral("no permission")));
    QVERIFY(!child<QPushButton>("action-nextPort"));
    QSignalSpy start(m_pane.get(), &GatewayPane::startRequested);
    child<QPushButton>("action-again")->click();
    QCOMPARE(start.size(), 1);
}

void TestGatewayPane::otherMachinesComeInOnlyAfterAQuestion()
{
    QSignalSpy options(m_pane.get(), &GatewayPane::optionsChanged);
    auto *action = child<QAction>("othersAction");
    action->trigger();
    auto *question = child<QMessageBox>("othersQuestion");
    QVERIFY(question && question->isVisible());
    QVERIFY(!action->isChecked());
    QVERIFY(question->informativeText().contains(QStringLiteral("unencrypted")));
    question->defaultButton()->click(); // Return
    QVERIFY(options.isEmpty());
    action->trigger();
    m_pane->findChildren<QMessageBox *>(QStringLiteral("othersQuestion"))
        .back()
        ->findChild<QPushButton *>(QStringLiteral("confirmOthersButton"))
        ->click();
    QCOMPARE(options.size(), 1);
    GatewayConfig config = options.front().front().value<GatewayConfig>();
    QVERIFY(config.allowsOtherMachines);
    QCOMPARE(config.address, QStringLiteral("0.0.0.0"));
    m_pane->setConfig(config);
    QVERIFY(child<QLabel>("reachLabel")->isVisible());
    action->trigger(); // back without a question
    config = options.back().front().value<GatewayConfig>();
    QVERIFY(!config.allowsOtherMachines);
    QCOMPARE(config.address, QStringLiteral("127.0.0.1"));
}

void TestGatewayPane::theKeyIsShownOnlyWhenAsked()
{
    auto *edit = child<QLineEdit>("keyEdit");
    auto *reveal = child<QToolButton>("revealButton");
    QVERIFY(!reveal->isEnabled()); // there is none yet
    m_pane->setState(running());
    QVERIFY(!edit->text().contains(QStringLiteral("0123")));
    for (const QPlainTextEdit *text : m_pane->findChildren<QPlainTextEdit *>())
        QVERIFY(!text->toPlainText().contains(QStringLiteral("0123456789abcdef")));
    child<QToolButton>("copyKeyButton")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("0123456789abcdef"));
    reveal->click();
    QCOMPARE(edit->text(), QStringLiteral("0123456789abcdef"));
    reveal->click();
    QVERIFY(!edit->text().contains(QStringLiteral("0123")));
}

void TestGatewayPane::aNewKeyIsAskedFor()
{
    QSignalSpy renewal(m_pane.get(), &GatewayPane::keyRenewalRequested);
    m_pane->setState(running());
    child<QToolButton>("newKeyButton")->click();
    QVERIFY(renewal.isEmpty());
    child<QPushButton>("confirmKeyButton")->click();
    QCOMPARE(renewal.size(), 1);
}

void TestGatewayPane::startAndStopAreWished()
{
    QSignalSpy start(m_pane.get(), &GatewayPane::startRequested);
    QSignalSpy stop(m_pane.get(), &GatewayPane::stopRequested);
    auto *button = child<QPushButton>("switchButton");
    QCOMPARE(button->text(), QStringLiteral("Start"));
    button->click();
    QCOMPARE(start.size(), 1);
    m_pane->setState(running());
    QCOMPARE(button->text(), QStringLiteral("Stop"));
    QVERIFY(child<ElidedLabel>("stateLabel")->text().contains(QStringLiteral("127.0.0.1:8089")));
    QCOMPARE(child<QLineEdit>("openAiEdit")->text(), QStringLiteral("http://127.0.0.1:8089/v1"));
    QCOMPARE(child<QLineEdit>("rootEdit")->text(), QStringLiteral("http://127.0.0.1:8089"));
    child<QToolButton>("copyOpenAiButton")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("http://127.0.0.1:8089/v1"));
    button->click();
    QCOMPARE(stop.size(), 1);
}

void TestGatewayPane::anotherPortIsWished()
{
    QSignalSpy options(m_pane.get(), &GatewayPane::optionsChanged);
    auto *box = child<QSpinBox>("portBox");
    QCOMPARE(box->value(), 8089);
    Q_EMIT box->editingFinished(); // left as it is
    QVERIFY(options.isEmpty());
    box->setValue(9000);
    Q_EMIT box->editingFinished();
    QCOMPARE(options.front().front().value<GatewayConfig>().port, quint16(9000));
}

void TestGatewayPane::theEmptyPageMakesADefaultRoute()
{
    auto *stack = child<QStackedWidget>("routesStack");
    QCOMPARE(stack->currentWidget()->objectName(), QStringLiteral("emptyPage"));
    child<QPushButton>("defaultRouteButton")->click();
    QCOMPARE(stack->currentWidget()->objectName(), QStringLiteral("tablePage"));
    QCOMPARE(route(0).name, QStringLiteral("*"));
    QCOMPARE(route(0).targets, (std::vector<RouteTarget> {{.model = ref("guide")}}));
    QVERIFY(!route(0).id.isEmpty());
    QCOMPARE(table()->currentIndex().row(), 0);
}

void TestGatewayPane::withoutBuiltInModelsADialogOpens()
{
    m_connections->remove(QStringLiteral("builtin"));
    child<QPushButton>("defaultRouteButton")->click();
    QVERIFY(m_routes->routes().empty());
    QVERIFY(m_pane->findChild<RouteDialog *>());
}

void TestGatewayPane::modelsAreSwappedInTheTable()
{
    addRoutes();
    table()->setCurrentIndex(table()->model()->index(0, RouteTableModel::ModelsColumn));
    QTest::keyClick(table(), Qt::Key_Return);
    auto *picker = child<ModelPicker>("modelPicker");
    QVERIFY(picker->isVisible());
    Q_EMIT picker->modelChosen(ref("brief"));
    QCOMPARE(route(0).targets, (std::vector<RouteTarget> {{.model = ref("brief")}}));
    QCOMPARE(route(0).name, QStringLiteral("gpt-4o"));
}

void TestGatewayPane::sharedRoutesOpenTheDialog()
{
    addRoutes();
    table()->setCurrentIndex(table()->model()->index(1, RouteTableModel::ModelsColumn));
    QVERIFY(!child<QToolButton>("swapButton")->isEnabled());
    QTest::keyClick(table(), Qt::Key_Return);
    QVERIFY(!child<ModelPicker>("modelPicker")->isVisible());
    auto *dialog = m_pane->findChild<RouteDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->route(), route(1));
}

void TestGatewayPane::routesAreAddedByTheDialog()
{
    addRoutes();
    child<QToolButton>("addButton")->click();
    auto *dialog = m_pane->findChild<RouteDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    Route made = dialog->route();
    made.name = QStringLiteral("new");
    made.targets = {{.model = ref("guide")}};
    dialog->setRoute(made, {});
    dialog->accept();
    QCOMPARE(m_routes->routes().size(), std::size_t(3));
    QCOMPARE(route(2).name, QStringLiteral("new"));
    QCOMPARE(table()->currentIndex().row(), 2);
}

void TestGatewayPane::routesAreDuplicatedMovedAndRemoved()
{
    addRoutes();
    table()->setCurrentIndex(table()->model()->index(0, 0));
    child<QToolButton>("duplicateButton")->click();
    QCOMPARE(route(2).name, QStringLiteral("gpt-4o-2"));
    QVERIFY(route(2).id != route(0).id);
    QVERIFY(!child<QToolButton>("downButton")->isEnabled());
    child<QToolButton>("upButton")->click();
    QCOMPARE(route(1).name, QStringLiteral("gpt-4o-2"));
    QCOMPARE(table()->currentIndex().row(), 1); // the same route is current
    child<QToolButton>("removeButton")->click();
    QCOMPARE(m_routes->routes().size(), std::size_t(3));
    child<QPushButton>("confirmRemoveRouteButton")->click();
    QCOMPARE(m_routes->routes().size(), std::size_t(2));
    QCOMPARE(route(1).name, QStringLiteral("gpt-*"));
}

void TestGatewayPane::snippetsFollowTheRoute()
{
    m_pane->setState(running());
    addRoutes();
    const auto *code = child<QPlainTextEdit>("codeView");
    QVERIFY(code->toPlainText().contains(QStringLiteral("\"gpt-4o\"")));
    table()->setCurrentIndex(table()->model()->index(1, 0));
    QVERIFY(code->toPlainText().contains(QStringLiteral("\"gpt-x\"")));
    auto *clients = child<QComboBox>("clientBox");
    clients->setCurrentIndex(clients->count() - 1);
    QVERIFY(code->toPlainText().contains(QStringLiteral("curl 'http://127.0.0.1:8089/v1/chat/completions'")));
    child<QToolButton>("copyButton")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), code->toPlainText());
}

void TestGatewayPane::shadowsAreHandedOn()
{
    QSignalSpy compare(m_pane.get(), &GatewayPane::compareRequested);
    child<QTabWidget>("pages")->setCurrentIndex(1);
    auto *button = child<QToolButton>("compareButton");
    QVERIFY(!button->isEnabled());
    const quint64 id = m_shadows->add({.askedModel = QStringLiteral("gpt-4o")});
    m_shadows->add({.askedModel = QStringLiteral("other")});
    auto *view = child<QTableView>("shadowView");
    QVERIFY(view->isVisible());
    view->setCurrentIndex(view->model()->index(1, 0));
    button->click();
    QCOMPARE(compare.size(), 1);
    QCOMPARE(compare.front().front().value<ShadowPair>().id, id);
    child<QToolButton>("clearButton")->click();
    QVERIFY(m_shadows->pairs().empty());
    QVERIFY(!view->isVisible());
    QVERIFY(!button->isEnabled());
}

void TestGatewayPane::recordingsAreListed()
{
    addRoutes();
    QSignalSpy wanted(m_pane.get(), &GatewayPane::recordingsWanted);
    QSignalSpy folder(m_pane.get(), &GatewayPane::folderRequested);
    child<QTabWidget>("pages")->setCurrentIndex(2);
    QCOMPARE(wanted.size(), 1);
    auto *list = child<QTableWidget>("recordingsTable");
    QCOMPARE(list->rowCount(), 0);
    Route replaying = route(1);
    replaying.tape = TapeMode::Replay;
    replaying.replaySpeed = 10;
    m_routes->put(replaying);
    m_pane->setRecordings({.folder = QStringLiteral("/somewhere"), .counts = {{QStringLiteral("a"), 3}}});
    QCOMPARE(list->rowCount(), 2);
    QVERIFY(list->item(0, 2)->text().startsWith(u'3'));
    QCOMPARE(list->item(1, 1)->text(), QStringLiteral("replays at 10×"));
    child<QToolButton>("folderButton")->click();
    QCOMPARE(folder.front().front().toString(), QStringLiteral("/somewhere"));
}

void TestGatewayPane::refusedRequestsAreSaid()
{
    auto *label = child<ElidedLabel>("refusalLabel");
    QVERIFY(!label->isVisible());
    m_pane->showRefusal({QStringLiteral("12:00:01"), QStringLiteral("GET /"), {}, QStringLiteral("no key"), 401});
    QCOMPARE(label->text(), QStringLiteral("Last refused: 12:00:01 GET /: 401, no key"));
    m_pane->showRefusal(
        {QStringLiteral("12:00:02"), QStringLiteral("POST /v1/chat/completions"), QStringLiteral("gpt-5"), {}, 404});
    QCOMPARE(
        label->text(), QStringLiteral("Last refused: 12:00:02 POST /v1/chat/completions, model gpt-5: 404 (2 in all)"));
    QVERIFY(label->isVisible());
}

void TestGatewayPane::narrowTablesShowWhatMattersMost()
{
    addRoutes();
    QVERIFY(!table()->isColumnHidden(RouteTableModel::TokensColumn));
    m_pane->resize(460, 500);
    QVERIFY(table()->isColumnHidden(RouteTableModel::TokensColumn));
    QVERIFY(table()->isColumnHidden(RouteTableModel::NotesColumn));
    QVERIFY(!table()->isColumnHidden(RouteTableModel::RequestsColumn));
    QVERIFY(m_pane->minimumSizeHint().width() <= 460);
}

void TestGatewayPane::everythingHasAName()
{
    const QList<QToolButton *> buttons = m_pane->findChildren<QToolButton *>();
    for (const QToolButton *button : buttons) {
        const bool isOurs = !button->objectName().isEmpty() && !button->objectName().startsWith(u"qt_")
            && button->objectName() != QLatin1String("ScrollLeftButton")
            && button->objectName() != QLatin1String("ScrollRightButton");
        if (isOurs)
            QVERIFY2(
                !button->accessibleName().isEmpty() || !button->text().isEmpty(), qPrintable(button->objectName()));
    }
}

QTEST_MAIN(TestGatewayPane)
#include "tst_gatewaypane.moc"
