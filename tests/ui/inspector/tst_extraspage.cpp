// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/extraspage.h"

#include "widgets/jsonedit.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace diptych;

class TestExtrasPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void mistakeIsNotSent();
    void collisionIsNamedWithItsPlace();
    void refusalOfThePreviewIsShown();
    void brokenTextSurvivesAnUpdate();
    void typedTextGoesToTheLayerThatIsLeft();
    void withoutEndpointOnlyTheRequestIsEdited();
    void endpointIsChangedAfterAPauseOnly();
    void modelLayerIsOneModels();
    void tableSaysWhereItComesFrom();
    void modeIsEdited();
    void modeSaysWhoCarriesItOut();
    void keysAndValuesAreCompleted();
    void tryNeedsAnExtra();
    void everythingHasAName();

private:
    template <typename T>
    [[nodiscard]] T *child(const char *name) const
    {
        return m_page->findChild<T *>(QLatin1String(name));
    }
    [[nodiscard]] JsonEdit *editor() const { return m_page->findChild<JsonEdit *>(); }
    void type(const QString &json)
    {
        editor()->setPlainText(json);
        editor()->flush();
    }

    Endpoint m_endpoint;
    std::vector<KnownExtra> m_known;
    std::unique_ptr<ExtrasPage> m_page;
};

void TestExtrasPage::init()
{
    m_endpoint = {.id = QStringLiteral("e"), .name = QStringLiteral("My lab"), .extrasMode = ExtrasMode::Drop};
    m_known = {{.key = QStringLiteral("safe_prompt"), .type = KnownExtra::Type::Boolean},
        {.key = QStringLiteral("top_k"), .type = KnownExtra::Type::Integer, .minimum = 1, .example = 40}};
    m_page = std::make_unique<ExtrasPage>();
    m_page->resize(320, 620);
    m_page->setEndpoint(&m_endpoint, QStringLiteral("m"), m_known);
    m_page->show();
}

void TestExtrasPage::mistakeIsNotSent()
{
    QSignalSpy edited(m_page.get(), &ExtrasPage::settingsEdited);
    type(QStringLiteral("[1]"));
    QVERIFY(child<QLabel>("errorLabel")->isVisible());
    QCOMPARE(edited.size(), 0);
    editor()->setPlainText(QStringLiteral("{\"top_k\": 5}"));
    QTRY_COMPARE(edited.size(), 1);
    QVERIFY(!child<QLabel>("errorLabel")->isVisible());
    QCOMPARE(edited.at(0).at(0).value<RequestSettings>().extras, (QJsonObject {{QStringLiteral("top_k"), 5}}));
    type({});
    QCOMPARE(edited.at(1).at(0).value<RequestSettings>(), RequestSettings {});
}

void TestExtrasPage::collisionIsNamedWithItsPlace()
{
    type(QStringLiteral("{\n  \"seed\": 1,\n  \"top_k\": 0\n}"));
    QVERIFY(child<QLabel>("warningLabel")->text().startsWith(QStringLiteral("line 2, column 3: \"seed\"")));
    QVERIFY(child<QLabel>("warningLabel")->text().contains(QStringLiteral("line 3, column 12: top_k")));
    QVERIFY(!child<QLabel>("errorLabel")->isVisible());
    RequestSettings session;
    session.sampling.seed = 7;
    session.extras = QJsonObject {{QStringLiteral("seed"), 1}, {QStringLiteral("top_k"), 0}};
    m_page->setSettings(session, {}, false);
    QVERIFY(child<QLabel>("errorLabel")->text().contains(QStringLiteral("collides")));
    QCOMPARE(editor()->extraSelections().size(), 2);
}

void TestExtrasPage::refusalOfThePreviewIsShown()
{
    m_page->setPreviewError(Error {.kind = Error::Kind::Network, .message = QStringLiteral("other")});
    QVERIFY(!child<QLabel>("errorLabel")->isVisible());
    m_page->setPreviewError(Error {.kind = Error::Kind::InvalidRequest,
        .message = QStringLiteral("options.top_k is set already"),
        .parameter = QStringLiteral("top_k")});
    QVERIFY(child<QLabel>("errorLabel")->isVisible());
    m_page->setPreviewError({});
    QVERIFY(!child<QLabel>("errorLabel")->isVisible());
}

