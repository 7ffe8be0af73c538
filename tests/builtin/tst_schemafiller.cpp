// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/schemafiller.h"
#include "builtin/guide/toolcaller.h"
#include "schemacheck.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace diptych;

namespace {

QJsonObject json(const QByteArray &text)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError)
        qFatal("%s: %s", qPrintable(error.errorString()), text.constData());
    return document.object();
}

const QByteArray weather = R"({"type":"object","properties":{"city":{"type":"string","enum":["Lisbon","Porto"]},
    "days":{"type":"integer","enum":[1,2,3]},"rainy":{"type":"boolean"}},"required":["city","days","rainy"],"additionalProperties":false})";

Tool tool(const char *name, const char *description, const QByteArray &parameters)
{
    return {.name = QString::fromLatin1(name),
        .description = QString::fromLatin1(description),
        .parameters = json(parameters)};
}

} // namespace

class TestSchemaFiller : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void impossibleSchemasAreRefused_data();
    void impossibleSchemasAreRefused();
    void filledValuesAreValid_data();
    void filledValuesAreValid();
    void anySchemaIsMetOrRefused();
    void valuesComeFromTheQuestion_data();
    void valuesComeFromTheQuestion();
    void answersGoIntoAnswerFields();
    void badToolsAreRefused_data();
    void badToolsAreRefused();
    void toolsAreCalledWhenTheyFit_data();
    void toolsAreCalledWhenTheyFit();
    void severalValuesMakeSeveralCalls_data();
    void severalValuesMakeSeveralCalls();
};

