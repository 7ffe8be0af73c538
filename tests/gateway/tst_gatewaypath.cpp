// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/surfacerules.h"

#include <QTest>

using namespace diptych;
using Operation = GatewayPath::Operation;

class TestGatewayPath : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refuses_data();
    void refuses();
    void finds_data();
    void finds();
    void aHeaderTellsWhoseModelListItIs();
    void namesTheMissingVersion();
};

namespace {

Result<GatewayPath> lookUp(const QByteArray &method, const QByteArray &target, const HeaderList &headers = {})
{
    const HttpServerRequest request {.method = method, .target = target, .headers = headers};
    return surfaceRulesOf(request).find(request);
}

} // namespace

void TestGatewayPath::refuses_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    const auto row = [](const char *method, const char *target, int status) {
        QTest::addRow("%s %s", method, target) << QByteArray(method) << QByteArray(target) << status;
    };
    row("POST", "/", 404);
    row("POST", "/no/such/route?api-version=2024-05-01-preview", 404);
    row("POST", "/v1/no/such", 404);
    row("POST", "/chat/completions", 404);
    row("POST", "/chat/completions?api-version=2024-08-01-preview", 404);
    row("POST", "/models/models/embeddings?api-version=2025-04-01", 404);
    row("POST", "/openai/deployments/guide", 404);
    row("POST", "/v1/images/embeddings", 404);
    row("GET", "/chat/completions?api-version=2025-04-01", 405);
    row("POST", "/info?api-version=2025-04-01", 405);
    row("OPTIONS", "/v1/chat/completions", 405);
    row("DELETE", "/v1/models/guide", 405);
    row("POST", "/health", 405);
    row("GET", "/api", 404);
    row("GET", "/api/none", 404);
    row("POST", "/api/tags", 405);
    row("POST", "/api/pull", 405);
    row("DELETE", "/api/delete", 405);
    row("GET", "/v1/messages", 405);
    row("POST", "/v1/messages/batches", 404);
}

void TestGatewayPath::refuses()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, target);
    QFETCH(const int, status);
    const Result<GatewayPath> route = lookUp(method, target);
    QVERIFY(!route);
    QCOMPARE(route.error().httpStatus, status);
}

void TestGatewayPath::finds_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<GatewayPath>("expected");
    const auto row = [](const char *method, const char *target, const GatewayPath &route) {
        QTest::addRow("%s %s", method, target) << QByteArray(method) << QByteArray(target) << route;
    };
    const auto azure = [](Operation operation) {
        return GatewayPath {.operation = operation, .surface = Surface::Azure};
    };
    const auto openAi = [](Operation operation, const char *model = "") {
        return GatewayPath {.operation = operation, .surface = Surface::OpenAi, .model = QString::fromUtf8(model)};
    };
    const auto ollama = [](Operation operation) {
        return GatewayPath {.operation = operation, .surface = Surface::Ollama};
    };
    row("GET", "/health", {});
    row("GET", "/", ollama(Operation::Health));
    row("HEAD", "/", ollama(Operation::Health));
    row("GET", "/api/version", ollama(Operation::Version));
    row("GET", "/api/tags", ollama(Operation::ListModels));
    row("GET", "/api/ps", ollama(Operation::RunningModels));
    row("POST", "/api/show", ollama(Operation::ShowModel));
    row("POST", "/api/chat", ollama(Operation::Chat));
    row("POST", "//api/generate", ollama(Operation::Generate));
    row("POST", "/api/embed", ollama(Operation::Embed));
    row("POST", "/api/embeddings", ollama(Operation::EmbedOne));
    row("GET", "/info?api-version=2024-04-01-preview", azure(Operation::Info));
    row("GET", "/info?api-version=2025-05-01&model=a%2Fb",
        {.operation = Operation::Info, .surface = Surface::Azure, .model = QStringLiteral("a/b")});
    row("POST", "/chat/completions?api-version=2024-05-01-preview", azure(Operation::Chat));
    row("POST", "//chat/completions?api-version=2024-05-01-preview", azure(Operation::Chat));
    row("POST", "/models/chat/completions?api-version=2025-04-01", azure(Operation::Chat));
    row("POST", "/completions?api-version=2025-04-01", azure(Operation::Complete));
    row("POST", "/models/embeddings?api-version=2025-04-01", azure(Operation::Embed));
    row("POST", "/embeddings?api-version=2025-05-15-preview", azure(Operation::Embed));
    row("POST", "/images/embeddings?api-version=2025-04-01", azure(Operation::EmbedImages));
    row("GET", "/v1/models", openAi(Operation::ListModels));
    row("GET", "/v1/models/org/name%20x", openAi(Operation::GetModel, "org/name x"));
    row("POST", "/v1/chat/completions", openAi(Operation::Chat));
    row("POST", "/openai/v1/chat/completions?api-version=preview", openAi(Operation::Chat));
    row("POST", "/v1/completions", openAi(Operation::Complete));
    row("POST", "/v1/embeddings", openAi(Operation::Embed));
    row("POST", "/openai/deployments/guide/chat/completions?api-version=2024-10-21", openAi(Operation::Chat, "guide"));
    row("POST", "/openai/deployments/w/embeddings?api-version=x", openAi(Operation::Embed, "w"));
}

void TestGatewayPath::finds()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, target);
    QFETCH(const GatewayPath, expected);
    const Result<GatewayPath> route = lookUp(method, target);
    QVERIFY2(route, route ? "" : qPrintable(route.error().message));
    QCOMPARE(route->operation, expected.operation);
    QCOMPARE(route->model, expected.model);
    QVERIFY(*route == expected);
}

void TestGatewayPath::aHeaderTellsWhoseModelListItIs()
{
    const HeaderList version {{"anthropic-version", "2023-06-01"}};
    QCOMPARE(lookUp("GET", "/v1/models")->surface, Surface::OpenAi);
    QCOMPARE(lookUp("GET", "/v1/models", version)->surface, Surface::Anthropic);
    const GatewayPath one {
        .operation = Operation::GetModel, .surface = Surface::Anthropic, .model = QStringLiteral("a/b")};
    QVERIFY(*lookUp("GET", "/v1/models/a%2Fb", version) == one);
    QCOMPARE(lookUp("POST", "/v1/messages")->surface, Surface::Anthropic);
    QCOMPARE(lookUp("POST", "/v1/messages/count_tokens")->operation, Operation::CountTokens);
    QCOMPARE(lookUp("POST", "/v1/chat/completions", version).error().httpStatus, 404);
    QCOMPARE(lookUp("GET", "/api/tags", version)->surface, Surface::Ollama);
}

void TestGatewayPath::namesTheMissingVersion()
{
    QVERIFY(lookUp("POST", "/embeddings").error().message.contains(u"api-version"));
    QCOMPARE(lookUp("POST", "/embeddings?api-version=1").error().message, QStringLiteral("Resource not found"));
}

QTEST_GUILESS_MAIN(TestGatewayPath)
#include "tst_gatewaypath.moc"
