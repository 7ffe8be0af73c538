// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/answerpane.h"
#include "chat/chatpane.h"
#include "models/cataloguemodel.h"
#include "models/conversation.h"
#include "overlay/overlaybar.h"
#include "overlay/overlaycard.h"
#include "overlay/overlays.h"
#include "scriptedprovider.h"
#include "transcript/transcriptview.h"
#include "widgets/elidedlabel.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace diptych;

class TestChatOverlays : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void keysActInTheAnswersNotInTheComposer();
    void diffIsLiveAndCounted();
    void baselineCanBeChosen();
    void onePaneHasNothingToCompareWith();
    void jumpsGoFromDifferenceToDifference();
    void cardSaysWhatTheBaselineHas();
    void noLogprobsAreSaidAndAskedFor();
    void logprobsComeWithTheText();
    void tokensOfOthersAreFoundByBytes();
    void alternativeIsContinuedFrom();
    void nothingIsContinuedWhileItStreams();
    void rawShowsCharactersAndTheMessage();
    void overlayIsRememberedInTheSession();
    void askedAgainIsComparedAgain();
    void removedPaneTakesItsOverlayAlong();
    void everythingHasAnAccessibleName();

private:
    ScriptedChatReply *chat(std::size_t index) const { return m_provider->chats.at(index); }
    AnswerPane *pane(const char *id) const
    {
        return m_pane->findChild<AnswerPane *>(QStringLiteral("pane-") + QString::fromLatin1(id));
    }
    TranscriptView &view(const char *id) const { return pane(id)->transcript(); }
    QString strip(const char *id) const
    {
        return pane(id)->findChild<ElidedLabel *>(QStringLiteral("overlayText"))->text();
    }
    QString status() const { return m_pane->findChild<ElidedLabel *>(QStringLiteral("overlayStatus"))->text(); }
    OverlayCard *card() const { return m_pane->findChild<OverlayCard *>(); }
    QString cardText() const
    {
        QStringList texts;
        for (const QLabel *label : card()->findChildren<QLabel *>())
            texts.append(label->text());
        return texts.join(u'|');
    }
    void answer(const QString &first, const QString &second);
    void press(Qt::Key key, const char *id = "p2");

    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<CatalogueModel> m_catalogue;
    std::unique_ptr<Conversation> m_conversation;
    std::unique_ptr<RenderScheduler> m_scheduler;
    std::unique_ptr<ChatPane> m_pane;
};

void TestChatOverlays::init()
{
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("Endpoint")});
    m_catalogue = std::make_unique<CatalogueModel>(*m_connections);
    m_conversation = std::make_unique<Conversation>(*m_connections, nullptr);
    m_conversation->startNew({{QStringLiteral("e"), QStringLiteral("a")}, {QStringLiteral("e"), QStringLiteral("b")}});
    m_scheduler = std::make_unique<RenderScheduler>();
    m_pane = std::make_unique<ChatPane>(*m_conversation, *m_connections, *m_catalogue, *m_scheduler);
    m_pane->resize(900, 600);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
}

void TestChatOverlays::cleanup()
{
    m_pane.reset();
    m_scheduler.reset();
    m_conversation.reset();
    m_catalogue.reset();
    m_connections.reset();
}

void TestChatOverlays::answer(const QString &first, const QString &second)
{
    m_conversation->ask(Message::fromText(Role::User, QStringLiteral("question")));
    const std::size_t count = m_provider->chats.size();
    chat(count - 2)->text(first);
    chat(count - 2)->finishWith();
    chat(count - 1)->text(second);
    chat(count - 1)->finishWith();
}

void TestChatOverlays::press(Qt::Key key, const char *id)
{
    view(id).setFocus();
    QTest::keyClick(&view(id), key);
}

static TokenLogprob token(const char *text, double probability, std::vector<TokenLogprob::Alternative> top = {})
{
    return {.token = QString::fromUtf8(text), .logprob = std::log(probability), .top = std::move(top)};
}

