// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/endpointurl.h"

#include "api/pastedtext.h"

#include <QTest>

using namespace diptych;

using Kind = Endpoint::Kind;
using Auth = Endpoint::Auth;

class TestEndpointUrl : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nonsenseIsRefusedWithAdvice_data();
    void nonsenseIsRefusedWithAdvice();
    void addresses_data();
    void addresses();
    void aBaseUrlStaysAsItIs_data();
    void aBaseUrlStaysAsItIs();
    void whatWasRecognisedIsRecognisedAgain_data();
    void whatWasRecognisedIsRecognisedAgain();
    void versions_data();
    void versions();
    void theDeploymentIsTheModel();
    void curlCommandsGiveUpTheirKey_data();
    void curlCommandsGiveUpTheirKey();
    void aCurlCommandKeepsItsOtherHeaders();
    void credentialsLeaveTheUrl_data();
    void credentialsLeaveTheUrl();
    void localServersAreNamed();
    void keysTravelAsTheKindWantsIt();
    void shellWords_data();
    void shellWords();
};

void TestEndpointUrl::nonsenseIsRefusedWithAdvice_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::newRow("nothing") << QString();
    QTest::newRow("spaces") << QStringLiteral("  \n ");
    QTest::newRow("quotes only") << QStringLiteral("\"\"");
    QTest::newRow("a word") << QStringLiteral("llama");
    QTest::newRow("a sentence") << QStringLiteral("please use my model");
    QTest::newRow("a key") << QStringLiteral("sk-proj-0123456789abcdef");
    QTest::newRow("an e-mail address with spaces") << QStringLiteral("me at example.com");
    QTest::newRow("another scheme") << QStringLiteral("ftp://example.com/v1");
    QTest::newRow("web socket") << QStringLiteral("wss://example.com/v1");
    QTest::newRow("a file") << QStringLiteral("file:///etc/passwd");
    QTest::newRow("script") << QStringLiteral("javascript:alert(1)");
    QTest::newRow("no host") << QStringLiteral("https:///v1");
    QTest::newRow("port out of range") << QStringLiteral("http://localhost:99999");
    QTest::newRow("port zero") << QStringLiteral("http://localhost:0/v1");
    QTest::newRow("a host with holes") << QStringLiteral("https://exa mple.com");
    QTest::newRow("curl without a URL") << QStringLiteral("curl -H 'api-key: x'");
    QTest::newRow("portal without a resource") << QStringLiteral("https://ai.azure.com/explore/models");
    QTest::newRow("model page") << QStringLiteral("https://huggingface.co/meta-llama/Llama-3.2-1B");
}

void TestEndpointUrl::nonsenseIsRefusedWithAdvice()
{
    QFETCH(QString, pasted);
    const Result<EndpointProposal> proposal = recognise(pasted);
    QVERIFY2(!proposal, qPrintable(proposal ? proposal->endpoint.baseUrl.toString() : QString()));
    QCOMPARE(proposal.error().kind, Error::Kind::InvalidRequest);
    QCOMPARE(proposal.error().parameter, QStringLiteral("url"));
    QVERIFY(proposal.error().message.size() > 20);
}

