// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/chatpane.h"

#include "api/capabilitybook.h"
#include "api/price.h"
#include "chat/answerpane.h"
#include "chat/attachmentpreview.h"
#include "chat/composer.h"
#include "chat/panepromptdialog.h"
#include "models/cataloguemodel.h"
#include "models/conversation.h"
#include "scriptedprovider.h"
#include "store/attachment.h"
#include "transcript/renderscheduler.h"
#include "transcript/transcriptview.h"
#include "widgets/banner.h"
#include "widgets/elidedlabel.h"

#include <QDragEnterEvent>
#include <QFile>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace diptych;

class TestChatPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void enterSendsToEveryPane();
    void shiftEnterStartsANewLine();
    void emptyPromptIsNotSent();
    void escapeStopsAndKeepsTheText();
    void errorStandsInTheBannerNotInTheText();
    void strictEndpointIsSetToAdapt();
    void keyIsEditedWithoutAskingAgain();
    void otherModelsAreThoseNotKnownToRefuse();
    void askingAgainShowsOnlyTheNewAnswer();
    void swappingKeepsTheTranscript();
    void addedPaneCanBeClosed();
    void lastPaneCanNotBeClosed();
    void unlinkedPanesDisableSending();
    void turnsStartAtTheSameHeight();
    void openedSessionShowsItsTurns();
    void costFollowsThePriceTable();
    void droppedFilesAreAttached();
    void sentFilesAreShownAndCanBeSentAgain();
    void ownSystemPromptIsMarked();
    void metricsLineOpensTheCard();
    void blindHidesWhoAnswers();
    void blindPanesAreShuffled();
    void everythingHasAnAccessibleName();

private:
    ScriptedChatReply *chat(std::size_t index) const { return m_provider->chats.at(index); }
    AnswerPane *pane(const char *id) const
    {
        return m_pane->findChild<AnswerPane *>(QStringLiteral("pane-") + QString::fromLatin1(id));
    }
    QString transcript(const char *id) const;
    void ask(const QString &text);
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return m_pane->findChild<Widget *>(QString::fromLatin1(name));
    }

    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<CatalogueModel> m_catalogue;
    std::unique_ptr<Conversation> m_conversation;
    std::unique_ptr<RenderScheduler> m_scheduler;
    std::unique_ptr<ChatPane> m_pane;
};

void TestChatPane::init()
{
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint")});
    m_connections->addModel(QStringLiteral("e"), {.id = QStringLiteral("a"), .type = ModelType::Chat});
    m_catalogue = std::make_unique<CatalogueModel>(*m_connections);
    m_conversation = std::make_unique<Conversation>(*m_connections, nullptr);
    m_conversation->startNew({{QStringLiteral("e"), QStringLiteral("a")}, {QStringLiteral("e"), QStringLiteral("b")}});
    m_scheduler = std::make_unique<RenderScheduler>();
    m_pane = std::make_unique<ChatPane>(*m_conversation, *m_connections, *m_catalogue, *m_scheduler);
    m_pane->resize(900, 600);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
}

void TestChatPane::cleanup()
{
    m_pane.reset();
    m_scheduler.reset();
    m_conversation.reset();
    m_catalogue.reset();
    m_connections.reset();
}

QString TestChatPane::transcript(const char *id) const
{
    return pane(id)->transcript().toPlainText();
}

void TestChatPane::ask(const QString &text)
{
    auto *edit = child<QPlainTextEdit>("promptEdit");
    edit->setPlainText(text);
    QTest::keyClick(edit, Qt::Key_Return);
}

void TestChatPane::enterSendsToEveryPane()
{
    ask(QStringLiteral("What is it?"));
    QCOMPARE(m_provider->chats.size(), std::size_t(2));
    QCOMPARE(chat(0)->request().messages.back().text(), QStringLiteral("What is it?"));
    QVERIFY(child<QPlainTextEdit>("promptEdit")->toPlainText().isEmpty());
    QVERIFY(child<QPushButton>("stopButton")->isVisible());
    chat(0)->text(QStringLiteral("It is **this**."));
    chat(0)->finishWith(QStringLiteral("stop"), {.promptTokens = 4, .completionTokens = 3});
    chat(1)->text(QStringLiteral("That."));
    chat(1)->finishWith();
    QTRY_VERIFY(transcript("p1").contains(QStringLiteral("It is this.")));
    QTRY_VERIFY(transcript("p2").contains(QStringLiteral("That.")));
    QVERIFY(transcript("p1").contains(QStringLiteral("What is it?")));
    QVERIFY(!child<QPushButton>("stopButton")->isVisible());
}

