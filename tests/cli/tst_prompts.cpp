// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "clifixture.h"

#include <QFile>
#include <QTest>

using namespace diptych;

/// Conversations that stand in files, calls that are answered, and what is kept of it all.
class TestPrompts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_cli = std::make_unique<CliFixture>(); }
    void wrongUsageIsTwo_data();
    void wrongUsageIsTwo();
    void promptFilesGiveMessagesAndParameters_data();
    void promptFilesGiveMessagesAndParameters();
    void optionsWinOverTheFile();
    void templatesMayBeWrittenAsPrompts_data();
    void templatesMayBeWrittenAsPrompts();
    void messagesComeFromJson_data();
    void messagesComeFromJson();
    void callsAreAnswered_data();
    void callsAreAnswered();
    void callsWithoutAResultAreShown();
    void callsHaveAnEnd();
    void exchangesAreKept();
    void whatCanNotBeKeptIsAnError();

private:
    QStringList at(const QStringList &more) const
    {
        return more + QStringList {QStringLiteral("-q"), QStringLiteral("--no-stream")}
        + m_cli->at(QStringLiteral("/v1"));
    }

    std::unique_ptr<CliFixture> m_cli;
};

namespace {

const QByteArray prompty = "---\nname: Basic\nmodel:\n  api: chat\n  configuration:\n    azure_deployment: d1\n"
                           "  parameters:\n    temperature: 0.2\n    max_tokens: 100\n    safe_prompt: true\n"
                           "sample:\n  first: Jane\n---\nsystem:\nYou help {{first}}.\n\nuser:\n{{question}}\n";
const QByteArray promptYml = "name: Basic\nmodel: d1\nmodelParameters:\n  temperature: 0.2\n  max_tokens: 100\n"
                             "  safe_prompt: true\nmessages:\n  - role: system\n    content: You help {{first}}.\n"
                             "  - role: user\n    content: '{{question}}'\ntestData:\n  - first: Jane\n";
const QByteArray tools = R"([{"name":"weather","parameters":{"type":"object"}},{"name":"time"}])";

QString contentOf(const QJsonObject &body, int message)
{
    return body[u"messages"].toArray().at(message)[u"content"].toString();
}

QByteArray call(const QByteArray &function)
{
    return R"({"id":"1","model":"m","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant",)"
           R"("content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":")"
        + function + R"(","arguments":"{}"}}]}}]})";
}

} // namespace

void TestPrompts::wrongUsageIsTwo_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("line"); // FILE stands for the file
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *title, const char *name, const QByteArray &content, const char *line,
                         const char *words) {
        QTest::newRow(title) << QString::fromLatin1(name) << content << QString::fromLatin1(line) << QByteArray(words);
    };
    row("no file", "", "", "--prompt-file /no/such/file", "--prompt-file");
    row("no prompt file", "a.prompty", "hello", "--prompt-file FILE", "no prompt file");
    row("no value", "a.prompty", prompty, "--prompt-file FILE", "--var question=");
    row("no such variable", "a.prompty", prompty, "--prompt-file FILE --var querstion=x", "first, question");
    row("var without a value", "a.prompty", prompty, "--prompt-file FILE --var question", "name=value");
    row("both", "a.prompty", prompty, "--prompt-file FILE --messages FILE", "exclude");
    row("no JSON", "a.json", "[{", "--messages FILE", "at byte");
    row("no messages", "a.json", "{}", "--messages FILE", "messages");
    row("no role", "a.json", R"([{"role":"boss","content":"a"}])", "--messages FILE", "messages[0].role");
    row("var for messages", "a.json", R"([{"role":"user","content":"a"}])", "--messages FILE --var a=b", "--var");
    row("picture without a prompt", "a.json", R"([{"role":"assistant","content":"a"}])",
        "--messages FILE --image https://a.example/b.png", "--image");
    row("result without a function", "", "", "--tool-result a=b hello", "--tools");
    row("result of another function", "a.json", tools, "--tools FILE --tool-result rain=b hello", "rain");
    row("result without a value", "a.json", tools, "--tools FILE --tool-result weather hello", "name=text");
    row("results that are none", "a.json", tools, "--tools FILE --tool-results FILE hello", "--tool-results");
    row("results in a comparison", "a.json", tools, "--tools FILE --tool-result time=b -m a -m b hello", "");
}

