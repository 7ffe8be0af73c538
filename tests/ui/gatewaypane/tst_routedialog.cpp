// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewaypane/routedialog.h"

#include "catalogue/modelpicker.h"
#include "models/cataloguemodel.h"
#include "scriptedprovider.h"
#include "widgets/jsonedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace diptych;

class TestRouteDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aRouteThatLeadsNowhereIsNotTaken();
    void extrasThatAreNotJsonAreNotTaken();
    void headersWithValuesAreNotTaken();
    void cancelTakesNothing();
    void theSameNameTwiceIsSaid();
    void aRouteComesBackAsItWent();
    void aNewRouteIsFilledIn();
    void sharesFollowTheWeights();
    void modelsArePickedAndRemoved();
    void fallbacksChangePlaces();
    void spentIsSetToZeroOnlyWhenAccepted();
    void anyRecordedSpeedIsKept();

private:
    template <typename Widget>
    Widget *child(const char *name, const char *place = nullptr) const
    {
        const QWidget *parent =
            place ? m_dialog->findChild<QWidget *>(QString::fromLatin1(place)) : static_cast<QWidget *>(m_dialog.get());
        return parent->findChild<Widget *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QString fault() const { return child<QLabel>("faultLabel")->text(); }
    [[nodiscard]] QPushButton *saveButton() const
    {
        return child<QDialogButtonBox>("buttons")->button(QDialogButtonBox::Save);
    }
    void pick(const char *place, const char *button, const char *model) const;
    [[nodiscard]] static ModelRef ref(const char *model) { return {QStringLiteral("e"), QString::fromLatin1(model)}; }
    [[nodiscard]] static Route fullRoute();

    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<CatalogueModel> m_catalogue;
    std::unique_ptr<RouteDialog> m_dialog;
};

void TestRouteDialog::init()
{
    QLocale::setDefault(QLocale::c());
    m_dialog.reset();
    m_catalogue.reset();
    m_connections = std::make_unique<Connections>(
        [](const Endpoint &endpoint) { return std::make_unique<ScriptedProvider>(endpoint); });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Lab")});
    for (const char *model : {"alpha", "beta", "gamma"})
        m_connections->addModel(QStringLiteral("e"), {.id = QString::fromLatin1(model), .type = ModelType::Chat});
    m_catalogue = std::make_unique<CatalogueModel>(*m_connections);
    m_dialog = std::make_unique<RouteDialog>(*m_connections, *m_catalogue);
    m_dialog->show();
}

Route TestRouteDialog::fullRoute()
{
    return {.id = QStringLiteral("r"),
        .name = QStringLiteral("gpt-*"),
        .isEnabled = false,
        .targets = {{.model = ref("alpha"), .weight = 9}, {.model = ref("beta")}},
        .fallbacks = {ref("beta"), ref("gamma")},
        .shadow = ref("gamma"),
        .adaptation = Adaptation::Strict,
        .extras = {{QStringLiteral("top_k"), 5}},
        .systemPrompt = QStringLiteral("Be brief.\n"),
        .budget = 2.5,
        .forwardedHeaders = {QStringLiteral("x-trace"), QStringLiteral("x-user")},
        .tape = TapeMode::Replay,
        .replaySpeed = 0};
}

void TestRouteDialog::pick(const char *place, const char *button, const char *model) const
{
    child<QToolButton>(button, place)->click();
    auto *picker = child<ModelPicker>("modelPicker", place);
    QVERIFY(picker && picker->isVisible());
    Q_EMIT picker->modelChosen(ref(model));
    picker->hide();
}

void TestRouteDialog::aRouteThatLeadsNowhereIsNotTaken()
{
    QSignalSpy accepted(m_dialog.get(), &RouteDialog::routeAccepted);
    QVERIFY(!saveButton()->isEnabled());
    QVERIFY(fault().contains(QStringLiteral("name")));
    child<QLineEdit>("nameEdit")->setText(QStringLiteral("gpt-4o"));
    QCOMPARE(fault(), faultOf(m_dialog->route()));
    m_dialog->accept(); // by Return in a field
    QVERIFY(m_dialog->isVisible());
    QVERIFY(accepted.isEmpty());
    child<QRadioButton>("replayButton")->setChecked(true); // recordings need no model
    QVERIFY(saveButton()->isEnabled());
    QVERIFY(fault().isEmpty());
}