void TestEndpointUrl::addresses_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("url");
    QTest::addColumn<Kind>("kind");
    const auto row = [](const char *pasted, const char *url, Kind kind) {
        QTest::newRow(pasted) << QString::fromUtf8(pasted) << QString::fromUtf8(url) << kind;
    };
    // Neither is the program curl.
    row("https://llm.example.com/proxy/curl", "https://llm.example.com/proxy/curl", Kind::OpenAiCompatible);
    row("localhost:8080/curl", "http://localhost:8080/curl", Kind::OpenAiCompatible);
    // Azure, all kinds
    row("https://my.eastus2.models.ai.azure.com", "https://my.eastus2.models.ai.azure.com", Kind::AzureServerless);
    row("https://my.eastus2.models.ai.azure.com/v1/chat/completions", "https://my.eastus2.models.ai.azure.com",
        Kind::AzureServerless);
    row("https://my.eastus2.models.ai.azure.com/images/embeddings", "https://my.eastus2.models.ai.azure.com",
        Kind::AzureServerless);
    row("https://my.westus.inference.ai.azure.com/info", "https://my.westus.inference.ai.azure.com",
        Kind::AzureServerless);
    row("https://my.eastus.inference.ml.azure.com/score", "https://my.eastus.inference.ml.azure.com",
        Kind::AzureManaged);
    row("https://my.eastus.inference.ml.azure.com/score/chat/completions", "https://my.eastus.inference.ml.azure.com",
        Kind::AzureManaged);
    row("https://my.eastus.inference.ml.azure.com/v1/chat/completions", "https://my.eastus.inference.ml.azure.com/v1",
        Kind::AzureManaged);
    row("https://my.services.ai.azure.com", "https://my.services.ai.azure.com/models", Kind::AzureFoundry);
    row("https://MY.services.ai.azure.com/models/", "https://my.services.ai.azure.com/models", Kind::AzureFoundry);
    row("https://my.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview",
        "https://my.services.ai.azure.com/models", Kind::AzureFoundry);
    row("https://my.services.ai.azure.com/models/info", "https://my.services.ai.azure.com/models", Kind::AzureFoundry);
    row("https://my.services.ai.azure.com/api/models", "https://my.services.ai.azure.com/models", Kind::AzureFoundry);
    row("https://my.services.ai.azure.com/api/projects/first", "https://my.services.ai.azure.com/models",
        Kind::AzureFoundry);
    row("https://my.services.ai.azure.com/openai/v1/", "https://my.services.ai.azure.com/openai/v1",
        Kind::AzureOpenAiV1);
    row("https://my.openai.azure.com/", "https://my.openai.azure.com/openai/v1", Kind::AzureOpenAiV1);
    row("https://my.openai.azure.com/openai/v1/chat/completions", "https://my.openai.azure.com/openai/v1",
        Kind::AzureOpenAiV1);
    row("https://my.openai.azure.com/openai/responses?api-version=2025-04-01-preview",
        "https://my.openai.azure.com/openai/v1", Kind::AzureOpenAiV1);
    row("https://my.cognitiveservices.azure.com", "https://my.cognitiveservices.azure.com/openai/v1",
        Kind::AzureOpenAiV1);
    row("https://my.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21",
        "https://my.openai.azure.com/openai/deployments/gpt-4o", Kind::AzureOpenAiDeployment);
    row("https://my.cognitiveservices.azure.com/openai/deployments/emb/embeddings",
        "https://my.cognitiveservices.azure.com/openai/deployments/emb", Kind::AzureOpenAiDeployment);
    row("https://gateway.example.com/team/openai/deployments/x/completions",
        "https://gateway.example.com/team/openai/deployments/x", Kind::AzureOpenAiDeployment);
    row("https://ai.azure.com/foundryProject/overview?wsid=/subscriptions/1/resourceGroups/g/providers/"
        "Microsoft.CognitiveServices/accounts/MyRes/projects/p&tid=2",
        "https://myres.services.ai.azure.com/models", Kind::AzureFoundry);
    row("https://models.github.ai/inference/chat/completions", "https://models.github.ai/inference",
        Kind::GitHubModels);
    row("https://models.github.ai/catalog/models", "https://models.github.ai/inference", Kind::GitHubModels);
    row("https://models.github.ai/orgs/acme/inference", "https://models.github.ai/orgs/acme/inference",
        Kind::GitHubModels);
    row("https://models.inference.ai.azure.com", "https://models.inference.ai.azure.com", Kind::GitHubModels);
    row("http://127.0.0.1:3000/?api-version=2024-05-01-preview", "http://127.0.0.1:3000", Kind::AzureCompatible);
    row("http://127.0.0.1:3000/info", "http://127.0.0.1:3000", Kind::AzureCompatible);
    // Services
    row("api.openai.com", "https://api.openai.com/v1", Kind::OpenAiCompatible);
    row("https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1", Kind::OpenAiCompatible);
    row("https://api.openai.com/v1/responses", "https://api.openai.com/v1", Kind::OpenAiCompatible);
    row("https://platform.openai.com/api-keys", "https://api.openai.com/v1", Kind::OpenAiCompatible);
    row("https://api.groq.com", "https://api.groq.com/openai/v1", Kind::OpenAiCompatible);
    row("https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1", Kind::OpenAiCompatible);
    row("generativelanguage.googleapis.com", "https://generativelanguage.googleapis.com/v1beta/openai",
        Kind::OpenAiCompatible);
    // Local servers and private networks
    row("localhost:11434", "http://localhost:11434/v1", Kind::OpenAiCompatible);
    row("http://localhost:11434/api/chat", "http://localhost:11434/v1", Kind::OpenAiCompatible);
    row("http://localhost:11434/api/tags", "http://localhost:11434/v1", Kind::OpenAiCompatible);
    row("localhost:8080", "http://localhost:8080/v1", Kind::OpenAiCompatible);
    row("http://127.0.0.1:1234/v1/models", "http://127.0.0.1:1234/v1", Kind::OpenAiCompatible);
    row("0.0.0.0:8000", "http://127.0.0.1:8000/v1", Kind::OpenAiCompatible);
    row("http://localhost:8000/docs", "http://localhost:8000/v1", Kind::OpenAiCompatible);
    row("192.168.1.7:8000", "http://192.168.1.7:8000/v1", Kind::OpenAiCompatible);
    row("172.20.0.2:8000/v1", "http://172.20.0.2:8000/v1", Kind::OpenAiCompatible);
    row("172.40.0.2:8000/v1", "https://172.40.0.2:8000/v1", Kind::OpenAiCompatible);
    row("[::1]:8080", "http://[::1]:8080/v1", Kind::OpenAiCompatible);
    row("[fd12::7]:8080", "http://[fd12::7]:8080/v1", Kind::OpenAiCompatible);
    row("gpu-box:8000", "http://gpu-box:8000/v1", Kind::OpenAiCompatible);
    row("gpu.local:8000", "http://gpu.local:8000/v1", Kind::OpenAiCompatible);
    row("//llm.example.com/v1", "https://llm.example.com/v1", Kind::OpenAiCompatible);
    row("HTTP://LOCALHOST:8080/V1", "http://localhost:8080/V1", Kind::OpenAiCompatible);
    // What surrounds an address
    row("  https://llm.example.com/v1/  ", "https://llm.example.com/v1", Kind::OpenAiCompatible);
    row("\"https://llm.example.com/v1\",", "https://llm.example.com/v1", Kind::OpenAiCompatible);
    row("<https://llm.example.com/v1>", "https://llm.example.com/v1", Kind::OpenAiCompatible);
    row("`https://llm.example.com/v1`.", "https://llm.example.com/v1", Kind::OpenAiCompatible);
    row("[my server](https://llm.example.com/v1)", "https://llm.example.com/v1", Kind::OpenAiCompatible);
    row("export OPENAI_BASE_URL=\"https://llm.example.com/v1\"", "https://llm.example.com/v1", Kind::OpenAiCompatible);
    row("The endpoint is https://llm.example.com/v1.", "https://llm.example.com/v1", Kind::OpenAiCompatible);
    row("https://llm.example.com//v1///chat/completions/", "https://llm.example.com/v1", Kind::OpenAiCompatible);
    row("https://llm.example.com/chat/completions", "https://llm.example.com", Kind::OpenAiCompatible);
    row("https://llm.example.com", "https://llm.example.com/v1", Kind::OpenAiCompatible);
    row("https://llm.example.com/v1#keys", "https://llm.example.com/v1", Kind::OpenAiCompatible);
    row("https://llm.example.com/v1?tenant=a%26b", "https://llm.example.com/v1?tenant=a%26b", Kind::OpenAiCompatible);
    row("https://llm.example.com/a%20b/v1", "https://llm.example.com/a%20b/v1", Kind::OpenAiCompatible);
}

