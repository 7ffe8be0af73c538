// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/forwardingprovider.h"
#include "gateway/gateway.h"
#include "gateway/routing/routedprovider.h"
#include "gatewayfixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace diptych;

namespace {

Route route(const char *name, std::vector<RouteTarget> targets)
{
    const QString text = QString::fromLatin1(name);
    return {.id = text, .name = text, .targets = std::move(targets)};
}

RouteTarget target(const char *model, double weight = 1)
{
    return {.model = *modelRefFromText(QString::fromLatin1(model)), .weight = weight};
}

Error failure(Error::Kind kind, int status = 0)
{
    return {.kind = kind, .httpStatus = status, .message = QStringLiteral("it broke")};
}

} // namespace

/// A gateway with routes to two scripted endpoints, as its clients see it.
class TestRouting : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aRouteLeadsToItsModel();
    void swappingLetsRunningStreamsFinish();
    void namesWithoutARouteAreRefused();
    void openModelsNeedNoRoute();
    void theDefaultRouteTakesEveryName();
    void theDefaultRouteLeavesOpenModelsAlone();
    void aRequestWithoutAModelTakesTheDefaultRoute();
    void weightsDecideTheShare();
    void aFailureIsFollowedByTheNextModel();
    void aHeadAloneIsNoAnswer();
    void aFailureInTheMiddleIsTheAnswers();
    void wrongRequestsAreNotAskedElsewhere();
    void aMissingEndpointIsFollowedByTheNextModel();
    void theRouteAddsPromptExtrasAndStrictness();
    void aFaultIsMadeOnlyOnce();
    void onlyListedHeadersGoOn();
    void keysNeverGoOn();
    void aRefusedKeyOfTheEndpointIsNotTheClients();
    void theShadowIsAskedTheSame();
    void theShadowCanNotHurtTheAnswer();
    void theBudgetEndsTheRoute();
    void theBudgetHoldsWithoutCounts_data();
    void theBudgetHoldsWithoutCounts();
    void anUnknownPriceAndABudgetDoNotGoTogether();
    void countersFollowTheRequests();
    void theListNamesRoutesAndOpenModels();
    void tooManyRequestsAreTurnedAway();
    void drainingAnswersWhatIsUnderWay();
    void drainingWaitsForTheLastByte();
    void shadowsAreLimited();
    void aLeavingClientCancelsTheModel();

private:
    [[nodiscard]] std::unique_ptr<RawClient> start(
        const char *model, const QByteArray &headers = {}, bool stream = true);
    [[nodiscard]] RawAnswer ask(const char *model, const QByteArray &headers = {});
    [[nodiscard]] ScriptedChatReply *chat(const char *endpoint, std::size_t count = 1);
    void serve(GatewayOptions options = {});
    [[nodiscard]] RoutedServices services();

    std::map<QString, std::unique_ptr<ScriptedProvider>> m_scripts;
    std::map<QString, Endpoint> m_endpoints;
    std::vector<Endpoint> m_made; // for each request, as its provider was made
    std::vector<ModelRef> m_open;
    std::optional<Charge> m_charge;
    ShadowLog m_shadows;
    RouteTable m_routes;
    std::unique_ptr<RoutedProvider> m_provider;
    std::unique_ptr<Gateway> m_gateway;
};

void TestRouting::init()
{
    m_gateway.reset();
    m_provider.reset();
    m_scripts.clear();
    m_made.clear();
    m_open.clear();
    m_charge.reset();
    m_shadows.clear();
    m_routes.setRoutes({});
    for (const QString &id : {QStringLiteral("a"), QStringLiteral("b")}) {
        m_endpoints[id] = Endpoint {.id = id, .name = id.toUpper()};
        m_scripts[id] = std::make_unique<ScriptedProvider>(m_endpoints[id]);
    }
    m_provider = std::make_unique<RoutedProvider>(m_routes, services());
    serve();
}

