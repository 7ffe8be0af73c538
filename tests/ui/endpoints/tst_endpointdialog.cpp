// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/endpointdialog.h"

#include "endpoints/stepsview.h"
#include "scriptedprovider.h"
#include "widgets/banner.h"
#include "widgets/jsonedit.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

using namespace diptych;

/// Two formats as the registry would give them.
static std::vector<ProviderDescriptor> descriptors()
{
    return {{.name = QStringLiteral("openai"),
                .displayName = QStringLiteral("OpenAI-compatible"),
                .variants = {{.name = QStringLiteral("llamacpp"), .displayName = QStringLiteral("llama.cpp")},
                    {.name = QStringLiteral("vllm"), .displayName = QStringLiteral("vLLM")}}},
        {.name = QStringLiteral("ollama"),
            .displayName = QStringLiteral("Ollama"),
            .baseUrl = QStringLiteral("http://localhost:11434"),
            .localPort = 11434,
            .paths = {QStringLiteral("/api/chat")},
            .auth = Endpoint::Auth::None},
        {.name = QStringLiteral("anthropic"),
            .displayName = QStringLiteral("Anthropic"),
            .baseUrl = QStringLiteral("https://api.anthropic.com"),
            .hosts = {QStringLiteral("api.anthropic.com")},
            .paths = {QStringLiteral("/v1/messages")},
            .auth = Endpoint::Auth::ApiKey,
            .keyHeader = "x-api-key"}};
}

class TestEndpointDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void nonsenseIsSaidAndCanNotBeAdded();
    void aUrlFillsTheFields();
    void theKeyLeavesTheUrlField_data();
    void theKeyLeavesTheUrlField();
    void aNameTypedByHandStays();
    void anotherKindBringsItsOwnDefaults();
    void nativeProvidersAreKinds();
    void aKindChosenFirstBringsItsUrl();
    void nativeAndCompatibleHaveTheirOwnPaths();
    void serversOfOneFormatAreVariants();
    void aTokenCommandIsExplainedAndChecked();
    void aPastedTokenGoesAsBearer();
    void whatDoesNotMapIsChosenHere();
    void damagedExtrasBlock();
    void anUnencryptedKeyIsPointedOut();
    void aChangedEndpointKeepsItsIdAndOptions();
    void damagedAdvancedInputBlocks();
    void verdicts_data();
    void verdicts();
    void everyStepHasAVerdict();
    void aTestCanBeStopped();
    void editingDropsTheVerdict();
    void localServersAreOfferedNotAdded();
    void everyInputHasAnAccessibleName();

private:
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QString::fromLatin1(name));
    }
    void paste(const char *text) const { child<QLineEdit>("urlEdit")->setText(QString::fromUtf8(text)); }
    void choose(const char *name, const QString &text) const
    {
        auto *box = child<QComboBox>(name);
        QVERIFY2(box->findText(text) >= 0, qPrintable(text));
        box->setCurrentIndex(box->findText(text));
        Q_EMIT box->activated(box->currentIndex());
    }
    void chooseKind(const QString &text) const { choose("kindBox", text); }
    void chooseMethod(int row) const { choose("methodBox", child<QComboBox>("methodBox")->itemText(row)); }
    [[nodiscard]] QString allSteps() const
    {
        QStringList texts;
        for (const ConnectionStep &step : child<StepsView>("stepsView")->steps())
            texts.append(step.text);
        return texts.join(u'\n');
    }
    [[nodiscard]] QString banner() const
    {
        return m_dialog->findChild<Banner *>(QStringLiteral("verdictBanner"))->title();
    }

    std::unique_ptr<EndpointDialog> m_dialog;
    std::optional<Error> m_listError;
    std::vector<ModelDescription> m_models;
};

void TestEndpointDialog::init()
{
    m_listError.reset();
    m_models.clear();
    m_dialog = std::make_unique<EndpointDialog>(
        [this](const Endpoint &endpoint) {
            auto provider = std::make_unique<ScriptedProvider>(endpoint);
            provider->listError = m_listError;
            provider->models = m_models;
            return provider;
        },
        descriptors(), QStringLiteral("Keys are kept in a drawer."));
    m_dialog->show();
}

void TestEndpointDialog::cleanup()
{
    m_dialog.reset();
}

