// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tooldesk.h"

#include "models/conversation.h"
#include "models/toolanswers.h"
#include "models/toolcallsmodel.h"
#include "models/toollibrary.h"
#include "scriptedprovider.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QTest>

using namespace diptych;

/// Which result answers which call.
class TestToolDesk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void argumentsAreCanonical_data();
    void argumentsAreCanonical();
    void patterns_data();
    void patterns();
    void resultsAreFilled_data();
    void resultsAreFilled();
    void callsWaitForAPerson();
    void theSameCallGetsTheSameResultInEveryPane();
    void otherArgumentsWait();
    void tablesAnswerAtOnce();
    void recordedCallsAreAnsweredAgain();
    void severalCallsGoTogether();
    void roundsAreLimited();
    void callsAreListed();
    void faultsOfCalls();

private:
    ScriptedChatReply *chat(std::size_t index) const { return m_provider->chats.at(index); }
    void call(std::size_t index, const QStringList &arguments, const QString &name = QStringLiteral("weather")) const
    {
        ChatDelta delta;
        for (int i = 0; i < arguments.size(); ++i)
            delta.toolCalls.push_back({i, QStringLiteral("c%1").arg(i), name, arguments[i]});
        chat(index)->delta(delta);
        chat(index)->finishWith(QStringLiteral("tool_calls"));
    }
    void answerWith(const ToolAnswer &answer)
    {
        m_library->setCollection({.tools = {{.tool = {.name = QStringLiteral("weather")}, .answer = answer}}});
    }
    [[nodiscard]] QString resultSent(std::size_t index, std::size_t fromEnd = 1) const
    {
        const std::vector<Message> &messages = chat(index)->request().messages;
        return messages.at(messages.size() - fromEnd).text();
    }

    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<Conversation> m_talk;
    std::unique_ptr<ToolLibrary> m_library;
    std::unique_ptr<ToolDesk> m_desk;
};

namespace {

const QString one = QStringLiteral("p1");
const QString two = QStringLiteral("p2");
const QString lisbon = QString::fromUtf8(R"({"city":"Lisbon"})");

Message question()
{
    return Message::fromText(Role::User, QStringLiteral("weather?"));
}

} // namespace

void TestToolDesk::init()
{
    m_desk.reset();
    m_talk.reset();
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint")});
    m_talk = std::make_unique<Conversation>(*m_connections, nullptr);
    m_library = std::make_unique<ToolLibrary>(QString());
    m_desk = std::make_unique<ToolDesk>(*m_talk, *m_library);
    m_talk->startNew({{QStringLiteral("e"), QStringLiteral("a")}, {QStringLiteral("e"), QStringLiteral("b")}});
}

void TestToolDesk::argumentsAreCanonical_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("expected");
    QTest::newRow("none") << QString() << QStringLiteral("{}");
    QTest::newRow("order") << QString::fromUtf8(R"( {"b": 1.0, "a" :[1, "x"]} )")
                           << QString::fromUtf8(R"({"a":[1,"x"],"b":1})");
    QTest::newRow("escapes") << QString::fromUtf8(R"({"a":"\u0041"})") << QString::fromUtf8(R"({"a":"A"})");
    QTest::newRow("broken") << QStringLiteral(" {\"a\": ") << QStringLiteral("{\"a\":");
    QTest::newRow("no object") << QStringLiteral(" 5 ") << QStringLiteral("5");
}

void TestToolDesk::argumentsAreCanonical()
{
    QFETCH(QString, arguments);
    QTEST(canonicalArguments(arguments), "expected");
}

void TestToolDesk::patterns_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("fits");
    QTest::newRow("empty") << QString() << true;
    QTest::newRow("star") << QStringLiteral(" * ") << true;
    QTest::newRow("equal") << QString::fromUtf8(R"({"city":"Lisbon"})") << true;
    QTest::newRow("wildcard") << QString::fromUtf8(R"({"city":"lis*"})") << true;
    QTest::newRow("number as text") << QString::fromUtf8(R"({"days":"*"})") << true;
    QTest::newRow("nested") << QString::fromUtf8(R"({"at":{"hour":9}})") << true;
    QTest::newRow("other value") << QString::fromUtf8(R"({"city":"Porto"})") << false;
    QTest::newRow("other type") << QString::fromUtf8(R"({"days":"3"})") << false;
    QTest::newRow("not there") << QString::fromUtf8(R"({"land":"*"})") << false;
    QTest::newRow("nested in a text") << QString::fromUtf8(R"({"city":{"name":"*"}})") << false;
    QTest::newRow("an expression is a text") << QString::fromUtf8(R"({"city":"Lis.on"})") << false;
    QTest::newRow("broken") << QStringLiteral("{\"city\"") << false;
    QTest::newRow("a list") << QStringLiteral("[]") << false;
}