RoutedServices TestRouting::services()
{
    return {.endpoint = [this](const QString &id) -> const Endpoint * {
                const auto found = m_endpoints.find(id);
                return found == m_endpoints.end() ? nullptr : &found->second;
            },
        .makeProvider =
            [this](const Endpoint &endpoint, const QString &) {
                m_made.push_back(endpoint);
                return std::make_unique<ForwardingProvider>(*m_scripts.at(endpoint.id));
            },
        .openModels = [this] { return m_open; },
        .charge = [this](const ModelRef &) { return m_charge.value_or(Charge()); },
        .shadows = &m_shadows};
}

void TestRouting::serve(GatewayOptions options)
{
    options.key = Secret("test-key");
    options.clientProvider = [this](
                                 const HttpServerRequest &request) { return m_provider->forClient(request.headers); };
    options.usualModel = [this] { return m_provider->usualModel(); };
    m_gateway = std::make_unique<Gateway>(*m_provider, options);
    QVERIFY(m_gateway->start());
}

std::unique_ptr<RawClient> TestRouting::start(const char *model, const QByteArray &headers, bool stream)
{
    auto client = std::make_unique<RawClient>(m_gateway->port());
    client->request("POST", "/v1/chat/completions",
        QByteArray(R"({"model":")") + model + R"(","stream":)" + (stream ? "true" : "false")
            + R"(,"messages":[{"role":"user","content":"Hi"}]})",
        "api-key: test-key\r\n" + headers);
    return client;
}

RawAnswer TestRouting::ask(const char *model, const QByteArray &headers)
{
    return start(model, headers)->answer();
}

ScriptedChatReply *TestRouting::chat(const char *endpoint, std::size_t count)
{
    const auto &chats = m_scripts.at(QString::fromLatin1(endpoint))->chats;
    (void)QTest::qWaitFor([&] { return chats.size() >= count; });
    return chats.size() >= count ? chats[count - 1].data() : nullptr;
}

void TestRouting::aRouteLeadsToItsModel()
{
    m_routes.setRoutes({route("gpt-4o", {target("a/llama")})});
    const auto client = start("gpt-4o");
    ScriptedChatReply *reply = chat("a");
    QVERIFY(reply);
    QCOMPARE(reply->request().model, QStringLiteral("llama"));
    reply->text(QStringLiteral("Hello"));
    reply->finishWith();
    const RawAnswer answer = client->answer();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.contains("Hello"));
}

void TestRouting::swappingLetsRunningStreamsFinish()
{
    m_routes.setRoutes({route("m", {target("a/old")})});
    const auto running = start("m");
    ScriptedChatReply *old = chat("a");
    QVERIFY(old);
    old->text(QStringLiteral("old "));
    m_routes.put(route("m", {target("b/new")}));
    const auto next = start("m");
    ScriptedChatReply *fresh = chat("b");
    QVERIFY(fresh);
    QCOMPARE(fresh->request().model, QStringLiteral("new"));
    fresh->finishWith();
    QCOMPARE(next->answer().status, 200);
    old->text(QStringLiteral("still"));
    old->finishWith();
    const RawAnswer answer = running->answer();
    QVERIFY(answer.isComplete);
    QVERIFY(answer.body.contains("still"));
}

void TestRouting::namesWithoutARouteAreRefused()
{
    m_routes.setRoutes({route("m", {target("a/x")})});
    const RawAnswer answer = ask("n");
    QCOMPARE(answer.status, 404);
    const QString message = answer.json().value(u"error")[u"message"].toString();
    QVERIFY2(message.contains(u"\"n\"") && message.contains(u'm'), qPrintable(message));
}

void TestRouting::openModelsNeedNoRoute()
{
    m_open = {{QStringLiteral("a"), QStringLiteral("guide")}};
    for (const char *name : {"guide", "a/guide"}) {
        const std::size_t before = m_scripts[QStringLiteral("a")]->chats.size();
        const auto client = start(name);
        ScriptedChatReply *reply = chat("a", before + 1);
        QVERIFY(reply);
        QCOMPARE(reply->request().model, QStringLiteral("guide"));
        reply->finishWith();
        QCOMPARE(client->answer().status, 200);
    }
}

void TestRouting::theDefaultRouteTakesEveryName()
{
    m_routes.setRoutes({route("*", {target("b/any")}), route("m", {target("a/x")})});
    const auto client = start("whatever");
    QVERIFY(chat("b"));
    chat("b")->finishWith();
    QCOMPARE(client->answer().status, 200);
}

