// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/repair.h"

#include <QTest>

using namespace diptych;

using Kind = Repair::Kind;

class TestRepair : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void offers_data();
    void offers();
    void refusedExtra_data();
    void refusedExtra();
    void strictEndpointCanAdapt();
    void collisionTakesTheExtraAway();
    void wireNameIsTranslatedBack_data();
    void wireNameIsTranslatedBack();
    void otherTokenLimitIsUsed();
    void inheritedParameterIsWithheld();
    void toolsTakeTheirChoiceAlong();
    void inheritedExtraIsTakenAway();
    void builtInEndpointIsNotEdited();
    void everyRepairSaysWhatItDoes();

private:
    static std::vector<Kind> kinds(const Error &error, const RequestOrigin &origin = {})
    {
        std::vector<Kind> all;
        for (const Repair &repair : repairsFor(error, origin))
            all.push_back(repair.kind);
        return all;
    }
    static Error refused(const char *parameter, int status = 422)
    {
        return {.kind = Error::Kind::Unsupported,
            .httpStatus = status,
            .message = QStringLiteral("no"),
            .parameter = QString::fromLatin1(parameter)};
    }
    static RequestSettings withFormat()
    {
        return {.responseFormat = ResponseFormat {.type = ResponseFormat::Type::JsonObject}};
    }
};

using Kinds = std::vector<Kind>;
Q_DECLARE_METATYPE(Kinds)

void TestRepair::offers_data()
{
    using E = Error::Kind;
    QTest::addColumn<Error>("error");
    QTest::addColumn<Kinds>("expected");
    const auto row = [](const char *name, const Error &error, const Kinds &expected) {
        QTest::newRow(name) << error << expected;
    };
    row("nothing named", refused(""), {Kind::ChooseModel});
    row("nothing set under that name", refused("seed"), {Kind::ChooseModel});
    row("content of a message", refused("messages[0].content[1].image_url"), {Kind::ChooseModel});
    row("set", refused("response_format.json_schema"), {Kind::RetryWithout, Kind::ChooseModel});
    row("always sent", refused("stream"), {Kind::RetryWithout, Kind::ChooseModel});
    row("wrong value", {.kind = E::InvalidRequest, .httpStatus = 400, .parameter = QStringLiteral("response_format")},
        {Kind::RetryWithout, Kind::AskAgain});
    row("wrong request", {.kind = E::InvalidRequest, .httpStatus = 400}, {Kind::AskAgain});
    row("key", {.kind = E::Authentication, .httpStatus = 401}, {Kind::UpdateKey, Kind::AskAgain});
    row("missing", {.kind = E::NotFound, .httpStatus = 404}, {Kind::ChooseModel, Kind::EditEndpoint, Kind::AskAgain});
    row("limit", {.kind = E::RateLimited, .httpStatus = 429}, {Kind::AskAgain, Kind::ChooseModel});
    row("limit with a time", {.kind = E::RateLimited, .httpStatus = 429, .retryAfter = std::chrono::milliseconds(2500)},
        {Kind::Wait, Kind::AskAgain, Kind::ChooseModel});
    row("filter", {.kind = E::ContentFilter, .httpStatus = 400}, {Kind::AskAgain, Kind::ChooseModel});
    row("no connection", {.kind = E::Network}, {Kind::AskAgain, Kind::EditEndpoint});
    row("other dialect", {.kind = E::Protocol, .httpStatus = 200}, {Kind::EditEndpoint, Kind::AskAgain});
    row("stopped", {.kind = E::Cancelled}, {Kind::AskAgain});
}

void TestRepair::offers()
{
    QFETCH(Error, error);
    QFETCH(Kinds, expected);
    QCOMPARE(kinds(error, {.session = withFormat()}), expected);
}