void TestChatOverlays::keysActInTheAnswersNotInTheComposer()
{
    Overlays &overlays = m_pane->overlays();
    auto *edit = m_pane->findChild<QPlainTextEdit *>(QStringLiteral("promptEdit"));
    edit->setFocus();
    QTest::keyClicks(edit, QStringLiteral("dlrn"));
    QCOMPARE(overlays.overlay(), Overlay::Plain);
    QCOMPARE(edit->toPlainText(), QStringLiteral("dlrn"));
    press(Qt::Key_D);
    QCOMPARE(overlays.overlay(), Overlay::Diff);
    press(Qt::Key_L);
    QCOMPARE(overlays.overlay(), Overlay::Logprobs);
    press(Qt::Key_R);
    QCOMPARE(overlays.overlay(), Overlay::Raw);
    press(Qt::Key_Escape);
    QCOMPARE(overlays.overlay(), Overlay::Plain);
    QTest::keyClick(edit, Qt::Key_D, Qt::AltModifier);
    QCOMPARE(overlays.overlay(), Overlay::Diff);
    // In the composer, Escape goes on stopping answers.
    m_conversation->ask(Message::fromText(Role::User, QStringLiteral("question")));
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_Escape);
    QCOMPARE(m_conversation->runningCount(), 0);
    QCOMPARE(overlays.overlay(), Overlay::Diff);
}

void TestChatOverlays::diffIsLiveAndCounted()
{
    m_pane->overlays().setOverlay(Overlay::Diff);
    m_conversation->ask(Message::fromText(Role::User, QStringLiteral("question")));
    chat(0)->text(QStringLiteral("The **old** cat sat on the mat."));
    chat(0)->finishWith();
    chat(1)->text(QStringLiteral("The **new** cat"));
    QTRY_VERIFY(strip("p2").startsWith(QStringLiteral("1 difference ·")));
    QCOMPARE(strip("p1"), QStringLiteral("baseline"));
    QVERIFY(view("p2").toPlainText().contains(QStringLiteral("The **new** cat")));
    chat(1)->text(QStringLiteral(" sat on a rug."));
    chat(1)->finishWith();
    QTRY_VERIFY(strip("p2").startsWith(QStringLiteral("2 differences ·")));
    // Rounded down: two answers that differ are never said to be the same.
    answer(QStringLiteral("word ").repeated(2000), QStringLiteral("word ").repeated(1999) + QStringLiteral("ward "));
    QTRY_COMPARE(strip("p2"), QStringLiteral("1 difference · 99 % same"));
    answer(QStringLiteral("same"), QStringLiteral("same"));
    QTRY_COMPARE(strip("p2"), QStringLiteral("no differences · 100 % same"));
    answer(QStringLiteral("{\"a\": 1, \"b\": 2}"), QStringLiteral("{\"b\": 2, \"a\": 3}"));
    QTRY_COMPARE(strip("p2"), QStringLiteral("1 difference · 50 % same · JSON by pointer"));
}

void TestChatOverlays::baselineCanBeChosen()
{
    answer(QStringLiteral("one two"), QStringLiteral("one three"));
    auto *chooser = m_pane->findChild<QComboBox *>(QStringLiteral("baseline"));
    QVERIFY(!chooser->isVisible());
    press(Qt::Key_D);
    QVERIFY(chooser->isVisible());
    QCOMPARE(chooser->currentText(), QStringLiteral("baseline: 1"));
    QTRY_VERIFY(strip("p2").startsWith(QStringLiteral("1 difference")));
    chooser->setCurrentIndex(1);
    Q_EMIT chooser->activated(1);
    QTRY_COMPARE(strip("p2"), QStringLiteral("baseline"));
    QTRY_VERIFY(strip("p1").startsWith(QStringLiteral("1 difference")));
}