void TestEndpointUrl::addresses()
{
    QFETCH(QString, pasted);
    QFETCH(QString, url);
    QFETCH(Kind, kind);
    const Result<EndpointProposal> proposal = recognise(pasted);
    QVERIFY2(proposal, qPrintable(proposal ? QString() : proposal.error().message));
    QCOMPARE(QString::fromLatin1(proposal->endpoint.baseUrl.toEncoded()), url);
    QCOMPARE(proposal->endpoint.kind, kind);
    QVERIFY(!proposal->endpoint.name.isEmpty());
    // Every difference is told: one that is not only a matter of spaces, case or slashes has a sentence.
    if (!pasted.contains(url, Qt::CaseInsensitive))
        QVERIFY(!proposal->changes.isEmpty() || pasted.contains(u"//v1//"));
    for (const QString &change : proposal->changes)
        QVERIFY2(change.endsWith(u'.') && !change.contains(u"%1"), qPrintable(change));
}

void TestEndpointUrl::aBaseUrlStaysAsItIs_data()
{
    QTest::addColumn<QString>("url");
    for (const char *url : {"https://api.openai.com/v1", "http://localhost:11434/v1",
             "https://my.openai.azure.com/openai/v1", "https://llm.example.com/some/path/v1"})
        QTest::newRow(url) << QString::fromUtf8(url);
}

