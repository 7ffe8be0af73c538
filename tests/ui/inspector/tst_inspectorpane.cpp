// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/inspectorpane.h"

#include "api/capabilitybook.h"
#include "api/price.h"
#include "scriptedprovider.h"
#include "widgets/banner.h"
#include "widgets/elidedlabel.h"
#include "widgets/jsonedit.h"

#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace diptych;

class TestInspectorPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void infoErrorSaysWhatToDo();
    void infoIsAskedOnlyWhenSeen();
    void infoShowsTheAnswer();
    void removedEndpointEmptiesThePage();
    void wrongValueIsRefusedInline();
    void editedParameterReachesTheWindow();
    void deleteKeyResets();
    void scopeSwitchChoosesTheLayer();
    void schemaIsAskedForInADialog();
    void extrasOfTheEndpointReachTheWindow();
    void refusalIsMarkedAndForgotten();
    void threeModesAreTried();
    void previewFollowsTheSettings();
    void everythingHasAName();

private:
    template <typename T>
    [[nodiscard]] T *child(const char *name) const
    {
        return m_pane->findChild<T *>(QLatin1String(name));
    }
    void setParameter(int row, const QString &typed);
    [[nodiscard]] Banner *infoBanner() const;

    ScriptedProvider *m_provider = nullptr;
    CapabilityBook m_book;
    PriceTable m_prices;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<InspectorPane> m_pane;
    const ModelRef m_model {QStringLiteral("e"), QStringLiteral("guide")};
};

void TestInspectorPane::init()
{
    m_pane.reset();
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"),
        .name = QStringLiteral("My lab"),
        .baseUrl = QUrl(QStringLiteral("http://127.0.0.1:9/v1")),
        .extrasMode = ExtrasMode::Drop});
    m_pane = std::make_unique<InspectorPane>(*m_connections, m_book, m_prices);
    m_pane->resize(340, 800);
}

Banner *TestInspectorPane::infoBanner() const
{
    return m_pane->findChild<QWidget *>(QStringLiteral("InfoPage"))->findChild<Banner *>();
}

void TestInspectorPane::infoErrorSaysWhatToDo()
{
    m_provider->infoError =
        Error {.kind = Error::Kind::NotFound, .httpStatus = 404, .message = QStringLiteral("no such model")};
    m_pane->showModel(m_model);
    m_pane->show();
    QTRY_VERIFY(infoBanner()->isVisible());
    QCOMPARE(infoBanner()->title(), QStringLiteral("no such model"));
    QCOMPARE(infoBanner()->text(), whatToDo(*m_provider->infoError));
    m_provider->infoError.reset();
    infoBanner()->findChild<QPushButton *>()->click();
    QTRY_VERIFY(!infoBanner()->isVisible());
}

void TestInspectorPane::infoIsAskedOnlyWhenSeen()
{
    QSignalSpy started(m_pane.get(), &InspectorPane::replyStarted);
    m_pane->showModel(m_model);
    QCOMPARE(started.size(), 0);
    m_pane->show();
    QCOMPARE(started.size(), 1);
    QVERIFY(started.at(0).at(1).toString().contains(QStringLiteral("guide")));
    m_pane->showPage(InspectorPane::Page::Wire);
    m_pane->showModel({QStringLiteral("e"), QStringLiteral("other")});
    QCOMPARE(started.size(), 1);
    m_pane->showPage(InspectorPane::Page::Info);
    QCOMPARE(started.size(), 2);
}

void TestInspectorPane::infoShowsTheAnswer()
{
    m_provider->modelInfo = {.name = QStringLiteral("guide-1"),
        .type = ModelType::Chat,
        .rawType = QStringLiteral("chat_completions"),
        .provider = QStringLiteral("Diptych"),
        .contextLength = 4096,
        .raw = {{QStringLiteral("model_name"), QStringLiteral("guide-1")}}};
    m_pane->showModel(m_model);
    m_pane->show();
    QTRY_COMPARE(child<ElidedLabel>("nameLabel")->text(), QStringLiteral("guide-1"));
    QCOMPARE(child<ElidedLabel>("typeLabel")->text(), QStringLiteral("chat_completions"));
    QCOMPARE(child<ElidedLabel>("contextLabel")->text(), QStringLiteral("4,096 tokens"));
    QVERIFY(!child<QPlainTextEdit>("rawView")->isVisible());
    child<QToolButton>("rawToggle")->click();
    QVERIFY(child<QPlainTextEdit>("rawView")->isVisible());
    QVERIFY(child<QPlainTextEdit>("rawView")->toPlainText().contains(QStringLiteral("model_name")));
}

