// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/codesnippet.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace diptych;

namespace {

// Everything that one of the languages could mistake for code.
const QString nasty =
    QStringLiteral("it's \"quoted\" \\ $HOME `id` $(id)\nnext\tline \"\"\" ''' )json\" ${x} %s {0} äöü 😀 </script>");

WirePreview call(const QString &prompt, bool stream = false)
{
    const QJsonObject body {{QStringLiteral("prompt"), prompt}, {QStringLiteral("stream"), stream}};
    return {.method = "POST",
        .url = QUrl(QStringLiteral("http://127.0.0.1:8080/v1/completions?api-version=1")),
        .headers = {{"Content-Type", "application/json"}, {"Authorization", "***"}, {"api-key", "***"},
            {"X-Note", "it's"}},
        .body = QJsonDocument(body).toJson(QJsonDocument::Compact)};
}

/// Runs a shell snippet with curl replaced by a function that prints its arguments, one per NUL.
QStringList shellArguments(const QString &snippet)
{
    QProcess shell;
    shell.setProcessEnvironment([] {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LAB_KEY"), QStringLiteral("s3cret"));
        return environment;
    }());
    shell.start(
        QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QString(u"curl() { printf '%s\\0' \"$@\"; }\n" + snippet)});
    shell.waitForFinished();
    QStringList arguments = QString::fromUtf8(shell.readAllStandardOutput()).split(QChar(0));
    arguments.removeLast();
    return arguments;
}

} // namespace

class TestCodeSnippet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void curlSurvivesTheShell_data();
    void curlSurvivesTheShell();
    void bodyIsOneLiteral_data();
    void bodyIsOneLiteral();
    void keyNeverAppears_data();
    void keyNeverAppears();
    void notJsonIsQuotedAsText();
    void pythonWritesItsOwnConstants();
    void javaScriptKeepsLongNumbersAndProto();
    void rawDelimitersAreUnique();
    void streamsAreReadAsStreams();
    void librariesAreOfferedWhereTheyFit_data();
    void librariesAreOfferedWhereTheyFit();
    void nearestLanguageKeepsTheLanguage();
    void unknownMembersGoThroughExtraBody();
    void keyOnlyInItsOwnHeader();
    void longBodyGoesThroughStandardInput();
    void keyVariable_data();
    void keyVariable();
};

void TestCodeSnippet::curlSurvivesTheShell_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::newRow("plain") << QStringLiteral("hello");
    QTest::newRow("nasty") << nasty;
    QTest::newRow("only quotes") << QStringLiteral("'''");
    QTest::newRow("at sign") << QStringLiteral("@/etc/passwd");
    QTest::newRow("empty") << QString();
}

void TestCodeSnippet::curlSurvivesTheShell()
{
    QFETCH(QString, prompt);
    const QStringList arguments =
        shellArguments(codeSnippet(call(prompt), SnippetLanguage::Curl, QStringLiteral("LAB_KEY")));
    QVERIFY(arguments.size() > 4);
    QCOMPARE(arguments.first(), QStringLiteral("http://127.0.0.1:8080/v1/completions?api-version=1"));
    QVERIFY(arguments.contains(QStringLiteral("Authorization: Bearer s3cret")));
    QVERIFY(arguments.contains(QStringLiteral("api-key: s3cret")));
    QVERIFY(arguments.contains(QStringLiteral("X-Note: it's")));
    QCOMPARE(arguments.at(arguments.size() - 2), QStringLiteral("--data-raw"));
    const QJsonObject body = QJsonDocument::fromJson(arguments.last().toUtf8()).object();
    QCOMPARE(body.value(QStringLiteral("prompt")).toString(), prompt);
}

