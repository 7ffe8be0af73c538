// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/environmentimport.h"

#include <QTest>

using namespace diptych;

using Kind = Endpoint::Kind;
using Variables = QMap<QString, QString>;

namespace {

std::vector<ProviderDescriptor> descriptors()
{
    return {
        {.name = QStringLiteral("azure"), .keyVariables = {QStringLiteral("AZURE_AI_CHAT_KEY")}},
        {.name = QStringLiteral("ollama"),
            .displayName = QStringLiteral("Ollama"),
            .baseUrl = QStringLiteral("http://localhost:11434"),
            .hosts = {QStringLiteral("ollama.com")},
            .localPort = 11434,
            .paths = {QStringLiteral("/api/chat")},
            .compatiblePaths = {QStringLiteral("/v1")},
            .keyVariables = {QStringLiteral("OLLAMA_API_KEY")},
            .urlVariables = {QStringLiteral("OLLAMA_HOST")}},
        {.name = QStringLiteral("anthropic"),
            .displayName = QStringLiteral("Anthropic"),
            .baseUrl = QStringLiteral("https://api.anthropic.com"),
            .hosts = {QStringLiteral("api.anthropic.com")},
            .auth = Endpoint::Auth::ApiKey,
            .keyHeader = "x-api-key",
            .keyVariables = {QStringLiteral("ANTHROPIC_API_KEY")},
            .urlVariables = {QStringLiteral("ANTHROPIC_BASE_URL")}},
        {.name = QStringLiteral("gemini"),
            .displayName = QStringLiteral("Google Gemini"),
            .baseUrl = QStringLiteral("https://generativelanguage.googleapis.com/v1beta"),
            .hosts = {QStringLiteral("generativelanguage.googleapis.com")},
            .auth = Endpoint::Auth::ApiKey,
            .keyVariables = {QStringLiteral("GEMINI_API_KEY"), QStringLiteral("GOOGLE_API_KEY")}},
    };
}

EnvironmentImport imported(const Variables &variables)
{
    QProcessEnvironment environment;
    for (auto variable = variables.begin(); variable != variables.end(); ++variable)
        environment.insert(variable.key(), variable.value());
    return importEnvironment(environment, descriptors());
}

Variables one(const char *name, const char *value)
{
    return {{QString::fromLatin1(name), QString::fromUtf8(value)}};
}

Variables two(const char *name, const char *value, const char *other, const char *otherValue)
{
    return {{QString::fromLatin1(name), QString::fromUtf8(value)},
        {QString::fromLatin1(other), QString::fromUtf8(otherValue)}};
}

} // namespace

class TestEnvironmentImport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsOffered_data();
    void nothingIsOffered();
    void endpoints_data();
    void endpoints();
    void whatIsWrongIsSaidWithoutTheValue();
    void severalServicesAreSeveralProposals();
    void equalEndpointsAreOfferedOnce();
    void keysAreNeverSaid();
};

void TestEnvironmentImport::nothingIsOffered_data()
{
    QTest::addColumn<Variables>("variables");
    QTest::newRow("an empty environment") << Variables();
    QTest::newRow("others only") << one("PATH", "/usr/bin");
    QTest::newRow("an empty key") << one("OPENAI_API_KEY", "  ");
    for (const char *key : {"your-key-here", "<your-api-key>", "$KEY", "sk-...", "xxxxxxxx", "YOUR_API_KEY", "\"\""})
        QTest::newRow(key) << one("ANTHROPIC_API_KEY", key);
    QTest::newRow("a model only") << one("OPENAI_MODEL", "gpt-4o");
}

void TestEnvironmentImport::nothingIsOffered()
{
    QFETCH(Variables, variables);
    QCOMPARE(imported(variables), EnvironmentImport());
}

