// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

/// Endpoints as the program understands them, and what a chat takes from files.
class TestEndpointsCli : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void wrongUsageIsTwo_data();
    void wrongUsageIsTwo();
    void keysDoNotBelongOnTheCommandLine_data();
    void keysDoNotBelongOnTheCommandLine();
    void anUnknownKindNamesThoseThatThereAre();
    void urlsAreRecognised();
    void theEnvironmentIsReadWithoutSayingKeys();
    void conversionsNameTheLosses();
    void aTestSaysWhereItFails_data();
    void aTestSaysWhereItFails();
    void theBuiltInEndpointPasses();
    void aTokenCommandIsAsked();
    void filesGoIntoTheRequest();
    void schemasGoIntoTheRequest();
    void toolCallsAreWritten();
    void badFilesAreRefused_data();
    void badFilesAreRefused();

private:
    struct Outcome {
        int code = -1;
        QByteArray out {};
        QByteArray err {};
    };
    Outcome run(
        const QString &line, const QStringList &more = {}, const QMap<QString, QString> &environment = {}) const;
    [[nodiscard]] QString fileWith(const QString &name, const QByteArray &content) const;
    [[nodiscard]] QStringList chat(const QStringList &options) const;
    [[nodiscard]] QJsonObject sentBody() const;

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

const QByteArray answer =
    R"({"id":"1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]})";
const QByteArray models = R"({"object":"list","data":[{"id":"m"}]})";

} // namespace

void TestEndpointsCli::init()
{
    m_server = std::make_unique<FakeServer>();
    m_directory = std::make_unique<QTemporaryDir>();
}