void TestRouting::theDefaultRouteLeavesOpenModelsAlone()
{
    m_open = {{QStringLiteral("a"), QStringLiteral("guide")}};
    m_routes.setRoutes({route("*", {target("b/any")})});
    const auto own = start("guide");
    QVERIFY(chat("a"));
    chat("a")->finishWith();
    QCOMPARE(own->answer().status, 200);
    QVERIFY(m_scripts[QStringLiteral("b")]->chats.empty());
    // A closer route takes the name all the same.
    m_routes.put(route("gui*", {target("b/any")}));
    const auto taken = start("guide");
    QVERIFY(chat("b"));
    chat("b")->finishWith();
    QCOMPARE(taken->answer().status, 200);
}

void TestRouting::aRequestWithoutAModelTakesTheDefaultRoute()
{
    m_routes.setRoutes({route("m", {target("a/x")}), route("*", {target("b/any")})});
    RawClient client(m_gateway->port());
    client.request(
        "POST", "/chat/completions?api-version=2024-05-01-preview", R"({"messages":[{"role":"user","content":"Hi"}]})");
    ScriptedChatReply *reply = chat("b");
    QVERIFY(reply);
    QCOMPARE(reply->request().model, QStringLiteral("any"));
    reply->finishWith();
    QCOMPARE(client.answer().status, 200);
}

void TestRouting::weightsDecideTheShare()
{
    m_routes.setRoutes({route("m", {target("a/x", 3), target("b/y", 1), target("c/z", 0)})});
    RoutedServices services;
    int first = 0;
    constexpr int draws = 4000;
    for (int i = 0; i < draws; ++i) {
        const RoutePlan plan = planRoute(m_routes, services, QStringLiteral("m"), ModelType::Chat, {});
        QVERIFY(plan.models.front().endpointId != u"c");
        first += plan.models.front().endpointId == u"a" ? 1 : 0;
    }
    // 3000 expected, a standard deviation of 27; six of them are once in a billion runs.
    QVERIFY2(std::abs(first - 3000) < 165, qPrintable(QString::number(first)));
}

void TestRouting::aFailureIsFollowedByTheNextModel()
{
    Route with = route("m", {target("a/x")});
    with.fallbacks = {target("b/y").model};
    m_routes.setRoutes({with});
    const auto client = start("m");
    QVERIFY(chat("a"));
    chat("a")->failWith(failure(Error::Kind::Provider, 500));
    ScriptedChatReply *second = chat("b");
    QVERIFY(second);
    second->text(QStringLiteral("from b"));
    second->finishWith();
    const RawAnswer answer = client->answer();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.contains("from b"));
    QCOMPARE(m_routes.counters(QStringLiteral("m")).fallbacks, 1);
    QCOMPARE(m_made[0].connection.retry.maxRetries, 0);
    QCOMPARE(m_made[1].connection.retry.maxRetries, RetryOptions().maxRetries);
}

void TestRouting::aHeadAloneIsNoAnswer()
{
    Route with = route("m", {target("a/x")});
    with.fallbacks = {target("b/y").model};
    m_routes.setRoutes({with});
    const auto client = start("m");
    QVERIFY(chat("a"));
    chat("a")->delta({.id = QStringLiteral("from-a"), .model = QStringLiteral("x")});
    QVERIFY(!m_routes.counters(QStringLiteral("m")).firstToken);
    chat("a")->failWith(failure(Error::Kind::Provider, 529));
    ScriptedChatReply *second = chat("b");
    QVERIFY(second);
    second->text(QStringLiteral("from b"));
    second->finishWith();
    const RawAnswer answer = client->answer();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.contains("from b"));
    QVERIFY(!answer.body.contains("from-a"));
}

void TestRouting::aFailureInTheMiddleIsTheAnswers()
{
    Route with = route("m", {target("a/x")});
    with.fallbacks = {target("b/y").model};
    m_routes.setRoutes({with});
    const auto client = start("m");
    QVERIFY(chat("a"));
    chat("a")->text(QStringLiteral("half"));
    chat("a")->failWith(failure(Error::Kind::Network));
    const RawAnswer answer = client->answer();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.contains("half"));
    QVERIFY(answer.body.contains("it broke"));
    QVERIFY(!answer.body.contains("[DONE]"));
    QVERIFY(m_scripts[QStringLiteral("b")]->chats.empty());
}

