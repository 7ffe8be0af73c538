// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/conversation.h"
#include "models/tooldesk.h"
#include "models/toollibrary.h"
#include "scriptedprovider.h"
#include "tools/schemaverdict.h"
#include "tools/toolcallcard.h"
#include "tools/toolcallstrip.h"

#include <QJsonArray>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTextEdit>
#include <QVBoxLayout>

using namespace diptych;

/// What a pane shows of calls of tools and of the form of its answers.
class TestToolCards : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void argumentsAreSeenWhileTheyArrive();
    void resultsGoToEveryPane();
    void whatWasWrittenStaysWithItsCall();
    void faultsAreShown();
    void theVerdictFollowsTheStream();
    void aCutAnswerIsNoViolation();
    void violationsAreMarked();
    void noFormNoVerdict();

private:
    ScriptedChatReply *chat(std::size_t index) const { return m_provider->chats.at(index); }
    void askWith(const ResponseFormat &format)
    {
        RequestSettings settings;
        settings.responseFormat = format;
        m_talk->setSettings(settings);
        m_talk->ask(Message::fromText(Role::User, QStringLiteral("?")), {QStringLiteral("p1")});
    }
    [[nodiscard]] QList<ToolCallCard *> cards() const
    {
        QList<ToolCallCard *> shown;
        for (ToolCallCard *card : m_strip->findChildren<ToolCallCard *>()) {
            if (!card->isHidden())
                shown.push_back(card);
        }
        return shown;
    }

    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<Conversation> m_talk;
    std::unique_ptr<ToolLibrary> m_library;
    std::unique_ptr<ToolDesk> m_desk;
    std::unique_ptr<QWidget> m_pane;
    ToolCallStrip *m_strip = nullptr;
};

namespace {

const QString one = QStringLiteral("p1");

ResponseFormat priced()
{
    const QJsonObject price {{QStringLiteral("type"), QStringLiteral("number")}};
    return {.type = ResponseFormat::Type::JsonSchema,
        .name = QStringLiteral("s"),
        .schema = {{QStringLiteral("properties"), QJsonObject {{QStringLiteral("price"), price}}}}};
}

} // namespace

void TestToolCards::init()
{
    m_pane.reset();
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
    m_pane = std::make_unique<QWidget>();
    m_pane->resize(400, 600);
    auto *column = new QVBoxLayout(m_pane.get());
    column->addStretch(1);
    m_strip = new ToolCallStrip(*m_desk, one, m_pane.get());
    column->addWidget(m_strip);
    m_pane->show();
}

void TestToolCards::argumentsAreSeenWhileTheyArrive()
{
    m_talk->ask(Message::fromText(Role::User, QStringLiteral("?")), {one});
    QVERIFY(m_strip->isHidden());
    chat(0)->delta({.toolCalls = {{0, QStringLiteral("c"), QStringLiteral("weather"), QStringLiteral("{\"city\":")}}});
    QTRY_COMPARE(cards().size(), 1);
    const auto *arguments = cards().front()->findChild<QPlainTextEdit *>(QStringLiteral("argumentsView"));
    QCOMPARE(arguments->toPlainText(), QStringLiteral("{\"city\":"));
    chat(0)->delta({.toolCalls = {{0, {}, {}, QStringLiteral("\"Lisbon\"}")}}});
    QTRY_COMPARE(arguments->toPlainText(), QStringLiteral("{\"city\":\"Lisbon\"}"));
    QVERIFY(cards().front()->findChild<QPlainTextEdit *>(QStringLiteral("resultEdit"))->isHidden());
    chat(0)->finishWith(QStringLiteral("tool_calls"));
    QTRY_VERIFY(arguments->toPlainText().contains(u'\n')); // put in order
    QVERIFY(!cards().front()->findChild<QPlainTextEdit *>(QStringLiteral("resultEdit"))->isHidden());
}

void TestToolCards::resultsGoToEveryPane()
{
    m_talk->ask(Message::fromText(Role::User, QStringLiteral("?")));
    for (std::size_t pane = 0; pane < 2; ++pane) {
        chat(pane)->delta({.toolCalls = {{0, QStringLiteral("c"), QStringLiteral("weather"), QStringLiteral("{}")}}});
        chat(pane)->finishWith(QStringLiteral("tool_calls"));
    }
    QTRY_COMPARE(cards().size(), 1);
    ToolCallCard *card = cards().front();
    card->findChild<QPlainTextEdit *>(QStringLiteral("resultEdit"))->setPlainText(QStringLiteral("sunny"));
    card->findChild<QPushButton *>(QStringLiteral("giveResultButton"))->click();
    QTRY_COMPARE(m_provider->chats.size(), std::size_t(4));
    QCOMPARE(chat(2)->request().messages.back().text(), QStringLiteral("sunny"));
    QCOMPARE(chat(3)->request().messages.back().text(), QStringLiteral("sunny"));
    QTRY_VERIFY(m_strip->isHidden());
}