TestEndpointsCli::Outcome TestEndpointsCli::run(
    const QString &line, const QStringList &more, const QMap<QString, QString> &environment) const
{
    QProcessEnvironment variables;
    for (const QString &kept : {QStringLiteral("PATH"), QStringLiteral("HOME"), QStringLiteral("LANG")})
        variables.insert(kept, qEnvironmentVariable(kept.toLatin1().constData()));
    for (auto variable = environment.begin(); variable != environment.end(); ++variable)
        variables.insert(variable.key(), variable.value());
    QProcess process;
    process.setProcessEnvironment(variables);
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(QStringLiteral(DIPTYCH_CLI), line.split(u' ', Qt::SkipEmptyParts) + more);
    if (finished.isEmpty() && !finished.wait(60'000))
        return {};
    return {.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
        .out = process.readAllStandardOutput(),
        .err = process.readAllStandardError()};
}

QString TestEndpointsCli::fileWith(const QString &name, const QByteArray &content) const
{
    QFile file(m_directory->filePath(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(content);
    return file.fileName();
}

QStringList TestEndpointsCli::chat(const QStringList &options) const
{
    return options
        + QStringList {QStringLiteral("--url"), m_server->url(QStringLiteral("/v1")).toString(), QStringLiteral("-m"),
            QStringLiteral("m"), QStringLiteral("--no-stream"), QStringLiteral("hello")};
}

QJsonObject TestEndpointsCli::sentBody() const
{
    return m_server->requests().empty() ? QJsonObject()
                                        : QJsonDocument::fromJson(m_server->requests().back().body).object();
}

void TestEndpointsCli::wrongUsageIsTwo_data()
{
    QTest::addColumn<QString>("line");
    for (const char *line : {"endpoints", "endpoints sing", "endpoints recognise",
             "endpoints recognise a.example b.example", "endpoints recognise !", "endpoints env more",
             "endpoints convert-v1", "endpoints convert-v1 https://api.openai.com/v1", "endpoints test ftp://a.example",
             "chat --url localhost:1 --variant magic hi", "chat --url localhost:1 --token-command x --key-env HOME hi"})
        QTest::newRow(line) << QString::fromLatin1(line);
}

void TestEndpointsCli::wrongUsageIsTwo()
{
    QFETCH(QString, line);
    const Outcome outcome = run(line);
    QCOMPARE(outcome.code, 2);
    QCOMPARE(outcome.out, QByteArray());
    QVERIFY2(outcome.err.contains("error: "), outcome.err.constData());
}

void TestEndpointsCli::keysDoNotBelongOnTheCommandLine_data()
{
    QTest::addColumn<QString>("url");
    for (const char *url : {"http://127.0.0.1:1/v1?key=s3cretKEY", "http://me:s3cretKEY@127.0.0.1:1/v1",
             "curl http://127.0.0.1:1/v1 -H 'Authorization: Bearer s3cretKEY'",
             "curl http://127.0.0.1:1/v1 -H 'x-api-key: s3cretKEY'",
             "curl http://127.0.0.1:1/v1 -H 'Cookie: s3cretKEY'", "curl http://127.0.0.1:1/v1 -u me:s3cretKEY"})
        QTest::newRow(url) << QString::fromLatin1(url);
}

void TestEndpointsCli::keysDoNotBelongOnTheCommandLine()
{
    QFETCH(QString, url);
    const Outcome outcome = run(QStringLiteral("chat -m m --retries 0 hi --url"), {url});
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.contains("--key-env"), outcome.err.constData());
    QVERIFY2(!outcome.err.contains("s3cretKEY"), outcome.err.constData());
}

void TestEndpointsCli::anUnknownKindNamesThoseThatThereAre()
{
    const Outcome outcome = run(QStringLiteral("endpoints recognise a.example --kind magic"));
    QCOMPARE(outcome.code, 2);
    for (const char *kind : {"azure", "openai", "ollama", "anthropic", "gemini", "cohere"})
        QVERIFY2(outcome.err.contains(kind), outcome.err.constData());
}

void TestEndpointsCli::urlsAreRecognised()
{
    const Outcome text = run(QStringLiteral("endpoints recognise https://api.anthropic.com/v1/messages"));
    QCOMPARE(text.code, 0);
    QVERIFY2(text.out.contains("Anthropic") && text.out.contains("https://api.anthropic.com\n"), text.out.constData());
    const Outcome json = run(QStringLiteral("endpoints recognise --json --kind ollama"),
        {QStringLiteral("https://llm.example.com?key=s3cret")});
    const QJsonObject object = QJsonDocument::fromJson(json.out).object();
    QCOMPARE(object[QStringLiteral("provider")].toString(), QStringLiteral("ollama"));
    QCOMPARE(object[QStringLiteral("url")].toString(), QStringLiteral("https://llm.example.com"));
    QVERIFY(object[QStringLiteral("has_key")].toBool());
    QVERIFY(!object[QStringLiteral("changes")].toArray().isEmpty());
    QVERIFY(!json.out.contains("s3cret") && !json.err.contains("s3cret"));
    for (const auto &[line, url] :
        {std::pair("localhost:8089", "http://localhost:8089"), {"localhost:8089/v1", "http://localhost:8089/v1"}}) {
        const Outcome azure = run(QStringLiteral("endpoints recognise --json --kind azure"), {QLatin1String(line)});
        const QJsonObject proposal = QJsonDocument::fromJson(azure.out).object();
        QCOMPARE(proposal[QStringLiteral("url")].toString(), QLatin1String(url));
        QCOMPARE(proposal[QStringLiteral("provider")].toString(), QStringLiteral("azure"));
    }
}

void TestEndpointsCli::theEnvironmentIsReadWithoutSayingKeys()
{
    const Outcome nothing = run(QStringLiteral("endpoints env"));
    QCOMPARE(nothing.code, 0);
    QCOMPARE(nothing.out, QByteArray());
    const QMap<QString, QString> variables {{QStringLiteral("OPENAI_API_KEY"), QStringLiteral("s3cret")},
        {QStringLiteral("OLLAMA_HOST"), QStringLiteral(":7777")},
        {QStringLiteral("AZURE_AI_CHAT_KEY"), QStringLiteral("s3cret")}};
    for (const QString &line : {QStringLiteral("endpoints env"), QStringLiteral("endpoints env --json")}) {
        const Outcome outcome = run(line, {}, variables);
        QCOMPARE(outcome.code, 0);
        QVERIFY2(outcome.out.contains("OPENAI_API_KEY") && outcome.out.contains("http://localhost:7777"),
            outcome.out.constData());
        QVERIFY(outcome.err.contains("AZURE_AI_CHAT_ENDPOINT"));
        QVERIFY(!outcome.out.contains("s3cret") && !outcome.err.contains("s3cret"));
    }
}

void TestEndpointsCli::conversionsNameTheLosses()
{
    const Outcome outcome = run(QStringLiteral("endpoints convert-v1 --json https://r.services.ai.azure.com/models"));
    QCOMPARE(outcome.code, 0);
    const QJsonObject object = QJsonDocument::fromJson(outcome.out).object();
    QCOMPARE(object[QStringLiteral("url")].toString(), QStringLiteral("https://r.openai.azure.com/openai/v1"));
    QVERIFY(object[QStringLiteral("losses")].toArray().size() > 3);
    QVERIFY(run(QStringLiteral("endpoints convert-v1 https://r.services.ai.azure.com")).out.contains("input_type"));
}

void TestEndpointsCli::aTestSaysWhereItFails_data()
{
    QTest::addColumn<int>("status"); // 0: nobody listens
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("failed");
    QTest::newRow("refused") << 0 << 5 << QStringLiteral("tcp");
    QTest::newRow("wrong key") << 401 << 4 << QStringLiteral("auth");
    QTest::newRow("wrong path") << 404 << 1 << QStringLiteral("route");
    QTest::newRow("good") << 200 << 0 << QString();
}

void TestEndpointsCli::aTestSaysWhereItFails()
{
    QFETCH(int, status);
    QFETCH(int, code);
    QFETCH(QString, failed);
    const QString url = m_server->url(QStringLiteral("/v1")).toString();
    if (status == 0)
        m_server->close();
    m_server->route("/v1/models", FakeResponse::json(status, status == 200 ? models : QByteArray("{}")));
    const Outcome outcome = run(QStringLiteral("endpoints test --json"), {url});
    QCOMPARE(outcome.code, code);
    QString found;
    const QList<QByteArray> lines = outcome.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 6);
    for (const QByteArray &line : lines) {
        const QJsonObject step = QJsonDocument::fromJson(line).object();
        if (step[QStringLiteral("state")].toString() == u"failed")
            found += step[QStringLiteral("step")].toString();
    }
    QCOMPARE(found, failed);
    QVERIFY(m_server->requests().size() <= 1); // a test is not repeated
}

void TestEndpointsCli::theBuiltInEndpointPasses()
{
    const Outcome outcome = run(QStringLiteral("endpoints test"));
    QCOMPARE(outcome.code, 0);
    QVERIFY2(outcome.out.contains("guide"), outcome.out.constData());
}

void TestEndpointsCli::aTokenCommandIsAsked()
{
    m_server->route("/v1/models", FakeResponse::json(200, models));
    const Outcome outcome = run(QStringLiteral("models --token-command"),
        {QStringLiteral("echo token-for-{scope}"), QStringLiteral("--token-scope"), QStringLiteral("s"),
            QStringLiteral("--url"), m_server->url(QStringLiteral("/v1")).toString()});
    QCOMPARE(outcome.code, 0);
    QCOMPARE(m_server->requests().at(0).header("authorization"), QByteArray("Bearer token-for-s"));
}

void TestEndpointsCli::filesGoIntoTheRequest()
{
    m_server->route("/v1/chat/completions", FakeResponse::json(200, answer));
    const QString tools = fileWith(QStringLiteral("tools.json"),
        R"([{"type":"function","function":{"name":"weather","parameters":{"type":"object"}}},{"name":"time"}])");
    const QString image = fileWith(QStringLiteral("dot.png"),
        QByteArray::fromBase64(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));
    const QString audio = fileWith(QStringLiteral("a.wav"), "RIFF");
    const Outcome outcome = run(QStringLiteral("chat"),
        chat({QStringLiteral("--tools"), tools, QStringLiteral("--tool-choice"), QStringLiteral("required"),
            QStringLiteral("--image"), image, QStringLiteral("--image"), QStringLiteral("https://a.example/b.jpg"),
            QStringLiteral("--audio"), audio, QStringLiteral("--response-format"), QStringLiteral("json")}));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const QJsonObject body = sentBody();
    QCOMPARE(body[QStringLiteral("tools")].toArray().size(), 2);
    QCOMPARE(body[QStringLiteral("tool_choice")].toString(), QStringLiteral("required"));
    const QByteArray content = QJsonDocument(body[QStringLiteral("messages")].toArray()).toJson();
    QVERIFY(content.contains("data:image/png;base64,iVBOR") && content.contains("https://a.example/b.jpg"));
    QVERIFY(content.contains("input_audio") && content.contains("UklGRg=="));
    QCOMPARE(body[QStringLiteral("response_format")].toObject()[QStringLiteral("type")].toString(),
        QStringLiteral("json_object"));
}

void TestEndpointsCli::schemasGoIntoTheRequest()
{
    m_server->route("/v1/chat/completions", FakeResponse::json(200, answer));
    const QString bare = fileWith(QStringLiteral("my city.schema.json"), R"({"type":"object","properties":{}})");
    const QString named =
        fileWith(QStringLiteral("x.json"), R"({"name":"city","strict":true,"schema":{"type":"object"}})");
    for (const auto &[file, name] : {std::pair(bare, QStringLiteral("my_city")), {named, QStringLiteral("city")}}) {
        QCOMPARE(run(QStringLiteral("chat"), chat({QStringLiteral("--response-format"), file})).code, 0);
        const QJsonObject format = sentBody()[QStringLiteral("response_format")].toObject();
        QCOMPARE(format[QStringLiteral("type")].toString(), QStringLiteral("json_schema"));
        const QJsonObject schema = format[QStringLiteral("json_schema")].toObject();
        QCOMPARE(schema[QStringLiteral("name")].toString(), name);
        QCOMPARE(
            schema[QStringLiteral("schema")].toObject()[QStringLiteral("type")].toString(), QStringLiteral("object"));
    }
}

void TestEndpointsCli::toolCallsAreWritten()
{
    m_server->route("/v1/chat/completions",
        FakeResponse::json(200,
            R"({"id":"1","model":"m","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant",)"
            R"("content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"weather",)"
            R"("arguments":"{\"city\":\"Oslo\"}"}}]}}]})"));
    QCOMPARE(run(QStringLiteral("chat -q"), chat({})).out, QByteArray("weather({\"city\":\"Oslo\"})\n"));
    const QJsonObject last =
        QJsonDocument::fromJson(run(QStringLiteral("chat --json"), chat({})).out.trimmed().split('\n').back()).object();
    QCOMPARE(last[QStringLiteral("tool_calls")].toArray().at(0).toObject()[QStringLiteral("name")].toString(),
        QStringLiteral("weather"));
}

void TestEndpointsCli::badFilesAreRefused_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    const auto row = [](const char *name, const char *option, const char *file, const char *content) {
        QTest::newRow(name) << QString::fromLatin1(option) << QString::fromLatin1(file) << QByteArray(content);
    };
    row("no file", "--tools", "", "");
    row("no JSON", "--tools", "t.json", "[{");
    row("no functions", "--tools", "t.json", "[]");
    row("no name", "--tools", "t.json", "[{\"parameters\":{}}]");
    row("no picture", "--image", "t.txt", "hello");
    row("no sound", "--audio", "t.ogg", "OggS");
    row("no schema", "--response-format", "t.json", "[1]");
    row("no such format", "--response-format", "", "");
}

void TestEndpointsCli::badFilesAreRefused()
{
    QFETCH(QString, option);
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    const QString file = name.isEmpty() ? m_directory->filePath(QStringLiteral("missing")) : fileWith(name, content);
    const Outcome outcome = run(QStringLiteral("chat"), chat({option, file}));
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.contains(option.toLatin1()), outcome.err.constData());
    QVERIFY(m_server->requests().empty());
}

QTEST_GUILESS_MAIN(TestEndpointsCli)
#include "tst_endpointscli.moc"