void TestRouting::wrongRequestsAreNotAskedElsewhere()
{
    Route with = route("m", {target("a/x")});
    with.fallbacks = {target("b/y").model};
    m_routes.setRoutes({with});
    const auto client = start("m");
    QVERIFY(chat("a"));
    chat("a")->failWith(failure(Error::Kind::InvalidRequest, 400));
    QCOMPARE(client->answer().status, 400);
    QVERIFY(m_scripts[QStringLiteral("b")]->chats.empty());
}

void TestRouting::aMissingEndpointIsFollowedByTheNextModel()
{
    Route with = route("m", {target("gone/x")});
    m_routes.setRoutes({with});
    const RawAnswer refused = ask("m");
    QCOMPARE(refused.status, 404);
    QVERIFY(refused.body.contains("gone"));
    with.fallbacks = {target("b/y").model};
    m_routes.put(with);
    const auto client = start("m");
    QVERIFY(chat("b"));
    chat("b")->finishWith();
    QCOMPARE(client->answer().status, 200);
}

void TestRouting::theRouteAddsPromptExtrasAndStrictness()
{
    Route with = route("m", {target("a/x")});
    with.systemPrompt = QStringLiteral("Be brief.");
    with.extras = {{QStringLiteral("top_k"), 4}, {QStringLiteral("seed_mode"), QStringLiteral("fixed")}};
    with.adaptation = Adaptation::Strict;
    m_routes.setRoutes({with});
    RawClient client(m_gateway->port());
    client.request("POST", "/v1/chat/completions",
        R"({"model":"m","top_k":9,"messages":[{"role":"system","content":"Own."},{"role":"user","content":"Hi"}]})");
    ScriptedChatReply *reply = chat("a");
    QVERIFY(reply);
    const ChatRequest &request = reply->request();
    QCOMPARE(request.messages.size(), std::size_t(3));
    QCOMPARE(request.messages[0].text(), QStringLiteral("Be brief."));
    QCOMPARE(request.messages[1].text(), QStringLiteral("Own."));
    QCOMPARE(request.extras.value(u"top_k").toInt(), 9);
    QCOMPARE(request.extras.value(u"seed_mode").toString(), QStringLiteral("fixed"));
    QCOMPARE(request.extrasMode, std::optional(ExtrasMode::PassThrough));
    QCOMPARE(m_made.front().adaptation, Adaptation::Strict);
    reply->finishWith();
    QCOMPARE(client.answer().status, 200);
}

void TestRouting::aFaultIsMadeOnlyOnce()
{
    m_routes.setRoutes({route("bad", {target("builtin/faulty")}), route("other", {target("a/x")}),
        route("mixed", {target("builtin/faulty"), target("builtin/faulty")})});
    const ChatRequest request {.extras = {{QStringLiteral("fault"), QStringLiteral("cut")}, {QStringLiteral("k"), 1}}};
    const auto extrasOf = [&](const char *name) {
        const RoutePlan plan =
            planRoute(m_routes, RoutedServices(), QString::fromLatin1(name), ModelType::Chat, HeaderList());
        return routed(request, plan, plan.models.front()).extras.keys().join(u' ');
    };
    QCOMPARE(extrasOf("bad"), QStringLiteral("k"));
    QCOMPARE(extrasOf("other"), QStringLiteral("fault k"));
    QCOMPARE(extrasOf("mixed"), QStringLiteral("fault k")); // the gateway can not know who will answer
    const ModelRef faulty = target("builtin/faulty").model;
    QVERIFY(leadsOnlyTo(m_routes, QStringLiteral("bad"), faulty));
    QVERIFY(!leadsOnlyTo(m_routes, QStringLiteral("mixed"), faulty));
    QVERIFY(leadsOnlyTo(m_routes, QStringLiteral("faulty"), faulty));
}

