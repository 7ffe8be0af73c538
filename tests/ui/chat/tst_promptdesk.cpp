// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/promptdesk.h"

#include "api/capabilitybook.h"
#include "api/connections.h"
#include "chat/composer.h"
#include "chat/draftkeeper.h"
#include "chat/panepromptdialog.h"
#include "chat/promptedit.h"
#include "models/conversation.h"
#include "scriptedprovider.h"
#include "store/attachment.h"
#include "store/sessionstore.h"
#include "widgets/banner.h"

#include <QAbstractButton>
#include <QBuffer>
#include <QCheckBox>
#include <QImage>
#include <QMenu>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

class TestPromptDesk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void knownRefusalsAreSaidBeforeSending();
    void refusedPromptsGoToTheOthers();
    void refusedPromptsCanBeSentAnyway();
    void unknownModelsAreAsked();
    void textsOfFilesAreSentInOnePiece();
    void earlierPicturesCountToo();
    void gaugeCountsAllPanes();
    void gaugeIsCorrectedByCounts();
    void costsAreSaid();
    void aliasesHideWhoIsWho();
    void valuesAreRemembered();
    void scriptsBeginASession();
    void parametersAreOffered();
    void panesHaveTheirOwnSystemPrompt();
    void draftsFollowTheSession();
    void draftsSurviveARestart();
    void sentDraftsAreGone();

private:
    [[nodiscard]] static Message picture()
    {
        QImage image(16, 16, QImage::Format_RGB32);
        image.fill(Qt::darkCyan);
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        const Result<Attachment> attachment = attachmentFromBytes(QStringLiteral("a.png"), png);
        return promptWith({*attachment}, QStringLiteral("What is it?"));
    }
    void attachAndSend()
    {
        m_composer->setDraft(picture());
        send();
    }
    void send() const { QTest::keyClick(edit(), Qt::Key_Return); }
    [[nodiscard]] PromptEdit *edit() const { return m_composer->findChild<PromptEdit *>(QStringLiteral("promptEdit")); }
    [[nodiscard]] Banner *banner() const { return m_composer->findChild<Banner *>(); }
    [[nodiscard]] QString gauge() const
    {
        return m_composer->findChild<QAbstractButton *>(QStringLiteral("gauge"))->toolTip();
    }
    void press(const char *label) const
    {
        for (auto *button : banner()->findChildren<QPushButton *>()) {
            if (button->accessibleName() == QString::fromUtf8(label)) {
                button->click();
                return;
            }
        }
        QFAIL(label);
    }

    QTemporaryDir m_folder;
    ScriptedProvider *m_provider = nullptr;
    CapabilityBook m_book;
    PriceTable m_prices;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<SessionStore> m_store;
    std::unique_ptr<Conversation> m_conversation;
    std::unique_ptr<Composer> m_composer;
    std::unique_ptr<PromptDesk> m_desk;
};

void TestPromptDesk::init()
{
    m_book.load({});
    m_prices.setPrices({});
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint")});
    m_connections->addModel(
        QStringLiteral("e"), {.id = QStringLiteral("a"), .type = ModelType::Chat, .contextLength = 100});
    m_connections->addModel(QStringLiteral("e"), {.id = QStringLiteral("b"), .type = ModelType::Chat});
    auto store = SessionStore::open(m_folder.filePath(QStringLiteral("sessions.db")));
    QVERIFY(store);
    m_store = std::move(*store);
    m_conversation = std::make_unique<Conversation>(*m_connections, m_store.get());
    m_composer = std::make_unique<Composer>();
    m_desk = std::make_unique<PromptDesk>(*m_composer, *m_conversation, *m_connections);
    m_desk->setCapabilityBook(&m_book);
    m_desk->setPrices(&m_prices);
    m_conversation->startNew({{QStringLiteral("e"), QStringLiteral("a")}, {QStringLiteral("e"), QStringLiteral("b")}});
    m_composer->setTargetCount(2);
    m_composer->resize(700, 200);
    m_composer->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_composer.get()));
}

void TestPromptDesk::cleanup()
{
    m_desk.reset();
    m_composer.reset();
    m_conversation.reset();
    m_store.reset();
    m_connections.reset();
}