void TestEndpointUrl::aBaseUrlStaysAsItIs()
{
    QFETCH(QString, url);
    const Result<EndpointProposal> proposal = recognise(url);
    QVERIFY(proposal);
    QCOMPARE(proposal->endpoint.baseUrl.toString(), url);
    QCOMPARE(proposal->changes, QStringList());
}

void TestEndpointUrl::whatWasRecognisedIsRecognisedAgain_data()
{
    addresses_data();
}

void TestEndpointUrl::whatWasRecognisedIsRecognisedAgain()
{
    QFETCH(QString, pasted);
    const QUrl url = recognise(pasted)->endpoint.baseUrl;
    // A host without a path is the one thing that an address alone can not tell.
    if (!url.path().isEmpty())
        QCOMPARE(recognise(url.toString(QUrl::FullyEncoded))->endpoint.baseUrl, url);
}

void TestEndpointUrl::versions_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("version");
    QTest::newRow("kept") << QStringLiteral("https://my.services.ai.azure.com/models?api-version=2025-04-01")
                          << QStringLiteral("2025-04-01");
    QTest::newRow("any case") << QStringLiteral("https://my.services.ai.azure.com/models?API-Version=2025-04-01")
                              << QStringLiteral("2025-04-01");
    QTest::newRow("added for Foundry") << QStringLiteral("https://my.services.ai.azure.com/models")
                                       << QStringLiteral("2024-05-01-preview");
    QTest::newRow("added for a deployment")
        << QStringLiteral("https://my.openai.azure.com/openai/deployments/x") << QStringLiteral("2024-10-21");
    QTest::newRow("none for v1") << QStringLiteral("https://my.openai.azure.com/openai/v1?api-version=2024-10-21")
                                 << QString();
    QTest::newRow("preview for v1") << QStringLiteral("https://my.openai.azure.com/openai/v1?api-version=preview")
                                    << QStringLiteral("preview");
    QTest::newRow("none for others") << QStringLiteral("https://api.openai.com/v1") << QString();
}

void TestEndpointUrl::versions()
{
    QFETCH(QString, pasted);
    QFETCH(QString, version);
    const Result<EndpointProposal> proposal = recognise(pasted);
    QCOMPARE(proposal->endpoint.apiVersion, version);
    QVERIFY(!proposal->endpoint.baseUrl.hasQuery());
}

