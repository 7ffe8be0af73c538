// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/codesnippet.h"

#include "fakeserver.h"
#include "snippetrunner.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrlQuery>

using namespace diptych;

namespace {

// Everything that one of the languages could mistake for code, or lose on the way.
const QString nasty =
    QStringLiteral("it's \"quoted\" \\ \\n $HOME `id` $(rm -rf x) ${x} {{y}} %s %41 {0} @file\nnext\ttab\r\n"
                   "\"\"\" ''' )json\" </script> äöü 日本 😀 e\u0301 \u0001\u001b[31m \u2028\u202e")
    + QChar(0) + QStringLiteral("end");
const QByteArray answer = "the answer \xf0\x9f\x98\x80";

struct Dialect {
    const char *name;
    const char *path;
    HeaderList headers;
    QByteArray whole; ///< an answer in one piece
    std::vector<QByteArray> events; ///< a streamed one
    bool isOpenAi = false;
    bool isAzure = false;
};

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray chatAnswer(const QString &member)
{
    return compact(
        {{QStringLiteral("id"), QStringLiteral("1")}, {QStringLiteral("object"), QStringLiteral("chat.completion")},
            {QStringLiteral("choices"),
                QJsonArray {QJsonObject {{QStringLiteral("index"), 0},
                    {member,
                        QJsonObject {{QStringLiteral("role"), QStringLiteral("assistant")},
                            {QStringLiteral("content"), QString::fromUtf8(answer)}}}}}}});
}

std::vector<Dialect> dialects()
{
    const QByteArray whole = chatAnswer(QStringLiteral("message"));
    const std::vector<QByteArray> events {chatAnswer(QStringLiteral("delta")), "[DONE]"};
    const QByteArray text = compact({{QStringLiteral("text"), QString::fromUtf8(answer)}});
    const std::vector<QByteArray> texts {text};
    return {{"openai", "/v1/chat/completions", {{"Authorization", "***"}, {"X-Note", "it's 100% \"so\" $HOME"}}, whole,
                events, true, false},
        {"openai behind api-key", "/openai/v1/chat/completions?api-version=preview", {{"api-key", "***"}}, whole,
            events, true, false},
        {"azure", "/models/chat/completions?api-version=2024-05-01-preview",
            {{"Authorization", "***"}, {"api-key", "***"}, {"extra-parameters", "pass-through"}}, whole, events, true,
            true},
        {"no key", "/a%20b/c%2Fd/v1/chat/completions?q=%22%27%25", {}, whole, events, true, false},
        {"ollama", "/api/chat", {}, text, texts},
        {"anthropic", "/v1/messages", {{"x-api-key", "***"}, {"anthropic-version", "2023-06-01"}}, text, texts},
        {"gemini", "/v1beta/models/m:streamGenerateContent?alt=sse", {{"x-goog-api-key", "***"}}, text, texts},
        {"cohere", "/v2/chat", {{"Authorization", "***"}}, text, texts}};
}

} // namespace

/// Runs what the Code tab shows and compares what a server got with what it should have got. Programs that are not on
/// this machine are reported as skipped.
class TestSnippetsRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void wrongCallIsNoticed();
    void curl_data() { calls(Which::All); }
    void curl();
    void curlWithALongBody();
    void callWithoutBody();
    void nodeFetch_data() { calls(Which::All); }
    void nodeFetch();
    void nodeOpenAi_data() { calls(Which::OpenAi); }
    void nodeOpenAi();
    void nodeAzure_data() { calls(Which::Azure); }
    void nodeAzure();
    void pythonStandardLibrary_data() { calls(Which::All); }
    void pythonStandardLibrary();
    void pythonPackagesOnlyCompile_data() { calls(Which::OpenAi); }
    void pythonPackagesOnlyCompile();
    void cppQt_data();
    void cppQt();
    void cSharpIsWrittenButNotRunHere_data() { calls(Which::All); }
    void cSharpIsWrittenButNotRunHere();

