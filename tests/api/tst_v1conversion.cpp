// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/tokenscopes.h"
#include "api/v1conversion.h"

#include <QTest>

using namespace diptych;

using Kind = Endpoint::Kind;
using Auth = Endpoint::Auth;

namespace {

Endpoint endpointOf(Kind kind, const QString &url)
{
    return {.id = QStringLiteral("e1"),
        .name = QStringLiteral("mine"),
        .kind = kind,
        .baseUrl = QUrl(url),
        .auth = defaultAuth(kind),
        .credential = Secret("s3cret"),
        .apiVersion = defaultApiVersion(kind),
        .extras = {{QStringLiteral("safe_prompt"), true}}};
}

Endpoint foundry()
{
    return endpointOf(Kind::AzureFoundry, QStringLiteral("https://r.services.ai.azure.com/models"));
}

} // namespace

class TestV1Conversion : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void kindsWithoutV1AreRefused_data();
    void kindsWithoutV1AreRefused();
    void urls_data();
    void urls();
    void everythingElseIsKept();
    void lossesAreNamed_data();
    void lossesAreNamed();
    void tokensGetTheirNewScope();
    void headersOfTheOldApiGo();
    void scopesHaveThreePresets();
};

void TestV1Conversion::kindsWithoutV1AreRefused_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<Error::Kind>("error");
    QTest::newRow("v1") << Kind::AzureOpenAiV1 << Error::Kind::InvalidRequest;
    QTest::newRow("OpenAI") << Kind::OpenAiCompatible << Error::Kind::InvalidRequest;
    QTest::newRow("GitHub") << Kind::GitHubModels << Error::Kind::Unsupported;
    QTest::newRow("compatible") << Kind::AzureCompatible << Error::Kind::Unsupported;
    QTest::newRow("built-in") << Kind::BuiltIn << Error::Kind::Unsupported;
    QTest::newRow("native") << Kind::Native << Error::Kind::Unsupported;
}

void TestV1Conversion::kindsWithoutV1AreRefused()
{
    QFETCH(Kind, kind);
    QFETCH(Error::Kind, error);
    const auto conversion = convertToV1(endpointOf(kind, QStringLiteral("https://a.example/x")));
    QVERIFY(!conversion);
    QCOMPARE(conversion.error().kind, error);
    QVERIFY(conversion.error().message.endsWith(u'.'));
}

void TestV1Conversion::urls_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<Kind>("becomes");
    QTest::addColumn<Auth>("auth");
    QTest::addColumn<QString>("model");
    const auto row = [](Kind kind, const char *from, const char *to, Kind becomes, Auth auth, const char *model = "") {
        QTest::newRow(from) << kind << QString::fromLatin1(from) << QString::fromLatin1(to) << becomes << auth
                            << QString::fromLatin1(model);
    };
    const char *v1 = "https://r.openai.azure.com/openai/v1";
    row(Kind::AzureFoundry, "https://r.services.ai.azure.com/models", v1, Kind::AzureOpenAiV1, Auth::ApiKey);
    row(Kind::AzureFoundry, "https://r.services.ai.azure.com/models/?api-version=1", v1, Kind::AzureOpenAiV1,
        Auth::ApiKey);
    row(Kind::AzureFoundry, "https://gw.example.com/team/models", "https://gw.example.com/team/openai/v1",
        Kind::AzureOpenAiV1, Auth::ApiKey);
    row(Kind::AzureOpenAiDeployment, "https://r.openai.azure.com/openai/deployments/my%20Gpt", v1, Kind::AzureOpenAiV1,
        Auth::ApiKey, "my Gpt");
    row(Kind::AzureOpenAiDeployment, "https://gw.example.com/a/openai/deployments/d?tenant=1",
        "https://gw.example.com/a/openai/v1?tenant=1", Kind::AzureOpenAiV1, Auth::ApiKey, "d");
    row(Kind::AzureServerless, "https://m.eastus.models.ai.azure.com", "https://m.eastus.models.ai.azure.com/v1",
        Kind::OpenAiCompatible, Auth::Bearer);
    row(Kind::AzureManaged, "https://m.eastus.inference.ml.azure.com/v1", "https://m.eastus.inference.ml.azure.com/v1",
        Kind::OpenAiCompatible, Auth::Bearer);
}