void TestEndpointUrl::theDeploymentIsTheModel()
{
    const auto proposal =
        recognise(QStringLiteral("https://my.openai.azure.com/openai/deployments/my%20gpt/chat/completions"));
    QCOMPARE(proposal->endpoint.defaultModel, QStringLiteral("my gpt"));
    QCOMPARE(proposal->endpoint.name, QStringLiteral("my"));
}

void TestEndpointUrl::curlCommandsGiveUpTheirKey_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<Auth>("auth");
    QTest::addColumn<QString>("model");
    QTest::newRow("bearer") << QStringLiteral(
        "curl https://api.openai.com/v1/chat/completions \\\n  -H \"Content-Type: application/json\" "
        "\\\n  -H \"Authorization: Bearer sk-1\" \\\n  -d '{\"model\": \"gpt-4o\", \"messages\": []}'")
                            << QByteArray("sk-1") << Auth::Bearer << QStringLiteral("gpt-4o");
    QTest::newRow("api-key") << QStringLiteral(
        "curl -X POST -H 'api-key: k2' https://my.services.ai.azure.com/models/chat/completions")
                             << QByteArray("k2") << Auth::ApiKey << QString();
    QTest::newRow("both") << QStringLiteral(
        "curl -H'api-key: k' --header='Authorization: bearer k3' --url my.services.ai.azure.com")
                          << QByteArray("k3") << Auth::Both << QString();
    QTest::newRow("variable") << QStringLiteral(
        "curl -H \"Authorization: Bearer $OPENAI_API_KEY\" https://api.openai.com/v1/models")
                              << QByteArray() << Auth::Bearer << QString();
    QTest::newRow("placeholder") << QStringLiteral(
        "curl --header \"api-key: <your-api-key>\" https://my.openai.azure.com")
                                 << QByteArray() << Auth::ApiKey << QString();
    QTest::newRow("path of curl") << QStringLiteral(
        "/usr/bin/curl -H 'Authorization: Bearer k4' https://api.openai.com")
                                  << QByteArray("k4") << Auth::Bearer << QString();
    QTest::newRow("no key") << QStringLiteral("curl -s localhost:8080/v1/chat/completions --json '{\"model\":\"m\"}'")
                            << QByteArray() << Auth::Bearer << QStringLiteral("m");
}

void TestEndpointUrl::curlCommandsGiveUpTheirKey()
{
    QFETCH(QString, command);
    QFETCH(QByteArray, key);
    QFETCH(Auth, auth);
    QFETCH(QString, model);
    const Result<EndpointProposal> proposal = recognise(command);
    QVERIFY2(proposal, qPrintable(proposal ? QString() : proposal.error().message));
    QCOMPARE(proposal->endpoint.credential.reveal(), key);
    QCOMPARE(proposal->endpoint.auth, auth);
    QCOMPARE(proposal->endpoint.defaultModel, model);
    QVERIFY(proposal->endpoint.headers.empty());
    if (!key.isEmpty())
        QVERIFY(!proposal->changes.join(u' ').contains(QString::fromUtf8(key)));
    if (command.contains(u"$") || command.contains(u"<"))
        QVERIFY(proposal->changes.join(u' ').contains(u"placeholder"));
}

void TestEndpointUrl::aCurlCommandKeepsItsOtherHeaders()
{
    const auto proposal =
        recognise(QStringLiteral("curl -H 'azureml-model-deployment: blue' -H 'extra-parameters: drop' -H 'nonsense' "
                                 "https://my.eastus.inference.ml.azure.com/score"));
    QCOMPARE(proposal->endpoint.headers, (HeaderList {{"azureml-model-deployment", "blue"}}));
    QCOMPARE(proposal->endpoint.extrasMode, ExtrasMode::Drop);
}