void TestEndpointDialog::nonsenseIsSaidAndCanNotBeAdded()
{
    QVERIFY(!child<QPushButton>("acceptButton")->isEnabled());
    QVERIFY(!child<QLabel>("urlProblemLabel")->isVisible());
    paste("ftp://x");
    QVERIFY(child<QLabel>("urlProblemLabel")->isVisible());
    QVERIFY(!child<QPushButton>("acceptButton")->isEnabled());
    QVERIFY(!child<QPushButton>("testButton")->isEnabled());
    paste("api.openai.com");
    QVERIFY(!child<QLabel>("urlProblemLabel")->isVisible());
    QVERIFY(child<QPushButton>("acceptButton")->isEnabled());
    paste("");
    QVERIFY(!child<QPushButton>("acceptButton")->isEnabled());
}

void TestEndpointDialog::aUrlFillsTheFields()
{
    QSignalSpy accepted(m_dialog.get(), &EndpointDialog::endpointAccepted);
    paste("https://my.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2025-01-01");
    QCOMPARE(child<QLineEdit>("nameEdit")->text(), QStringLiteral("my"));
    QCOMPARE(child<QComboBox>("versionBox")->currentText(), QStringLiteral("2025-01-01"));
    QVERIFY(child<QLabel>("changesLabel")->text().contains(u"Removed /chat/completions"));
    child<QLineEdit>("keyEdit")->setText(QStringLiteral(" k1 "));
    QTest::mouseClick(child<QPushButton>("acceptButton"), Qt::LeftButton);
    QCOMPARE(accepted.count(), 1);
    QVERIFY(!m_dialog->isVisible());
    const auto endpoint = accepted.at(0).at(0).value<Endpoint>();
    QVERIFY(!endpoint.id.isEmpty());
    QCOMPARE(endpoint.kind, Endpoint::Kind::AzureOpenAiDeployment);
    QCOMPARE(endpoint.baseUrl.toString(), QStringLiteral("https://my.openai.azure.com/openai/deployments/gpt-4o"));
    QCOMPARE(endpoint.credential.reveal(), QByteArray("k1"));
    QCOMPARE(endpoint.auth, Endpoint::Auth::ApiKey);
    QCOMPARE(endpoint.defaultModel, QStringLiteral("gpt-4o"));
    QCOMPARE(endpoint.connection, ConnectionOptions {});
}

void TestEndpointDialog::theKeyLeavesTheUrlField_data()
{
    QTest::addColumn<QByteArray>("pasted");
    QTest::newRow("curl") << QByteArray(
        "curl https://llm.example.com/v1/models \\\n -H 'Authorization: Bearer s3cret'");
    QTest::newRow("query") << QByteArray("https://llm.example.com/v1?key=s3cret");
    QTest::newRow("user info") << QByteArray("https://me:s3cret@llm.example.com/v1");
}

void TestEndpointDialog::theKeyLeavesTheUrlField()
{
    QFETCH(QByteArray, pasted);
    paste(pasted.constData());
    QCOMPARE(child<QLineEdit>("urlEdit")->text(), QStringLiteral("https://llm.example.com/v1"));
    QVERIFY(child<QLabel>("changesLabel")->isVisible());
    QCOMPARE(child<QLineEdit>("keyEdit")->echoMode(), QLineEdit::Password);
    const Endpoint endpoint = m_dialog->endpoint();
    const bool isHeader = headerValue(endpoint.headers, "Authorization") == "Basic bWU6czNjcmV0";
    QVERIFY(isHeader || endpoint.credential.reveal() == "s3cret");
}

void TestEndpointDialog::aNameTypedByHandStays()
{
    paste("localhost:11434");
    QCOMPARE(child<QLineEdit>("nameEdit")->text(), QStringLiteral("Ollama"));
    child<QLineEdit>("nameEdit")->selectAll();
    QTest::keyClicks(child<QLineEdit>("nameEdit"), QStringLiteral("Mine"));
    child<QLineEdit>("keyEdit")->setText(QStringLiteral("k"));
    paste("localhost:8080");
    QCOMPARE(m_dialog->endpoint().name, QStringLiteral("Mine"));
    QCOMPARE(m_dialog->endpoint().credential.reveal(), QByteArray("k"));
}

