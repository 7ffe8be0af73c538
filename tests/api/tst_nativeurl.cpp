// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/endpointurl.h"
#include "providers/registry.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace diptych;

using Kind = Endpoint::Kind;
using Auth = Endpoint::Auth;

class TestNativeUrl : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void garbageNeverMakesAnInvalidUrl_data();
    void garbageNeverMakesAnInvalidUrl();
    void mangledAddressesNeverMakeAnInvalidUrl();
    void addresses_data();
    void addresses();
    void whatWasRecognisedIsRecognisedAgain_data();
    void whatWasRecognisedIsRecognisedAgain();
    void theOtherApiIsNamed_data();
    void theOtherApiIsNamed();
    void aFormatCanBeForced_data();
    void aFormatCanBeForced();
    void aGeminiRouteGivesModelAndKey();
    void curlCommands_data();
    void curlCommands();
    void azureKindsStay_data();
    void azureKindsStay();
    void aKnownHostTellsTheVariant();
};

namespace {

Result<EndpointProposal> recognised(const QString &pasted)
{
    return recognise(pasted, providerDescriptors());
}

void checkSound(const QString &pasted)
{
    const Result<EndpointProposal> proposal = recognised(pasted);
    if (!proposal) {
        QCOMPARE(proposal.error().kind, Error::Kind::InvalidRequest);
        QVERIFY(!proposal.error().message.isEmpty());
        return;
    }
    const QUrl &url = proposal->endpoint.baseUrl;
    QVERIFY2(url.isValid() && !url.host().isEmpty(), qPrintable(pasted));
    QVERIFY2(url.scheme() == u"http" || url.scheme() == u"https", qPrintable(pasted));
    QVERIFY2(url.userInfo().isEmpty() && !url.hasFragment(), qPrintable(pasted));
    QVERIFY2(!url.path().endsWith(u'/'), qPrintable(url.toString()));
    QVERIFY2(QUrl(QString::fromLatin1(url.toEncoded()), QUrl::StrictMode).isValid(), qPrintable(url.toString()));
    QCOMPARE(proposal->endpoint.kind == Kind::Native, !proposal->endpoint.native.isEmpty());
    QVERIFY2(recognised(url.toString(QUrl::FullyEncoded)), qPrintable(pasted));
}

} // namespace