void TestChatOverlays::onePaneHasNothingToCompareWith()
{
    m_conversation->removePane(QStringLiteral("p2"));
    m_conversation->ask(Message::fromText(Role::User, QStringLiteral("question")));
    chat(0)->text(QStringLiteral("answer"));
    press(Qt::Key_D, "p1");
    QTRY_COMPARE(strip("p1"), QStringLiteral("Add a pane to compare with."));
    press(Qt::Key_N, "p1");
    QVERIFY(!m_pane->findChild<QComboBox *>(QStringLiteral("baseline"))->isVisible());
}

void TestChatOverlays::jumpsGoFromDifferenceToDifference()
{
    answer(QStringLiteral("a b common d e"), QStringLiteral("a x common y e"));
    answer(QStringLiteral("same"), QStringLiteral("same"));
    answer(QStringLiteral("f g h"), QStringLiteral("f z h"));
    press(Qt::Key_N);
    QVERIFY(status().isEmpty());
    press(Qt::Key_D);
    const auto place = [this] {
        const auto found = view("p2").marks().cursorPlace();
        return std::pair<int, int>(found.turn, static_cast<int>(found.offset));
    };
    press(Qt::Key_N);
    QCOMPARE(place(), std::pair(2, 2));
    QCOMPARE(status(), QStringLiteral("Pane 2: difference 1 of 1"));
    press(Qt::Key_N);
    QCOMPARE(place(), std::pair(0, 2));
    QCOMPARE(status(), QStringLiteral("Pane 2: difference 1 of 2"));
    press(Qt::Key_N);
    QCOMPARE(place(), std::pair(0, 11));
    press(Qt::Key_P);
    QCOMPARE(place(), std::pair(0, 2));
    press(Qt::Key_P);
    QCOMPARE(place(), std::pair(2, 2));
    QCOMPARE(view("p1").marks().cursorPlace().turn, 2);
}