void TestCodeSnippet::bodyIsOneLiteral_data()
{
    QTest::addColumn<SnippetLanguage>("language");
    QTest::addColumn<QString>("expected");
    const QString quoted = QStringLiteral(
        R"("prompt": "it's \"quoted\" \\ $HOME `id` $(id)\nnext\tline \"\"\" ''' )json\" ${x} %s {0} äöü 😀 </script>")");
    QTest::newRow("python") << SnippetLanguage::Python << quoted;
    QTest::newRow("javascript") << SnippetLanguage::JavaScript << quoted;
    // The escaped text stands verbatim between raw quotes.
    QTest::newRow("c#") << SnippetLanguage::CSharp << QString(u"GetBytes(\"\"\"\n{\n    " + quoted);
    QTest::newRow("c++") << SnippetLanguage::CppQt << QString(u"R\"json({\n    " + quoted);
}

void TestCodeSnippet::bodyIsOneLiteral()
{
    QFETCH(SnippetLanguage, language);
    QFETCH(QString, expected);
    const QString code = codeSnippet(call(nasty), language, QStringLiteral("LAB_KEY"));
    QVERIFY2(code.contains(expected), qPrintable(code));
}

void TestCodeSnippet::keyNeverAppears_data()
{
    QTest::addColumn<SnippetLanguage>("language");
    QTest::addColumn<QString>("bearer");
    QTest::newRow("curl") << SnippetLanguage::Curl << QStringLiteral("\"Authorization: Bearer $LAB_KEY\"");
    QTest::newRow("python") << SnippetLanguage::Python << QStringLiteral("\"Bearer \" + os.environ[\"LAB_KEY\"]");
    QTest::newRow("javascript") << SnippetLanguage::JavaScript
                                << QStringLiteral("\"Bearer \" + process.env[\"LAB_KEY\"]");
    QTest::newRow("c#") << SnippetLanguage::CSharp
                        << QStringLiteral("\"Bearer \" + Environment.GetEnvironmentVariable(\"LAB_KEY\")");
    QTest::newRow("c++") << SnippetLanguage::CppQt << QStringLiteral("\"Bearer \" + qgetenv(\"LAB_KEY\")");
}

void TestCodeSnippet::keyNeverAppears()
{
    QFETCH(SnippetLanguage, language);
    QFETCH(QString, bearer);
    WirePreview leaky = call(QStringLiteral("x"));
    leaky.headers[1].value = "Bearer sk-leaked";
    leaky.headers[2].value = "sk-leaked";
    leaky.url.setUserInfo(QStringLiteral("me:sk-leaked"));
    const QString code = codeSnippet(leaky, language, QStringLiteral("LAB_KEY"));
    QVERIFY2(code.contains(bearer), qPrintable(code));
    QVERIFY(!code.contains(QStringLiteral("leaked")));
    QVERIFY(!code.contains(QStringLiteral("***")));
}

void TestCodeSnippet::notJsonIsQuotedAsText()
{
    WirePreview broken = call({});
    broken.body = "{\"a\": 'oops";
    QCOMPARE(shellArguments(codeSnippet(broken, SnippetLanguage::Curl, QStringLiteral("K"))).last(),
        QString::fromUtf8(broken.body));
    QVERIFY(codeSnippet(broken, SnippetLanguage::Python, QStringLiteral("K"))
                .contains(QStringLiteral("body = \"{\\\"a\\\": 'oops\"")));
    QVERIFY(codeSnippet(broken, SnippetLanguage::JavaScript, QStringLiteral("K"))
                .contains(QStringLiteral("body: \"{\\\"a\\\": 'oops\"")));
}

void TestCodeSnippet::pythonWritesItsOwnConstants()
{
    WirePreview constants = call({});
    constants.body = R"({"true":true,"b":[false,null,1e-7]})";
    const QString code = codeSnippet(constants, SnippetLanguage::Python, QStringLiteral("K"));
    QVERIFY2(code.contains(QStringLiteral(
                 "body = {\n    \"true\": True,\n    \"b\": [\n        False,\n        None,\n        1e-7\n    ]\n}")),
        qPrintable(code));
}

void TestCodeSnippet::javaScriptKeepsLongNumbersAndProto()
{
    WirePreview special = call({});
    special.body = R"({"seed":9223372036854775807})";
    QVERIFY(codeSnippet(special, SnippetLanguage::JavaScript, QStringLiteral("K"))
                .contains(QStringLiteral("body: \"{\\\"seed\\\":9223372036854775807}\"")));
    special.body = R"({"__proto__":"__proto__"})";
    QVERIFY(codeSnippet(special, SnippetLanguage::JavaScript, QStringLiteral("K"))
                .contains(QStringLiteral("[\"__proto__\"]: \"__proto__\"")));
}