void TestRouting::onlyListedHeadersGoOn()
{
    Route with = route("m", {target("a/x")});
    with.forwardedHeaders = {QStringLiteral("X-Trace")};
    m_routes.setRoutes({with});
    const auto client = start("m", "x-trace: 17\r\nx-other: 18\r\n");
    QVERIFY(chat("a"));
    QCOMPARE(m_made.front().headers.size(), std::size_t(1));
    QCOMPARE(headerValue(m_made.front().headers, "x-trace"), QByteArray("17"));
    chat("a")->finishWith();
    QCOMPARE(client->answer().status, 200);
}

void TestRouting::keysNeverGoOn()
{
    Route with = route("m", {target("a/x")});
    with.forwardedHeaders = {QStringLiteral("api-key"), QStringLiteral("authorization"), QStringLiteral("cookie"),
        QStringLiteral("host"), QStringLiteral("content-length")};
    m_routes.setRoutes({with});
    const auto client = start("m", "Authorization: Bearer test-key\r\nCookie: c\r\n");
    QVERIFY(chat("a"));
    QVERIFY(m_made.front().headers.empty());
    chat("a")->finishWith();
    QCOMPARE(client->answer().status, 200);
}

void TestRouting::aRefusedKeyOfTheEndpointIsNotTheClients()
{
    m_routes.setRoutes({route("m", {target("a/x")})});
    const auto client = start("m");
    QVERIFY(chat("a"));
    chat("a")->failWith(failure(Error::Kind::Authentication, 401));
    const RawAnswer answer = client->answer();
    QCOMPARE(answer.status, 502);
    QVERIFY(answer.body.contains("a/x"));
}

void TestRouting::theShadowIsAskedTheSame()
{
    Route with = route("m", {target("a/x")});
    with.shadow = target("b/y").model;
    with.systemPrompt = QStringLiteral("Be brief.");
    m_routes.setRoutes({with});
    const auto client = start("m");
    ScriptedChatReply *served = chat("a");
    ScriptedChatReply *shadow = chat("b");
    QVERIFY(served && shadow);
    QCOMPARE(shadow->request().messages, served->request().messages);
    QCOMPARE(shadow->request().model, QStringLiteral("y"));
    served->text(QStringLiteral("one"));
    served->finishWith();
    QVERIFY(client->answer().body.contains("one"));
    shadow->text(QStringLiteral("two"));
    shadow->finishWith();
    QCOMPARE(m_shadows.pairs().size(), std::size_t(1));
    const ShadowPair &pair = m_shadows.pairs().front();
    QCOMPARE(pair.served.response.text(), QStringLiteral("one"));
    QCOMPARE(pair.shadow.response.text(), QStringLiteral("two"));
    QVERIFY(pair.served.isFinished && pair.shadow.isFinished);
    QVERIFY(pair.shadow.firstToken);
    QCOMPARE(pair.request.messages.size(), std::size_t(2));
}

void TestRouting::theShadowCanNotHurtTheAnswer()
{
    Route with = route("m", {target("a/x")});
    with.shadow = target("gone/y").model;
    m_routes.setRoutes({with});
    const auto client = start("m");
    QVERIFY(chat("a"));
    chat("a")->finishWith();
    QCOMPARE(client->answer().status, 200);
    QVERIFY(m_shadows.pairs().back().shadow.error);
    with.shadow = target("b/y").model;
    m_routes.put(with);
    {
        const auto leaving = start("m");
        QVERIFY(chat("b"));
        chat("a", 2)->text(QStringLiteral("half"));
    }
    QTRY_VERIFY(m_shadows.pairs().back().served.isFinished);
    QCOMPARE(m_shadows.pairs().back().served.error->kind, Error::Kind::Cancelled);
    QCOMPARE(m_shadows.pairs().back().served.response.text(), QStringLiteral("half"));
    chat("b")->finishWith();
    QVERIFY(m_shadows.pairs().back().shadow.isFinished);
}