void TestEnvironmentImport::endpoints_data()
{
    QTest::addColumn<Variables>("variables");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("model");
    const auto row = [](const char *name, const Variables &variables, Kind kind, const char *url, const char *key,
                         const char *model = "") {
        QTest::newRow(name) << variables << kind << QString::fromLatin1(url) << QByteArray(key)
                            << QString::fromLatin1(model);
    };
    row("Azure chat", two("AZURE_AI_CHAT_ENDPOINT", "https://m.eastus.models.ai.azure.com", "AZURE_AI_CHAT_KEY", "k1"),
        Kind::AzureServerless, "https://m.eastus.models.ai.azure.com", "k1");
    row("Azure without a key", one("AZURE_AI_CHAT_ENDPOINT", "https://r.services.ai.azure.com/models"),
        Kind::AzureFoundry, "https://r.services.ai.azure.com/models", "");
    row("Azure inference",
        two("AZURE_INFERENCE_ENDPOINT", "https://r.services.ai.azure.com", "AZURE_INFERENCE_CREDENTIAL", "k2"),
        Kind::AzureFoundry, "https://r.services.ai.azure.com/models", "k2");
    row("Azure embeddings",
        two("AZURE_AI_EMBEDDINGS_ENDPOINT", "https://e.eastus.models.ai.azure.com", "AZURE_AI_EMBEDDINGS_KEY", "k3"),
        Kind::AzureServerless, "https://e.eastus.models.ai.azure.com", "k3");
    row("Azure image embeddings",
        two("AZURE_AI_IMAGE_EMBEDDINGS_ENDPOINT", "https://i.eastus.models.ai.azure.com",
            "AZURE_AI_IMAGE_EMBEDDINGS_KEY", "k4"),
        Kind::AzureServerless, "https://i.eastus.models.ai.azure.com", "k4");
    row("Azure OpenAI", two("AZURE_OPENAI_ENDPOINT", "https://r.openai.azure.com/", "AZURE_OPENAI_API_KEY", "k5"),
        Kind::AzureOpenAiV1, "https://r.openai.azure.com/openai/v1", "k5");
    row("Azure OpenAI deployment",
        two("AZURE_OPENAI_CHAT_ENDPOINT", "https://r.openai.azure.com/openai/deployments/gpt", "AZURE_OPENAI_CHAT_KEY",
            "k6"),
        Kind::AzureOpenAiDeployment, "https://r.openai.azure.com/openai/deployments/gpt", "k6", "gpt");
    row("OpenAI", one("OPENAI_API_KEY", "'k7'"), Kind::OpenAiCompatible, "https://api.openai.com/v1", "k7");
    row("OpenAI-compatible", two("OPENAI_BASE_URL", "http://localhost:8080/v1", "OPENAI_MODEL", "m"),
        Kind::OpenAiCompatible, "http://localhost:8080/v1", "", "m");
    row("a placeholder beside a URL", two("OPENAI_BASE_URL", "http://localhost:8080/v1", "OPENAI_API_KEY", "dummy"),
        Kind::OpenAiCompatible, "http://localhost:8080/v1", "");
    row("Groq", one("GROQ_API_KEY", "k8"), Kind::OpenAiCompatible, "https://api.groq.com/openai/v1", "k8");
    row("Anthropic", one("ANTHROPIC_API_KEY", "k9"), Kind::Native, "https://api.anthropic.com", "k9");
    row("Anthropic elsewhere", two("ANTHROPIC_BASE_URL", "https://llm.example.com/claude/", "ANTHROPIC_API_KEY", "k"),
        Kind::Native, "https://llm.example.com/claude", "k");
    row("Gemini by its second name", two("GEMINI_API_KEY", "<key>", "GOOGLE_API_KEY", "k10"), Kind::Native,
        "https://generativelanguage.googleapis.com/v1beta", "k10");
    row("Ollama host", one("OLLAMA_HOST", "gpu-box"), Kind::Native, "http://gpu-box:11434", "");
    row("Ollama host and port", one("OLLAMA_HOST", "gpu-box:9999"), Kind::Native, "http://gpu-box:9999", "");
    row("Ollama port", one("OLLAMA_HOST", ":9999"), Kind::Native, "http://localhost:9999", "");
    row("Ollama listening", one("OLLAMA_HOST", "0.0.0.0"), Kind::Native, "http://localhost:11434", "");
    row("Ollama listening at a port", one("OLLAMA_HOST", "0.0.0.0:9999"), Kind::Native, "http://localhost:9999", "");
    row("Ollama over IPv6", one("OLLAMA_HOST", "[::1]:9999"), Kind::Native, "http://[::1]:9999", "");
    row("Ollama over bare IPv6", one("OLLAMA_HOST", "::"), Kind::Native, "http://localhost:11434", "");
    row("Ollama as a URL", one("OLLAMA_HOST", "https://ollama.example.com/"), Kind::Native,
        "https://ollama.example.com", "");
    row("Ollama's service", one("OLLAMA_API_KEY", "k11"), Kind::Native, "https://ollama.com", "k11");
}