void TestCodeSnippet::rawDelimitersAreUnique()
{
    WirePreview odd = call({});
    odd.body = "not json )json\" \"\"\"";
    QVERIFY(codeSnippet(odd, SnippetLanguage::CppQt, QStringLiteral("K"))
                .contains(QStringLiteral("R\"json_(not json )json\" \"\"\")json_\"")));
    QVERIFY(
        codeSnippet(odd, SnippetLanguage::CSharp, QStringLiteral("K")).contains(QStringLiteral("(\"\"\"\"\nnot json")));
}

void TestCodeSnippet::streamsAreReadAsStreams()
{
    const WirePreview streamed = call(QStringLiteral("\"stream\": true"), true);
    QVERIFY(codeSnippet(streamed, SnippetLanguage::Curl, QStringLiteral("K")).contains(QStringLiteral("--no-buffer")));
    QVERIFY(codeSnippet(streamed, SnippetLanguage::Python, QStringLiteral("K"))
                .contains(QStringLiteral("for line in response")));
    const WirePreview whole = call(QStringLiteral("\"stream\": true"), false);
    QVERIFY(!codeSnippet(whole, SnippetLanguage::Curl, QStringLiteral("K")).contains(QStringLiteral("--no-buffer")));
}

void TestCodeSnippet::librariesAreOfferedWhereTheyFit_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("openAi");
    QTest::addColumn<bool>("azure");
    const QByteArray body = R"({"model":"m","messages":[]})";
    const QString version = QStringLiteral("?api-version=2024-05-01-preview");
    const auto row = [&](const char *name, const QString &end, const QByteArray &sent, bool openAi, bool azure) {
        QTest::newRow(name) << QString(u"https://h/v1" + end) << sent << openAi << azure;
    };
    row("chat", QStringLiteral("/chat/completions"), body, true, false);
    row("chat with a version", QString(u"/chat/completions" + version), body, true, true);
    row("another parameter", QString(u"/chat/completions" + version + u"&x=1"), body, true, false);
    row("no model", QString(u"/chat/completions" + version), R"({"messages":[]})", false, true);
    row("number that JavaScript rounds", QStringLiteral("/chat/completions"),
        R"({"model":"m","seed":9223372036854775807})", false, false);
    row("not JSON", QString(u"/chat/completions" + version), "{", false, false);
    row("vectors as the client likes", QString(u"/embeddings" + version), R"({"model":"m","input":[]})", false, true);
    row("vectors as asked", QStringLiteral("/embeddings"), R"({"model":"m","input":[],"encoding_format":"float"})",
        true, false);
    row("images", QString(u"/images/embeddings" + version), R"({"model":"m","input":[],"encoding_format":"float"})",
        false, true);
    row("anthropic", QStringLiteral("/messages"), body, false, false);
    row("ollama", QStringLiteral("/api/chat"), body, false, false);
    row("gemini", QStringLiteral("/models/m:generateContent"), body, false, false);
}

void TestCodeSnippet::librariesAreOfferedWhereTheyFit()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, body);
    WirePreview asked = call({});
    asked.url = QUrl(url);
    asked.body = body;
    const std::vector<SnippetLanguage> offered = snippetLanguages(asked);
    const auto has = [&offered](SnippetLanguage language) {
        return std::find(offered.begin(), offered.end(), language) != offered.end();
    };
    QTEST(has(SnippetLanguage::JavaScriptOpenAi), "openAi");
    QTEST(has(SnippetLanguage::JavaScriptAzure), "azure");
    QCOMPARE(has(SnippetLanguage::Python), !has(SnippetLanguage::PythonOpenAi) && !has(SnippetLanguage::PythonAzure));
    for (const SnippetLanguage always :
        {SnippetLanguage::Curl, SnippetLanguage::JavaScript, SnippetLanguage::CSharp, SnippetLanguage::CppQt})
        QVERIFY(has(always));
    // What does not fit falls back instead of sending something else.
    if (!has(SnippetLanguage::JavaScriptOpenAi))
        QVERIFY(codeSnippet(asked, SnippetLanguage::JavaScriptOpenAi, QStringLiteral("K")).contains(u"fetch("));
}

