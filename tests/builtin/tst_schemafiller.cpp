// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/schemafiller.h"
#include "builtin/guide/toolcaller.h"
#include "schemacheck.h"

#include <QJsonArray>
#include <QJsonDocument>
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
    void valuesComeFromTheQuestion_data();
    void valuesComeFromTheQuestion();
    void answersGoIntoAnswerFields();
    void badToolsAreRefused_data();
    void badToolsAreRefused();
    void toolsAreCalledWhenTheyFit_data();
    void toolsAreCalledWhenTheyFit();
};

void TestSchemaFiller::impossibleSchemasAreRefused_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::newRow("false") << QByteArray(R"({"type":"object","properties":{"a":false},"required":["a"]})");
    QTest::newRow("empty enum") << QByteArray(R"({"enum":[]})");
    QTest::newRow("empty range") << QByteArray(R"({"type":"integer","minimum":5,"maximum":4})");
    QTest::newRow("no whole number in the range") << QByteArray(R"({"type":"integer","minimum":1.2,"maximum":1.8})");
    QTest::newRow("lengths cross") << QByteArray(R"({"type":"string","minLength":5,"maxLength":4})");
    QTest::newRow("a pattern that nothing meets") << QByteArray(R"({"type":"string","pattern":"^zq{7}-[0-9]{9}$"})");
    QTest::newRow("$ref to nowhere") << QByteArray(R"({"$ref":"#/$defs/none"})");
    QTest::newRow("$ref elsewhere") << QByteArray(R"({"$ref":"https://example.org/schema.json"})");
    QTest::newRow("$ref to itself") << QByteArray(R"({"$ref":"#"})");
    QTest::newRow("endless required") << QByteArray(
        R"({"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]})");
    QTest::newRow("endless and wide") << QByteArray(
        R"({"anyOf":[{"type":"array","minItems":2,"items":{"$ref":"#"}},{"type":"array","minItems":3,"items":{"$ref":"#"}}]})");
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
    const auto call = planToolCall(request, question);
    QVERIFY(call);
    QCOMPARE(*call ? (*call)->name : QString(), called);
    if (!*call)
        return;
    QVERIFY((*call)->id.startsWith(QStringLiteral("call_")));
    const auto used = std::find_if(tools.begin(), tools.end(), [&](const Tool &each) { return each.name == called; });
    const QJsonDocument arguments = QJsonDocument::fromJson((*call)->arguments.toUtf8());
    QVERIFY(arguments.isObject());
    QCOMPARE(schemaFaults(arguments.object(), used->parameters, used->parameters), QStringList());
}

QTEST_GUILESS_MAIN(TestSchemaFiller)
#include "tst_schemafiller.moc"