void TestPrompts::wrongUsageIsTwo()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, content);
    QFETCH(QString, line);
    QFETCH(const QByteArray, words);
    if (!name.isEmpty())
        line.replace(QStringLiteral("FILE"), m_cli->write(name, content));
    const QString command = words.isEmpty() ? QStringLiteral("compare ") : QStringLiteral("chat ");
    const CliFixture::Outcome outcome = CliFixture::run(QString(command % line), at({}));
    QCOMPARE(outcome.code, 2);
    QCOMPARE(outcome.out, QByteArray());
    QVERIFY2(outcome.err.startsWith("error: ") && outcome.err.contains(words), outcome.err.constData());
    QVERIFY(m_cli->server.requests().empty());
}

void TestPrompts::promptFilesGiveMessagesAndParameters_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("prompty") << QStringLiteral("basic.prompty") << prompty;
    QTest::newRow("prompt.yml") << QStringLiteral("basic.prompt.yml") << promptYml;
}

void TestPrompts::promptFilesGiveMessagesAndParameters()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, content);
    m_cli->server.route("/v1/chat/completions", FakeResponse::json(200, chatAnswer("hi")));
    const CliFixture::Outcome outcome = CliFixture::run(QStringLiteral("chat"),
        at({QStringLiteral("--prompt-file"), m_cli->write(name, content), QStringLiteral("--var"),
            QStringLiteral("question=Why {{first}}?")}));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const QJsonObject body = m_cli->sent(0);
    QCOMPARE(body[u"model"].toString(), QStringLiteral("d1"));
    QCOMPARE(body[u"temperature"].toDouble(), 0.2);
    QCOMPARE(body[u"max_tokens"].toInt(), 100);
    QCOMPARE(body[u"safe_prompt"].toBool(), true);
    QCOMPARE(contentOf(body, 0), QStringLiteral("You help Jane."));
    QCOMPARE(contentOf(body, 1).trimmed(), QStringLiteral("Why {{first}}?"));
}

void TestPrompts::optionsWinOverTheFile()
{
    m_cli->server.route("/v1/chat/completions", FakeResponse::json(200, chatAnswer("hi")));
    const CliFixture::Outcome outcome =
        CliFixture::run(QStringLiteral("chat -m other --temperature 1 --extra safe_prompt=null --extra top_k=3"),
            at({QStringLiteral("--prompt-file"), m_cli->write(QStringLiteral("a.prompty"), prompty),
                QStringLiteral("--var"), QStringLiteral("question=Why?"), QStringLiteral("-s"),
                QStringLiteral("Be brief."), QStringLiteral("And now?")}));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const QJsonObject body = m_cli->sent(0);
    QCOMPARE(body[u"model"].toString(), QStringLiteral("other"));
    QCOMPARE(body[u"temperature"].toDouble(), 1.0);
    QCOMPARE(body[u"max_tokens"].toInt(), 100);
    QVERIFY(!body.contains(u"safe_prompt"));
    QCOMPARE(body[u"top_k"].toInt(), 3);
    QCOMPARE(body[u"messages"].toArray().size(), 3);
    QCOMPARE(contentOf(body, 0), QStringLiteral("Be brief."));
    QCOMPARE(contentOf(body, 2), QStringLiteral("And now?"));
}

void TestPrompts::templatesMayBeWrittenAsPrompts_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QStringList>("messages");
    QTest::newRow("one message") << QStringLiteral("Greet {{who}}.")
                                 << QStringList {QStringLiteral("user: Greet you.")};
    QTest::newRow("two") << QStringLiteral("system:\nYou help {{who}}.\nuser:\nHi")
                         << QStringList {QStringLiteral("system: You help you."), QStringLiteral("user: Hi")};
}

void TestPrompts::templatesMayBeWrittenAsPrompts()
{
    QFETCH(const QString, prompt);
    m_cli->server.route("/v1/chat/completions", FakeResponse::json(200, chatAnswer("hi")));
    const CliFixture::Outcome outcome = CliFixture::run(QStringLiteral("chat --var who=you"), at({prompt}));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QStringList messages;
    const QJsonArray sent = m_cli->sent(0)[u"messages"].toArray();
    for (const QJsonValue &message : sent)
        messages += QString(message[u"role"].toString() % u": " % message[u"content"].toString().trimmed());
    QTEST(messages, "messages");
}