void TestToolDesk::patterns()
{
    QFETCH(QString, pattern);
    const QString arguments = QString::fromUtf8(R"({"city":"Lisbon","days":3,"at":{"hour":9,"minute":0}})");
    QTEST(fitsPattern(arguments, pattern), "fits");
}

void TestToolDesk::resultsAreFilled_data()
{
    QTest::addColumn<QString>("result");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << QStringLiteral("sunny") << QStringLiteral("sunny");
    QTest::newRow("text") << QStringLiteral("{{ city }} for {{days}} days") << QStringLiteral("Li\"sbon for 3 days");
    QTest::newRow("JSON stays JSON") << QString::fromUtf8(R"({"at":"{{city}}","l":["{{days}}"]})")
                                     << QString::fromUtf8(R"({"at":"Li\"sbon","l":["3"]})");
    QTest::newRow("number in no JSON yet") << QString::fromUtf8(R"({"n":{{days}}})") << QString::fromUtf8(R"({"n":3})");
    QTest::newRow("member") << QStringLiteral("{{at.hour}}") << QStringLiteral("9");
    QTest::newRow("object") << QStringLiteral("{{at}}") << QString::fromUtf8(R"({"hour":9})");
    QTest::newRow("unknown") << QStringLiteral("{{land}}") << QStringLiteral("{{land}}");
    QTest::newRow("JSON without places is kept as written")
        << QStringLiteral("{ \"b\":1, \"a\":2 }") << QStringLiteral("{ \"b\":1, \"a\":2 }");
}

void TestToolDesk::resultsAreFilled()
{
    QFETCH(QString, result);
    const QString arguments = QString::fromUtf8(R"({"city":"Li\"sbon","days":3,"at":{"hour":9}})");
    QTEST(filledResult(result, arguments), "expected");
}

void TestToolDesk::callsWaitForAPerson()
{
    m_talk->ask(question(), {one});
    call(0, {lisbon});
    QCOMPARE(m_desk->waiting(one).size(), std::size_t(1));
    QVERIFY(m_desk->waiting(two).empty());
    m_desk->giveResult(m_desk->waiting(one).front(), QStringLiteral("sunny"));
    QCOMPARE(m_provider->chats.size(), std::size_t(2));
    QCOMPARE(resultSent(1), QStringLiteral("sunny"));
    QVERIFY(m_desk->waiting(one).empty());
}

void TestToolDesk::theSameCallGetsTheSameResultInEveryPane()
{
    m_talk->ask(question());
    call(0, {lisbon});
    m_desk->giveResult(m_desk->waiting(one).front(), QStringLiteral("sunny"));
    // The second pane calls later, with the same arguments written in another way.
    call(1, {QString::fromUtf8(R"( { "city" : "Lisbon" } )")});
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(4));
    QCOMPARE(resultSent(3), QStringLiteral("sunny"));
    // Also when the table has changed in the meantime.
    answerWith({.kind = ToolAnswer::Kind::Fixed, .text = QStringLiteral("rain")});
    call(3, {lisbon});
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(5));
    QCOMPARE(resultSent(4), QStringLiteral("sunny"));
}

void TestToolDesk::otherArgumentsWait()
{
    m_talk->ask(question());
    call(0, {lisbon});
    call(1, {QString::fromUtf8(R"({"city":"Porto"})")});
    m_desk->giveResult(m_desk->waiting(one).front(), QStringLiteral("sunny"));
    QCOMPARE(m_provider->chats.size(), std::size_t(3));
    QCOMPARE(m_desk->waiting(two).size(), std::size_t(1));
}

void TestToolDesk::tablesAnswerAtOnce()
{
    answerWith({.kind = ToolAnswer::Kind::Table,
        .rows = {{QString::fromUtf8(R"({"city":"P*"})"), QStringLiteral("rain in {{city}}")},
            {QString::fromUtf8(R"({"city":"Porto"})"), QStringLiteral("never")}}});
    m_talk->ask(question());
    call(0, {QString::fromUtf8(R"({"city":"Porto"})")});
    call(1, {lisbon});
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(3));
    QCOMPARE(resultSent(2), QStringLiteral("rain in Porto"));
    QCOMPARE(m_desk->waiting(two).size(), std::size_t(1)); // no row fits
}

void TestToolDesk::recordedCallsAreAnsweredAgain()
{
    answerWith({.kind = ToolAnswer::Kind::Recorded});
    m_talk->ask(question(), {one});
    call(0, {lisbon});
    m_desk->giveResult(m_desk->waiting(one).front(), QStringLiteral("sunny"));
    chat(1)->text(QStringLiteral("It is sunny."));
    chat(1)->finishWith();
    m_talk->ask(question(), {two});
    call(2, {lisbon});
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(4));
    QCOMPARE(resultSent(3), QStringLiteral("sunny"));
    // By hand, nothing is taken over from an earlier turn.
    answerWith({});
    chat(3)->text(QStringLiteral("ok"));
    chat(3)->finishWith();
    m_talk->ask(question(), {two});
    call(4, {lisbon});
    QCOMPARE(m_desk->waiting(two).size(), std::size_t(1));
}