void TestSchemaFiller::impossibleSchemasAreRefused_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::newRow("false") << QByteArray(R"({"type":"object","properties":{"a":false},"required":["a"]})");
    QTest::newRow("empty enum") << QByteArray(R"({"enum":[]})");
    QTest::newRow("empty range") << QByteArray(R"({"type":"integer","minimum":5,"maximum":4})");
    QTest::newRow("no whole number in the range") << QByteArray(R"({"type":"integer","minimum":1.2,"maximum":1.8})");
    QTest::newRow("lengths cross") << QByteArray(R"({"type":"string","minLength":5,"maxLength":4})");
    QTest::newRow("a pattern that nothing meets") << QByteArray(R"({"type":"string","pattern":"^(?!)z$"})");
    QTest::newRow("a pattern that is none") << QByteArray(R"({"type":"string","pattern":"[a"})");
    QTest::newRow("a pattern with references back")
        << QByteArray(R"x({"type":"string","pattern":"^([0-9])(?=\\1{3})[a-z]$"})x");
    QTest::newRow("a pattern against the length")
        << QByteArray(R"({"type":"string","pattern":"^[0-9]{9}$","maxLength":4})");
    QTest::newRow("an enum against the type") << QByteArray(R"({"type":"string","enum":[1,2]})");
    QTest::newRow("a constant against the type") << QByteArray(R"({"type":"string","const":1})");
    QTest::newRow("required but not allowed")
        << QByteArray(R"({"type":"object","required":["x"],"properties":{},"additionalProperties":false})");
    QTest::newRow("bounds that cross in allOf")
        << QByteArray(R"({"allOf":[{"type":"integer","minimum":5},{"maximum":4}]})");
    QTest::newRow("not anything") << QByteArray(R"({"type":"string","not":{}})");
    QTest::newRow("two of oneOf always") << QByteArray(R"({"oneOf":[{"type":"string"},{"type":"string"}]})");
    QTest::newRow("what is not checked") << QByteArray(R"({"type":"object","unevaluatedProperties":false})");
    QTest::newRow("fewer items than those in front")
        << QByteArray(R"({"type":"array","prefixItems":[{"type":"null"},{"type":"null"}],"items":false,"minItems":3})");
    QTest::newRow("$ref to nowhere") << QByteArray(R"({"$ref":"#/$defs/none"})");
    QTest::newRow("$ref elsewhere") << QByteArray(R"({"$ref":"https://example.org/schema.json"})");
    QTest::newRow("$ref to itself") << QByteArray(R"({"$ref":"#"})");
    QTest::newRow("endless required") << QByteArray(
        R"({"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]})");
    QTest::newRow("endless and wide") << QByteArray(
        R"({"anyOf":[{"type":"array","minItems":2,"items":{"$ref":"#"}},{"type":"array","minItems":3,"items":{"$ref":"#"}}]})");
    QTest::newRow("endless alternatives") << QByteArray(
        R"({"$ref":"#/$defs/a","$defs":{"a":{"oneOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/a"},{"type":"string"},{"type":"string"}]}}})");
    QTest::newRow("more items than values")
        << QByteArray(R"({"type":"array","items":{"enum":[1,2]},"minItems":3,"uniqueItems":true})");
}

void TestSchemaFiller::impossibleSchemasAreRefused()
{
    QFETCH(QByteArray, schema);
    const auto value = SchemaFiller(json(schema), {.question = QStringLiteral("Anything at all")}).fill();
    QVERIFY(!value);
    QCOMPARE(value.error().kind, Error::Kind::Unsupported);
    QVERIFY(!value.error().message.isEmpty());
}

void TestSchemaFiller::filledValuesAreValid_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::newRow("empty") << QByteArray("{}");
    QTest::newRow("weather") << weather;
    QTest::newRow("types as a list") << QByteArray(R"({"type":["null","integer"],"minimum":3})");
    QTest::newRow("null") << QByteArray(R"({"type":"null"})");
    QTest::newRow("const") << QByteArray(R"({"const":{"a":[1,null]}})");
    QTest::newRow("exclusive range") << QByteArray(R"({"type":"integer","exclusiveMinimum":4,"exclusiveMaximum":6})");
    QTest::newRow("negative") << QByteArray(R"({"type":"number","maximum":-2.5})");
    QTest::newRow("multipleOf") << QByteArray(R"({"type":"integer","minimum":11,"multipleOf":7})");
    QTest::newRow("lengths") << QByteArray(R"({"type":"string","minLength":40,"maxLength":41})");
    QTest::newRow("short") << QByteArray(R"({"type":"string","maxLength":3})");
    QTest::newRow("date") << QByteArray(R"({"type":"string","format":"date"})");
    QTest::newRow("date-time") << QByteArray(R"({"type":"string","format":"date-time"})");
    QTest::newRow("pattern") << QByteArray(R"({"type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}$"})");
    QTest::newRow("a pattern of a code") << QByteArray(
        R"({"type":"string","pattern":"^[A-Z]{3}-\\d{4,}(x|y)?$","minLength":12})");
    QTest::newRow("a pattern of classes")
        << QByteArray(R"x({"type":"string","pattern":"^[^\\s@]+@(?:[\\w-]+\\.)+[a-z]{2,}$"})x");
    QTest::newRow("a colour") << QByteArray(R"({"type":"string","pattern":"^#[0-9a-fA-F]{6}$"})");
    QTest::newRow("email") << QByteArray(R"({"type":"string","format":"email"})");
    QTest::newRow("uri") << QByteArray(R"({"type":"string","format":"uri"})");
    QTest::newRow("above zero") << QByteArray(R"({"type":"number","exclusiveMinimum":0})");
    QTest::newRow("between two numbers") << QByteArray(
        R"({"type":"number","exclusiveMinimum":0.25,"exclusiveMaximum":0.5})");
    QTest::newRow("above a fraction") << QByteArray(
        R"({"type":"integer","exclusiveMinimum":4.5,"exclusiveMaximum":5.5})");
    QTest::newRow("hundredths") << QByteArray(
        R"({"type":"number","minimum":9.991,"maximum":10.005,"multipleOf":0.01})");
    QTest::newRow("an integer in halves") << QByteArray(R"({"type":"integer","minimum":3,"multipleOf":1.5})");
    QTest::newRow("bounds in allOf") << QByteArray(
        R"({"allOf":[{"type":"integer","minimum":5,"maximum":90},{"minimum":2,"maximum":7}]})");
    QTest::newRow("an enum of several types") << QByteArray(R"({"type":"string","enum":[1,null,"a"]})");
    QTest::newRow("one of two kinds") << QByteArray(
        R"({"oneOf":[{"type":"object","properties":{"kind":{"const":"a"},"a":{"type":"integer"}},"required":["kind","a"]},
            {"type":"object","properties":{"kind":{"const":"b"},"b":{"type":"string"}},"required":["kind","b"]}]})");
    QTest::newRow("one of overlapping ones")
        << QByteArray(R"({"oneOf":[{"type":"number"},{"type":"integer"},{"type":"string","minLength":1}]})");
    QTest::newRow("anyOf by reference") << QByteArray(
        R"({"anyOf":[{"$ref":"#/$defs/a"},{"type":"null"}],"$defs":{"a":{"type":"object","properties":{"x":{"type":"integer"}},"required":["x"]}}})");
    QTest::newRow("definitions with odd names")
        << QByteArray(R"({"$ref":"#/$defs/a~1b%20c","$defs":{"a/b c":{"type":"boolean"}}})");
    QTest::newRow("members by pattern") << QByteArray(
        R"({"type":"object","patternProperties":{"^n_":{"type":"integer"}},"required":["n_a","n_b"],"additionalProperties":false})");
    QTest::newRow("further members") << QByteArray(
        R"({"type":"object","additionalProperties":{"type":"integer"},"minProperties":2})");
    QTest::newRow("contains") << QByteArray(
        R"({"type":"array","contains":{"const":"x"},"items":{"type":"string"},"minItems":2})");
    QTest::newRow("not a word") << QByteArray(R"({"type":"string","not":{"const":"never"}})");
    QTest::newRow("if and then") << QByteArray(
        R"({"type":"object","properties":{"a":{"const":1}},"required":["a"],"if":{"required":["zz"]},"then":{"required":["b"]}})");
    QTest::newRow("nested arrays") << QByteArray(
        R"({"type":"array","minItems":2,"maxItems":2,"items":{"type":"array","minItems":2,"items":{"type":"number","minimum":1}}})");
    QTest::newRow("an order") << QByteArray(
        R"({"type":"object","additionalProperties":false,"required":["id","lines","total","note","when"],"properties":{
            "id":{"type":"string","pattern":"^ORD-[0-9]{6}$"},"lines":{"type":"array","minItems":1,"maxItems":3,"items":{"$ref":"#/$defs/line"}},
            "total":{"type":"number","minimum":0,"multipleOf":0.01},"note":{"type":["string","null"],"maxLength":20},
            "when":{"type":"string","format":"date-time"}},"$defs":{"line":{"type":"object","additionalProperties":false,
            "required":["sku","count"],"properties":{"sku":{"type":"string","minLength":3},"count":{"type":"integer","minimum":1}}}}})");
    QTest::newRow("items") << QByteArray(
        R"({"type":"array","items":{"type":"string"},"minItems":3,"uniqueItems":true})");
    QTest::newRow("unique numbers") << QByteArray(
        R"({"type":"array","items":{"type":"integer"},"minItems":4,"uniqueItems":true})");
    QTest::newRow("enum items") << QByteArray(
        R"({"type":"array","items":{"enum":["a","b"]},"minItems":2,"maxItems":2,"uniqueItems":true})");
    QTest::newRow("prefixItems") << QByteArray(
        R"({"type":"array","prefixItems":[{"type":"integer"},{"type":"boolean"}],"minItems":3})");
    QTest::newRow("nested") << QByteArray(
        R"({"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":"array","items":{"type":"object",
            "properties":{"c":{"type":"number"}},"required":["c"]},"minItems":1}},"required":["b"]}},"required":["a"]})");
    QTest::newRow("required without a property") << QByteArray(R"({"type":"object","required":["x"]})");
    QTest::newRow("anyOf") << QByteArray(R"({"anyOf":[{"type":"number","const":2},{"type":"number","const":3}]})");
    QTest::newRow("anyOf whose first cannot be met") << QByteArray(R"({"anyOf":[{"enum":[]},{"type":"boolean"}]})");
    QTest::newRow("oneOf beside properties") << QByteArray(
        R"({"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"oneOf":[{"properties":{"b":{"type":"integer"}},"required":["b"]}]})");
    QTest::newRow("allOf") << QByteArray(
        R"({"allOf":[{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"b":{"type":"integer"}},"required":["b"]}]})");
    QTest::newRow("$defs") << QByteArray(
        R"({"type":"object","properties":{"p":{"$ref":"#/$defs/point"}},"required":["p"],"$defs":{"point":{"type":"object",
            "properties":{"x":{"type":"number"},"y":{"type":"number"}},"required":["x","y"],"additionalProperties":false}}})");
    QTest::newRow("optional and endless") << QByteArray(
        R"({"type":"object","properties":{"value":{"type":"integer"},"next":{"$ref":"#"}},"required":["value"]})");
    QTest::newRow("a tree") << QByteArray(
        R"({"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#"}}},"required":["children"],"additionalProperties":false})");
    QTest::newRow("or null") << QByteArray(
        R"({"type":"object","properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}]}},"required":["a"]})");
}