void TestToolCards::whatWasWrittenStaysWithItsCall()
{
    m_talk->ask(Message::fromText(Role::User, QStringLiteral("?")), {one});
    chat(0)->delta({.toolCalls = {{0, QStringLiteral("a"), QStringLiteral("first"), QStringLiteral("{}")},
                        {1, QStringLiteral("b"), QStringLiteral("second"), QStringLiteral("{}")}}});
    chat(0)->finishWith(QStringLiteral("tool_calls"));
    QTRY_COMPARE(cards().size(), 2);
    const auto edit = [](ToolCallCard *card) {
        return card->findChild<QPlainTextEdit *>(QStringLiteral("resultEdit"));
    };
    edit(cards()[0])->setPlainText(QStringLiteral("one"));
    edit(cards()[1])->setPlainText(QStringLiteral("two, half writt"));
    cards()[0]->findChild<QPushButton *>(QStringLiteral("giveResultButton"))->click();
    QTRY_COMPARE(cards().size(), 1);
    QCOMPARE(edit(cards()[0])->toPlainText(), QStringLiteral("two, half writt"));
}

void TestToolCards::faultsAreShown()
{
    RequestSettings settings;
    settings.tools = std::vector<Tool> {{.name = QStringLiteral("weather"),
        .parameters = {{QStringLiteral("required"), QJsonArray {QStringLiteral("city")}}}}};
    m_talk->setSettings(settings);
    m_talk->ask(Message::fromText(Role::User, QStringLiteral("?")), {one});
    chat(0)->delta({.toolCalls = {{0, QStringLiteral("c"), QStringLiteral("weather"), QStringLiteral("{}")}}});
    chat(0)->finishWith(QStringLiteral("tool_calls"));
    QTRY_COMPARE(cards().size(), 1);
    const auto *fault = cards().front()->findChild<QLabel *>(QStringLiteral("callFaultLabel"));
    QTRY_VERIFY(!fault->isHidden());
    QVERIFY(fault->text().contains(QLatin1String("city")));
}

void TestToolCards::theVerdictFollowsTheStream()
{
    SchemaVerdict verdict(*m_talk, one, nullptr);
    askWith(priced());
    chat(0)->text(QStringLiteral("{\"price\": \"1"));
    QTRY_COMPARE(verdict.text(), QStringLiteral("valid so far"));
    chat(0)->text(QStringLiteral("9\""));
    QTRY_VERIFY(verdict.text().startsWith(QLatin1String("violates /price")));
    chat(0)->text(QStringLiteral("}"));
    chat(0)->finishWith();
    QTRY_VERIFY(verdict.text().startsWith(QLatin1String("violates /price")));
}

void TestToolCards::aCutAnswerIsNoViolation()
{
    SchemaVerdict verdict(*m_talk, one, nullptr);
    askWith(priced());
    chat(0)->text(QStringLiteral("{\"price\": 1"));
    chat(0)->finishWith(QStringLiteral("length"));
    QTRY_VERIFY(verdict.text().contains(QLatin1String("ends before")));
    QVERIFY(!verdict.text().contains(QLatin1String("violates")));
}

void TestToolCards::violationsAreMarked()
{
    QTextEdit view;
    view.setPlainText(QStringLiteral("you: \"x\"?\n{\"price\": \"x\", \"b\": \"x\"}"));
    SchemaVerdict verdict(*m_talk, one, &view);
    askWith(priced());
    chat(0)->text(QStringLiteral("{\"price\": \"x\", \"b\": \"x\"}"));
    chat(0)->finishWith();
    QTRY_COMPARE(view.extraSelections().size(), 1);
    const QTextCursor marked = view.extraSelections().front().cursor;
    QCOMPARE(marked.selectedText(), QStringLiteral("\"x\""));
    QCOMPARE(marked.selectionStart(), view.toPlainText().indexOf(QLatin1String("\"x\", ")));
}

void TestToolCards::noFormNoVerdict()
{
    SchemaVerdict verdict(*m_talk, one, nullptr);
    m_talk->ask(Message::fromText(Role::User, QStringLiteral("?")), {one});
    chat(0)->text(QStringLiteral("not JSON"));
    chat(0)->finishWith();
    QVERIFY(verdict.isHidden());
    QCOMPARE(verdict.text(), QString());
}

QTEST_MAIN(TestToolCards)
#include "tst_toolcards.moc"
