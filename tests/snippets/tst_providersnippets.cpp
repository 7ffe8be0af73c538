// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/codesnippet.h"
#include "net/httpclient.h"
#include "providers/registry.h"
#include "snippetrunner.h"

#include <QTest>

using namespace diptych;

/// What each provider really sends, written as code and run.
class TestProviderSnippets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyProviderIsThere();
    void callArrivesAsPreviewed_data();
    void callArrivesAsPreviewed();

private:
    static std::vector<Endpoint> endpoints();
};

std::vector<Endpoint> TestProviderSnippets::endpoints()
{
    std::vector<Endpoint> all {{.name = QStringLiteral("openai"), .kind = Endpoint::Kind::OpenAiCompatible},
        {.name = QStringLiteral("azure"),
            .kind = Endpoint::Kind::AzureFoundry,
            .auth = Endpoint::Auth::Both,
            .apiVersion = QStringLiteral("2024-05-01-preview")}};
    for (const ProviderDescriptor &descriptor : providerDescriptors()) {
        if (descriptor.baseUrl.isEmpty())
            continue;
        all.push_back(nativeEndpoint(descriptor));
        all.back().name = descriptor.name;
    }
    for (Endpoint &endpoint : all) {
        endpoint.id = endpoint.name;
        endpoint.credential = Secret("sk-leaked");
        endpoint.headers = {{"X-Team", "it's $HOME"}};
    }
    return all;
}

void TestProviderSnippets::everyProviderIsThere()
{
    QVERIFY(endpoints().size() >= 6);
}

void TestProviderSnippets::callArrivesAsPreviewed_data()
{
    QTest::addColumn<Endpoint>("endpoint");
    QTest::addColumn<SnippetLanguage>("language");
    QTest::addColumn<QString>("program");
    struct Runtime {
        SnippetLanguage language;
        QString program;
        const char *name;
    };
    const std::vector<Runtime> runtimes {
        {SnippetLanguage::Curl, QByteArray(SNIPPET_CURL).isEmpty() ? QString() : QStringLiteral("/bin/sh"), "curl"},
        {SnippetLanguage::JavaScript, QStringLiteral(SNIPPET_NODE), "node"},
        {SnippetLanguage::Python, QStringLiteral(SNIPPET_PYTHON), "python"}};
    for (const Endpoint &endpoint : endpoints()) {
        for (const Runtime &runtime : runtimes)
            QTest::addRow("%s %s", qPrintable(endpoint.name), runtime.name)
                << endpoint << runtime.language << runtime.program;
    }
}

void TestProviderSnippets::callArrivesAsPreviewed()
{
    QFETCH(Endpoint, endpoint);
    QFETCH(SnippetLanguage, language);
    QFETCH(QString, program);
    if (program.isEmpty())
        QSKIP("the program for this language is not on this machine");
    FakeServer server;
    server.enqueue(FakeResponse::text(200, "text/event-stream", "data: an answer\n\n"));
    endpoint.baseUrl = server.url(QStringLiteral("/base"));
    HttpClient client;
    const ChatRequest request {.model = QStringLiteral("m/x y"),
        .messages = {Message::fromText(Role::System, QStringLiteral("Be brief.")),
            Message::fromText(Role::User, QStringLiteral("it's \"so\" \\ $(rm) `x` ${y} 😀\n</script>"))},
        .sampling = {.temperature = 0.7, .maxTokens = 8}};
    const auto preview = makeProvider(endpoint, client)->preview(request);
    QVERIFY2(preview.has_value(), preview ? "" : qPrintable(preview.error().message));
    const QString code = codeSnippet(*preview, language, QStringLiteral("LAB_KEY"));
    QVERIFY(!code.contains(QStringLiteral("sk-leaked")));
    const SnippetRunner runner;
    const ProgramResult result = runner.run(program, {runner.write(QStringLiteral("call.mjs"), code)});
    QVERIFY2(result.isDone, result.errors.constData());
    QCOMPARE(requestDifference(*preview, server), QString());
    QVERIFY2(result.output.contains("an answer"), result.output.constData());
}

QTEST_GUILESS_MAIN(TestProviderSnippets)
#include "tst_providersnippets.moc"