void TestSchemaFiller::filledValuesAreValid()
{
    QFETCH(QByteArray, schema);
    const QJsonObject root = json(schema);
    for (const char *question :
        {"", "What is the weather in Lisbon for 2 days, without rain?", "weather?", "42 -7 3.5 99999"}) {
        for (const bool optional : {false, true}) {
            const QString answer = optional ? QStringLiteral("An answer.") : QString();
            const auto value = SchemaFiller(
                root, {.question = QString::fromLatin1(question), .answer = answer, .fillOptional = optional})
                                   .fill();
            QVERIFY2(value, value ? "" : qPrintable(value.error().message));
            const QStringList faults = schemaFaults(*value, root, root);
            QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u' ')));
        }
    }
}

namespace {

/// A schema thrown together from keywords that may well contradict each other.
QJsonObject randomSchema(QRandomGenerator &random, int depth, bool refers)
{
    static const QList<QByteArray> parts {R"({"type":"string"})", R"({"type":"integer"})", R"({"type":"number"})",
        R"({"type":"boolean"})", R"({"type":["null","string"]})", R"({"type":"object"})", R"({"type":"array"})",
        R"({"minimum":2})", R"({"maximum":1.5})", R"({"exclusiveMinimum":0})", R"({"multipleOf":0.5})",
        R"({"minLength":3})", R"({"maxLength":4})", R"({"pattern":"^[a-c]+$"})", R"({"format":"date"})",
        R"({"format":"email"})", R"({"enum":["a",2,null]})", R"({"const":3})", R"({"minItems":2})", R"({"maxItems":1})",
        R"({"uniqueItems":true})", R"({"required":["a","b"]})", R"({"additionalProperties":false})",
        R"({"minProperties":1})", R"({"not":{"type":"null"}})", R"({"$ref":"#/$defs/other"})"};
    QJsonObject schema;
    for (int count = random.bounded(1, 4); count > 0; --count) {
        const QJsonObject part = json(parts[random.bounded(int(parts.size()) - (refers ? 0 : 1))]);
        schema.insert(part.begin().key(), part.begin().value());
    }
    if (depth > 2)
        return schema;
    const auto inner = [&] { return randomSchema(random, depth + 1, refers); };
    switch (random.bounded(8)) {
    case 0:
        schema.insert(QStringLiteral("items"), inner());
        break;
    case 1:
        schema.insert(
            QStringLiteral("properties"), QJsonObject {{QStringLiteral("a"), inner()}, {QStringLiteral("c"), inner()}});
        break;
    case 2:
    case 3:
        schema.insert(
            random.bounded(2) == 0 ? QStringLiteral("anyOf") : QStringLiteral("oneOf"), QJsonArray {inner(), inner()});
        break;
    case 4:
        schema.insert(QStringLiteral("allOf"), QJsonArray {inner(), inner()});
        break;
    default:
        break;
    }
    return schema;
}

} // namespace

void TestSchemaFiller::anySchemaIsMetOrRefused()
{
    QRandomGenerator random(20260301);
    int met = 0;
    for (int i = 0; i < 4000; ++i) {
        QJsonObject schema = randomSchema(random, 0, true);
        schema.insert(QStringLiteral("$defs"), QJsonObject {{QStringLiteral("other"), randomSchema(random, 1, false)}});
        const auto value = SchemaFiller(
            schema, {.question = QStringLiteral("a 2 b"), .answer = QStringLiteral("An answer."), .fillOptional = true})
                               .fill();
        if (!value) {
            QVERIFY(!value.error().message.isEmpty());
            continue;
        }
        const QByteArray shown = QJsonDocument(QJsonArray {schema, *value}).toJson(QJsonDocument::Compact);
        QVERIFY2(schemaFaults(*value, schema, schema).isEmpty(), shown.constData());
        ++met;
    }
    QVERIFY2(met > 2000, qPrintable(QString::number(met)));
}

void TestSchemaFiller::valuesComeFromTheQuestion_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *question, const QByteArray &schema, const char *expected) {
        QTest::newRow(question) << QString::fromUtf8(question) << schema << QByteArray(expected);
    };
    row("Will it be rainy in Porto for 3 days?", weather, R"({"city":"Porto","days":3,"rainy":true})");
    row("porto, not rainy", weather, R"({"city":"Porto","days":1,"rainy":false})");
    row("weather in New York", R"({"type":"object","properties":{"city":{"type":"string"}},"required":["city"]})",
        R"({"city":"New York"})");
    row("weather in lisbon?", R"({"type":"object","properties":{"city":{"type":"string"}},"required":["city"]})",
        R"({"city":"lisbon"})");
    row("Send \"good morning\" to Anna",
        R"({"type":"object","properties":{"message":{"type":"string"},"to":{"type":"string"}},"required":["message","to"]})",
        R"({"message":"good morning","to":"Anna"})");
    row("add 3 and 4.5",
        R"({"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]})",
        R"({"a":3,"b":4.5})");
    row("book it on 2026-12-24",
        R"({"type":"object","properties":{"day":{"type":"string","format":"date"}},"required":["day"]})",
        R"({"day":"2026-12-24"})");
    row("mail me@example.com", R"({"type":"object","properties":{"email":{"type":"string"}},"required":["email"]})",
        R"({"email":"me@example.com"})");
    row("search for old maps", R"({"type":"object","properties":{"query":{"type":"string"}},"required":["query"]})",
        R"({"query":"search for old maps"})");
    row("order in code AB-123 please",
        R"({"type":"object","properties":{"code":{"type":"string","pattern":"^[A-Z]{2}-\\d{3}$"}},"required":["code"]})",
        R"({"code":"AB-123"})");
    row("compare \"one\" and \"two\"",
        R"({"type":"object","properties":{"items":{"type":"array","items":{"type":"string"}}},"required":["items"]})",
        R"({"items":["one","two"]})");
    row("the sum of 3, 4 and 5",
        R"({"type":"object","properties":{"numbers":{"type":"array","items":{"type":"number"}}},"required":["numbers"]})",
        R"({"numbers":[3,4,5]})");
    row("red and blue", R"({"type":"array","items":{"enum":["green","red","blue"]}})", R"(["red","blue"])");
}