void TestInspectorPane::removedEndpointEmptiesThePage()
{
    m_pane->showModel(m_model);
    m_pane->show();
    m_connections->remove(QStringLiteral("e"));
    QVERIFY(!child<QWidget>("facts")->isVisible());
    QVERIFY(child<QLabel>("stateLabel")->isVisible());
}

void TestInspectorPane::setParameter(int row, const QString &typed)
{
    m_pane->showPage(InspectorPane::Page::Params);
    m_pane->show();
    auto *table = child<QTreeView>("table");
    const QModelIndex index = table->model()->index(row, 1);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
    auto *editor = table->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    editor->setText(typed);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_VERIFY(!table->viewport()->findChild<QLineEdit *>());
}

void TestInspectorPane::wrongValueIsRefusedInline()
{
    QSignalSpy edited(m_pane.get(), &InspectorPane::settingsEdited);
    setParameter(0, QStringLiteral("hot"));
    QCOMPARE(edited.size(), 0);
    QVERIFY(child<QLabel>("noticeLabel")->isVisible());
    QVERIFY(child<QLabel>("noticeLabel")->text().contains(QStringLiteral("temperature")));
}

void TestInspectorPane::editedParameterReachesTheWindow()
{
    QSignalSpy edited(m_pane.get(), &InspectorPane::settingsEdited);
    setParameter(0, QStringLiteral("3.5"));
    QCOMPARE(edited.size(), 1);
    QCOMPARE(edited.at(0).at(0).value<RequestSettings>().sampling.temperature, 3.5);
    QCOMPARE(edited.at(0).at(1).toBool(), false);
    QVERIFY(child<QLabel>("noticeLabel")->text().contains(QStringLiteral("usually at most 2")));
}

void TestInspectorPane::deleteKeyResets()
{
    RequestSettings session;
    session.sampling.temperature = 0.5;
    m_pane->setSettings(session, {}, false);
    QSignalSpy edited(m_pane.get(), &InspectorPane::settingsEdited);
    auto *table = child<QTreeView>("table");
    table->setCurrentIndex(table->model()->index(0, 1));
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(edited.size(), 1);
    QCOMPARE(edited.at(0).at(0).value<RequestSettings>(), RequestSettings {});
}

void TestInspectorPane::scopeSwitchChoosesTheLayer()
{
    QSignalSpy edited(m_pane.get(), &InspectorPane::settingsEdited);
    m_pane->showPage(InspectorPane::Page::Params);
    m_pane->show();
    child<QRadioButton>("paneScope")->click();
    setParameter(0, QStringLiteral("1"));
    QCOMPARE(edited.size(), 1);
    QCOMPARE(edited.at(0).at(1).toBool(), true);
    child<QRadioButton>("sessionScope")->click();
    QCOMPARE(child<QTreeView>("table")->model()->index(0, 1).data().toString(), QStringLiteral("not sent"));
}

void TestInspectorPane::schemaIsAskedForInADialog()
{
    m_pane->showPage(InspectorPane::Page::Params);
    m_pane->show();
    QSignalSpy edited(m_pane.get(), &InspectorPane::settingsEdited);
    auto *table = child<QTreeView>("table");
    int row = 0;
    while (table->model()->index(row, 0).data().toString() != QLatin1String("response_format"))
        ++row;
    Q_EMIT table->activated(table->model()->index(row, 1));
    auto *box = table->viewport()->findChild<QComboBox *>();
    QVERIFY(box);
    box->setCurrentIndex(box->count() - 1);
    Q_EMIT box->activated(box->count() - 1);
    auto *dialog = m_pane->findChild<QDialog *>();
    QVERIFY(dialog);
    auto *editor = dialog->findChild<JsonEdit *>();
    QPushButton *ok = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    QVERIFY(ok->isEnabled());
    editor->setPlainText(QStringLiteral("{\"type\":\"json_schema\"}"));
    QVERIFY(!ok->isEnabled());
    editor->setPlainText(QStringLiteral(R"({"type":"json_schema","json_schema":{"name":"a","schema":{}}})"));
    ok->click();
    QCOMPARE(edited.size(), 1);
    QCOMPARE(edited.at(0).at(0).value<RequestSettings>().responseFormat->name, QStringLiteral("a"));
}