void TestEndpointDialog::anotherKindBringsItsOwnDefaults()
{
    paste("http://127.0.0.1:3000");
    QCOMPARE(m_dialog->endpoint().baseUrl.toString(), QStringLiteral("http://127.0.0.1:3000/v1"));
    chooseKind(endpointKindName(Endpoint::Kind::AzureCompatible));
    const Endpoint endpoint = m_dialog->endpoint();
    QCOMPARE(endpoint.kind, Endpoint::Kind::AzureCompatible);
    QCOMPARE(endpoint.baseUrl.toString(), QStringLiteral("http://127.0.0.1:3000"));
    QCOMPARE(endpoint.apiVersion, QStringLiteral("2024-05-01-preview"));
    QCOMPARE(endpoint.auth, Endpoint::Auth::Both);
}

void TestEndpointDialog::nativeProvidersAreKinds()
{
    paste("https://api.anthropic.com/v1/messages");
    QCOMPARE(child<QComboBox>("kindBox")->currentText(), QStringLiteral("Anthropic"));
    QVERIFY(child<QLabel>("recognisedLabel")->text().startsWith(QStringLiteral("Anthropic · ")));
    QCOMPARE(child<QComboBox>("authBox")->currentText(), QStringLiteral("x-api-key"));
    QVERIFY(!child<QComboBox>("versionBox")->isVisible());
    QVERIFY(!child<QComboBox>("variantBox")->isVisible());
    const Endpoint endpoint = m_dialog->endpoint();
    QCOMPARE(endpoint.kind, Endpoint::Kind::Native);
    QCOMPARE(endpoint.native, QStringLiteral("anthropic"));
    QCOMPARE(endpoint.auth, Endpoint::Auth::ApiKey);
    m_dialog->setEndpoint(endpoint);
    QCOMPARE(m_dialog->endpoint(), endpoint);
}

void TestEndpointDialog::aKindChosenFirstBringsItsUrl()
{
    chooseKind(QStringLiteral("Anthropic"));
    QCOMPARE(child<QLineEdit>("urlEdit")->text(), QStringLiteral("https://api.anthropic.com"));
    QCOMPARE(m_dialog->endpoint().native, QStringLiteral("anthropic"));
    QVERIFY(child<QPushButton>("acceptButton")->isEnabled());
}

void TestEndpointDialog::nativeAndCompatibleHaveTheirOwnPaths()
{
    paste("localhost:11434");
    QCOMPARE(m_dialog->endpoint().native, QStringLiteral("ollama"));
    const QString host = m_dialog->endpoint().baseUrl.toString();
    chooseKind(endpointKindName(Endpoint::Kind::OpenAiCompatible));
    QCOMPARE(m_dialog->endpoint().baseUrl.toString(), QString(host + QStringLiteral("/v1")));
    QVERIFY(m_dialog->endpoint().native.isEmpty());
    chooseKind(QStringLiteral("Ollama"));
    QCOMPARE(m_dialog->endpoint().baseUrl.toString(), host);
    // A server on any port may speak it, whatever was pasted.
    paste("http://localhost:9999/api/chat");
    chooseKind(QStringLiteral("Ollama"));
    QCOMPARE(m_dialog->endpoint().baseUrl.toString(), QStringLiteral("http://localhost:9999"));
    QCOMPARE(m_dialog->endpoint().native, QStringLiteral("ollama"));
}

void TestEndpointDialog::serversOfOneFormatAreVariants()
{
    paste("localhost:8080");
    QVERIFY(child<QComboBox>("variantBox")->isVisible());
    QCOMPARE(m_dialog->endpoint().variant, QString());
    choose("variantBox", QStringLiteral("vLLM"));
    const Endpoint endpoint = m_dialog->endpoint();
    QCOMPARE(endpoint.variant, QStringLiteral("vllm"));
    m_dialog->setEndpoint(endpoint);
    QCOMPARE(m_dialog->endpoint(), endpoint);
}

