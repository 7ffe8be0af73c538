// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/toolform.h"

#include "models/toollibrary.h"

#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

/// Tools as forms, as texts of others, and in their file.
class TestToolForm : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void formsLoseNothing_data();
    void formsLoseNothing();
    void whatIsHiddenIsNamed();
    void editsReachTheSchema();
    void namesAreChecked();
    void importsAreRefused_data();
    void importsAreRefused();
    void imports_data();
    void imports();
    void theLibraryIsKept();
    void aBrokenFileIsSaid();
};

namespace {

QJsonObject object(const char *json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        qFatal("%s", json);
    return document.object();
}

const char *const rich = R"({"type":"object","additionalProperties":false,"required":["city","other"],
    "$defs":{"x":{}},"properties":{
    "city":{"type":"string","description":"Where","minLength":2},
    "unit":{"enum":["c","f"]},
    "days":{"type":"integer","enum":[1,2]},
    "mixed":{"enum":[1,"a",null]},
    "either":{"type":["string","null"]},
    "list":{"type":"array","items":{"type":"string"}},
    "any":true}})";

} // namespace

void TestToolForm::formsLoseNothing_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::newRow("none") << QByteArray("{}");
    QTest::newRow("empty") << QByteArray(R"({"type":"object","properties":{}})");
    QTest::newRow("rich") << QByteArray(rich);
}

void TestToolForm::formsLoseNothing()
{
    QFETCH(QByteArray, schema);
    const Tool tool {
        .name = QStringLiteral("t"), .description = QStringLiteral("d"), .parameters = object(schema), .strict = true};
    QCOMPARE(withForm(tool, toolForm(tool)), tool);
    // There and back with another parameter.
    ToolForm form = toolForm(tool);
    form.parameters.push_back({.name = QStringLiteral("new"), .type = QStringLiteral("string")});
    const Tool longer = withForm(tool, form);
    ToolForm again = toolForm(longer);
    std::erase_if(
        again.parameters, [](const ToolParameter &parameter) { return parameter.name == QLatin1String("new"); });
    const Tool back = withForm(longer, again);
    QCOMPARE(back.parameters.value(u"properties").toObject(), tool.parameters.value(u"properties").toObject());
    QCOMPARE(back.parameters.value(u"$defs"), tool.parameters.value(u"$defs"));
}

void TestToolForm::whatIsHiddenIsNamed()
{
    const ToolForm form = toolForm({.name = QStringLiteral("t"), .parameters = object(rich)});
    QCOMPARE(form.hidden,
        QStringList({QStringLiteral("/properties/any"), QStringLiteral("/properties/city/minLength"),
            QStringLiteral("/properties/either/type"), QStringLiteral("/properties/list/items"),
            QStringLiteral("/properties/mixed/enum"), QStringLiteral("/$defs"),
            QStringLiteral("/additionalProperties")}));
    QCOMPARE(form.parameters[1].name, QStringLiteral("city"));
    QVERIFY(form.parameters[1].isRequired);
    QCOMPARE(form.parameters[2].values, QStringList({QStringLiteral("1"), QStringLiteral("2")}));
}

void TestToolForm::editsReachTheSchema()
{
    const Tool tool {.name = QStringLiteral("t"), .parameters = object(rich)};
    ToolForm form = toolForm(tool);
    form.name = QStringLiteral("weather");
    ToolParameter &city = form.parameters[1];
    city.name = QStringLiteral("town");
    city.description.clear();
    city.isRequired = false;
    form.parameters[2].values = {QStringLiteral("7"), QStringLiteral("8")};
    const Tool changed = withForm(tool, form);
    QCOMPARE(changed.name, QStringLiteral("weather"));
    const QJsonObject properties = changed.parameters.value(u"properties").toObject();
    QVERIFY(!properties.contains(u"city"));
    QCOMPARE(properties.value(u"town").toObject(), object(R"({"type":"string","minLength":2})"));
    QCOMPARE(properties.value(u"days").toObject(), object(R"({"type":"integer","enum":[7,8]})"));
    QCOMPARE(properties.value(u"mixed"), tool.parameters.value(u"properties")[u"mixed"]);
    QCOMPARE(changed.parameters.value(u"required").toArray(), QJsonArray {QStringLiteral("other")});
}