void TestPrompts::messagesComeFromJson_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<double>("temperature"); // 0: not sent
    const QByteArray list =
        R"([{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"What?"},)"
        R"({"type":"image_url","image_url":{"url":"https://a.example/b.png","detail":"low"}}]},)"
        R"({"role":"assistant","content":"That."}])";
    QTest::newRow("list") << list << 0.0;
    QTest::newRow("body") << QByteArray(R"({"temperature":0.5,"top_k":4,"messages":)" + list + "}") << 0.5;
}

void TestPrompts::messagesComeFromJson()
{
    QFETCH(const QByteArray, content);
    QFETCH(const double, temperature);
    m_cli->server.route("/v1/chat/completions", FakeResponse::json(200, chatAnswer("hi")));
    const CliFixture::Outcome outcome = CliFixture::run(QStringLiteral("chat -m m"),
        at({QStringLiteral("--messages"), m_cli->write(QStringLiteral("m.json"), content), QStringLiteral("Why?")}));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const QJsonObject body = m_cli->sent(0);
    QCOMPARE(body[u"temperature"].toDouble(), temperature);
    QCOMPARE(body.contains(u"top_k"), temperature > 0);
    QCOMPARE(body[u"messages"].toArray().size(), 4);
    const QJsonValue image = body[u"messages"].toArray().at(1)[u"content"].toArray().at(1)[u"image_url"];
    QCOMPARE(image[u"url"].toString(), QStringLiteral("https://a.example/b.png"));
    QCOMPARE(image[u"detail"].toString(), QStringLiteral("low"));
    QCOMPARE(contentOf(body, 2), QStringLiteral("That."));
    QCOMPARE(contentOf(body, 3), QStringLiteral("Why?"));
}

void TestPrompts::callsAreAnswered_data()
{
    QTest::addColumn<bool>("isStream");
    QTest::newRow("in one piece") << false;
    QTest::newRow("as a stream") << true;
}

void TestPrompts::callsAreAnswered()
{
    QFETCH(const bool, isStream);
    if (isStream) {
        m_cli->server.enqueue(FakeResponse::sse(
            {R"({"id":"1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,)"
             R"("id":"c1","type":"function","function":{"name":"weather","arguments":"{\"ci"}}]}}]})",
                R"({"id":"1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":)"
                R"("ty\":1}"}}]}}]})",
                R"({"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]})", "[DONE]"}));
        m_cli->server.enqueue(FakeResponse::sse(
            {R"({"id":"2","choices":[{"index":0,"delta":{"content":"Sun"},"finish_reason":"stop"}]})", "[DONE]"}));
    } else {
        m_cli->server.enqueue(FakeResponse::json(200, call("weather")));
        m_cli->server.enqueue(FakeResponse::json(200, chatAnswer("Sun")));
    }
    QStringList options {QStringLiteral("--tools"), m_cli->write(QStringLiteral("t.json"), tools),
        QStringLiteral("--tool-choice"), QStringLiteral("required"), QStringLiteral("--tool-results"),
        m_cli->write(QStringLiteral("r.json"), R"({"weather":{"sky":"clear"},"time":"noon"})"),
        QStringLiteral("How is it?")};
    const CliFixture::Outcome outcome =
        CliFixture::run(QStringLiteral("chat -m m"), options + (isStream ? m_cli->at(QStringLiteral("/v1")) : at({})));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QCOMPARE(outcome.out, QByteArray("Sun\n"));
    QCOMPARE(m_cli->sent(0)[u"tool_choice"].toString(), QStringLiteral("required"));
    const QJsonObject second = m_cli->sent(1);
    QVERIFY(!second.contains(u"tool_choice"));
    const QJsonArray messages = second[u"messages"].toArray();
    QCOMPARE(messages.size(), 3);
    QCOMPARE(messages.at(1)[u"tool_calls"].toArray().at(0)[u"function"][u"arguments"].toString(),
        isStream ? QStringLiteral("{\"city\":1}") : QStringLiteral("{}"));
    QCOMPARE(messages.at(2)[u"role"].toString(), QStringLiteral("tool"));
    QCOMPARE(messages.at(2)[u"tool_call_id"].toString(), QStringLiteral("c1"));
    QCOMPARE(messages.at(2)[u"content"].toString(), QStringLiteral("{\"sky\":\"clear\"}"));
}