void TestEndpointDialog::aTokenCommandIsExplainedAndChecked()
{
    paste("https://my.services.ai.azure.com/models");
    child<QLineEdit>("keyEdit")->setText(QStringLiteral("old key"));
    chooseMethod(2);
    QVERIFY(child<QLabel>("commandHintLabel")->isVisible());
    QVERIFY(child<QLabel>("commandHintLabel")->text().contains(u"on this machine"));
    QVERIFY(!child<QLineEdit>("keyEdit")->isVisible());
    QCOMPARE(child<QComboBox>("scopeBox")->count(), 3);
    Endpoint endpoint = m_dialog->endpoint();
    QVERIFY(endpoint.tokenCommand.startsWith(QStringLiteral("az account")));
    QCOMPARE(endpoint.tokenScope, QStringLiteral("https://cognitiveservices.azure.com/.default"));
    QCOMPARE(endpoint.auth, Endpoint::Auth::Bearer);
    QVERIFY(endpoint.credential.isEmpty());
    child<QComboBox>("scopeBox")->setEditText(QString());
    QVERIFY(child<QLabel>("problemLabel")->text().contains(u"{scope}"));
    QVERIFY(!child<QPushButton>("acceptButton")->isEnabled());
    child<QComboBox>("commandBox")->setEditText(QStringLiteral("  "));
    QVERIFY(!child<QPushButton>("acceptButton")->isEnabled());
    child<QComboBox>("commandBox")->setEditText(QStringLiteral("print-token --for me"));
    QVERIFY(child<QPushButton>("acceptButton")->isEnabled());
    child<QComboBox>("scopeBox")->setEditText(QStringLiteral("api://own/.default"));
    endpoint = m_dialog->endpoint();
    QCOMPARE(endpoint.tokenScope, QStringLiteral("api://own/.default"));
    m_dialog->setEndpoint(endpoint);
    QCOMPARE(m_dialog->endpoint(), endpoint);
    QVERIFY(child<QComboBox>("commandBox")->isVisible());
}

void TestEndpointDialog::aPastedTokenGoesAsBearer()
{
    paste("https://my.services.ai.azure.com/models");
    chooseMethod(1);
    child<QLineEdit>("keyEdit")->setText(QStringLiteral("ey.token"));
    const Endpoint endpoint = m_dialog->endpoint();
    QCOMPARE(endpoint.auth, Endpoint::Auth::Bearer);
    QCOMPARE(endpoint.credential.reveal(), QByteArray("ey.token"));
    QVERIFY(child<QLabel>("keyHintLabel")->text().contains(u"expire"));
    QVERIFY(!child<QComboBox>("authBox")->isVisible());
}

void TestEndpointDialog::whatDoesNotMapIsChosenHere()
{
    paste("localhost:8080");
    const QString before = child<QLabel>("adaptationHintLabel")->text();
    choose("adaptationBox", QStringLiteral("Strict"));
    QVERIFY(child<QLabel>("adaptationHintLabel")->text() != before);
    child<JsonEdit>("extrasEdit")->setPlainText(QStringLiteral("{\"top_k\": 40}"));
    QCOMPARE(m_dialog->endpoint().adaptation, Adaptation::Strict);
    QCOMPARE(m_dialog->endpoint().extras, (QJsonObject {{QStringLiteral("top_k"), 40}}));
    paste("localhost:8000"); // another URL, the same choices
    QCOMPARE(m_dialog->endpoint().adaptation, Adaptation::Strict);
    QCOMPARE(m_dialog->endpoint().extras.size(), 1);
}

void TestEndpointDialog::damagedExtrasBlock()
{
    paste("localhost:8080");
    child<JsonEdit>("extrasEdit")->setPlainText(QStringLiteral("{\"top_k\": "));
    QTRY_VERIFY(!child<QPushButton>("acceptButton")->isEnabled());
    QVERIFY(child<QLabel>("problemLabel")->text().startsWith(QStringLiteral("Extras: ")));
    child<JsonEdit>("extrasEdit")->setPlainText(QString());
    QTRY_VERIFY(child<QPushButton>("acceptButton")->isEnabled());
}

void TestEndpointDialog::anUnencryptedKeyIsPointedOut()
{
    child<QLineEdit>("keyEdit")->setText(QStringLiteral("k"));
    paste("http://localhost:8080");
    QVERIFY(child<QLabel>("keyHintLabel")->text().contains(u"drawer"));
    paste("http://llm.example.com/v1");
    QVERIFY(child<QLabel>("keyHintLabel")->text().contains(u"unencrypted"));
}