void TestNativeUrl::garbageNeverMakesAnInvalidUrl_data()
{
    QTest::addColumn<QString>("pasted");
    const auto row = [](const char *text) { QTest::newRow(text) << QString::fromUtf8(text); };
    for (const char *text : {":", "://", "http://", "https://:80", "http://[", "http://[::1",
             "http://[::1]:", "http:///", "http://%", "http://%00/", "https://a.example/%", "https://a.example/%zz/v1",
             "https://a.example/?%", "https://a.example/?key", "https://a.example/?key=%",
             "https://a.example/?key=&key=&=", "https://a.example/??", "https://a.example/#", "https://@a.example",
             "https://:@a.example", "https://a.example:80:80/", "https://a..example/v1", "https://.example/v1",
             "https://a.example./v1", "https://xn--/", "https://é.example/ü", "localhost:11434:11434",
             "localhost:11434//", "localhost:11434/api//chat/../..", "localhost:11434/%2e%2e/api",
             "api.anthropic.com/v1/messages/../../x", "https://api.anthropic.com:0/", "curl", "curl ''", "curl -H",
             "curl -d '{'", "curl http://localhost:1 -d @file", "curl -H ':' -H 'x-api-key:' api.anthropic.com", "'",
             "\"", "\\", "`", "https://generativelanguage.googleapis.com/v1beta/models/:generateContent",
             "https://generativelanguage.googleapis.com/models/%2F:generateContent?key=",
             "https://my.openai.azure.com/openai/deployments//chat", "https://.services.ai.azure.com/models",
             "https://ai.azure.com/?wsid=/accounts/-", "https://\xE2\x80\xAE.example", "http://1.2.3.4.5/",
             "http://0x7f.1/",
             "http://localhost\xEF\xBC\x9A"
             "80",
             "\xEF\xBB\xBFhttps://a.example/v1", "https://a.example/v1\r\nX: y"})
        row(text);
    QTest::newRow("long") << QString(100'000, u'a');
    QTest::newRow("long path") << QString(QStringLiteral("https://a.example/") + QString(100'000, u'/'));
    QTest::newRow("deep quotes") << QString(5'000, u'"');
    QTest::newRow("nulls") << QString(50, QChar(0));
    QTest::newRow("surrogates") << QString(50, QChar(0xD800));
}

void TestNativeUrl::garbageNeverMakesAnInvalidUrl()
{
    QFETCH(QString, pasted);
    checkSound(pasted);
}

void TestNativeUrl::mangledAddressesNeverMakeAnInvalidUrl()
{
    static const QString letters = QStringLiteral(":/?#[]@!$&'()*+,;=%.-_~ \"<>\\^`{|}aZ09é\t\n");
    QRandomGenerator random(20'260'101); // the same every time
    const QStringList seeds {QStringLiteral("https://api.anthropic.com/v1/messages?key=a&b=c#d"),
        QStringLiteral("curl -H 'x-api-key: k' 'http://localhost:11434/api/chat' -d '{\"model\":\"m\"}'"),
        QStringLiteral("https://me:pw@my.openai.azure.com/openai/deployments/x/chat/completions?api-version=1"),
        QStringLiteral("https://generativelanguage.googleapis.com/v1beta/models/g:streamGenerateContent?alt=sse&key=k"),
        QStringLiteral("[::1]:8080/v1"), QStringLiteral("https://ai.azure.com/r?wsid=/accounts/a/projects/p")};
    for (int round = 0; round < 50'000; ++round) {
        QString text = seeds.at(round % seeds.size());
        for (int change = random.bounded(1, 6); change > 0 && !text.isEmpty(); --change) {
            const int at = random.bounded(int(text.size()));
            if (random.bounded(3) == 0)
                text.remove(at, random.bounded(1, 8));
            else
                text.insert(at, letters.at(random.bounded(int(letters.size()))));
        }
        checkSound(text);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(text));
    }
}

void TestNativeUrl::addresses_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("native"); // empty: OpenAI-compatible
    const auto row = [](const char *pasted, const char *url, const char *native) {
        QTest::newRow(pasted) << QString::fromUtf8(pasted) << QString::fromUtf8(url) << QString::fromUtf8(native);
    };
    row("api.anthropic.com", "https://api.anthropic.com", "anthropic");
    row("https://api.anthropic.com/v1/messages", "https://api.anthropic.com", "anthropic");
    row("https://api.anthropic.com/v1", "https://api.anthropic.com", "anthropic");
    row("https://api.anthropic.com/v1/models/claude", "https://api.anthropic.com", "anthropic");
    row("https://api.anthropic.com/v1/messages/count_tokens", "https://api.anthropic.com", "anthropic");
    row("https://console.anthropic.com/settings/keys", "https://api.anthropic.com", "anthropic");
    row("https://api.anthropic.com/v1/chat/completions", "https://api.anthropic.com/v1", "");
    row("https://llm.example.com/claude/v1/messages", "https://llm.example.com/claude", "anthropic");
    row("http://localhost:1234/v1/messages", "http://localhost:1234", "anthropic");
    row("https://my.services.ai.azure.com/anthropic/v1/messages", "https://my.services.ai.azure.com/anthropic",
        "anthropic");
    row("localhost:11434", "http://localhost:11434", "ollama");
    row("http://localhost:11434/", "http://localhost:11434", "ollama");
    row("http://localhost:11434/api", "http://localhost:11434", "ollama");
    row("http://localhost:11434/api/chat", "http://localhost:11434", "ollama");
    row("http://localhost:11434/api/tags", "http://localhost:11434", "ollama");
    row("192.168.1.7:11434", "http://192.168.1.7:11434", "ollama");
    row("0.0.0.0:11434", "http://127.0.0.1:11434", "ollama");
    row("[::1]:11434", "http://[::1]:11434", "ollama");
    row("http://gpu-box:9000/ollama/api/chat", "http://gpu-box:9000/ollama", "ollama");
    row("ollama.com", "https://ollama.com", "ollama");
    row("https://ollama.com/api/chat", "https://ollama.com", "ollama");
    row("localhost:11434/v1", "http://localhost:11434/v1", "");
    row("http://localhost:11434/v1/chat/completions", "http://localhost:11434/v1", "");
    row("generativelanguage.googleapis.com", "https://generativelanguage.googleapis.com/v1beta", "gemini");
    row("https://generativelanguage.googleapis.com/v1/models/g:generateContent",
        "https://generativelanguage.googleapis.com/v1", "gemini");
    row("https://generativelanguage.googleapis.com/v1beta/models", "https://generativelanguage.googleapis.com/v1beta",
        "gemini");
    row("https://aistudio.google.com/app/apikey", "https://generativelanguage.googleapis.com/v1beta", "gemini");
    row("https://generativelanguage.googleapis.com/v1beta/openai",
        "https://generativelanguage.googleapis.com/v1beta/openai", "");
    row("https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
        "https://generativelanguage.googleapis.com/v1beta/openai", "");
    row("https://proxy.example.com/g/v1beta/models/gemini-x:streamGenerateContent?alt=sse",
        "https://proxy.example.com/g/v1beta", "gemini");
    row("https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google/models/"
        "g:generateContent",
        "https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google", "gemini");
    row("api.cohere.com/v2/chat", "https://api.cohere.com", "cohere");
    row("https://api.cohere.com", "https://api.cohere.com", "cohere");
    row("https://api.cohere.ai/v1/embed", "https://api.cohere.ai", "cohere");
    row("https://dashboard.cohere.com/api-keys", "https://api.cohere.com", "cohere");
    row("https://api.cohere.com/compatibility/v1", "https://api.cohere.com/compatibility/v1", "");
    row("https://api.cohere.com/compatibility/v1/chat/completions", "https://api.cohere.com/compatibility/v1", "");
    // Paths that many servers have tell nothing.
    row("https://llm.example.com/v1", "https://llm.example.com/v1", "");
    row("https://llm.example.com/api", "https://llm.example.com/api", "");
    row("http://localhost:8080/v1/models", "http://localhost:8080/v1", "");
    row("https://api.openai.com/v1", "https://api.openai.com/v1", "");
}

void TestNativeUrl::addresses()
{
    QFETCH(QString, pasted);
    QFETCH(QString, url);
    QFETCH(QString, native);
    const Result<EndpointProposal> proposal = recognised(pasted);
    QVERIFY2(proposal, qPrintable(proposal ? QString() : proposal.error().message));
    const Endpoint &endpoint = proposal->endpoint;
    QCOMPARE(QString::fromLatin1(endpoint.baseUrl.toEncoded()), url);
    QCOMPARE(endpoint.native, native);
    QCOMPARE(endpoint.kind, native.isEmpty() ? Kind::OpenAiCompatible : Kind::Native);
    QVERIFY(!endpoint.name.isEmpty());
    if (const ProviderDescriptor *descriptor = findDescriptor(providerDescriptors(), native);
        descriptor && !endpoint.baseUrl.host().contains(u"aiplatform"))
        QCOMPARE(endpoint.auth, descriptor->auth);
    if (!pasted.contains(url, Qt::CaseInsensitive))
        QVERIFY(!proposal->changes.isEmpty());
    for (const QString &change : proposal->changes)
        QVERIFY2(change.endsWith(u'.') && !change.contains(u"%1"), qPrintable(change));
}

void TestNativeUrl::whatWasRecognisedIsRecognisedAgain_data()
{
    addresses_data();
}

void TestNativeUrl::whatWasRecognisedIsRecognisedAgain()
{
    QFETCH(QString, pasted);
    const Endpoint first = recognised(pasted)->endpoint;
    const Endpoint again = recognised(first.baseUrl.toString(QUrl::FullyEncoded))->endpoint;
    // Behind somebody's proxy only a route tells the format, and that is gone; so it is under /v1 of Anthropic.
    static const QStringList places {QStringLiteral("example.com"), QStringLiteral("aiplatform"),
        QStringLiteral("azure"), QStringLiteral(":9000"), QStringLiteral(":1234"), QStringLiteral("anthropic.com/v1")};
    const QString base = first.baseUrl.toString();
    const bool isElsewhere =
        std::any_of(places.begin(), places.end(), [&base](const QString &place) { return base.contains(place); });
    if (isElsewhere)
        return;
    QCOMPARE(again.baseUrl, first.baseUrl);
    QCOMPARE(again.native, first.native);
}

void TestNativeUrl::theOtherApiIsNamed_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("other");
    QTest::newRow("native") << QStringLiteral("localhost:11434") << QStringLiteral("http://localhost:11434/v1");
    QTest::newRow("compatible") << QStringLiteral("localhost:11434/v1") << QStringLiteral("http://localhost:11434.");
    QTest::newRow("gemini") << QStringLiteral("https://generativelanguage.googleapis.com/v1beta/openai")
                            << QStringLiteral("https://generativelanguage.googleapis.com/v1beta.");
    QTest::newRow("cohere") << QStringLiteral("https://api.cohere.com/compatibility/v1")
                            << QStringLiteral("https://api.cohere.com.");
}

void TestNativeUrl::theOtherApiIsNamed()
{
    QFETCH(QString, pasted);
    QFETCH(QString, other);
    const QString told = recognised(pasted)->changes.join(u'\n');
    QVERIFY2(told.contains(other), qPrintable(told));
}

void TestNativeUrl::aFormatCanBeForced_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("native");
    QTest::addColumn<QString>("url"); // empty: refused all the same
    const auto row = [](const char *pasted, const char *native, const char *url) {
        QTest::newRow(pasted) << QString::fromUtf8(pasted) << QString::fromUtf8(native) << QString::fromUtf8(url);
    };
    row("not an address", "ollama", "");
    row("127.0.0.1:4000", "ollama", "http://127.0.0.1:4000");
    row("http://127.0.0.1:4000/", "anthropic", "http://127.0.0.1:4000");
    row("http://127.0.0.1:4000/v1", "anthropic", "http://127.0.0.1:4000");
    row("http://127.0.0.1:4000/proxy/v1/messages", "anthropic", "http://127.0.0.1:4000/proxy");
    row("http://127.0.0.1:4000/v2", "cohere", "http://127.0.0.1:4000");
    row("http://127.0.0.1:4001", "gemini", "http://127.0.0.1:4001/v1beta");
    row("http://127.0.0.1:4000/v1beta", "gemini", "http://127.0.0.1:4000/v1beta");
    row("https://api.openai.com", "anthropic", "https://api.openai.com");
}