void TestRouting::theBudgetEndsTheRoute()
{
    Route with = route("m", {target("a/x")});
    with.budget = 1;
    m_routes.setRoutes({with});
    m_charge = Charge {.kind = Charge::Kind::Priced, .price = {.input = 1e6, .output = 1e6}};
    const auto client = start("m");
    QVERIFY(chat("a"));
    chat("a")->finishWith(QStringLiteral("stop"), {.promptTokens = 1, .completionTokens = 1});
    QCOMPARE(client->answer().status, 200);
    QCOMPARE(m_routes.counters(QStringLiteral("m")).cost, 2.0);
    const RawAnswer refused = ask("m");
    QCOMPARE(refused.status, 429);
    QVERIFY(refused.body.contains("budget_exceeded"));
    QCOMPARE(m_scripts[QStringLiteral("a")]->chats.size(), std::size_t(1));
    m_routes.setCounters(QStringLiteral("m"), {});
    const auto again = start("m");
    QVERIFY(chat("a", 2));
}

void TestRouting::theBudgetHoldsWithoutCounts_data()
{
    QTest::addColumn<bool>("stream");
    QTest::addColumn<bool>("leaves");
    QTest::newRow("a stream without counts") << true << false;
    QTest::newRow("a client that leaves the stream") << true << true;
    QTest::newRow("a client that leaves before the answer") << false << true;
}

void TestRouting::theBudgetHoldsWithoutCounts()
{
    QFETCH(const bool, stream);
    QFETCH(const bool, leaves);
    Route with = route("m", {target("a/x")});
    with.budget = 1e-9;
    m_routes.setRoutes({with});
    m_charge = Charge {.kind = Charge::Kind::Priced, .price = {.input = 1, .output = 1}};
    auto client = start("m", {}, stream);
    QVERIFY(chat("a"));
    if (stream)
        chat("a")->text(QStringLiteral("Hello there"));
    if (leaves)
        client.reset();
    else
        chat("a")->finishWith();
    QTRY_VERIFY(m_routes.counters(QStringLiteral("m")).cost > 1e-9);
    QCOMPARE(ask("m").status, 429);
}

void TestRouting::anUnknownPriceAndABudgetDoNotGoTogether()
{
    Route with = route("m", {target("a/x")});
    with.budget = 1;
    m_routes.setRoutes({with});
    const RawAnswer answer = ask("m");
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.body.contains("price"));
    QVERIFY(m_scripts[QStringLiteral("a")]->chats.empty());
    // Free models need no price, but a shadow of unknown price would spend without an end.
    m_charge = Charge {.kind = Charge::Kind::OwnMachine};
    QVERIFY(planRoute(m_routes, services(), QStringLiteral("m"), ModelType::Chat, {}).refusal == std::nullopt);
    with.shadow = target("b/y").model;
    m_routes.put(with);
    RoutedServices mixed = services();
    mixed.charge = [](const ModelRef &model) {
        return Charge {.kind = model.endpointId == u"b" ? Charge::Kind::Unknown : Charge::Kind::OwnMachine};
    };
    QVERIFY(planRoute(m_routes, mixed, QStringLiteral("m"), ModelType::Chat, {}).refusal);
}

void TestRouting::countersFollowTheRequests()
{
    m_routes.setRoutes({route("m", {target("a/x")})});
    const auto counters = [this] { return m_routes.counters(QStringLiteral("m")); };
    const auto client = start("m");
    QVERIFY(chat("a"));
    QCOMPARE(counters().running, 1);
    chat("a")->text(QStringLiteral("x"));
    QVERIFY(counters().firstToken);
    chat("a")->finishWith(QStringLiteral("stop"), {.promptTokens = 3, .completionTokens = 4});
    QCOMPARE(client->answer().status, 200);
    QCOMPARE(counters().running, 0);
    QCOMPARE(counters().promptTokens, 3);
    QCOMPARE(counters().completionTokens, 4);
    QCOMPARE(counters().unpriced, 1);
    QCOMPARE(counters().lastModel, QStringLiteral("a/x"));
    const auto failing = start("m");
    QVERIFY(chat("a", 2));
    chat("a", 2)->failWith(failure(Error::Kind::Provider, 500));
    QCOMPARE(failing->answer().status, 500);
    QCOMPARE(counters().failed, 1);
    QCOMPARE(counters().lastError, QStringLiteral("it broke"));
}