private:
    enum class Which { All, OpenAi, Azure };
    static void calls(Which which);
    [[nodiscard]] WirePreview call(int dialect, bool isStreamed) const;
    void answerWith(int dialect, bool isStreamed);
    void check(const WirePreview &sent, const ProgramResult &result, bool hasOwnAccept = false);
    void runNode(SnippetLanguage language);
    [[nodiscard]] bool hasClients();

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<SnippetRunner> m_runner;
    QByteArray m_clientsError;
};

void TestSnippetsRun::init()
{
    m_server = std::make_unique<FakeServer>();
    m_runner = std::make_unique<SnippetRunner>();
}

void TestSnippetsRun::calls(Which which)
{
    QTest::addColumn<int>("dialect");
    QTest::addColumn<bool>("isStreamed");
    const std::vector<Dialect> all = dialects();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if ((which == Which::OpenAi && !all[i].isOpenAi) || (which == Which::Azure && !all[i].isAzure))
            continue;
        for (const bool isStreamed : {false, true})
            QTest::addRow("%s %s", all[i].name, isStreamed ? "streamed" : "whole") << static_cast<int>(i) << isStreamed;
    }
}

WirePreview TestSnippetsRun::call(int dialect, bool isStreamed) const
{
    const Dialect chosen = dialects()[static_cast<std::size_t>(dialect)];
    const QJsonObject message {{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), nasty}};
    const QJsonObject body {{QStringLiteral("model"), QStringLiteral("m")},
        {QStringLiteral("messages"), QJsonArray {message}}, {QStringLiteral("stream"), isStreamed},
        {QStringLiteral("temperature"), 0.7},
        {QStringLiteral("x_extra"), QJsonArray {true, QJsonValue(), 1e-7, QJsonObject {}}}};
    WirePreview made {.method = "POST",
        .url = QUrl::fromEncoded(m_server->url(QString()).toEncoded() + chosen.path),
        .headers = {{"Content-Type", "application/json"},
            {"Accept", isStreamed ? "text/event-stream" : "application/json"}},
        .body = compact(body)};
    made.headers.insert(made.headers.end(), chosen.headers.begin(), chosen.headers.end());
    return made;
}

void TestSnippetsRun::answerWith(int dialect, bool isStreamed)
{
    const Dialect chosen = dialects()[static_cast<std::size_t>(dialect)];
    m_server->enqueue(isStreamed ? FakeResponse::sse(chosen.events) : FakeResponse::json(200, chosen.whole));
}

void TestSnippetsRun::check(const WirePreview &sent, const ProgramResult &result, bool hasOwnAccept)
{
    QVERIFY2(result.isDone, result.errors.constData());
    QCOMPARE(requestDifference(sent, *m_server, hasOwnAccept), QString());
    QVERIFY2(result.output.contains(answer), result.output.constData());
}

void TestSnippetsRun::wrongCallIsNoticed()
{
    const WirePreview sent = call(0, false);
    QVERIFY(!requestDifference(sent, *m_server).isEmpty());
    if (QByteArray(SNIPPET_CURL).isEmpty())
        QSKIP("curl is not on this machine");
    answerWith(0, false);
    WirePreview other = sent;
    other.body.replace("0.7", "0.8");
    const ProgramResult result = m_runner->run(QStringLiteral("/bin/sh"),
        {m_runner->write(
            QStringLiteral("call.sh"), codeSnippet(other, SnippetLanguage::Curl, QStringLiteral("LAB_KEY")))});
    QVERIFY2(result.isDone, result.errors.constData());
    QVERIFY(requestDifference(sent, *m_server).startsWith(QStringLiteral("body")));
}

void TestSnippetsRun::curl()
{
    QFETCH(int, dialect);
    QFETCH(bool, isStreamed);
    if (QByteArray(SNIPPET_CURL).isEmpty())
        QSKIP("curl is not on this machine");
    answerWith(dialect, isStreamed);
    const WirePreview sent = call(dialect, isStreamed);
    const QString script =
        m_runner->write(QStringLiteral("call.sh"), codeSnippet(sent, SnippetLanguage::Curl, QStringLiteral("LAB_KEY")));
    check(sent, m_runner->run(QStringLiteral("/bin/sh"), {script}));
}