void TestExtrasPage::brokenTextSurvivesAnUpdate()
{
    editor()->setPlainText(QStringLiteral("{\"top_"));
    RequestSettings session;
    session.sampling.temperature = 1;
    m_page->setSettings(session, {}, false);
    QCOMPARE(editor()->toPlainText(), QStringLiteral("{\"top_"));
    child<QToolButton>("paneLayer")->click();
    QCOMPARE(editor()->toPlainText(), QString());
}

void TestExtrasPage::typedTextGoesToTheLayerThatIsLeft()
{
    QSignalSpy edited(m_page.get(), &ExtrasPage::settingsEdited);
    QSignalSpy chosen(m_page.get(), &ExtrasPage::layerChosen);
    editor()->setPlainText(QStringLiteral("{\"a\": 1}"));
    child<QToolButton>("paneLayer")->click();
    QCOMPARE(edited.size(), 1);
    QCOMPARE(edited.at(0).at(1).toBool(), false);
    QCOMPARE(chosen.at(0).at(0).toBool(), true);
    type(QStringLiteral("{\"a\": null}"));
    QCOMPARE(edited.at(1).at(1).toBool(), true);
    QCOMPARE(child<QTreeView>("extrasTable")->model()->index(0, 1).data().toString(), QStringLiteral("taken away"));
}

void TestExtrasPage::withoutEndpointOnlyTheRequestIsEdited()
{
    child<QToolButton>("endpointLayer")->click();
    m_page->setEndpoint(nullptr, {}, {});
    QVERIFY(child<QToolButton>("sessionLayer")->isChecked());
    QVERIFY(!child<QToolButton>("endpointLayer")->isEnabled());
    QVERIFY(!child<QToolButton>("modelLayer")->isEnabled());
}

void TestExtrasPage::endpointIsChangedAfterAPauseOnly()
{
    QSignalSpy changed(m_page.get(), &ExtrasPage::endpointEdited);
    child<QToolButton>("endpointLayer")->click();
    editor()->setFocus();
    QTest::keyClicks(editor(), QStringLiteral("{\"a\": 1"));
    QVERIFY(!changed.wait(700));
    QTest::keyClicks(editor(), QStringLiteral("}"));
    QVERIFY(!changed.wait(700)); // a request's layer has been reported by now
    child<QComboBox>("modeBox")->setFocus();
    QTRY_COMPARE(changed.size(), 1);
    const auto endpoint = changed.at(0).at(0).value<Endpoint>();
    QCOMPARE(endpoint.extras, (QJsonObject {{QStringLiteral("a"), 1}}));
    QCOMPARE(endpoint.id, QStringLiteral("e"));
}

void TestExtrasPage::modelLayerIsOneModels()
{
    QSignalSpy changed(m_page.get(), &ExtrasPage::endpointEdited);
    child<QToolButton>("modelLayer")->click();
    QVERIFY(!child<QComboBox>("modeBox")->isEnabled());
    type(QStringLiteral("{\"a\": 1}"));
    auto endpoint = changed.at(0).at(0).value<Endpoint>();
    QCOMPARE(endpoint.modelExtras.value(QStringLiteral("m")), (QJsonObject {{QStringLiteral("a"), 1}}));
    editor()->setPlainText(QStringLiteral("{\"a\": 2}")); // not reported yet
    m_page->setEndpoint(&endpoint, QStringLiteral("other"), m_known);
    QCOMPARE(
        changed.at(1).at(0).value<Endpoint>().modelExtras.value(QStringLiteral("m")).value(QStringLiteral("a")), 2);
    QCOMPARE(editor()->toPlainText(), QString());
    m_page->setEndpoint(&endpoint, QStringLiteral("m"), m_known);
    type({});
    QVERIFY(changed.back().at(0).value<Endpoint>().modelExtras.isEmpty());
}

