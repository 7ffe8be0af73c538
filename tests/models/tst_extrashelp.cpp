// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/extrashelp.h"

#include <QJsonDocument>
#include <QTest>

using namespace diptych;

class TestExtrasHelp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void remarks_data();
    void remarks();
    void severityFollowsWhatIsSet();
    void nothingIsSuggested_data();
    void nothingIsSuggested();
    void completes_data();
    void completes();
    void everyKnownExtraCompletesToValidJson();
    void variantAddsToTheFormat();

private:
    static std::vector<KnownExtra> known()
    {
        return {{.key = QStringLiteral("effort"),
                    .type = KnownExtra::Type::Text,
                    .values = {QStringLiteral("low"), QStringLiteral("high")}},
            {.key = QStringLiteral("min_p"), .type = KnownExtra::Type::Number, .minimum = 0, .maximum = 1},
            {.key = QStringLiteral("safe_prompt"), .type = KnownExtra::Type::Boolean},
            {.key = QStringLiteral("thinking"),
                .type = KnownExtra::Type::Object,
                .example = QJsonObject {{QStringLiteral("budget"), 9}}},
            {.key = QStringLiteral("top_k"), .type = KnownExtra::Type::Integer, .minimum = 1, .example = 40}};
    }
};

void TestExtrasHelp::remarks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // start of the remark; empty: none
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
    };
    row("{\"top_k\": \"5\"}", "line 1, column 11: top_k is usually a value of another type: whole number");
    row("{\"top_k\": 1.5}", "line 1, column 11: top_k is usually a value of another type");
    row("{\"top_k\": 0}", "line 1, column 11: top_k is usually at least 1");
    row("{\n \"min_p\": 2}", "line 2, column 11: min_p is usually at most 1");
    row("{\"effort\": \"mid\"}", "line 1, column 12: effort is usually one of low, high");
    row("{\"a\": 1,\n\"a\": 2}", "line 2, column 1: \"a\" stands here twice, first in line 1");
    row("{\"messages\": []}", "line 1, column 2: \"messages\" collides");
    row("{\"n\": 2}", "line 1, column 2: \"n\" has a place of its own");
    row("{\"top_k\": \"", ""); // still being typed
    row("{\"top_k\": null}", "");
    row("{\"top_k\": 5, \"unknown\": [1]}", "");
}

void TestExtrasHelp::remarks()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const std::vector<ExtrasRemark> found = checkExtras(text, known(), {});
    QCOMPARE(found.empty(), expected.isEmpty());
    if (found.empty())
        return;
    QVERIFY2(found.front().message.startsWith(expected), qPrintable(found.front().message));
    QVERIFY(found.front().length > 0);
}

void TestExtrasHelp::severityFollowsWhatIsSet()
{
    RequestSettings settings;
    settings.sampling.seed = 1;
    settings.responseFormat = ResponseFormat {};
    const QString text = QStringLiteral("{\"seed\": 2, \"n\": 1, \"response_format\": {\"x\": 1}}");
    const std::vector<ExtrasRemark> found = checkExtras(text, {}, settings);
    QCOMPARE(found.size(), std::size_t(2)); // two objects are merged
    QCOMPARE(found[0].severity, ExtrasRemark::Severity::Error);
    QCOMPARE(found[1].severity, ExtrasRemark::Severity::Warning);
}

void TestExtrasHelp::nothingIsSuggested_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"{\"a\": 1 |}", "{\"a\": |}", "{\"a\": {\"|\"}}", "{\"top_k\"|}", "{\"zzz|\"}",
             "{\"safe_prompt\": true|}", "{\"top_k\": 1, \"top_k|\"}"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestExtrasHelp::nothingIsSuggested()
{
    QFETCH(QString, text);
    const qsizetype caret = text.indexOf(u'|');
    QCOMPARE(suggestExtras(text.remove(u'|'), caret, known()).size(), std::size_t(0));
}

void TestExtrasHelp::completes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // [ ] around what is selected
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
    };
    row("|", "{\n    \"effort\": [\"low\"]\n}");
    row("{to|}", "{\"top_k\": [40]}");
    row("{\"to|\"}", "{\"top_k\": [40]}");
    row("{\"to|", "{\"top_k\": [40]");
    row("{\"x|\": 7}", "");
    row("{\"to|p\": 7}", "{\"top_k\"[]: 7}");
    row("{\"a\": 1, prom|}", "{\"a\": 1, \"safe_prompt\": [true]}");
    row("{\"thi|\"}", "{\"thinking\": [{\"budget\":9}]}");
    row("{\"safe_prompt\": f|}", "{\"safe_prompt\": false[]}");
    row("{\"effort\": \"h|\"}", "{\"effort\": \"high\"[]}");
    row("{\"effort\": h|}", "{\"effort\": \"high\"[]}");
}

void TestExtrasHelp::completes()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const qsizetype caret = text.indexOf(u'|');
    text.remove(u'|');
    const std::vector<ExtrasSuggestion> found = suggestExtras(text, caret, known());
    QCOMPARE(found.empty(), expected.isEmpty());
    if (found.empty())
        return;
    ExtrasSuggestion first = found.front();
    first.insertion.insert(first.selectionStart + first.selectionLength, u']');
    first.insertion.insert(first.selectionStart, u'[');
    QCOMPARE(text.replace(first.start, first.end - first.start, first.insertion), expected);
}

void TestExtrasHelp::everyKnownExtraCompletesToValidJson()
{
    for (const ExtrasSuggestion &suggestion : suggestExtras({}, 0, known())) {
        QVERIFY2(!QJsonDocument::fromJson(suggestion.insertion.toUtf8()).isNull(), qPrintable(suggestion.insertion));
        QVERIFY(!suggestion.type.isEmpty());
        QVERIFY(checkExtras(suggestion.insertion, known(), {}).empty());
    }
}

void TestExtrasHelp::variantAddsToTheFormat()
{
    const ProviderDescriptor descriptor {.extras = {{.key = QStringLiteral("b"), .description = QStringLiteral("any")}},
        .variants = {{.name = QStringLiteral("v"),
            .displayName = QStringLiteral("Server V"),
            .extras = {
                {.key = QStringLiteral("a")}, {.key = QStringLiteral("b"), .description = QStringLiteral("own")}}}}};
    const std::vector<KnownExtra> any = knownExtrasOf(descriptor, {});
    QCOMPARE(any.size(), std::size_t(2));
    QCOMPARE(any[0].type, KnownExtra::Type::Any);
    QVERIFY(any[0].description.startsWith(QStringLiteral("Server V: ")));
    QCOMPARE(any[1].description, QStringLiteral("any"));
    QCOMPARE(knownExtrasOf(descriptor, QStringLiteral("other")).size(), std::size_t(1));
    const std::vector<KnownExtra> all = knownExtrasOf(descriptor, QStringLiteral("v"));
    QCOMPARE(all.size(), std::size_t(2));
    QCOMPARE(all[1].description, QStringLiteral("own"));
}

QTEST_GUILESS_MAIN(TestExtrasHelp)
#include "tst_extrashelp.moc"