void TestSchemaFiller::valuesComeFromTheQuestion()
{
    QFETCH(QString, question);
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, expected);
    const auto value = SchemaFiller(json(schema), {.question = question}).fill();
    QVERIFY(value);
    const QByteArray written = QJsonDocument(QJsonArray {*value}).toJson(QJsonDocument::Compact);
    QCOMPARE(written, QByteArray('[' + expected + ']'));
}

void TestSchemaFiller::answersGoIntoAnswerFields()
{
    const QJsonObject schema =
        json(R"({"type":"object","properties":{"answer":{"type":"string"},"source":{"type":"string"}}})");
    const auto value = SchemaFiller(schema,
        {.question = QStringLiteral("What are extras?"),
            .answer = QStringLiteral("Parameters."),
            .source = QStringLiteral("Extras"),
            .fillOptional = true})
                           .fill();
    QVERIFY(value);
    QCOMPARE(value->toObject(), json(R"({"answer":"Parameters.","source":"Extras"})"));
}

void TestSchemaFiller::badToolsAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("parameter");
    QTest::newRow("blank in the name") << QStringLiteral("get weather") << 0 << QString()
                                       << QStringLiteral("tools[0].function.name");
    QTest::newRow("no name") << QString() << 0 << QString() << QStringLiteral("tools[0].function.name");
    QTest::newRow("too long") << QString(65, u'a') << 0 << QString() << QStringLiteral("tools[0].function.name");
    QTest::newRow("named one is unknown")
        << QStringLiteral("a") << int(ToolChoice::Mode::Named) << QStringLiteral("b") << QStringLiteral("tool_choice");
}