void TestInspectorPane::extrasOfTheEndpointReachTheWindow()
{
    m_pane->showModel(m_model);
    m_pane->showPage(InspectorPane::Page::Extras);
    m_pane->show();
    QSignalSpy edited(m_pane.get(), &InspectorPane::endpointEdited);
    child<QToolButton>("endpointLayer")->click();
    auto *editor = m_pane->findChild<JsonEdit *>();
    editor->setPlainText(QStringLiteral("{\"top_k\": 5}"));
    child<QToolButton>("modelLayer")->click();
    QCOMPARE(edited.size(), 1);
    const auto endpoint = edited.at(0).at(0).value<Endpoint>();
    QCOMPARE(endpoint.extras, (QJsonObject {{QStringLiteral("top_k"), 5}}));
    QCOMPARE(endpoint.name, QStringLiteral("My lab"));
}

void TestInspectorPane::refusalIsMarkedAndForgotten()
{
    m_pane->showModel(m_model);
    m_pane->showPage(InspectorPane::Page::Params);
    m_pane->show();
    m_book.learn(m_model,
        {.kind = Error::Kind::Unsupported,
            .httpStatus = 422,
            .message = QStringLiteral("no"),
            .parameter = QStringLiteral("temperature")});
    auto *table = child<QTreeView>("table");
    const QModelIndex name = table->model()->index(0, 0);
    QVERIFY(name.data(Qt::ToolTipRole).toString().contains(QStringLiteral("refused temperature")));
    Q_EMIT table->customContextMenuRequested(table->visualRect(name).center());
    auto *menu = m_pane->findChild<QMenu *>(QStringLiteral("paramsMenu"));
    QVERIFY(menu);
    menu->findChild<QAction *>(QStringLiteral("forgetAction"))->trigger();
    menu->close();
    QVERIFY(m_book.capabilities(m_model).isEmpty());
    QVERIFY(!name.data(Qt::ToolTipRole).toString().contains(QStringLiteral("refused")));
}

void TestInspectorPane::threeModesAreTried()
{
    m_pane->showModel(m_model);
    m_pane->showPage(InspectorPane::Page::Extras);
    m_pane->show();
    m_pane->setSettings({.extras = QJsonObject {{QStringLiteral("top_k"), 5}}}, {}, false);
    m_pane->setPreviewRequest(
        {.model = QStringLiteral("guide"), .messages = {Message::fromText(Role::User, QStringLiteral("Why?"))}});
    QSignalSpy started(m_pane.get(), &InspectorPane::replyStarted);
    child<QPushButton>("tryButton")->click();
    QTRY_COMPARE(started.size(), 3);
    QCOMPARE(m_provider->chats.at(1)->request().messages.back().text(), QStringLiteral("Why?"));
    m_provider->chats.at(0)->failWith({.kind = Error::Kind::Unsupported, .message = QStringLiteral("refused")});
    m_provider->chats.at(2)->text(QStringLiteral("Because."));
    auto *view = m_pane->findChild<QDialog *>(QStringLiteral("ExtrasExperimentView"));
    QVERIFY(view);
    QStringList answers;
    for (const QPlainTextEdit *answer : view->findChildren<QPlainTextEdit *>(QStringLiteral("answerView")))
        answers.append(answer->toPlainText());
    QCOMPARE(answers, (QStringList {QStringLiteral("refused"), QString(), QStringLiteral("Because.")}));
    view->findChild<QPushButton *>(QStringLiteral("runButton"))->click(); // stops
    QVERIFY(m_provider->chats.at(1)->isFinished());
    view->reject();
    QTRY_VERIFY(!m_pane->findChild<QDialog *>());
}

void TestInspectorPane::previewFollowsTheSettings()
{
    m_pane->show();
    // Of another model: what is shown is what the one that is looked at would get.
    m_pane->setPreviewRequest({.model = QStringLiteral("of the pane")});
    QCOMPARE(child<QPlainTextEdit>("previewView")->toPlainText(), QString());
    m_pane->showModel(m_model);
    QTRY_COMPARE(child<QPlainTextEdit>("previewView")->toPlainText(), QStringLiteral("{\n    \"model\": \"guide\"\n}"));
    QVERIFY(
        child<QPlainTextEdit>("codeView")->toPlainText().startsWith(QStringLiteral("curl 'http://127.0.0.1:9/v1'")));
    QVERIFY(child<QLabel>("keyCaption")->text().contains(QStringLiteral("MY_LAB_KEY")));
}

void TestInspectorPane::everythingHasAName()
{
    for (const QWidget *widget : m_pane->findChildren<QWidget *>()) {
        const bool takesInput = qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QComboBox *>(widget)
            || qobject_cast<const QTreeView *>(widget);
        if (takesInput)
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
    }
}

QTEST_MAIN(TestInspectorPane)
#include "tst_inspectorpane.moc"