void TestPrompts::callsWithoutAResultAreShown()
{
    m_cli->server.enqueue(FakeResponse::json(200, call("time")));
    const CliFixture::Outcome outcome = CliFixture::run(QStringLiteral("chat --tool-result weather=good"),
        at({QStringLiteral("--tools"), m_cli->write(QStringLiteral("t.json"), tools), QStringLiteral("Hi")}));
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.out, QByteArray("time({})\n"));
    QVERIFY2(outcome.err.contains("time") && outcome.err.contains("--tool-result"), outcome.err.constData());
    QCOMPARE(m_cli->server.requests().size(), std::size_t(1));
}

void TestPrompts::callsHaveAnEnd()
{
    m_cli->server.route("/v1/chat/completions", FakeResponse::json(200, call("time")));
    const CliFixture::Outcome outcome = CliFixture::run(QStringLiteral("chat --tool-result time=noon"),
        at({QStringLiteral("--tools"), m_cli->write(QStringLiteral("t.json"), tools), QStringLiteral("Hi")}));
    QCOMPARE(outcome.out, QByteArray("time({})\n"));
    QVERIFY2(outcome.err.contains("8 times"), outcome.err.constData());
    QCOMPARE(m_cli->server.requests().size(), std::size_t(9));
}

void TestPrompts::exchangesAreKept()
{
    const CliFixture::Outcome outcome =
        CliFixture::run(QStringLiteral("chat --tool-choice required --tool-result time=noon -q"),
            {QStringLiteral("--tools"), m_cli->write(QStringLiteral("t.json"), tools), QStringLiteral("--har"),
                m_cli->path(QStringLiteral("a.har")), QStringLiteral("--record"),
                m_cli->path(QStringLiteral("a.x.json")), QStringLiteral("What time is it?")});
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const QJsonObject archive = QJsonDocument::fromJson(m_cli->read(QStringLiteral("a.har"))).object();
    const QJsonArray entries = archive[u"log"][u"entries"].toArray();
    QCOMPARE(entries.size(), 2);
    QVERIFY(entries.at(1)[u"request"][u"postData"][u"text"].toString().contains(u"\"tool_call_id\""));
    QVERIFY(!m_cli->read(QStringLiteral("a.har")).contains("Bearer "));
    for (const QString &name : {QStringLiteral("a.x.json"), QStringLiteral("a-2.x.json")}) {
        const QJsonObject replay = QJsonDocument::fromJson(m_cli->read(name)).object();
        QCOMPARE(replay[u"format"].toString(), QStringLiteral("diptych-exchange"));
        QVERIFY(!replay[u"commonRequest"].toObject().isEmpty() && !replay[u"changes"].toArray().isEmpty());
    }
    for (const QString &line : {QStringLiteral("compare -m guide -m guide-brief Hi"), QStringLiteral("embed cat dog"),
             QStringLiteral("complete the"), QStringLiteral("probe --yes --only tools"), QStringLiteral("info"),
             QStringLiteral("models")}) {
        QCOMPARE(CliFixture::run(line, {QStringLiteral("--har"), m_cli->path(QStringLiteral("b.har"))}).code, 0);
        QVERIFY2(m_cli->read(QStringLiteral("b.har")).contains("\"entries\""), qPrintable(line));
        QVERIFY(QFile::remove(m_cli->path(QStringLiteral("b.har"))));
    }
}

void TestPrompts::whatCanNotBeKeptIsAnError()
{
    const CliFixture::Outcome outcome = CliFixture::run(QStringLiteral("chat -q Hi --har /no/such/folder/a.har"));
    QCOMPARE(outcome.code, 1);
    QVERIFY(!outcome.out.isEmpty()); // the answer is there all the same
    QVERIFY2(outcome.err.contains("/no/such/folder/a.har"), outcome.err.constData());
}

QTEST_GUILESS_MAIN(TestPrompts)
#include "tst_prompts.moc"