void TestSchemaFiller::badToolsAreRefused()
{
    QFETCH(QString, name);
    QFETCH(int, mode);
    QFETCH(QString, wanted);
    QFETCH(QString, parameter);
    ChatRequest request {.tools = {{.name = name}}};
    request.toolChoice = ToolChoice {.mode = static_cast<ToolChoice::Mode>(mode), .name = wanted};
    const auto error = checkTools(request);
    QVERIFY(error);
    QCOMPARE(error->kind, Error::Kind::InvalidRequest);
    QCOMPARE(error->parameter, parameter);
    QVERIFY(checkTools({.toolChoice = ToolChoice {.mode = ToolChoice::Mode::Required}}));
}

void TestSchemaFiller::toolsAreCalledWhenTheyFit_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("called");
    const auto row = [](const char *question, ToolChoice::Mode mode, const char *called) {
        QTest::newRow(question) << QString::fromLatin1(question) << int(mode) << QString::fromLatin1(called);
    };
    row("What is the weather in Lisbon?", ToolChoice::Mode::Auto, "get_weather");
    row("Say hello.", ToolChoice::Mode::Auto, "");
    row("How do I add a pane?", ToolChoice::Mode::Auto, "");
    row("12 * 7", ToolChoice::Mode::Auto, "calculator");
    row("weather please", ToolChoice::Mode::None, "");
    row("anything", ToolChoice::Mode::Required, "get_weather");
    row("send an email to Bob", ToolChoice::Mode::Required, "send_email");
    row("never mind", ToolChoice::Mode::Named, "calculator");
}