void TestSnippetsRun::curlWithALongBody()
{
    if (QByteArray(SNIPPET_CURL).isEmpty())
        QSKIP("curl is not on this machine");
    answerWith(0, false);
    WirePreview sent = call(0, false);
    sent.body = compact(QJsonObject {{QStringLiteral("messages"), QString(QString(400'000, u'x') + nasty)}});
    const QString script =
        m_runner->write(QStringLiteral("call.sh"), codeSnippet(sent, SnippetLanguage::Curl, QStringLiteral("LAB_KEY")));
    check(sent, m_runner->run(QStringLiteral("/bin/sh"), {script}));
}

void TestSnippetsRun::callWithoutBody()
{
    const WirePreview sent {.method = "GET",
        .url = m_server->url(QStringLiteral("/info?model=a%2Fb")),
        .headers = {{"api-key", "***"}, {"X-Empty", ""}}};
    const std::vector<std::pair<SnippetLanguage, QString>> programs {
        {SnippetLanguage::Curl, QByteArray(SNIPPET_CURL).isEmpty() ? QString() : QStringLiteral("/bin/sh")},
        {SnippetLanguage::JavaScript, QStringLiteral(SNIPPET_NODE)},
        {SnippetLanguage::Python, QStringLiteral(SNIPPET_PYTHON)}};
    for (const auto &[language, program] : programs) {
        if (program.isEmpty())
            QSKIP(qPrintable(snippetLanguageName(language) + u": not on this machine"));
        init();
        WirePreview here = sent;
        here.url.setPort(m_server->url().port());
        m_server->enqueue(FakeResponse::json(404, answer)); // an error's body is printed as well
        const QString script =
            m_runner->write(QStringLiteral("call.mjs"), codeSnippet(here, language, QStringLiteral("LAB_KEY")));
        check(here, m_runner->run(program, {script}));
    }
}

bool TestSnippetsRun::hasClients()
{
    if (QByteArray(SNIPPET_NPM).isEmpty())
        m_clientsError = "npm is not on this machine";
    else {
        const ProgramResult result = m_runner->run(QStringLiteral(SNIPPET_CMAKE),
            {QStringLiteral("-DSOURCE=" SNIPPET_CONTRACT), QStringLiteral("-DWORK=" SNIPPET_CLIENTS),
                QStringLiteral("-DNPM=" SNIPPET_NPM), QStringLiteral("-P"),
                QStringLiteral(SNIPPET_CONTRACT "/install.cmake")});
        m_clientsError = result.isDone ? QByteArray() : result.errors;
    }
    return m_clientsError.isEmpty();
}

void TestSnippetsRun::runNode(SnippetLanguage language)
{
    QFETCH(int, dialect);
    QFETCH(bool, isStreamed);
    if (QByteArray(SNIPPET_NODE).isEmpty())
        QSKIP("Node.js is not on this machine");
    const bool needsClients = language != SnippetLanguage::JavaScript;
    if (needsClients && !hasClients())
        QSKIP(m_clientsError.constData());
    answerWith(dialect, isStreamed);
    const WirePreview sent = call(dialect, isStreamed);
    const QString code = codeSnippet(sent, language, QStringLiteral("LAB_KEY"));
    QCOMPARE(code.startsWith(u"import "), needsClients);
    // Modules are looked up from where the file is.
    const QString script = m_runner->write(
        QStringLiteral("snippet.mjs"), code, needsClients ? QStringLiteral(SNIPPET_CLIENTS) : QString());
    const ProgramResult result = m_runner->run(QStringLiteral(SNIPPET_NODE), {script});
    if (needsClients)
        QFile::remove(script);
    check(sent, result, needsClients);
}

void TestSnippetsRun::nodeFetch()
{
    runNode(SnippetLanguage::JavaScript);
}

void TestSnippetsRun::nodeOpenAi()
{
    runNode(SnippetLanguage::JavaScriptOpenAi);
}

void TestSnippetsRun::nodeAzure()
{
    runNode(SnippetLanguage::JavaScriptAzure);
}

void TestSnippetsRun::pythonStandardLibrary()
{
    QFETCH(int, dialect);
    QFETCH(bool, isStreamed);
    if (QByteArray(SNIPPET_PYTHON).isEmpty())
        QSKIP("python3 is not on this machine");
    answerWith(dialect, isStreamed);
    const WirePreview sent = call(dialect, isStreamed);
    const QString script = m_runner->write(
        QStringLiteral("call.py"), codeSnippet(sent, SnippetLanguage::Python, QStringLiteral("LAB_KEY")));
    check(sent, m_runner->run(QStringLiteral(SNIPPET_PYTHON), {script}));
}

void TestSnippetsRun::pythonPackagesOnlyCompile()
{
    QFETCH(int, dialect);
    QFETCH(bool, isStreamed);
    if (QByteArray(SNIPPET_PYTHON).isEmpty())
        QSKIP("python3 is not on this machine");
    for (const SnippetLanguage language : {SnippetLanguage::PythonOpenAi, SnippetLanguage::PythonAzure}) {
        const QString script = m_runner->write(
            QStringLiteral("call.py"), codeSnippet(call(dialect, isStreamed), language, QStringLiteral("LAB_KEY")));
        const ProgramResult result =
            m_runner->run(QStringLiteral(SNIPPET_PYTHON), {QStringLiteral("-m"), QStringLiteral("py_compile"), script});
        QVERIFY2(result.isDone, result.errors.constData());
    }
}

void TestSnippetsRun::cppQt_data()
{
    // A compiler takes seconds; two calls have everything that can differ.
    QTest::addColumn<int>("dialect");
    QTest::addColumn<bool>("isStreamed");
    QTest::newRow("openai streamed") << 0 << true;
    QTest::newRow("anthropic whole") << 5 << false;
}

void TestSnippetsRun::cppQt()
{
    QFETCH(int, dialect);
    QFETCH(bool, isStreamed);
    answerWith(dialect, isStreamed);
    const WirePreview sent = call(dialect, isStreamed);
    const QString source = m_runner->write(
        QStringLiteral("call.cpp"), codeSnippet(sent, SnippetLanguage::CppQt, QStringLiteral("LAB_KEY")));
    const ProgramResult compiled = m_runner->run(QStringLiteral(SNIPPET_CXX),
        {source, QStringLiteral("@" SNIPPET_CXX_FLAGS), QStringLiteral("-o"), m_runner->path(QStringLiteral("call"))});
    QVERIFY2(compiled.isDone, compiled.errors.constData());
    check(sent, m_runner->run(m_runner->path(QStringLiteral("call")), {}));
}

void TestSnippetsRun::cSharpIsWrittenButNotRunHere()
{
    QFETCH(int, dialect);
    QFETCH(bool, isStreamed);
    const WirePreview sent = call(dialect, isStreamed);
    for (const SnippetLanguage language : {SnippetLanguage::CSharp, SnippetLanguage::CSharpAzure}) {
        const QString code = codeSnippet(sent, language, QStringLiteral("LAB_KEY"));
        // The body stands verbatim between the raw quotes, which do not occur in it.
        const qsizetype start = code.indexOf(u"\"\"\"");
        qsizetype textStart = start;
        while (code.at(textStart) == u'"')
            ++textStart;
        const QString quotes(textStart - start, u'"');
        const qsizetype end = code.indexOf(QString(u'\n' + quotes), textStart + 1);
        const QByteArray body = code.mid(textStart + 1, end - textStart - 1).toUtf8();
        QCOMPARE(QJsonDocument::fromJson(body), QJsonDocument::fromJson(sent.body));
    }
}

QTEST_GUILESS_MAIN(TestSnippetsRun)
#include "tst_snippetsrun.moc"