void TestExtrasPage::tableSaysWhereItComesFrom()
{
    m_endpoint.extras = {{QStringLiteral("a"), 1}};
    m_page->setEndpoint(&m_endpoint, QStringLiteral("m"), m_known);
    m_page->setSettings({.extras = QJsonObject {{QStringLiteral("a"), 2}}}, {}, false);
    auto *table = child<QTreeView>("extrasTable");
    QCOMPARE(table->model()->index(0, 2).data().toString(), QStringLiteral("session over endpoint"));
    QCOMPARE(child<QToolButton>("endpointLayer")->text(), QStringLiteral("Endpoint 1"));
    m_page->setSettings({}, {}, false);
    Q_EMIT table->activated(table->model()->index(0, 0));
    QVERIFY(child<QToolButton>("endpointLayer")->isChecked());
    QVERIFY(editor()->toPlainText().contains(QStringLiteral("\"a\": 1")));
}

void TestExtrasPage::modeIsEdited()
{
    QSignalSpy edited(m_page.get(), &ExtrasPage::settingsEdited);
    QSignalSpy changed(m_page.get(), &ExtrasPage::endpointEdited);
    auto *box = child<QComboBox>("modeBox");
    QVERIFY(box->currentText().contains(QStringLiteral("as endpoint: drop")));
    box->setCurrentIndex(1);
    Q_EMIT box->activated(1);
    QCOMPARE(edited.at(0).at(0).value<RequestSettings>().extrasMode, ExtrasMode::Error);
    box->setCurrentIndex(0);
    Q_EMIT box->activated(0);
    QCOMPARE(edited.at(1).at(0).value<RequestSettings>().extrasMode, std::nullopt);
    child<QToolButton>("endpointLayer")->click();
    QCOMPARE(box->count(), 3);
    QVERIFY(box->currentText().startsWith(QStringLiteral("drop")));
    Q_EMIT box->activated(2);
    QCOMPARE(changed.at(0).at(0).value<Endpoint>().extrasMode, ExtrasMode::PassThrough);
}

void TestExtrasPage::modeSaysWhoCarriesItOut()
{
    QVERIFY(child<QLabel>("modeEffect")->text().contains(QStringLiteral("Diptych leaves them out")));
    m_endpoint.kind = Endpoint::Kind::AzureFoundry;
    m_page->setEndpoint(&m_endpoint, QStringLiteral("m"), m_known);
    QVERIFY(child<QLabel>("modeEffect")->text().contains(QStringLiteral("extra-parameters: drop")));
}

void TestExtrasPage::keysAndValuesAreCompleted()
{
    QAbstractItemView *list = editor()->findChild<QCompleter *>()->popup();
    editor()->setFocus();
    QTest::keyClicks(editor(), QStringLiteral("{\"saf"));
    QVERIFY(list->isVisible());
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(editor()->toPlainText(), QStringLiteral("{\"safe_prompt\": true"));
    QCOMPARE(editor()->textCursor().selectedText(), QStringLiteral("true"));
    QTest::keyClicks(editor(), QStringLiteral("f"));
    QVERIFY(list->isVisible());
    QTest::keyClick(list, Qt::Key_Tab);
    QCOMPARE(editor()->toPlainText(), QStringLiteral("{\"safe_prompt\": false"));
}

void TestExtrasPage::tryNeedsAnExtra()
{
    QSignalSpy tried(m_page.get(), &ExtrasPage::tryRequested);
    auto *button = child<QPushButton>("tryButton");
    QVERIFY(!button->isEnabled());
    type(QStringLiteral("{\"top_k\": 5}"));
    QVERIFY(button->isEnabled());
    button->click();
    QCOMPARE(tried.size(), 1);
}

void TestExtrasPage::everythingHasAName()
{
    for (const QWidget *widget : m_page->findChildren<QWidget *>()) {
        const bool takesInput = qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QComboBox *>(widget)
            || qobject_cast<const QTreeView *>(widget) || qobject_cast<const QToolButton *>(widget);
        if (takesInput)
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
    }
}

QTEST_MAIN(TestExtrasPage)
#include "tst_extraspage.moc"