void TestSchemaFiller::toolsAreCalledWhenTheyFit()
{
    QFETCH(QString, question);
    QFETCH(int, mode);
    QFETCH(QString, called);
    const std::vector<Tool> tools {tool("get_weather", "Weather for a city", weather),
        tool("add_numbers", "Add two numbers",
            R"({"type":"object","properties":{"a":{"type":"number"}},"required":["a"]})"),
        tool("calculator", "Works out an expression",
            R"({"type":"object","properties":{"expression":{"type":"string"}},"required":["expression"]})"),
        tool("send_email", "Sends an email", "{}")};
    ChatRequest request {.tools = tools};
    request.toolChoice = ToolChoice {.mode = static_cast<ToolChoice::Mode>(mode), .name = QStringLiteral("calculator")};
    QVERIFY(!checkTools(request));
    const auto calls = planToolCalls(request, question);
    QVERIFY(calls);
    QCOMPARE(calls->empty() ? QString() : calls->front().name, called);
    const auto used = std::find_if(tools.begin(), tools.end(), [&](const Tool &each) { return each.name == called; });
    for (const ToolCall &call : *calls) {
        QVERIFY(call.id.startsWith(QStringLiteral("call_")));
        const QJsonDocument arguments = QJsonDocument::fromJson(call.arguments.toUtf8());
        QVERIFY(arguments.isObject());
        QCOMPARE(schemaFaults(arguments.object(), used->parameters, used->parameters), QStringList());
    }
}

void TestSchemaFiller::severalValuesMakeSeveralCalls_data()
{
    QTest::addColumn<QString>("question");
    QTest::addColumn<bool>("parallel");
    QTest::addColumn<QStringList>("cities");
    const QString both = QStringLiteral("What is the weather in Porto and Lisbon for 2 days?");
    QTest::newRow("two") << both << true << QStringList {QStringLiteral("Lisbon"), QStringLiteral("Porto")};
    QTest::newRow("not in parallel") << both << false << QStringList {QStringLiteral("Lisbon")};
    QTest::newRow("one") << QStringLiteral("the weather in Porto") << true << QStringList {QStringLiteral("Porto")};
}

void TestSchemaFiller::severalValuesMakeSeveralCalls()
{
    QFETCH(QString, question);
    QFETCH(bool, parallel);
    QFETCH(QStringList, cities);
    const ChatRequest request {
        .tools = {tool("get_weather", "Weather for a city", weather)}, .parallelToolCalls = parallel};
    const auto calls = planToolCalls(request, question);
    QVERIFY(calls);
    QStringList found;
    for (const ToolCall &call : *calls)
        found.push_back(QJsonDocument::fromJson(call.arguments.toUtf8()).object().value(u"city").toString());
    QCOMPARE(found, cities);
}

QTEST_GUILESS_MAIN(TestSchemaFiller)
#include "tst_schemafiller.moc"