void TestChatPane::shiftEnterStartsANewLine()
{
    auto *edit = child<QPlainTextEdit>("promptEdit");
    QTest::keyClicks(edit, QStringLiteral("a"));
    QTest::keyClick(edit, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(edit, QStringLiteral("b"));
    QCOMPARE(edit->toPlainText().size(), 3);
    QVERIFY(m_provider->chats.empty());
}

void TestChatPane::emptyPromptIsNotSent()
{
    ask(QStringLiteral("  \n "));
    QVERIFY(m_provider->chats.empty());
    QVERIFY(!child<QPushButton>("sendButton")->isEnabled());
}

void TestChatPane::escapeStopsAndKeepsTheText()
{
    ask(QStringLiteral("Long?"));
    chat(0)->text(QStringLiteral("half an answer"));
    QTest::keyClick(child<QPlainTextEdit>("promptEdit"), Qt::Key_Escape);
    QCOMPARE(m_conversation->runningCount(), 0);
    QTRY_VERIFY(transcript("p1").contains(QStringLiteral("half an answer")));
    QTRY_VERIFY(transcript("p1").contains(QStringLiteral("stopped by you")));
}

void TestChatPane::errorStandsInTheBannerNotInTheText()
{
    RequestSettings settings;
    settings.responseFormat = ResponseFormat {.type = ResponseFormat::Type::JsonObject};
    m_conversation->setSettings(settings);
    ask(QStringLiteral("Hello?"));
    chat(0)->failWith({.kind = Error::Kind::Unsupported,
        .httpStatus = 422,
        .message = QStringLiteral("no response_format here"),
        .parameter = QStringLiteral("response_format")});
    auto *banner = pane("p1")->findChild<Banner *>();
    QVERIFY(banner->isVisible());
    QCOMPARE(banner->title(), QStringLiteral("422: no response_format here"));
    QVERIFY(!transcript("p1").contains(QStringLiteral("no response_format here")));
    QVERIFY(!pane("p2")->findChild<Banner *>()->isVisible());
    QTest::mouseClick(banner->findChild<QPushButton *>(QStringLiteral("action-RetryWithout")), Qt::LeftButton);
    QCOMPARE(m_provider->chats.size(), std::size_t(3));
    QVERIFY(!banner->isVisible());
    QVERIFY(!chat(2)->request().responseFormat);
    // Seen in the pane's header; the session and the other panes keep it.
    auto *own = pane("p1")->findChild<QToolButton *>(QStringLiteral("ownButton"));
    QVERIFY(own->isVisible());
    QVERIFY(own->toolTip().contains(QStringLiteral("without response_format")));
    QVERIFY(!pane("p2")->findChild<QToolButton *>(QStringLiteral("ownButton"))->isVisible());
    QCOMPARE(m_conversation->session().settings, settings);
    QVERIFY(chat(1)->request().responseFormat);
}

void TestChatPane::strictEndpointIsSetToAdapt()
{
    m_connections->update(
        {.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint"), .adaptation = Adaptation::Strict});
    connect(m_pane.get(), &ChatPane::endpointChangeRequested, m_connections.get(), &Connections::update);
    ask(QStringLiteral("Hello?"));
    chat(0)->failWith({.kind = Error::Kind::Unsupported, .parameter = QStringLiteral("n")}); // made here: no status
    chat(1)->finishWith();
    pane("p1")->findChild<QPushButton *>(QStringLiteral("action-Adapt"))->click();
    QCOMPARE(m_connections->find(QStringLiteral("e"))->adaptation, Adaptation::Adapt);
    QCOMPARE(m_provider->chats.size(), std::size_t(1)); // of the new provider
    QCOMPARE(chat(0)->request().messages.back().text(), QStringLiteral("Hello?"));
}

void TestChatPane::keyIsEditedWithoutAskingAgain()
{
    QSignalSpy edit(m_pane.get(), &ChatPane::endpointEditRequested);
    ask(QStringLiteral("Hello?"));
    chat(0)->failWith({.kind = Error::Kind::Authentication, .httpStatus = 401, .message = QStringLiteral("no")});
    pane("p1")->findChild<QPushButton *>(QStringLiteral("action-UpdateKey"))->click();
    QCOMPARE(edit.at(0).at(0).toString(), QStringLiteral("e"));
    QCOMPARE(m_provider->chats.size(), std::size_t(2));
    pane("p1")->findChild<QPushButton *>(QStringLiteral("action-AskAgain"))->click();
    QCOMPARE(m_provider->chats.size(), std::size_t(3));
}

void TestChatPane::otherModelsAreThoseNotKnownToRefuse()
{
    CapabilityBook book;
    m_pane->setCapabilityBook(&book);
    for (const char *model : {"c", "d"})
        m_connections->addModel(QStringLiteral("e"), {.id = QString::fromLatin1(model), .type = ModelType::Chat});
    const Error error {.kind = Error::Kind::Unsupported, .httpStatus = 422, .parameter = QStringLiteral("tools[0]")};
    book.learn({QStringLiteral("e"), QStringLiteral("c")}, error);
    ask(QStringLiteral("Hello?"));
    chat(0)->failWith(error);
    chat(1)->finishWith();
    pane("p1")->findChild<QPushButton *>(QStringLiteral("action-ChooseModel"))->click();
    auto *choices = m_pane->findChild<QTreeView *>(QStringLiteral("modelChoices"));
    const QModelIndex endpoint = choices->model()->index(0, 0);
    QCOMPARE(choices->model()->rowCount(endpoint), 1); // not a itself, not c
    Q_EMIT choices->clicked(choices->model()->index(0, 0, endpoint));
    QCOMPARE(m_conversation->pane(QStringLiteral("p1"))->model.model, QStringLiteral("d"));
    QCOMPARE(chat(2)->request().model, QStringLiteral("d"));
    m_pane->openModelPicker(); // the next time all are listed
    QCOMPARE(choices->model()->rowCount(choices->model()->index(0, 0)), 3);
}

void TestChatPane::askingAgainShowsOnlyTheNewAnswer()
{
    ask(QStringLiteral("Hello?"));
    chat(0)->text(QStringLiteral("old answer"));
    chat(0)->finishWith();
    m_conversation->regenerate(QStringLiteral("p1"));
    chat(2)->text(QStringLiteral("new answer"));
    chat(2)->finishWith();
    QTRY_VERIFY(transcript("p1").contains(QStringLiteral("new answer")));
    QVERIFY(!transcript("p1").contains(QStringLiteral("old answer")));
    QCOMPARE(transcript("p1").count(QStringLiteral("Hello?")), 1);
}

void TestChatPane::swappingKeepsTheTranscript()
{
    ask(QStringLiteral("Hello?"));
    chat(0)->text(QStringLiteral("from a"));
    chat(0)->finishWith();
    m_pane->swapCurrentModel({QStringLiteral("e"), QStringLiteral("c")});
    QCOMPARE(pane("p1")->findChild<QToolButton *>(QStringLiteral("modelButton"))->text(), QStringLiteral("c"));
    QTRY_VERIFY(transcript("p1").contains(QStringLiteral("from a")));
}

void TestChatPane::addedPaneCanBeClosed()
{
    m_pane->addPane({QStringLiteral("e"), QStringLiteral("c")});
    QVERIFY(pane("p3"));
    QCOMPARE(m_pane->currentPaneId(), QStringLiteral("p3"));
    QTest::mouseClick(pane("p3")->findChild<QToolButton *>(QStringLiteral("closeButton")), Qt::LeftButton);
    QCOMPARE(m_conversation->session().panes.size(), std::size_t(2));
    QCOMPARE(m_pane->currentPaneId(), QStringLiteral("p1"));
}

void TestChatPane::lastPaneCanNotBeClosed()
{
    m_conversation->removePane(QStringLiteral("p2"));
    QVERIFY(!pane("p1")->findChild<QToolButton *>(QStringLiteral("closeButton"))->isVisible());
}

void TestChatPane::unlinkedPanesDisableSending()
{
    for (const char *id : {"p1", "p2"})
        QTest::mouseClick(pane(id)->findChild<QToolButton *>(QStringLiteral("syncButton")), Qt::LeftButton);
    ask(QStringLiteral("Anyone?"));
    QVERIFY(m_provider->chats.empty());
    QCOMPARE(child<QPlainTextEdit>("promptEdit")->toPlainText(), QStringLiteral("Anyone?")); // nothing is lost
}

void TestChatPane::turnsStartAtTheSameHeight()
{
    ask(QStringLiteral("First?"));
    chat(0)->text(QStringLiteral("one line\n\n").repeated(12));
    chat(0)->finishWith();
    chat(1)->text(QStringLiteral("short"));
    chat(1)->finishWith();
    m_pane->addPane({QStringLiteral("e"), QStringLiteral("c")}); // has no first turn
    ask(QStringLiteral("Second?"));
    for (std::size_t index = 2; index < 5; ++index)
        chat(index)->finishWith();
    const auto top = [this](const char *id) { return pane(id)->transcript().turnTop(1); };
    QTRY_VERIFY(top("p1") > 100);
    QTRY_VERIFY(qAbs(top("p2") - top("p1")) < 1); // the layout rounds to whole pixels here and there
    QTRY_VERIFY(qAbs(top("p3") - top("p1")) < 1);
}

void TestChatPane::openedSessionShowsItsTurns()
{
    ask(QStringLiteral("First?"));
    chat(0)->text(QStringLiteral("An answer."));
    chat(0)->finishWith();
    const auto copy = std::make_unique<ChatPane>(*m_conversation, *m_connections, *m_catalogue, *m_scheduler);
    copy->resize(900, 600);
    copy->show();
    auto *shown = copy->findChild<AnswerPane *>(QStringLiteral("pane-p1"));
    QTRY_VERIFY(shown->transcript().toPlainText().contains(QStringLiteral("An answer.")));
    QVERIFY(shown->transcript().toPlainText().contains(QStringLiteral("First?")));
}

void TestChatPane::costFollowsThePriceTable()
{
    PriceTable prices;
    m_pane->setPrices(&prices);
    ask(QStringLiteral("How much?"));
    chat(0)->text(QStringLiteral("little"));
    chat(0)->finishWith(QStringLiteral("stop"), {.promptTokens = 1000, .completionTokens = 500});
    const auto *metrics = pane("p1")->findChild<ElidedLabel *>(QStringLiteral("metricsLabel"));
    QTRY_VERIFY(metrics->text().contains(QStringLiteral("500 out")));
    QVERIFY(!metrics->text().contains(u'$')); // unknown is not nothing
    prices.setPrices({{.model = QStringLiteral("a"), .input = 20, .output = 60}});
    QVERIFY(metrics->text().contains(QStringLiteral("$0.050")));
    m_pane->setPrices(nullptr); // the table goes before the pane
    QVERIFY(!metrics->text().contains(u'$'));
}

void TestChatPane::droppedFilesAreAttached()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("notes.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("words") > 0);
    file.close();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file.fileName())});
    // On the conversation: the pane leaves it to the page.
    QDragEnterEvent enter({20, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(pane("p1"), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({20, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_pane.get(), &drop);
    QTRY_COMPARE(attachmentsOf(m_pane->composer().draft()).size(), std::size_t(1));
}

void TestChatPane::sentFilesAreShownAndCanBeSentAgain()
{
    const Result<Attachment> notes = attachmentFromBytes(QStringLiteral("notes.txt"), "secret words");
    m_pane->composer().setDraft(promptWith({*notes}, QStringLiteral("What is in it?")));
    QTest::keyClick(child<QPlainTextEdit>("promptEdit"), Qt::Key_Return);
    QTRY_VERIFY(transcript("p1").contains(QStringLiteral("notes.txt (text, 12 B)")));
    QVERIFY(!transcript("p1").contains(QStringLiteral("secret words")));
    QVERIFY(m_pane->composer().isBlank());
    QCOMPARE(m_conversation->session().title, QStringLiteral("What is in it?"));
    Q_EMIT pane("p1")->transcript().linkRequested(QUrl(QStringLiteral("attachment:0/7"))); // there is no such
    Q_EMIT pane("p1")->transcript().linkRequested(QUrl(QStringLiteral("attachment:0/0")));
    auto *preview = m_pane->findChild<AttachmentPreview *>();
    QVERIFY(preview);
    preview->findChild<QPushButton *>(QStringLiteral("againButton"))->click();
    QCOMPARE(attachmentsOf(m_pane->composer().draft()).size(), std::size_t(1));
}

void TestChatPane::ownSystemPromptIsMarked()
{
    auto *mark = pane("p2")->findChild<QToolButton *>(QStringLiteral("systemButton"));
    QVERIFY(mark->isHidden());
    m_conversation->setPaneSystemPrompt(QStringLiteral("p2"), QStringLiteral("Be kind."));
    QVERIFY(!mark->isHidden());
    QVERIFY(mark->toolTip().contains(QStringLiteral("Be kind.")));
    QVERIFY(pane("p1")->findChild<QToolButton *>(QStringLiteral("systemButton"))->isHidden());
    // In a blind round it would tell the panes apart, and so would the gauge.
    m_pane->showBlind({QStringLiteral("p2"), QStringLiteral("p1")},
        {{QStringLiteral("p1"), QStringLiteral("B")}, {QStringLiteral("p2"), QStringLiteral("A")}}, 0);
    QVERIFY(mark->isHidden());
    QVERIFY(child<QAbstractButton>("gauge")->isHidden());
    m_pane->showBlind({QStringLiteral("p1"), QStringLiteral("p2")}, {}, 0);
    QVERIFY(!mark->isHidden());
    mark->click();
    QVERIFY(m_pane->findChild<PanePromptDialog *>());
    m_conversation->setPaneSystemPrompt(QStringLiteral("p2"), std::nullopt);
    QVERIFY(mark->isHidden());
}

void TestChatPane::metricsLineOpensTheCard()
{
    QSignalSpy requested(m_pane.get(), &ChatPane::metricsRequested);
    QWidget *line = pane("p2")->metricsAnchor();
    QTest::mouseClick(line, Qt::LeftButton);
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(requested.size(), 2);
    QCOMPARE(requested[0][0].toString(), QStringLiteral("p2"));
}

void TestChatPane::blindHidesWhoAnswers()
{
    ask(QStringLiteral("first"));
    chat(0)->text(QStringLiteral("telling"));
    chat(0)->finishWith();
    chat(1)->finishWith();
    m_pane->showBlind({QStringLiteral("p2"), QStringLiteral("p1")},
        {{QStringLiteral("p1"), QStringLiteral("Answer B")}, {QStringLiteral("p2"), QStringLiteral("Answer A")}}, 1);
    QTRY_VERIFY(!transcript("p1").contains(QStringLiteral("telling"))); // would say who it was
    const auto *model = pane("p1")->findChild<QToolButton *>(QStringLiteral("modelButton"));
    QCOMPARE(model->text(), QStringLiteral("Answer B"));
    QVERIFY(!model->isEnabled());
    ask(QStringLiteral("second"));
    for (const std::size_t index : {std::size_t(2), std::size_t(3)}) {
        chat(index)->text(QStringLiteral("hidden"));
        chat(index)->finishWith(QStringLiteral("stop"), {.promptTokens = 4, .completionTokens = 3});
    }
    QTRY_VERIFY(transcript("p1").contains(QStringLiteral("hidden")));
    QVERIFY(transcript("p1").contains(QStringLiteral("Answer B")));
    for (const char *id : {"p1", "p2"}) {
        for (const QWidget *child : pane(id)->findChildren<QWidget *>()) {
            const QString said = child->accessibleName() + child->toolTip() + child->property("text").toString();
            QVERIFY2(!said.contains(QStringLiteral("Endpoint")), qPrintable(said));
        }
        QVERIFY(!transcript(id).contains(QStringLiteral("Endpoint")));
        QVERIFY(!pane(id)
                     ->findChild<ElidedLabel *>(QStringLiteral("metricsLabel"))
                     ->text()
                     .contains(QStringLiteral("out")));
    }
    m_pane->showBlind({QStringLiteral("p1"), QStringLiteral("p2")}, {}, 0);
    QCOMPARE(model->text(), QStringLiteral("a"));
    QTRY_VERIFY(transcript("p1").contains(QStringLiteral("telling")));
    QVERIFY(
        pane("p1")->findChild<ElidedLabel *>(QStringLiteral("metricsLabel"))->text().contains(QStringLiteral("out")));
}

void TestChatPane::blindPanesAreShuffled()
{
    const QHash<QString, QString> names {
        {QStringLiteral("p1"), QStringLiteral("Answer B")}, {QStringLiteral("p2"), QStringLiteral("Answer A")}};
    QCOMPARE(m_pane->currentPaneId(), QStringLiteral("p1"));
    m_pane->showBlind({QStringLiteral("p2"), QStringLiteral("p1")}, names, 0);
    QCOMPARE(m_pane->currentPaneId(), QStringLiteral("p2")); // the one that stands first now
    QTRY_VERIFY(pane("p2")->mapTo(m_pane.get(), QPoint()).x() < pane("p1")->mapTo(m_pane.get(), QPoint()).x());
    m_pane->showBlind({QStringLiteral("p1"), QStringLiteral("p2")}, {}, 0);
    QTRY_VERIFY(pane("p1")->mapTo(m_pane.get(), QPoint()).x() < pane("p2")->mapTo(m_pane.get(), QPoint()).x());
}

void TestChatPane::everythingHasAnAccessibleName()
{
    const QList<QAbstractButton *> buttons = m_pane->findChildren<QAbstractButton *>();
    QVERIFY(buttons.size() > 8);
    for (const QAbstractButton *button : buttons) {
        if (button->isVisible())
            QVERIFY2(
                !button->accessibleName().isEmpty() || !button->text().isEmpty(), qPrintable(button->objectName()));
    }
    for (const QPlainTextEdit *edit : m_pane->findChildren<QPlainTextEdit *>())
        QVERIFY2(!edit->accessibleName().isEmpty(), qPrintable(edit->objectName()));
}

QTEST_MAIN(TestChatPane)
#include "tst_chatpane.moc"