void TestEndpointDialog::aChangedEndpointKeepsItsIdAndOptions()
{
    Endpoint endpoint {.id = QStringLiteral("e1"),
        .name = QStringLiteral("Mine"),
        .kind = Endpoint::Kind::AzureManaged,
        .baseUrl = QUrl(QStringLiteral("https://my.eastus.inference.ml.azure.com")),
        .auth = Endpoint::Auth::Both,
        .credential = Secret("k"),
        .apiVersion = QStringLiteral("2025-04-01"),
        .defaultModel = QStringLiteral("m"),
        .headers = {{"azureml-model-deployment", "blue"}, {"Authorization", "Basic x"}},
        .extrasMode = ExtrasMode::Error};
    endpoint.connection.deadlines.firstByte = std::chrono::seconds(7);
    endpoint.connection.retry = {.maxRetries = 5, .baseDelay = std::chrono::milliseconds(1)};
    endpoint.connection.proxy = {.mode = ProxyOptions::Mode::Socks5,
        .host = QStringLiteral("proxy"),
        .port = 1080,
        .user = QStringLiteral("u"),
        .password = Secret("p")};
    m_dialog->setEndpoint(endpoint);
    QCOMPARE(m_dialog->endpoint(), endpoint);
    QVERIFY(child<QPushButton>("acceptButton")->isEnabled());
    // Another URL is still the same endpoint, with the same options.
    paste("https://other.eastus.inference.ml.azure.com/score");
    QCOMPARE(m_dialog->endpoint().id, QStringLiteral("e1"));
    QCOMPARE(m_dialog->endpoint().name, QStringLiteral("Mine"));
    QCOMPARE(m_dialog->endpoint().connection, endpoint.connection);
    QCOMPARE(m_dialog->endpoint().headers, endpoint.headers);
}

void TestEndpointDialog::damagedAdvancedInputBlocks()
{
    paste("localhost:8080");
    child<QLineEdit>("caFileEdit")->setText(QStringLiteral("/no/such/file.pem"));
    QVERIFY(!child<QPushButton>("acceptButton")->isEnabled());
    QVERIFY(child<QLabel>("problemLabel")->text().contains(u"/no/such/file.pem"));
    child<QLineEdit>("caFileEdit")->clear();
    QVERIFY(child<QPushButton>("acceptButton")->isEnabled());
    QTest::mouseClick(child<QToolButton>("advancedButton"), Qt::LeftButton);
    QTest::mouseClick(child<QToolButton>("addHeaderButton"), Qt::LeftButton);
    child<QTableWidget>("headersTable")->item(0, 0)->setText(QStringLiteral("X Y"));
    QVERIFY(!child<QPushButton>("acceptButton")->isEnabled());
    child<QTableWidget>("headersTable")->item(0, 0)->setText(QStringLiteral("X-Y"));
    QVERIFY(child<QPushButton>("acceptButton")->isEnabled());
    QCOMPARE(m_dialog->endpoint().headers, (HeaderList {{"X-Y", ""}}));
}

void TestEndpointDialog::verdicts_data()
{
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("title");
    QTest::newRow("key") << Error::Kind::Authentication << 401 << QStringLiteral("does not accept the key");
    QTest::newRow("nobody there") << Error::Kind::Network << 0 << QStringLiteral("can not be reached");
    QTest::newRow("certificate") << Error::Kind::Tls << 0 << QStringLiteral("secure connection");
    QTest::newRow("silence") << Error::Kind::Timeout << 0 << QStringLiteral("in time");
    QTest::newRow("a web page") << Error::Kind::Protocol << 200 << QStringLiteral("not a model server");
    QTest::newRow("no such route") << Error::Kind::NotFound << 404 << QStringLiteral("does not list");
    QTest::newRow("route not allowed") << Error::Kind::Unsupported << 405 << QStringLiteral("does not list");
    QTest::newRow("broken server") << Error::Kind::Provider << 500 << QStringLiteral("refused");
}