void TestRouteDialog::extrasThatAreNotJsonAreNotTaken()
{
    m_dialog->setRoute(fullRoute(), {});
    child<JsonEdit>("extrasEdit")->setPlainText(QStringLiteral("{\"top_k\": }"));
    QVERIFY(!saveButton()->isEnabled());
    QVERIFY(fault().contains(QStringLiteral("JSON")));
    child<JsonEdit>("extrasEdit")->setPlainText(QStringLiteral("{\"top_k\": 7}"));
    QVERIFY(saveButton()->isEnabled());
    QCOMPARE(m_dialog->route().extras, (QJsonObject {{QStringLiteral("top_k"), 7}}));
}

void TestRouteDialog::headersWithValuesAreNotTaken()
{
    m_dialog->setRoute(fullRoute(), {});
    child<QLineEdit>("headersEdit")->setText(QStringLiteral("x-trace: 1"));
    QVERIFY(!saveButton()->isEnabled());
    child<QLineEdit>("headersEdit")->setText(QStringLiteral("x-a x-b;x-a"));
    QVERIFY(saveButton()->isEnabled());
    QCOMPARE(m_dialog->route().forwardedHeaders, (QStringList {QStringLiteral("x-a"), QStringLiteral("x-b")}));
}

void TestRouteDialog::cancelTakesNothing()
{
    QSignalSpy accepted(m_dialog.get(), &RouteDialog::routeAccepted);
    m_dialog->setRoute(fullRoute(), {});
    m_dialog->reject();
    QVERIFY(accepted.isEmpty());
}

void TestRouteDialog::theSameNameTwiceIsSaid()
{
    m_dialog->setOtherNames({QStringLiteral("gpt-*")});
    m_dialog->setRoute(fullRoute(), {});
    QVERIFY(fault().contains(QStringLiteral("Another route")));
    QVERIFY(saveButton()->isEnabled()); // it may be switched off
}

void TestRouteDialog::aRouteComesBackAsItWent()
{
    QSignalSpy accepted(m_dialog.get(), &RouteDialog::routeAccepted);
    m_dialog->setRoute(fullRoute(), {});
    saveButton()->click();
    QCOMPARE(accepted.size(), 1);
    QCOMPARE(accepted.front().front().value<Route>(), fullRoute());
    m_dialog->setRoute(
        {.id = QStringLiteral("x"), .name = QStringLiteral("*"), .targets = {{.model = ref("alpha")}}}, {});
    const Route plain = m_dialog->route();
    QVERIFY(!plain.shadow && !plain.adaptation && !plain.budget && plain.fallbacks.empty() && plain.extras.isEmpty());
}

void TestRouteDialog::aNewRouteIsFilledIn()
{
    m_dialog->setRoute({.id = QStringLiteral("n")}, {});
    QTest::keyClicks(child<QLineEdit>("nameEdit"), QStringLiteral(" gpt-4o "));
    pick("targetRows", "addModelButton", "alpha");
    pick("shadowRows", "addModelButton", "beta");
    pick("fallbackRows", "addModelButton", "gamma");
    child<QComboBox>("adaptationBox")->setCurrentIndex(2);
    child<QPlainTextEdit>("promptEdit")->setPlainText(QStringLiteral("Be brief."));
    child<QCheckBox>("budgetCheck")->setChecked(true);
    child<QDoubleSpinBox>("budgetBox")->setValue(3);
    child<QRadioButton>("recordButton")->setChecked(true);
    const Route route = m_dialog->route();
    QCOMPARE(route.id, QStringLiteral("n"));
    QCOMPARE(route.name, QStringLiteral("gpt-4o"));
    QCOMPARE(route.targets, (std::vector<RouteTarget> {{.model = ref("alpha")}}));
    QCOMPARE(route.shadow, std::optional(ref("beta")));
    QCOMPARE(route.fallbacks, std::vector<ModelRef> {ref("gamma")});
    QCOMPARE(route.adaptation, std::optional(Adaptation::Strict));
    QCOMPARE(route.systemPrompt, QStringLiteral("Be brief."));
    QCOMPARE(route.budget, std::optional(3.0));
    QCOMPARE(route.tape, TapeMode::Record);
    QVERIFY(saveButton()->isEnabled());
}