void TestNativeUrl::aFormatCanBeForced()
{
    QFETCH(QString, pasted);
    QFETCH(QString, native);
    QFETCH(QString, url);
    const ProviderDescriptor *descriptor = findDescriptor(providerDescriptors(), native);
    QVERIFY(descriptor);
    const auto proposal = recogniseAs(pasted, *descriptor);
    QCOMPARE(proposal.has_value(), !url.isEmpty());
    if (!proposal)
        return;
    QCOMPARE(proposal->endpoint.baseUrl.toString(), url);
    QCOMPARE(proposal->endpoint.native, native);
    QCOMPARE(proposal->endpoint.auth, descriptor->auth);
}

void TestNativeUrl::aGeminiRouteGivesModelAndKey()
{
    const auto proposal = recognised(QStringLiteral("https://generativelanguage.googleapis.com/v1beta/models/"
                                                    "gemini-2.0-flash:generateContent?alt=sse&key=s3cret"));
    const Endpoint &endpoint = proposal->endpoint;
    QCOMPARE(endpoint.defaultModel, QStringLiteral("gemini-2.0-flash"));
    QCOMPARE(endpoint.credential, Secret("s3cret"));
    QCOMPARE(endpoint.auth, Auth::ApiKey);
    QVERIFY(!endpoint.baseUrl.hasQuery());
    const QString told = proposal->changes.join(u' ');
    QVERIFY(told.contains(u"gemini-2.0-flash") && told.contains(u"key") && !told.contains(u"s3cret"));
}