void TestRouting::theListNamesRoutesAndOpenModels()
{
    m_open = {{QStringLiteral("a"), QStringLiteral("guide")}, {QStringLiteral("a"), QStringLiteral("m")}};
    Route off = route("off", {target("a/x")});
    off.isEnabled = false;
    m_routes.setRoutes({route("m", {target("b/x")}), route("gpt-*", {target("b/x")}), off});
    RawClient client(m_gateway->port());
    client.request("GET", "/v1/models");
    QStringList ids;
    const QJsonArray list = client.answer().json().value(u"data").toArray();
    for (const QJsonValue &model : list)
        ids.append(model[u"id"].toString());
    QCOMPARE(ids, QStringList({QStringLiteral("m"), QStringLiteral("guide")}));
}

void TestRouting::tooManyRequestsAreTurnedAway()
{
    serve({.maxRequests = 1});
    m_routes.setRoutes({route("m", {target("a/x")})});
    const auto first = start("m");
    QVERIFY(chat("a"));
    const RawAnswer second = ask("m");
    QCOMPARE(second.status, 503);
    QVERIFY(!second.header("Retry-After").isEmpty());
    chat("a")->finishWith();
    QCOMPARE(first->answer().status, 200);
    const auto third = start("m");
    QVERIFY(chat("a", 2));
}

void TestRouting::drainingAnswersWhatIsUnderWay()
{
    m_routes.setRoutes({route("m", {target("a/x")})});
    QSignalSpy drained(m_gateway.get(), &Gateway::drained);
    const auto client = start("m");
    QVERIFY(chat("a"));
    m_gateway->drain();
    RawClient late(m_gateway->port());
    QVERIFY(late.waitForClose());
    QCOMPARE(drained.count(), 0);
    chat("a")->text(QStringLiteral("done"));
    chat("a")->finishWith();
    QVERIFY(client->answer().body.contains("done"));
    QTRY_COMPARE(drained.count(), 1);
}

void TestRouting::drainingWaitsForTheLastByte()
{
    m_routes.setRoutes({route("m", {target("a/x")})});
    QSignalSpy drained(m_gateway.get(), &Gateway::drained);
    const auto client = start("m", {}, false);
    QVERIFY(chat("a"));
    // More than the sockets hold, and a client that does not read yet.
    client->socket().setReadBufferSize(1024);
    const QString text = QString(30'000'000, u'x');
    chat("a")->text(text);
    chat("a")->finishWith();
    m_gateway->drain();
    QTRY_VERIFY(client->socket().bytesAvailable() > 0);
    QCOMPARE(drained.count(), 0);
    client->socket().setReadBufferSize(0);
    const RawAnswer answer = client->answer();
    QVERIFY(answer.isComplete);
    QCOMPARE(answer.json().value(u"choices")[0][u"message"][u"content"].toString().size(), text.size());
    QTRY_COMPARE(drained.count(), 1);
}

void TestRouting::shadowsAreLimited()
{
    Route with = route("m", {target("a/x")});
    with.shadow = target("b/y").model;
    m_routes.setRoutes({with});
    std::vector<std::unique_ptr<ChatReply>> replies;
    for (std::size_t i = 0; i < RoutedProvider::maxShadows + 5; ++i)
        replies.push_back(m_provider->chat({.model = QStringLiteral("m")}));
    QCOMPARE(m_provider->shadowCount(), RoutedProvider::maxShadows);
    QSignalSpy ended(m_provider.get(), &RoutedProvider::shadowsEnded);
    replies.clear();
    for (const auto &shadow : m_scripts[QStringLiteral("b")]->chats)
        shadow->finishWith();
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(m_provider->shadowCount(), std::size_t(0));
}

void TestRouting::aLeavingClientCancelsTheModel()
{
    m_routes.setRoutes({route("m", {target("a/x")})});
    QPointer<ScriptedChatReply> reply;
    bool finished = false;
    {
        const auto client = start("m");
        reply = chat("a");
        QVERIFY(reply);
        connect(reply, &Reply::finished, this,
            [&] { finished = reply->error() && reply->error()->kind == Error::Kind::Cancelled; });
    }
    QTRY_VERIFY(!reply);
    QVERIFY(finished); // with what had come, for whoever watched
    QCOMPARE(m_routes.counters(QStringLiteral("m")).running, 0);
    QCOMPARE(m_routes.counters(QStringLiteral("m")).failed, 0);
}

QTEST_GUILESS_MAIN(TestRouting)
#include "tst_routing.moc"