void TestEndpointDialog::verdicts()
{
    QFETCH(Error::Kind, kind);
    QFETCH(int, status);
    QFETCH(QString, title);
    m_listError = Error {.kind = kind, .httpStatus = status, .message = QStringLiteral("its own words")};
    paste("localhost:8080");
    QTest::mouseClick(child<QPushButton>("testButton"), Qt::LeftButton);
    QTRY_VERIFY2(banner().contains(title), qPrintable(banner()));
    auto *shown = m_dialog->findChild<Banner *>(QStringLiteral("verdictBanner"));
    QVERIFY(shown->isVisible());
    const QString said = QString(shown->text() + allSteps());
    QVERIFY2(said.contains(u"its own words"), qPrintable(said));
    // The user knows better, perhaps.
    QVERIFY(child<QPushButton>("acceptButton")->isEnabled());

    m_listError.reset();
    m_models = {{.id = QStringLiteral("llama")}, {.id = QStringLiteral("qwen")}};
    QTest::mouseClick(child<QPushButton>("testButton"), Qt::LeftButton);
    QTRY_VERIFY2(banner().contains(u"Connected"), qPrintable(banner()));
    QCOMPARE(child<QComboBox>("modelBox")->count(), 2);
    QCOMPARE(child<QComboBox>("modelBox")->currentText(), QString());
}

void TestEndpointDialog::everyStepHasAVerdict()
{
    using State = ConnectionStep::State;
    m_listError = Error {.kind = Error::Kind::Authentication, .httpStatus = 401, .message = QStringLiteral("no entry")};
    paste("https://llm.example.com/v1");
    auto *view = child<StepsView>("stepsView");
    QVERIFY(!view->isVisible());
    QTest::mouseClick(child<QPushButton>("testButton"), Qt::LeftButton);
    QTRY_VERIFY(view->isVisible());
    QCOMPARE(int(view->steps().size()), 6);
    QCOMPARE(view->steps()[3].step, ConnectionStep::Step::Auth);
    QCOMPARE(view->steps()[3].state, State::Failed);
    auto *text = child<QLabel>("stepText_3");
    QVERIFY2(text->text().contains(u"no entry"), qPrintable(text->text()));
    QVERIFY(view->accessibleDescription().contains(u"failed"));
    child<QLineEdit>("nameEdit")->setText(QStringLiteral("x"));
    QVERIFY(view->isVisible()); // a name changes nothing about it
    child<QLineEdit>("keyEdit")->setText(QStringLiteral("k"));
    QVERIFY(!view->isVisible());
}

void TestEndpointDialog::aTestCanBeStopped()
{
    paste("localhost:8080");
    auto *button = child<QPushButton>("testButton");
    const QString before = button->text();
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(button->text() != before);
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(button->text(), before);
}

void TestEndpointDialog::editingDropsTheVerdict()
{
    paste("localhost:8080");
    QTest::mouseClick(child<QPushButton>("testButton"), Qt::LeftButton);
    auto *shown = m_dialog->findChild<Banner *>(QStringLiteral("verdictBanner"));
    QTRY_VERIFY(shown->isVisible());
    child<QLineEdit>("keyEdit")->setText(QStringLiteral("k"));
    QVERIFY(!shown->isVisible());
}

void TestEndpointDialog::localServersAreOfferedNotAdded()
{
    m_models = {{.id = QStringLiteral("a")}};
    QSignalSpy accepted(m_dialog.get(), &EndpointDialog::endpointAccepted);
    QVERIFY(!child<QWidget>("localServersPart")->isVisible());
    m_dialog->findLocalServers({});
    QTRY_VERIFY(child<QPushButton>("localServer_11434"));
    QVERIFY(child<QWidget>("localServersPart")->isVisible());
    QCOMPARE(child<QLineEdit>("urlEdit")->text(), QString());
    QTest::mouseClick(child<QPushButton>("localServer_11434"), Qt::LeftButton);
    QCOMPARE(child<QLineEdit>("urlEdit")->text(), QStringLiteral("http://127.0.0.1:11434"));
    QCOMPARE(m_dialog->endpoint().name, QStringLiteral("Ollama"));
    QCOMPARE(accepted.count(), 0);
}

void TestEndpointDialog::everyInputHasAnAccessibleName()
{
    const auto widgets = m_dialog->findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        // The parts of a box or an edit are spoken for by it.
        const QObject *parent = widget->parent();
        const bool isInner = qobject_cast<const QComboBox *>(parent) || qobject_cast<const QAbstractSpinBox *>(parent)
            || qobject_cast<const QLineEdit *>(parent);
        const bool isInput = qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QComboBox *>(widget)
            || qobject_cast<const QAbstractSpinBox *>(widget) || qobject_cast<const QToolButton *>(widget);
        if (isInput && !isInner)
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
    }
}

QTEST_MAIN(TestEndpointDialog)
#include "tst_endpointdialog.moc"