void TestRepair::refusedExtra_data()
{
    QTest::addColumn<ExtrasMode>("mode");
    QTest::addColumn<int>("status");
    QTest::addColumn<Kinds>("expected");
    QTest::newRow("by us") << ExtrasMode::Error << 0
                           << Kinds {Kind::PassThrough, Kind::Drop, Kind::RetryWithout, Kind::ChooseModel};
    QTest::newRow("by the header") << ExtrasMode::Error << 400
                                   << Kinds {Kind::PassThrough, Kind::Drop, Kind::RetryWithout, Kind::ChooseModel};
    QTest::newRow("by the model") << ExtrasMode::PassThrough << 422
                                  << Kinds {Kind::RetryWithout, Kind::Drop, Kind::ChooseModel};
    QTest::newRow("dropped, and yet") << ExtrasMode::Drop << 422 << Kinds {Kind::RetryWithout, Kind::ChooseModel};
}

void TestRepair::refusedExtra()
{
    QFETCH(ExtrasMode, mode);
    QFETCH(int, status);
    RequestOrigin origin;
    origin.session.extras = QJsonObject {{QStringLiteral("top_k"), 5}, {QStringLiteral("min_p"), 0.1}};
    origin.session.extrasMode = mode;
    origin.endpoint.extrasMode = ExtrasMode::Drop; // the request's own mode counts
    QTEST(kinds(refused("top_k", status), origin), "expected");
    if (mode == ExtrasMode::PassThrough) // not said what: it may be an extra, unless the whole route is missing
        QCOMPARE(kinds(refused("", status), origin), (Kinds {Kind::Drop, Kind::ChooseModel}));
    QCOMPARE(kinds(refused("", 405), origin), (Kinds {Kind::ChooseModel}));
}

void TestRepair::strictEndpointCanAdapt()
{
    RequestOrigin origin {.session = withFormat()};
    origin.endpoint.adaptation = Adaptation::Strict;
    const Error local = refused("response_format", 0);
    QCOMPARE(kinds(local, origin), (Kinds {Kind::RetryWithout, Kind::Adapt, Kind::ChooseModel}));
    QCOMPARE(kinds(refused("response_format"), origin), (Kinds {Kind::RetryWithout, Kind::ChooseModel}));
    QCOMPARE(kinds(refused("", 0), origin), (Kinds {Kind::ChooseModel})); // a route that is not there
    origin.endpoint.adaptation = Adaptation::Adapt;
    QCOMPARE(kinds(local, origin), (Kinds {Kind::RetryWithout, Kind::ChooseModel}));
}

void TestRepair::collisionTakesTheExtraAway()
{
    RequestOrigin origin {.pane = withFormat()};
    origin.pane.extras = QJsonObject {{QStringLiteral("response_format"), QStringLiteral("x")}};
    const Error collision {.kind = Error::Kind::InvalidRequest, .parameter = QStringLiteral("response_format")};
    const Repair first = repairsFor(collision, origin).front();
    QVERIFY(first.isExtra);
    QCOMPARE(repairedOverrides(first, origin), withFormat());
}

void TestRepair::wireNameIsTranslatedBack_data()
{
    QTest::addColumn<QString>("reported");
    QTest::newRow("path") << QStringLiteral("options.top_k");
    QTest::newRow("inside") << QStringLiteral("options.top_k[0]");
    QTest::newRow("other spelling") << QStringLiteral("generation_config.topK");
}

void TestRepair::wireNameIsTranslatedBack()
{
    QFETCH(QString, reported);
    RequestOrigin origin;
    origin.session.extras = QJsonObject {{QStringLiteral("top_k"), 5}};
    BodyEncoder encoder;
    encoder.renamed(QStringLiteral("top_k"), QStringLiteral("options.top_k"), 5, QStringLiteral("there"));
    const std::vector<Repair> repairs = repairsFor(refused(qPrintable(reported)), origin, encoder.changes());
    QCOMPARE(
        repairs.front(), (Repair {.kind = Kind::RetryWithout, .parameter = QStringLiteral("top_k"), .isExtra = true}));
}