void TestPromptDesk::knownRefusalsAreSaidBeforeSending()
{
    m_book.note({QStringLiteral("e"), QStringLiteral("b")}, QStringLiteral("images"),
        {.state = CapabilityState::State::Refused});
    attachAndSend();
    QVERIFY(m_provider->chats.empty());
    QCOMPARE(banner()->text(), QStringLiteral("Pane 2: b takes no pictures."));
    QCOMPARE(m_composer->draft(), picture()); // nothing is lost
    // A text alone is nobody's trouble.
    m_composer->setDraft(Message::fromText(Role::User, QStringLiteral("Hello")));
    send();
    QCOMPARE(m_provider->chats.size(), std::size_t(2));
}

void TestPromptDesk::refusedPromptsGoToTheOthers()
{
    m_book.note({QStringLiteral("e"), QStringLiteral("b")}, QStringLiteral("images"),
        {.state = CapabilityState::State::Refused});
    attachAndSend();
    press("Send to the others");
    QCOMPARE(m_provider->chats.size(), std::size_t(1));
    QCOMPARE(m_provider->chats.front()->request().model, QStringLiteral("a"));
    QVERIFY(m_composer->isBlank());
}

void TestPromptDesk::refusedPromptsCanBeSentAnyway()
{
    for (const char *model : {"a", "b"})
        m_book.note({QStringLiteral("e"), QString::fromLatin1(model)}, QStringLiteral("images"),
            {.state = CapabilityState::State::Refused});
    attachAndSend();
    QVERIFY(banner()->text().contains(u'\n')); // both panes
    for (const auto *button : banner()->findChildren<QPushButton *>())
        QVERIFY(button->accessibleName() != QStringLiteral("Send to the others")); // there are none
    press("Send anyway");
    QCOMPARE(m_provider->chats.size(), std::size_t(2));
}

void TestPromptDesk::unknownModelsAreAsked()
{
    attachAndSend();
    QCOMPARE(m_provider->chats.size(), std::size_t(2));
    QCOMPARE(m_provider->chats.front()->request().messages.back(), picture());
}

void TestPromptDesk::textsOfFilesAreSentInOnePiece()
{
    const Result<Attachment> notes = attachmentFromBytes(QStringLiteral("notes.txt"), "words");
    const Message draft = promptWith({*notes}, QStringLiteral("What is in it?"));
    m_composer->setDraft(draft);
    send();
    const Message sent = m_provider->chats.front()->request().messages.back();
    QCOMPARE(sent.content.size(), std::size_t(1));
    QVERIFY(
        sent.text().contains(QStringLiteral("notes.txt")) && sent.text().endsWith(QStringLiteral("What is in it?")));
    QCOMPARE(m_conversation->session().turns.back().prompt, draft); // the session knows them apart
}

void TestPromptDesk::earlierPicturesCountToo()
{
    attachAndSend();
    for (ScriptedChatReply *reply : m_provider->chats) {
        reply->text(QStringLiteral("A square."));
        reply->finishWith();
    }
    m_book.note({QStringLiteral("e"), QStringLiteral("a")}, QStringLiteral("images"),
        {.state = CapabilityState::State::Refused});
    m_composer->setDraft(Message::fromText(Role::User, QStringLiteral("Which colour?")));
    send();
    QCOMPARE(m_provider->chats.size(), std::size_t(2));
    QCOMPARE(banner()->text(), QStringLiteral("Pane 1: a takes no pictures."));
}

void TestPromptDesk::gaugeCountsAllPanes()
{
    m_composer->setText(QStringLiteral("word ").repeated(200));
    QTRY_VERIFY(gauge().contains(QStringLiteral("Pane 1, a: ")));
    QTRY_VERIFY2(gauge().contains(QStringLiteral("of 100 tokens ± 30 % · does not fit")), qPrintable(gauge()));
    QVERIFY(gauge().contains(QStringLiteral("Pane 2, b: ")));
    QVERIFY(gauge().contains(QStringLiteral("context not known")));
}