void TestNativeUrl::curlCommands_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("native");
    QTest::addColumn<Auth>("auth");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QByteArray>("header"); // that holds the key instead
    QTest::newRow("anthropic") << QStringLiteral(
        "curl https://api.anthropic.com/v1/messages -H 'x-api-key: sk-1' -H 'anthropic-version: 2023-06-01' "
        "-d '{\"model\":\"claude\",\"max_tokens\":1,\"messages\":[]}'")
                               << QStringLiteral("anthropic") << Auth::ApiKey << QByteArray("sk-1")
                               << QStringLiteral("claude") << QByteArray();
    QTest::newRow("gemini") << QStringLiteral(
        "curl 'https://generativelanguage.googleapis.com/v1beta/models/g:generateContent' -H 'x-goog-api-key: sk-1' -X "
        "POST") << QStringLiteral("gemini")
                            << Auth::ApiKey << QByteArray("sk-1") << QStringLiteral("g") << QByteArray();
    QTest::newRow("placeholder") << QStringLiteral(
        "curl https://api.anthropic.com/v1/messages --header \"x-api-key: $ANTHROPIC_API_KEY\"")
                                 << QStringLiteral("anthropic") << Auth::ApiKey << QByteArray() << QString()
                                 << QByteArray();
    QTest::newRow("bearer to a native API")
        << QStringLiteral("curl https://llm.example.com/v1/messages -H 'Authorization: Bearer sk-1'")
        << QStringLiteral("anthropic") << Auth::Bearer << QByteArray("sk-1") << QString() << QByteArray();
    QTest::newRow("cohere") << QStringLiteral("curl --url https://api.cohere.com/v2/chat --header 'Authorization: "
                                              "bearer sk-1' --data '{\"model\":\"command\"}'")
                            << QStringLiteral("cohere") << Auth::Bearer << QByteArray("sk-1")
                            << QStringLiteral("command") << QByteArray();
    QTest::newRow("ollama") << QStringLiteral("curl http://localhost:11434/api/generate -d '{\"model\":\"llama3.2\"}'")
                            << QStringLiteral("ollama") << Auth::Bearer << QByteArray() << QStringLiteral("llama3.2")
                            << QByteArray();
    QTest::newRow("another key header") << QStringLiteral(
        "curl https://llm.example.com/v1/chat/completions -H 'x-api-key: sk-1'")
                                        << QString() << Auth::None << QByteArray() << QString()
                                        << QByteArray("x-api-key");
}