void TestV1Conversion::urls()
{
    QFETCH(Kind, kind);
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(Kind, becomes);
    QFETCH(Auth, auth);
    QFETCH(QString, model);
    const auto conversion = convertToV1(endpointOf(kind, from));
    QVERIFY(conversion);
    const Endpoint &endpoint = conversion->proposal.endpoint;
    QCOMPARE(endpoint.baseUrl.toString(), to);
    QCOMPARE(endpoint.kind, becomes);
    QCOMPARE(endpoint.auth, auth);
    QCOMPARE(endpoint.defaultModel, model);
    QVERIFY(endpoint.apiVersion.isEmpty());
    for (const QString &text : conversion->proposal.changes + conversion->losses)
        QVERIFY2(text.endsWith(u'.') && !text.contains(u"%1") && !text.contains(u"s3cret"), qPrintable(text));
}

void TestV1Conversion::everythingElseIsKept()
{
    Endpoint original = foundry();
    original.extrasMode = ExtrasMode::Drop;
    original.headers = {{"x-team", "blue"}};
    original.connection.proxy.mode = ProxyOptions::Mode::None;
    const Endpoint result = convertToV1(original)->proposal.endpoint;
    QCOMPARE(result.credential, original.credential);
    QCOMPARE(result.extras, original.extras);
    QCOMPARE(result.extrasMode, original.extrasMode);
    QCOMPARE(result.headers, original.headers);
    QCOMPARE(result.connection, original.connection);
    QVERIFY(result.id.isEmpty());
    QVERIFY(result.name != original.name);
}

void TestV1Conversion::lossesAreNamed_data()
{
    QTest::addColumn<QString>("loss");
    for (const char *loss : {"input_type", "/info", "int8", "Image embeddings", "extra-parameters"})
        QTest::newRow(loss) << QString::fromLatin1(loss);
}

void TestV1Conversion::lossesAreNamed()
{
    QFETCH(QString, loss);
    QVERIFY(convertToV1(foundry())->losses.join(u'\n').contains(loss));
    // A deployment of Azure OpenAI had none of it.
    const auto deployment = convertToV1(
        endpointOf(Kind::AzureOpenAiDeployment, QStringLiteral("https://r.openai.azure.com/openai/deployments/d")));
    QVERIFY(!deployment->losses.join(u'\n').contains(loss));
}

void TestV1Conversion::tokensGetTheirNewScope()
{
    Endpoint original = foundry();
    original.tokenCommand = QStringLiteral("az account get-access-token");
    original.tokenScope = defaultTokenScope(Kind::AzureFoundry);
    const Endpoint result = convertToV1(original)->proposal.endpoint;
    QCOMPARE(result.auth, Auth::Bearer);
    QCOMPARE(result.tokenCommand, original.tokenCommand);
    QCOMPARE(result.tokenScope, QStringLiteral("https://ai.azure.com/.default"));
}

void TestV1Conversion::headersOfTheOldApiGo()
{
    Endpoint original = endpointOf(Kind::AzureManaged, QStringLiteral("https://m.eastus.inference.ml.azure.com"));
    original.headers = {{"Extra-Parameters", "drop"}, {"azureml-model-deployment", "blue"}, {"x-team", "red"}};
    const auto conversion = convertToV1(original);
    QCOMPARE(conversion->proposal.endpoint.headers, (HeaderList {{"x-team", "red"}}));
    QVERIFY(conversion->losses.join(u'\n').contains(u"blue"));
}

void TestV1Conversion::scopesHaveThreePresets()
{
    const std::vector<TokenScope> presets = tokenScopePresets();
    QCOMPARE(presets.size(), std::size_t(3));
    for (const Kind kind : {Kind::AzureFoundry, Kind::AzureOpenAiV1, Kind::AzureManaged}) {
        const QString scope = defaultTokenScope(kind);
        QVERIFY(std::any_of(
            presets.begin(), presets.end(), [&scope](const TokenScope &preset) { return preset.scope == scope; }));
    }
    QVERIFY(defaultTokenScope(Kind::OpenAiCompatible).isEmpty());
    QVERIFY(tokenCommandPresets().first().contains(u"{scope}"));
}

QTEST_GUILESS_MAIN(TestV1Conversion)
#include "tst_v1conversion.moc"