void TestPromptDesk::gaugeIsCorrectedByCounts()
{
    for (int i = 0; i < 2; ++i) {
        m_composer->setText(QStringLiteral("word word word word"));
        send();
        for (std::size_t pane = 0; pane < 2; ++pane) {
            ScriptedChatReply *reply = m_provider->chats.at(static_cast<std::size_t>(i) * 2 + pane);
            reply->text(QStringLiteral("ok"));
            const double estimated = estimatedTokens(reply->request());
            reply->finishWith(QStringLiteral("stop"), {.promptTokens = qRound64(estimated * 2), .completionTokens = 1});
        }
    }
    QTRY_VERIFY2(gauge().contains(QStringLiteral("corrected by what providers counted")), qPrintable(gauge()));
    QVERIFY2(!gauge().contains(QStringLiteral("30 %")), qPrintable(gauge()));
}

void TestPromptDesk::costsAreSaid()
{
    m_composer->setText(QStringLiteral("word ").repeated(400));
    m_prices.setPrices({{.model = QStringLiteral("*"), .input = 1000, .output = 1}});
    QTRY_VERIFY2(gauge().contains(QStringLiteral("The prompt costs about $")), qPrintable(gauge()));
}

void TestPromptDesk::aliasesHideWhoIsWho()
{
    QTRY_VERIFY(!gauge().isEmpty());
    m_desk->setAliases(
        {{QStringLiteral("p1"), QStringLiteral("Answer B")}, {QStringLiteral("p2"), QStringLiteral("Answer A")}});
    QVERIFY(m_composer->findChild<QAbstractButton *>(QStringLiteral("gauge"))->isHidden());
    for (const char *model : {"a", "b"})
        m_book.note({QStringLiteral("e"), QString::fromLatin1(model)}, QStringLiteral("images"),
            {.state = CapabilityState::State::Refused});
    attachAndSend();
    QCOMPARE(banner()->text(), QStringLiteral("Answer A takes no pictures.\nAnswer B takes no pictures."));
    Q_EMIT m_composer->systemMenu().aboutToShow();
    QCOMPARE(m_composer->systemMenu().actions().size(), 1);
    QVERIFY(!m_composer->systemMenu().actions().front()->isEnabled());
    m_desk->setAliases({});
    QTRY_VERIFY(!m_composer->findChild<QAbstractButton *>(QStringLiteral("gauge"))->isHidden());
}

void TestPromptDesk::valuesAreRemembered()
{
    m_composer->setText(QStringLiteral("{{who}}?"));
    QTest::keyClicks(m_composer->findChild<PromptEdit *>(QStringLiteral("variable-who")), QStringLiteral("Ada"));
    QTRY_COMPARE(m_conversation->session().variables.value(QStringLiteral("who")).toString(), QStringLiteral("Ada"));
    send();
    QCOMPARE(m_provider->chats.front()->request().messages.back().text(), QStringLiteral("Ada?"));
    m_composer->setText(QStringLiteral("{{who}}!"));
    send();
    QCOMPARE(m_provider->chats.back()->request().messages.back().text(), QStringLiteral("Ada!"));
}

void TestPromptDesk::scriptsBeginASession()
{
    const QString before = m_conversation->session().id;
    m_conversation->setPaneOverrides(QStringLiteral("p2"), {.sampling = {.temperature = 0.5}});
    m_composer->usePrompt({.id = QStringLiteral("x"),
        .text = QStringLiteral("system:\nBe brief.\nuser:\nOne?\nassistant:\n1\nuser:\nTwo?")});
    send();
    QVERIFY(m_conversation->session().id != before);
    QCOMPARE(m_provider->chats.size(), std::size_t(2));
    const ChatRequest request = m_provider->chats.back()->request();
    QCOMPARE(request.messages.size(), std::size_t(4));
    QCOMPARE(request.messages[0], Message::fromText(Role::System, QStringLiteral("Be brief.")));
    QCOMPARE(request.messages[2].text(), QStringLiteral("1"));
    QCOMPARE(request.messages[3].text(), QStringLiteral("Two?"));
    QCOMPARE(m_conversation->session().panes[1].overrides.sampling.temperature.value(), 0.5);
    QVERIFY(m_composer->isBlank());
}