void TestEndpointUrl::credentialsLeaveTheUrl_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("authorization");
    QTest::newRow("user and password") << QStringLiteral("https://me:p%40ss@llm.example.com/v1") << QByteArray()
                                       << QByteArray("Basic bWU6cEBzcw==");
    QTest::newRow("curl -u") << QStringLiteral("curl -u me:p@ss https://llm.example.com/v1/models") << QByteArray()
                             << QByteArray("Basic bWU6cEBzcw==");
    QTest::newRow("key in the query") << QStringLiteral("https://llm.example.com/v1?key=s3cret") << QByteArray("s3cret")
                                      << QByteArray();
    QTest::newRow("subscription key") << QStringLiteral("https://llm.example.com/v1?subscription-key=s3cret")
                                      << QByteArray("s3cret") << QByteArray();
}

void TestEndpointUrl::credentialsLeaveTheUrl()
{
    QFETCH(QString, pasted);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, authorization);
    const Result<EndpointProposal> proposal = recognise(pasted);
    QVERIFY(proposal);
    QCOMPARE(proposal->endpoint.baseUrl.toString(), QStringLiteral("https://llm.example.com/v1"));
    QCOMPARE(proposal->endpoint.credential.reveal(), key);
    QCOMPARE(headerValue(proposal->endpoint.headers, "authorization"), authorization);
    const QString told = proposal->changes.join(u' ');
    QVERIFY(told.contains(u"out of the URL"));
    QVERIFY(!told.contains(u"s3cret") && !told.contains(u"p@ss"));
}

void TestEndpointUrl::localServersAreNamed()
{
    QCOMPARE(recognise(QStringLiteral("localhost:11434"))->endpoint.name, QStringLiteral("Ollama"));
    QCOMPARE(recognise(QStringLiteral("127.0.0.1:1234"))->endpoint.name, QStringLiteral("LM Studio"));
    QCOMPARE(recognise(QStringLiteral("192.168.0.5:8000"))->endpoint.name, QStringLiteral("vLLM (192.168.0.5)"));
    QCOMPARE(recognise(QStringLiteral("https://llm.example.com:8000"))->endpoint.name,
        QStringLiteral("llm.example.com:8000"));
}

void TestEndpointUrl::keysTravelAsTheKindWantsIt()
{
    QCOMPARE(recognise(QStringLiteral("https://my.services.ai.azure.com"))->endpoint.auth, Auth::Both);
    QCOMPARE(recognise(QStringLiteral("https://my.openai.azure.com"))->endpoint.auth, Auth::ApiKey);
    QCOMPARE(recognise(QStringLiteral("https://api.openai.com"))->endpoint.auth, Auth::Bearer);
    QCOMPARE(recognise(QStringLiteral("https://models.github.ai"))->endpoint.auth, Auth::Bearer);
}

void TestEndpointUrl::shellWords_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("spaces") << QStringLiteral("  a \t b\n") << QStringList {QStringLiteral("a"), QStringLiteral("b")};
    QTest::newRow("single quotes") << QStringLiteral("'a \"b\\' c")
                                   << QStringList {QStringLiteral("a \"b\\"), QStringLiteral("c")};
    QTest::newRow("double quotes") << QStringLiteral("\"a 'b\\\" \\n\"") << QStringList {QStringLiteral("a 'b\" \\n")};
    QTest::newRow("continued") << QStringLiteral("a \\\n b") << QStringList {QStringLiteral("a"), QStringLiteral("b")};
    QTest::newRow("empty word") << QStringLiteral("a ''") << QStringList {QStringLiteral("a"), QString()};
    QTest::newRow("open quote") << QStringLiteral("'a b") << QStringList {QStringLiteral("a b")};
    QTest::newRow("joined") << QStringLiteral("a'b'\"c\"\\ d") << QStringList {QStringLiteral("abc d")};
}

void TestEndpointUrl::shellWords()
{
    QFETCH(QString, line);
    QFETCH(QStringList, words);
    QCOMPARE(splitShellWords(line), words);
}

QTEST_GUILESS_MAIN(TestEndpointUrl)
#include "tst_endpointurl.moc"