void TestChatOverlays::cardSaysWhatTheBaselineHas()
{
    answer(QStringLiteral("so <b>old</b> it is"), QStringLiteral("so new it is"));
    press(Qt::Key_D);
    press(Qt::Key_N);
    QVERIFY(card()->isVisible());
    QVERIFY2(cardText().contains(QStringLiteral("Baseline 1 says|<b>old</b>")), qPrintable(cardText()));
    for (const QLabel *label : card()->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
    press(Qt::Key_Escape);
    QVERIFY(!card()->isVisible());
}

void TestChatOverlays::noLogprobsAreSaidAndAskedFor()
{
    answer(QStringLiteral("one"), QStringLiteral("two"));
    press(Qt::Key_L);
    QTRY_COMPARE(strip("p2"), QStringLiteral("No logprobs"));
    auto *offer = pane("p2")->findChild<QPushButton *>(QStringLiteral("overlayOffer"));
    QVERIFY(offer->isVisible());
    QTest::mouseClick(offer, Qt::LeftButton);
    QCOMPARE(m_conversation->session().settings.logprobs, std::optional(true));
    QCOMPARE(m_conversation->session().settings.topLogprobs, std::optional(5));
    QTRY_VERIFY(!offer->isVisible());
    press(Qt::Key_N);
    QCOMPARE(status(), QStringLiteral("No uncertain tokens"));
    m_conversation->ask(Message::fromText(Role::User, QStringLiteral("again")));
    QCOMPARE(chat(2)->request().logprobs, std::optional(true));
}

void TestChatOverlays::logprobsComeWithTheText()
{
    m_pane->overlays().setOverlay(Overlay::Logprobs);
    m_conversation->ask(Message::fromText(Role::User, QStringLiteral("question")));
    chat(1)->delta({.text = QStringLiteral("Sure,"), .logprobs = {token("Sure", 0.9), token(",", 0.99)}});
    QTRY_VERIFY(strip("p2").startsWith(QStringLiteral("2 tokens · 0 uncertain")));
    chat(1)->delta({.text = QStringLiteral(" maybe so"), .logprobs = {token(" maybe", 0.2), token(" so", 0.4)}});
    chat(1)->finishWith();
    QTRY_VERIFY(strip("p2").startsWith(QStringLiteral("4 tokens · 2 uncertain")));
    press(Qt::Key_N);
    QCOMPARE(view("p2").marks().cursorPlace().offset, qsizetype(5));
    press(Qt::Key_N);
    QCOMPARE(view("p2").marks().cursorPlace().offset, qsizetype(11));
    press(Qt::Key_N); // once around
    QCOMPARE(view("p2").marks().cursorPlace().offset, qsizetype(5));
}

void TestChatOverlays::tokensOfOthersAreFoundByBytes()
{
    m_conversation->ask(Message::fromText(Role::User, QStringLiteral("question")));
    // "é" is two bytes and one unit: the same byte is another place.
    chat(0)->delta({.text = QStringLiteral("eee bb cc"), .logprobs = {token("eee bb", 0.9), token(" cc", 0.9)}});
    chat(0)->finishWith();
    chat(1)->delta({.text = QStringLiteral("éé bb"), .logprobs = {token("éé", 0.9), token(" bb", 0.1)}});
    chat(1)->finishWith();
    press(Qt::Key_L);
    press(Qt::Key_N);
    QCOMPARE(view("p2").marks().cursorPlace().offset, qsizetype(2)); // byte 4
    QCOMPARE(view("p1").marks().cursorPlace().offset, qsizetype(0)); // the token that has byte 4
}

void TestChatOverlays::alternativeIsContinuedFrom()
{
    m_conversation->ask(Message::fromText(Role::User, QStringLiteral("question")));
    chat(0)->finishWith();
    chat(1)->delta({.text = QStringLiteral("I say no"),
        .logprobs = {token("I", 0.9), token(" say", 0.9),
            token(" no", 0.4, {{QStringLiteral(" no"), std::log(0.4)}, {QStringLiteral(" yes"), std::log(0.5)}})}});
    chat(1)->finishWith();
    press(Qt::Key_L);
    press(Qt::Key_N);
    QVERIFY(card()->isVisible());
    auto *list = card()->findChild<QListWidget *>();
    QCOMPARE(list->count(), 2);
    press(Qt::Key_T);
    QVERIFY(list->hasFocus());
    QSignalSpy requested(&m_pane->overlays(), &Overlays::continueFromRequested);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested.front().at(0).toString(), QStringLiteral("p2"));
    QCOMPARE(requested.front().at(1).toInt(), 0);
    QCOMPARE(requested.front().at(2).toString(), QStringLiteral("I say yes"));
    QCOMPARE(m_provider->chats.size(), std::size_t(3));
    QCOMPARE(chat(2)->request().messages.back().text(), QStringLiteral("I say yes"));
    chat(2)->text(QStringLiteral(", I do"));
    QTRY_VERIFY(view("p2").toPlainText().contains(QStringLiteral("I say yes, I do")));
}

void TestChatOverlays::nothingIsContinuedWhileItStreams()
{
    m_conversation->ask(Message::fromText(Role::User, QStringLiteral("question")));
    chat(1)->delta({.text = QStringLiteral("no"), .logprobs = {token("no", 0.4, {{QStringLiteral("yes"), -0.5}})}});
    press(Qt::Key_L);
    press(Qt::Key_N);
    press(Qt::Key_T);
    QSignalSpy requested(&m_pane->overlays(), &Overlays::continueFromRequested);
    auto *list = card()->findChild<QListWidget *>();
    QVERIFY(list->hasFocus());
    QTest::keyClick(list, Qt::Key_Return);
    QVERIFY(requested.isEmpty());
    QTest::keyClick(list, Qt::Key_Escape);
    QVERIFY(!card()->isVisible());
    QVERIFY(view("p2").hasFocus());
    QCOMPARE(m_pane->overlays().overlay(), Overlay::Logprobs);
}