void TestPromptDesk::parametersAreOffered()
{
    Prompt prompt {.id = QStringLiteral("x"),
        .name = QStringLiteral("Summary"),
        .text = QStringLiteral("Sum up"),
        .model = QStringLiteral("vendor/c"),
        .settings = {.sampling = {.temperature = 0.2}}};
    m_composer->usePrompt(prompt);
    QVERIFY(!m_conversation->session().settings.sampling.temperature); // nothing by itself
    QVERIFY(banner()->text().contains(QStringLiteral("which no endpoint here lists")));
    press("Use its parameters");
    QCOMPARE(m_conversation->session().settings.sampling.temperature.value(), 0.2);
    m_connections->addModel(QStringLiteral("e"), {.id = QStringLiteral("C"), .type = ModelType::Chat});
    m_composer->usePrompt(prompt);
    press("Add a pane with C — Endpoint");
    QCOMPARE(m_conversation->session().panes.size(), std::size_t(3));
    QCOMPARE(m_conversation->session().panes.back().model.model, QStringLiteral("C"));
}

void TestPromptDesk::panesHaveTheirOwnSystemPrompt()
{
    m_conversation->setSystemPrompt(QStringLiteral("Common"));
    QMenu &menu = m_composer->systemMenu();
    Q_EMIT menu.aboutToShow();
    QCOMPARE(menu.actions().size(), 2);
    QVERIFY(!menu.actions().at(1)->isChecked());
    menu.actions().at(1)->trigger();
    auto *dialog = m_composer->findChild<PanePromptDialog *>();
    QVERIFY(dialog);
    dialog->findChild<QCheckBox *>(QStringLiteral("ownBox"))->setChecked(true);
    dialog->findChild<QPlainTextEdit *>(QStringLiteral("ownEdit"))->setPlainText(QStringLiteral("Own"));
    dialog->accept();
    QCOMPARE(m_conversation->pane(QStringLiteral("p2"))->systemPrompt.value(), QStringLiteral("Own"));
    m_composer->setText(QStringLiteral("Hello"));
    send();
    QCOMPARE(m_provider->chats[0]->request().messages.front().text(), QStringLiteral("Common"));
    QCOMPARE(m_provider->chats[1]->request().messages.front().text(), QStringLiteral("Own"));
    m_desk->editPanePrompt(QStringLiteral("p2"));
    dialog = m_composer->findChildren<PanePromptDialog *>().last();
    dialog->findChild<QCheckBox *>(QStringLiteral("ownBox"))->setChecked(false);
    dialog->accept();
    QVERIFY(!m_conversation->pane(QStringLiteral("p2"))->systemPrompt);
}

void TestPromptDesk::draftsFollowTheSession()
{
    const DraftKeeper keeper(*m_composer, *m_conversation, DraftStore(m_folder.filePath(QStringLiteral("drafts"))));
    m_composer->setText(QStringLiteral("question"));
    send();
    const QString first = m_conversation->session().id;
    m_composer->setDraft(picture());
    m_conversation->startNew({{QStringLiteral("e"), QStringLiteral("a")}});
    QVERIFY(m_composer->isBlank());
    m_composer->setText(QStringLiteral("for the new one"));
    // From one new session to the next, what is written goes along.
    m_conversation->startNew({{QStringLiteral("e"), QStringLiteral("a")}});
    QCOMPARE(m_composer->text(), QStringLiteral("for the new one"));
    QVERIFY(m_conversation->open(first));
    QTRY_COMPARE(typedText(m_composer->draft()), QStringLiteral("What is it?"));
    QTRY_COMPARE(attachmentsOf(m_composer->draft()).size(), std::size_t(1));
    m_conversation->startNew({{QStringLiteral("e"), QStringLiteral("a")}});
    QTRY_COMPARE(m_composer->text(), QStringLiteral("for the new one"));
}

void TestPromptDesk::draftsSurviveARestart()
{
    const DraftStore store(m_folder.filePath(QStringLiteral("restart")));
    {
        const DraftKeeper keeper(*m_composer, *m_conversation, store);
        m_composer->setText(QStringLiteral("half a thought"));
    }
    Composer again;
    const DraftKeeper keeper(again, *m_conversation, store);
    QTRY_COMPARE(again.text(), QStringLiteral("half a thought"));
}

void TestPromptDesk::sentDraftsAreGone()
{
    const DraftStore store(m_folder.filePath(QStringLiteral("sent")));
    {
        const DraftKeeper keeper(*m_composer, *m_conversation, store);
        m_composer->setText(QStringLiteral("question"));
        send();
    }
    QVERIFY(store.load({})->content.empty());
    QVERIFY(store.load(m_conversation->session().id)->content.empty());
}

QTEST_MAIN(TestPromptDesk)
#include "tst_promptdesk.moc"