void TestRouteDialog::sharesFollowTheWeights()
{
    m_dialog->setRoute(fullRoute(), {});
    QCOMPARE(child<QLabel>("shareLabel0")->text(), QStringLiteral("90 %"));
    child<QDoubleSpinBox>("weightBox1")->setValue(27);
    QCOMPARE(child<QLabel>("shareLabel0")->text(), QStringLiteral("25 %"));
    QCOMPARE(m_dialog->route().targets[1].weight, 27.0);
    child<QRadioButton>("offButton")->setChecked(true);
    child<QDoubleSpinBox>("weightBox0")->setValue(0);
    child<QDoubleSpinBox>("weightBox1")->setValue(0);
    QVERIFY(!saveButton()->isEnabled());
}

void TestRouteDialog::modelsArePickedAndRemoved()
{
    m_dialog->setRoute(fullRoute(), {});
    pick("targetRows", "modelButton0", "gamma");
    QCOMPARE(m_dialog->route().targets[0], (RouteTarget {.model = ref("gamma"), .weight = 9}));
    child<QToolButton>("removeModelButton0", "targetRows")->click();
    QCOMPARE(m_dialog->route().targets, (std::vector<RouteTarget> {{.model = ref("beta")}}));
    QVERIFY(child<QDoubleSpinBox>("weightBox0")->isHidden()); // it has everything
    QCOMPARE(child<QDoubleSpinBox>("weightBox0")->value(), 1.0);
    QVERIFY(!child<QDoubleSpinBox>("weightBox1"));
    pick("targetRows", "addModelButton", "gamma");
    QCOMPARE(child<QLabel>("shareLabel0")->text(), QStringLiteral("50 %"));
    QCOMPARE(child<QLabel>("shareLabel1")->text(), QStringLiteral("50 %"));
    QVERIFY(!child<QLabel>("shareLabel0")->isHidden());
    child<QToolButton>("removeModelButton1", "targetRows")->click();
    child<QToolButton>("removeModelButton0", "targetRows")->click();
    QVERIFY(m_dialog->route().targets.empty());
    QVERIFY(!child<QDoubleSpinBox>("weightBox0"));
    child<QToolButton>("removeModelButton0", "shadowRows")->click();
    QVERIFY(!m_dialog->route().shadow);
}

void TestRouteDialog::fallbacksChangePlaces()
{
    m_dialog->setRoute(fullRoute(), {});
    QVERIFY(!child<QToolButton>("earlierButton0")->isEnabled());
    child<QToolButton>("earlierButton1")->click();
    QCOMPARE(m_dialog->route().fallbacks, (std::vector<ModelRef> {ref("gamma"), ref("beta")}));
}

void TestRouteDialog::spentIsSetToZeroOnlyWhenAccepted()
{
    QSignalSpy reset(m_dialog.get(), &RouteDialog::spentResetRequested);
    m_dialog->setRoute(fullRoute(), {.cost = 0.42});
    QVERIFY(child<QLabel>("spentLabel")->text().contains(QStringLiteral("0.42")));
    child<QPushButton>("resetButton")->click();
    QVERIFY(child<QLabel>("spentLabel")->text().contains(QStringLiteral("0.00")));
    QVERIFY(!child<QPushButton>("resetButton")->isEnabled());
    QVERIFY(reset.isEmpty());
    saveButton()->click();
    QCOMPARE(reset.size(), 1);
    QCOMPARE(reset.front().front().toString(), QStringLiteral("r"));
}

void TestRouteDialog::anyRecordedSpeedIsKept()
{
    Route route = fullRoute();
    route.replaySpeed = 2.5; // written into the file by hand
    m_dialog->setRoute(route, {});
    QCOMPARE(m_dialog->route().replaySpeed, 2.5);
}

QTEST_MAIN(TestRouteDialog)
#include "tst_routedialog.moc"