void TestToolDesk::severalCallsGoTogether()
{
    m_talk->ask(question(), {one});
    call(0, {lisbon, QString::fromUtf8(R"({"city":"Porto"})")});
    QCOMPARE(m_desk->waiting(one).size(), std::size_t(2));
    m_desk->giveResult(m_desk->waiting(one).back(), QStringLiteral("rain"));
    QCOMPARE(m_provider->chats.size(), std::size_t(1)); // one is still missing
    m_desk->giveResult(m_desk->waiting(one).front(), QStringLiteral("sunny"));
    QCOMPARE(m_provider->chats.size(), std::size_t(2));
    QCOMPARE(resultSent(1, 2), QStringLiteral("sunny"));
    QCOMPARE(resultSent(1, 1), QStringLiteral("rain"));
}

void TestToolDesk::roundsAreLimited()
{
    answerWith({.kind = ToolAnswer::Kind::Fixed, .text = QStringLiteral("again")});
    m_talk->ask(question(), {one});
    for (std::size_t round = 0; round < ToolDesk::roundLimit; ++round) {
        call(round, {QString::number(round)});
        QTRY_COMPARE(m_provider->chats.size(), round + 2);
        QVERIFY(!m_desk->isAtLimit(one));
    }
    call(ToolDesk::roundLimit, {lisbon});
    QTRY_VERIFY(m_desk->isAtLimit(one));
    QCOMPARE(m_provider->chats.size(), std::size_t(ToolDesk::roundLimit + 1));
    m_desk->goOn(one);
    QCOMPARE(m_provider->chats.size(), std::size_t(ToolDesk::roundLimit + 2));
    QVERIFY(!m_desk->isAtLimit(one));
}

void TestToolDesk::callsAreListed()
{
    RequestSettings settings;
    settings.tools = std::vector<Tool> {{.name = QStringLiteral("weather"),
        .parameters = {{QStringLiteral("required"), QJsonArray {QStringLiteral("city")}}}}};
    m_talk->setSettings(settings);
    ToolCallsModel model(*m_desk);
    const QAbstractItemModelTester tester(&model);
    answerWith({.kind = ToolAnswer::Kind::Fixed, .text = QStringLiteral("sunny")});
    m_talk->ask(question());
    call(0, {lisbon});
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(3));
    call(1, {QStringLiteral("{}")}, QStringLiteral("weather"));
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(4));
    QCOMPARE(model.rowCount(), 2);
    const auto text = [&model](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(text(0, ToolCallsModel::PaneColumn), QStringLiteral("1"));
    QCOMPARE(text(0, ToolCallsModel::ArgumentsColumn), lisbon);
    QCOMPARE(text(0, ToolCallsModel::FaultColumn), QStringLiteral("none"));
    QCOMPARE(text(0, ToolCallsModel::ResultColumn), QStringLiteral("sunny"));
    QCOMPARE(text(0, ToolCallsModel::SourceColumn), toolSourceName(ToolDesk::Source::Fixed));
    QCOMPARE(text(1, ToolCallsModel::PaneColumn), QStringLiteral("2"));
    QVERIFY(text(1, ToolCallsModel::FaultColumn).contains(QLatin1String("city")));
}

void TestToolDesk::faultsOfCalls()
{
    const std::vector<Tool> tools {{.name = QStringLiteral("weather"),
        .parameters = {{QStringLiteral("properties"),
            QJsonObject {
                {QStringLiteral("city"), QJsonObject {{QStringLiteral("type"), QStringLiteral("string")}}}}}}}};
    const auto fault = [&tools](const QString &name, const QString &arguments) {
        return toolCallFault({.name = name, .arguments = arguments}, tools);
    };
    QCOMPARE(fault(QStringLiteral("weather"), lisbon), QString());
    QCOMPARE(fault(QStringLiteral("weather"), QString()), QString());
    const QString number = QString::fromUtf8(R"({"city":5})");
    const QString cut = QString::fromUtf8(R"({"city":)");
    QVERIFY(fault(QStringLiteral("weather"), number).startsWith(QLatin1String("/city")));
    QVERIFY(!fault(QStringLiteral("weather"), cut).isEmpty());
    QVERIFY(!fault(QStringLiteral("wether"), lisbon).isEmpty());
}

QTEST_GUILESS_MAIN(TestToolDesk)
#include "tst_tooldesk.moc"