void TestCodeSnippet::nearestLanguageKeepsTheLanguage()
{
    const std::vector<SnippetLanguage> offered {
        SnippetLanguage::Curl, SnippetLanguage::Python, SnippetLanguage::JavaScript};
    QCOMPARE(nearestLanguage(SnippetLanguage::PythonAzure, offered), SnippetLanguage::Python);
    QCOMPARE(nearestLanguage(SnippetLanguage::JavaScript, offered), SnippetLanguage::JavaScript);
    QCOMPARE(nearestLanguage(SnippetLanguage::CppQt, offered), SnippetLanguage::Curl);
    QCOMPARE(nearestLanguage(SnippetLanguage::Python, {SnippetLanguage::Curl, SnippetLanguage::PythonOpenAi}),
        SnippetLanguage::PythonOpenAi);
}

void TestCodeSnippet::unknownMembersGoThroughExtraBody()
{
    WirePreview chat = call({});
    chat.url = QUrl(QStringLiteral("https://h/v1/chat/completions"));
    chat.body = R"({"model":"m","messages":[],"safe_prompt":true,"class":[1]})";
    const QString code = codeSnippet(chat, SnippetLanguage::PythonOpenAi, QStringLiteral("K"));
    QVERIFY2(code.contains(QStringLiteral("    model=\"m\",\n    messages=[],\n    extra_body={\n"
                                          "        \"safe_prompt\": True,\n        \"class\": [\n            1\n"
                                          "        ],\n    },\n)")),
        qPrintable(code));
}

void TestCodeSnippet::keyOnlyInItsOwnHeader()
{
    WirePreview chat = call({});
    chat.url = QUrl(QStringLiteral("https://h/v1/chat/completions"));
    chat.body = R"({"model":"m","messages":[]})";
    chat.headers = {{"api-key", "sk-leaked"}};
    const QString code = codeSnippet(chat, SnippetLanguage::JavaScriptOpenAi, QStringLiteral("K"));
    QVERIFY2(code.contains(QStringLiteral("\"Authorization\": null")), qPrintable(code));
    QVERIFY2(code.contains(QStringLiteral("\"api-key\": process.env[\"K\"]")), qPrintable(code));
    QVERIFY(!code.contains(QStringLiteral("leaked")));
}

void TestCodeSnippet::longBodyGoesThroughStandardInput()
{
    WirePreview longCall = call({});
    longCall.body = QByteArray(200'000, 'x') + "\nBODY\n$(id)";
    const QString code = codeSnippet(longCall, SnippetLanguage::Curl, QStringLiteral("K"));
    QVERIFY(code.contains(QStringLiteral("--data-binary @- <<'BODY_'\n")));
    QVERIFY(code.endsWith(QStringLiteral("\nBODY\n$(id)\nBODY_\n")));
}

void TestCodeSnippet::keyVariable_data()
{
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<QString>("variable");
    QTest::newRow("words") << QStringLiteral("My Foundry (EU)") << QStringLiteral("MY_FOUNDRY_EU_KEY");
    QTest::newRow("injection") << QStringLiteral("x\"; rm -rf /") << QStringLiteral("X_RM_RF_KEY");
    QTest::newRow("digit") << QStringLiteral("1st") << QStringLiteral("_1ST_KEY");
    QTest::newRow("no letters") << QStringLiteral("日本") << QStringLiteral("API_KEY");
    QTest::newRow("empty") << QString() << QStringLiteral("API_KEY");
}

void TestCodeSnippet::keyVariable()
{
    QFETCH(QString, endpoint);
    QTEST(keyVariableFor(endpoint), "variable");
}

QTEST_GUILESS_MAIN(TestCodeSnippet)
#include "tst_codesnippet.moc"