void TestChatOverlays::rawShowsCharactersAndTheMessage()
{
    answer(QStringLiteral("# Head\n**bold**"), QStringLiteral("two"));
    press(Qt::Key_R);
    QVERIFY(view("p1").toPlainText().contains(QStringLiteral("# Head\n**bold**")));
    QVERIFY(view("p1").toPlainText().contains(QStringLiteral("\"role\": \"assistant\"")));
    QVERIFY(view("p1").toPlainText().contains(QStringLiteral("\"# Head\\n**bold**\"")));
    press(Qt::Key_Escape);
    QVERIFY(!view("p1").toPlainText().contains(u'#'));
}

void TestChatOverlays::overlayIsRememberedInTheSession()
{
    m_conversation->setView({{QStringLiteral("layout"), 3}});
    press(Qt::Key_D);
    auto *chooser = m_pane->findChild<QComboBox *>(QStringLiteral("baseline"));
    chooser->setCurrentIndex(1);
    Q_EMIT chooser->activated(1);
    Session session = m_conversation->session();
    QCOMPARE(session.view.value(QStringLiteral("layout")).toInt(), 3); // of others
    m_conversation->startNew({{QStringLiteral("e"), QStringLiteral("a")}});
    QCOMPARE(m_pane->overlays().overlay(), Overlay::Plain);
    m_conversation->adopt(session);
    QCOMPARE(m_pane->overlays().overlay(), Overlay::Diff);
    QCOMPARE(chooser->currentText(), QStringLiteral("baseline: 2"));
    session.view = {{QStringLiteral("overlay"), 7}, {QStringLiteral("baseline"), QStringLiteral("gone")}};
    m_conversation->adopt(session);
    QCOMPARE(m_pane->overlays().overlay(), Overlay::Plain);
    QCOMPARE(chooser->currentText(), QStringLiteral("baseline: 1"));
}

void TestChatOverlays::askedAgainIsComparedAgain()
{
    answer(QStringLiteral("one two three"), QStringLiteral("one two four"));
    press(Qt::Key_D);
    QTRY_VERIFY(strip("p2").startsWith(QStringLiteral("1 difference")));
    m_conversation->regenerate(QStringLiteral("p1"));
    chat(2)->text(QStringLiteral("one two four"));
    chat(2)->finishWith();
    QTRY_COMPARE(strip("p2"), QStringLiteral("no differences · 100 % same"));
    m_conversation->regenerate(QStringLiteral("p2"));
    chat(3)->text(QStringLiteral("five six"));
    chat(3)->finishWith();
    QTRY_VERIFY(strip("p2").startsWith(QStringLiteral("1 difference")));
}

void TestChatOverlays::removedPaneTakesItsOverlayAlong()
{
    answer(QStringLiteral("one two three"), QStringLiteral("one two four"));
    const QString third = m_conversation->addPane({QStringLiteral("e"), QStringLiteral("c")});
    press(Qt::Key_D);
    m_pane->overlays().setBaseline(third);
    QTRY_COMPARE(strip("p2"), QStringLiteral("The baseline has no answer to this turn."));
    m_conversation->removePane(third);
    QTRY_VERIFY(strip("p2").startsWith(QStringLiteral("1 difference")));
    QCOMPARE(strip("p1"), QStringLiteral("baseline"));
}

void TestChatOverlays::everythingHasAnAccessibleName()
{
    const auto *bar = m_pane->findChild<OverlayBar *>();
    for (const QWidget *widget : bar->findChildren<QWidget *>()) {
        if (widget->focusPolicy() != Qt::NoFocus)
            QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
    }
    for (const QAction *action : bar->keyActions())
        QVERIFY(!action->text().isEmpty() && !action->toolTip().isEmpty());
}

QTEST_MAIN(TestChatOverlays)
#include "tst_chatoverlays.moc"