void TestToolForm::namesAreChecked()
{
    ToolForm form {.name = QStringLiteral("get weather")};
    QVERIFY(!toolFormProblem(form).isEmpty());
    form.name = QStringLiteral("get_weather");
    QVERIFY(toolFormProblem(form).isEmpty());
    form.parameters = {{.name = QStringLiteral("a")}, {.name = QStringLiteral("a")}};
    QVERIFY(!toolFormProblem(form).isEmpty());
    form.parameters = {{.name = QString()}};
    QVERIFY(!toolFormProblem(form).isEmpty());
}

void TestToolForm::importsAreRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no JSON") << QByteArray("def f(): pass");
    QTest::newRow("no name") << QByteArray(R"([{"type":"function","function":{}}])");
    QTest::newRow("one of two") << QByteArray(R"([{"name":"a"},5])");
    QTest::newRow("empty list") << QByteArray("[]");
    QTest::newRow("empty body") << QByteArray(R"({"tools":[]})");
}

void TestToolForm::importsAreRefused()
{
    QFETCH(QByteArray, json);
    const auto tools = toolsFromJson(json);
    QVERIFY(!tools);
    QVERIFY(!tools.error().message.isEmpty());
}

void TestToolForm::imports_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("list") << QByteArray(
        R"([{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}}])");
    QTest::newRow("one") << QByteArray(
        R"({"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}})");
    QTest::newRow("bare") << QByteArray(
        R"({"name":"f","description":"d","parameters":{"type":"object"},"strict":true})");
    QTest::newRow("other provider") << QByteArray(
        R"([{"name":"f","description":"d","input_schema":{"type":"object"},"strict":true}])");
    QTest::newRow("body") << QByteArray(
        R"({"model":"m","tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}}]})");
}

void TestToolForm::imports()
{
    QFETCH(QByteArray, json);
    const auto tools = toolsFromJson(json);
    QVERIFY(tools);
    const Tool expected {.name = QStringLiteral("f"),
        .description = QStringLiteral("d"),
        .parameters = object(R"({"type":"object"})"),
        .strict = true};
    QCOMPARE(*tools, std::vector<Tool> {expected});
}

void TestToolForm::theLibraryIsKept()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("tools.json"));
    const ToolCollection collection {
        .tools = {{.tool = {.name = QStringLiteral("t"),
                       .description = QStringLiteral("d"),
                       .parameters = object(rich),
                       .strict = false},
                      .answer = {.kind = ToolAnswer::Kind::Table,
                          .text = QStringLiteral("kept"),
                          .rows = {{QStringLiteral("{}"), QStringLiteral("r")}}}},
            {.tool = {.name = QStringLiteral("u")}, .answer = {.kind = ToolAnswer::Kind::Recorded}}},
        .schemas = {{.type = ResponseFormat::Type::JsonSchema,
            .name = QStringLiteral("s"),
            .description = QStringLiteral("e"),
            .schema = object(rich),
            .strict = true}}};
    {
        ToolLibrary library(path);
        QSignalSpy changes(&library, &ToolLibrary::changed);
        library.setCollection(collection);
        library.setCollection(collection);
        QCOMPARE(changes.count(), 1);
    }
    ToolLibrary again(path);
    QCOMPARE(again.collection(), collection);
}

void TestToolForm::aBrokenFileIsSaid()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("tools.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[");
    file.close();
    ToolLibrary library(file.fileName());
    QSignalSpy failures(&library, &ToolLibrary::failed);
    QVERIFY(library.collection().tools.empty());
    QCOMPARE(failures.count(), 1);
}

QTEST_GUILESS_MAIN(TestToolForm)
#include "tst_toolform.moc"