void TestNativeUrl::curlCommands()
{
    QFETCH(QString, command);
    QFETCH(QString, native);
    QFETCH(Auth, auth);
    QFETCH(QByteArray, key);
    QFETCH(QString, model);
    QFETCH(QByteArray, header);
    const auto proposal = recognised(command);
    QVERIFY(proposal);
    const Endpoint &endpoint = proposal->endpoint;
    QCOMPARE(endpoint.native, native);
    QCOMPARE(endpoint.auth, auth);
    QCOMPARE(endpoint.credential.reveal(), key);
    QCOMPARE(endpoint.defaultModel, model);
    if (!header.isEmpty())
        QCOMPARE(headerValue(endpoint.headers, header), QByteArray("sk-1"));
    QVERIFY(!proposal->changes.join(u' ').contains(u"sk-1"));
}

void TestNativeUrl::azureKindsStay_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<Kind>("kind");
    const auto row = [](const char *pasted, Kind kind) { QTest::newRow(pasted) << QString::fromUtf8(pasted) << kind; };
    row("https://my.eastus2.models.ai.azure.com/chat/completions", Kind::AzureServerless);
    row("https://my.eastus.inference.ai.azure.com", Kind::AzureServerless);
    row("https://my.eastus.inference.ml.azure.com/score", Kind::AzureManaged);
    row("https://my.services.ai.azure.com/models/chat/completions", Kind::AzureFoundry);
    row("https://my.services.ai.azure.com/api/projects/p", Kind::AzureFoundry);
    row("https://my.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21",
        Kind::AzureOpenAiDeployment);
    row("https://my.openai.azure.com/openai/v1/", Kind::AzureOpenAiV1);
    row("https://my.services.ai.azure.com/openai/v1", Kind::AzureOpenAiV1);
    row("https://models.github.ai/inference", Kind::GitHubModels);
    row("http://127.0.0.1:3000/images/embeddings", Kind::AzureCompatible);
    row("https://ai.azure.com/resource/overview?wsid=/subscriptions/1/accounts/MyRes&tid=2", Kind::AzureFoundry);
}

void TestNativeUrl::azureKindsStay()
{
    QFETCH(QString, pasted);
    QFETCH(Kind, kind);
    const auto with = recognised(pasted);
    QVERIFY(with);
    QCOMPARE(with->endpoint.kind, kind);
    QCOMPARE(*with, *recognise(pasted));
}

void TestNativeUrl::aKnownHostTellsTheVariant()
{
    const ServerVariant variant {.name = QStringLiteral("acme"), .hosts = {QStringLiteral("api.acme.example")}};
    const std::vector<ProviderDescriptor> descriptors {{.name = QStringLiteral("openai"), .variants = {variant}}};
    QCOMPARE(recognise(QStringLiteral("https://api.acme.example/v1"), descriptors)->endpoint.variant, variant.name);
    QCOMPARE(recognise(QStringLiteral("https://other.example/v1"), descriptors)->endpoint.variant, QString());
}

QTEST_GUILESS_MAIN(TestNativeUrl)
#include "tst_nativeurl.moc"