void TestEnvironmentImport::endpoints()
{
    QFETCH(Variables, variables);
    QFETCH(Kind, kind);
    QFETCH(QString, url);
    QFETCH(QByteArray, key);
    QFETCH(QString, model);
    const EnvironmentImport result = imported(variables);
    QCOMPARE(result.problems, QStringList());
    QCOMPARE(result.proposals.size(), std::size_t(1));
    const EnvironmentProposal &proposal = result.proposals.front();
    const Endpoint &endpoint = proposal.proposal.endpoint;
    QCOMPARE(endpoint.kind, kind);
    QCOMPARE(endpoint.baseUrl.toString(), url);
    QCOMPARE(endpoint.credential.reveal(), key);
    QCOMPARE(endpoint.defaultModel, model);
    QVERIFY(endpoint.id.isEmpty() && !endpoint.name.isEmpty());
    const QString told = proposal.proposal.changes.join(u' ');
    for (const QString &variable : proposal.variables)
        QVERIFY2(variables.contains(variable) && told.contains(variable), qPrintable(variable));
    QVERIFY(!proposal.variables.isEmpty());
}

void TestEnvironmentImport::whatIsWrongIsSaidWithoutTheValue()
{
    const EnvironmentImport swapped =
        imported(two("AZURE_AI_CHAT_ENDPOINT", "sk-s3cret", "AZURE_AI_CHAT_KEY", "https://a.example"));
    QVERIFY(swapped.proposals.empty());
    QCOMPARE(swapped.problems.size(), 1);
    QVERIFY(swapped.problems.front().contains(u"AZURE_AI_CHAT_ENDPOINT"));
    QVERIFY(!swapped.problems.front().contains(u"s3cret"));

    const EnvironmentImport lonely = imported(one("AZURE_INFERENCE_CREDENTIAL", "s3cret"));
    QVERIFY(lonely.proposals.empty());
    QCOMPARE(lonely.problems.size(), 1);
    QVERIFY(lonely.problems.front().contains(u"AZURE_INFERENCE_ENDPOINT"));
    QVERIFY(!lonely.problems.front().contains(u"s3cret"));
}

void TestEnvironmentImport::severalServicesAreSeveralProposals()
{
    const EnvironmentImport result = imported({{QStringLiteral("OPENAI_API_KEY"), QStringLiteral("a")},
        {QStringLiteral("MISTRAL_API_KEY"), QStringLiteral("b")},
        {QStringLiteral("OLLAMA_HOST"), QStringLiteral("gpu-box")},
        {QStringLiteral("OLLAMA_API_KEY"), QStringLiteral("c")}});
    QCOMPARE(result.proposals.size(), std::size_t(4));
    // The key of the service is not sent to the server at home.
    QVERIFY(result.proposals[2].proposal.endpoint.credential.isEmpty());
    QCOMPARE(result.proposals[3].proposal.endpoint.credential, Secret("c"));
}

void TestEnvironmentImport::equalEndpointsAreOfferedOnce()
{
    const EnvironmentImport result =
        imported({{QStringLiteral("AZURE_AI_CHAT_ENDPOINT"), QStringLiteral("https://r.services.ai.azure.com/models")},
            {QStringLiteral("AZURE_INFERENCE_ENDPOINT"), QStringLiteral("https://r.services.ai.azure.com")},
            {QStringLiteral("AZURE_AI_CHAT_KEY"), QStringLiteral("k")},
            {QStringLiteral("AZURE_INFERENCE_CREDENTIAL"), QStringLiteral("k")}});
    QCOMPARE(result.proposals.size(), std::size_t(1));
    QCOMPARE(result.proposals.front().variables.size(), 4);
}

void TestEnvironmentImport::keysAreNeverSaid()
{
    Variables all;
    for (const char *name : {"AZURE_AI_CHAT_KEY", "AZURE_INFERENCE_CREDENTIAL", "AZURE_OPENAI_API_KEY",
             "OPENAI_API_KEY", "MISTRAL_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "OLLAMA_API_KEY"})
        all.insert(QString::fromLatin1(name), QStringLiteral("s3cret"));
    all.insert(QStringLiteral("OPENAI_BASE_URL"), QStringLiteral("https://me:s3cret@llm.example.com/v1?key=s3cret"));
    const EnvironmentImport result = imported(all);
    QVERIFY(result.proposals.size() >= 5);
    QString told = result.problems.join(u'\n');
    for (const EnvironmentProposal &proposal : result.proposals) {
        told += proposal.proposal.changes.join(u'\n');
        QVERIFY(!proposal.proposal.endpoint.baseUrl.toString().contains(u"s3cret"));
    }
    QVERIFY2(!told.contains(u"s3cret"), qPrintable(told));
}

QTEST_GUILESS_MAIN(TestEnvironmentImport)
#include "tst_environmentimport.moc"
