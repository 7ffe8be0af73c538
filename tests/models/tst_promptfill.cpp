// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/promptfill.h"
#include "models/prompthistory.h"

#include <QTest>

using namespace diptych;

class TestPromptFill : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void missingValuesAreNamed();
    void codeIsNotAskedFor();
    void plainTextsAreLeftAlone();
    void valuesAreTexts();
    void dotsAreNested();
    void sectionsReadJson();
    void messagesAreCut();
    void emptyHistoryHasNothing();
    void historyGoesBackAndForth();
    void writingLeavesTheHistory();
    void repeatedPromptsStandOnce();
};

void TestPromptFill::missingValuesAreNamed()
{
    const Result<QString> filled = filledPrompt(QStringLiteral("{{a}} and {{b}}"),
        {{QStringLiteral("a"), QStringLiteral("1")}, {QStringLiteral("b"), QString()}});
    QVERIFY(!filled);
    QCOMPARE(filled.error().parameter, QStringLiteral("b"));
    QVERIFY(filled.error().message.startsWith(QStringLiteral("b has no value")));
}

void TestPromptFill::codeIsNotAskedFor()
{
    const QString text = QStringLiteral("{{ name }} {{ items | join(', ') }} {{! note }} {{a b}} {{.x}}");
    QCOMPARE(promptVariables(text), QStringList {QStringLiteral("name")});
    QVERIFY(!filledPrompt(text, {{QStringLiteral("name"), QStringLiteral("x")}}));
}

void TestPromptFill::plainTextsAreLeftAlone()
{
    const QString text = QStringLiteral("{% raw %} and {one} brace");
    QCOMPARE(filledPrompt(text, {}).value_or(QString()), text);
}

void TestPromptFill::valuesAreTexts()
{
    const Result<QString> filled = filledPrompt(QStringLiteral("{{a}}+{{b}}"),
        {{QStringLiteral("a"), QStringLiteral("{{b}}")}, {QStringLiteral("b"), QStringLiteral("[1]")}});
    QVERIFY(filled);
    QCOMPARE(*filled, QStringLiteral("{{b}}+[1]")); // what is filled in is not filled in again
}

void TestPromptFill::dotsAreNested()
{
    const QString text = QStringLiteral("{{user.name}} {{user.age}}");
    QCOMPARE(promptVariables(text), (QStringList {QStringLiteral("user.name"), QStringLiteral("user.age")}));
    const Result<QString> filled = filledPrompt(text,
        {{QStringLiteral("user.name"), QStringLiteral("Ada")}, {QStringLiteral("user.age"), QStringLiteral("36")}});
    QCOMPARE(filled.value_or(QString()), QStringLiteral("Ada 36"));
}

void TestPromptFill::sectionsReadJson()
{
    const QString text = QStringLiteral("{{#list}}<{{name}}>{{/list}}{{^none}}-{{/none}}");
    const QJsonObject values {{QStringLiteral("list"), QStringLiteral(R"([{"name":"a"},{"name":"b"}])")},
        {QStringLiteral("none"), QStringLiteral("[]")}};
    QCOMPARE(filledPrompt(text, values).value_or(QString()), QStringLiteral("<a><b>-"));
    // What is no JSON is a text: true.
    QCOMPARE(filledPrompt(QStringLiteral("{{#on}}yes{{/on}}"), {{QStringLiteral("on"), QStringLiteral("why not")}})
                 .value_or(QString()),
        QStringLiteral("yes"));
}

void TestPromptFill::messagesAreCut()
{
    const Result<std::vector<Message>> messages = filledMessages(QStringLiteral("system:\nBe {{tone}}.\nuser:\nHello"),
        {{QStringLiteral("tone"), QStringLiteral("kind\nuser:\nnot me")}});
    QVERIFY(messages);
    QCOMPARE(messages->size(), std::size_t(2));
    QCOMPARE(messages->front().role, Role::System);
    QVERIFY(messages->front().text().contains(QStringLiteral("not me")));
    QVERIFY(!filledMessages(QStringLiteral("user:\n{{x}}"), {}));
}

void TestPromptFill::emptyHistoryHasNothing()
{
    PromptHistory history;
    QVERIFY(!history.older(QStringLiteral("draft")));
    QVERIFY(!history.newer(QStringLiteral("draft")));
    history.add(QStringLiteral("  "));
    QVERIFY(!history.older({}));
}

void TestPromptFill::historyGoesBackAndForth()
{
    PromptHistory history;
    history.setEntries({QStringLiteral("one"), QStringLiteral("two")});
    QCOMPARE(history.older(QStringLiteral("draft")).value(), QStringLiteral("two"));
    QCOMPARE(history.older(QStringLiteral("two")).value(), QStringLiteral("one"));
    QVERIFY(!history.older(QStringLiteral("one")));
    QCOMPARE(history.newer(QStringLiteral("one")).value(), QStringLiteral("two"));
    QCOMPARE(history.newer(QStringLiteral("two")).value(), QStringLiteral("draft"));
    QVERIFY(!history.newer(QStringLiteral("draft")));
}

void TestPromptFill::writingLeavesTheHistory()
{
    PromptHistory history;
    history.setEntries({QStringLiteral("one"), QStringLiteral("two")});
    QVERIFY(history.older({}).has_value());
    QVERIFY(history.isShowing(QStringLiteral("two")));
    QVERIFY(!history.newer(QStringLiteral("two changed")));
    // From there it begins anew, and what was changed is kept.
    QCOMPARE(history.older(QStringLiteral("two changed")).value(), QStringLiteral("two"));
    QCOMPARE(history.newer(QStringLiteral("two")).value(), QStringLiteral("two changed"));
}

void TestPromptFill::repeatedPromptsStandOnce()
{
    PromptHistory history;
    history.setEntries({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("a")});
    QCOMPARE(history.older({}).value(), QStringLiteral("a"));
    QCOMPARE(history.older(QStringLiteral("a")).value(), QStringLiteral("b"));
    QVERIFY(!history.older(QStringLiteral("b")));
}

QTEST_GUILESS_MAIN(TestPromptFill)
#include "tst_promptfill.moc"