void TestRepair::otherTokenLimitIsUsed()
{
    RequestOrigin origin;
    origin.session.sampling.maxTokens = 64;
    Error error = refused("max_tokens", 400);
    QCOMPARE(kinds(error, origin).front(), Kind::RetryWithout);
    error.message = QStringLiteral("Use 'max_completion_tokens' instead.");
    const Repair repair = repairsFor(error, origin).front();
    QCOMPARE(repair.kind, Kind::UseInstead);
    const RequestSettings all = merged(origin.session, repairedOverrides(repair, origin));
    QVERIFY(!all.sampling.maxTokens);
    QCOMPARE(all.maxCompletionTokens, 64);
}

void TestRepair::inheritedParameterIsWithheld()
{
    RequestOrigin origin {.session = withFormat(), .pane = withFormat()};
    origin.pane.sampling.seed = 1;
    const Repair repair {.kind = Kind::RetryWithout, .parameter = QStringLiteral("response_format")};
    const RequestSettings pane = repairedOverrides(repair, origin);
    QVERIFY(!pane.responseFormat);
    QCOMPARE(pane.withheld, QStringList {QStringLiteral("response_format")});
    QCOMPARE(pane.sampling.seed, 1);
    QVERIFY(!merged(origin.session, pane).responseFormat);
    origin.pane = pane;
    QCOMPARE(repairedOverrides(repair, origin), pane); // twice is once
    origin.session = {};
    QCOMPARE(repairedOverrides(repair, {.pane = withFormat()}), RequestSettings {});
}

void TestRepair::toolsTakeTheirChoiceAlong()
{
    RequestOrigin origin;
    origin.session.tools = std::vector<Tool> {{.name = QStringLiteral("f")}};
    origin.session.toolChoice = ToolChoice {.mode = ToolChoice::Mode::Required};
    origin.pane.parallelToolCalls = true;
    const std::vector<Repair> repairs = repairsFor(refused("tools[0].function.strict"), origin);
    const RequestSettings pane = repairedOverrides(repairs.front(), origin);
    QCOMPARE(merged(origin.session, pane).toolChoice, std::nullopt);
    QCOMPARE(merged(origin.session, pane).tools, std::nullopt);
    QCOMPARE(pane.parallelToolCalls, std::nullopt);
}

void TestRepair::inheritedExtraIsTakenAway()
{
    const QString key = QStringLiteral("top_k");
    const Repair repair {.kind = Kind::RetryWithout, .parameter = key, .isExtra = true};
    RequestOrigin origin;
    origin.pane.extras = QJsonObject {{key, 1}};
    QCOMPARE(repairedOverrides(repair, origin), RequestSettings {});
    origin.model = QStringLiteral("m");
    origin.endpoint.modelExtras = {{QStringLiteral("m"), {{key, 2}}}};
    const QJsonObject removed {{key, QJsonValue::Null}};
    QCOMPARE(repairedOverrides(repair, origin).extras, removed);
    origin.endpoint.modelExtras.clear();
    origin.session.extras = QJsonObject {{key, 3}};
    origin.pane.extras.reset();
    const RequestSettings pane = repairedOverrides(repair, origin);
    QCOMPARE(pane.extras, removed);
    QCOMPARE(merged(origin.session, pane).extras, QJsonObject {});
}

void TestRepair::builtInEndpointIsNotEdited()
{
    RequestOrigin origin;
    origin.endpoint.kind = Endpoint::Kind::BuiltIn;
    QCOMPARE(kinds({.kind = Error::Kind::Authentication, .httpStatus = 401}, origin), Kinds {Kind::AskAgain});
}

void TestRepair::everyRepairSaysWhatItDoes()
{
    QStringList ids;
    for (int kind = 0; kind <= static_cast<int>(Kind::AskAgain); ++kind) {
        const Repair repair {.kind = Kind(kind), .parameter = QStringLiteral("seed")};
        QVERIFY(!repairText(repair).isEmpty());
        QVERIFY(repairEffect(repair, {}).endsWith(u'.'));
        ids.append(repairId(repair));
    }
    ids.removeDuplicates();
    QCOMPARE(ids.size(), 10);
    QCOMPARE(
        repairText({.kind = Kind::Wait, .delay = std::chrono::milliseconds(2001)}), QStringLiteral("Ask again in 3 s"));
}

QTEST_GUILESS_MAIN(TestRepair)
#include "tst_repair.moc"
