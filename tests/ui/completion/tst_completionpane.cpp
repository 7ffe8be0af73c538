// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/completionpane.h"

#include "api/capabilitybook.h"
#include "completion/completioncolumn.h"
#include "completion/completionedit.h"
#include "completion/samplecard.h"
#include "models/cataloguemodel.h"
#include "scriptedprovider.h"
#include "store/completiondraft.h"
#include "widgets/banner.h"
#include "widgets/elidedlabel.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace diptych;

namespace {

TokenLogprob token(const QString &text, double logprob, const QStringList &others = {})
{
    TokenLogprob made {.token = text, .logprob = logprob};
    made.top.push_back({text, logprob});
    for (const QString &other : others)
        made.top.push_back({other, logprob - 1});
    return made;
}

} // namespace

class TestCompletionPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void errorKeepsPartialText();
    void rawBodyIsOneClickAway();
    void refusedParameterIsLeftOut();
    void wrongParameterIsNotSent();
    void noModelNoRun();
    void endpointChangeStopsTheReply();
    void stopKeepsPartialText();
    void unsetIsNotSent();
    void parametersAreSent();
    void gapIsFilled();
    void refusedParametersAreMarked();
    void continuesInline();
    void continuesAtTheCaret();
    void undoTakesTheContinuationBack();
    void editsMoveTheMarks();
    void samplesCanBeSwapped();
    void equalSamplesAreCounted();
    void echoedPromptIsNotRepeated();
    void alternativeContinuesFromThere();
    void alternativesByKeyboard();
    void uncertainTokensAreFound();
    void completionModelsComeFirst();
    void metricsNameTheSource();
    void chatOnlyModelsAreBridgedVisibly();
    void severalModels();
    void oneOfSeveralModelsIsStopped();
    void errorInOneColumn();
    void removedModelComesBack();
    void sampleOfAnotherPromptBringsItBack();
    void alternativeInACardContinuesFromThere();
    void sweepSaysWhatItTakes();
    void sweepRunsAndStops();
    void cellIsTakenIntoTheText();
    void draftIsKept();

private:
    template <typename T>
    [[nodiscard]] T *child(const char *name) const
    {
        return m_pane->findChild<T *>(QLatin1String(name));
    }
    [[nodiscard]] CompletionEdit *editor() const { return child<CompletionEdit>("editor"); }
    [[nodiscard]] CompletionColumn *column(int index = 0) const;
    [[nodiscard]] Banner *banner(int index = 0) const { return column(index)->findChild<Banner *>(); }
    [[nodiscard]] QList<SampleCard *> cards(int index = 0) const;
    void makePane();
    [[nodiscard]] ScriptedCompletionReply *run(const QString &prompt);
    [[nodiscard]] QString generated(std::size_t index = 0) const;
    void addModel(const char *model) { m_pane->board().add({QStringLiteral("e"), QLatin1String(model)}); }

    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<CatalogueModel> m_catalogue;
    CapabilityBook m_book;
    std::unique_ptr<CompletionPane> m_pane;
};

void TestCompletionPane::init()
{
    m_pane.reset();
    m_catalogue.reset();
    m_book.load({});
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("lab")});
    m_connections->addModel(QStringLiteral("e"), {.id = QStringLiteral("guide"), .type = ModelType::Chat});
    m_connections->addModel(QStringLiteral("e"), {.id = QStringLiteral("babbler"), .type = ModelType::Completion});
    m_catalogue = std::make_unique<CatalogueModel>(*m_connections);
    makePane();
}

void TestCompletionPane::makePane()
{
    m_pane = std::make_unique<CompletionPane>(*m_connections, *m_catalogue);
    m_pane->setCapabilityBook(&m_book);
    m_pane->resize(700, 700);
    m_pane->show();
}

CompletionColumn *TestCompletionPane::column(int index) const
{
    const auto id = m_pane->board().columns().at(static_cast<std::size_t>(index)).id;
    const auto all = m_pane->findChildren<CompletionColumn *>();
    const auto found =
        std::find_if(all.begin(), all.end(), [id](const CompletionColumn *each) { return each->id() == id; });
    return *found;
}

QList<SampleCard *> TestCompletionPane::cards(int index) const
{
    QList<SampleCard *> shown;
    for (SampleCard *card : column(index)->findChildren<SampleCard *>()) {
        if (card->isVisibleTo(column(index)))
            shown.append(card);
    }
    std::sort(shown.begin(), shown.end(), [](auto *a, auto *b) { return a->sample() < b->sample(); });
    return shown;
}

ScriptedCompletionReply *TestCompletionPane::run(const QString &prompt)
{
    m_pane->setPrompt(prompt);
    QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
    QCoreApplication::processEvents();
    return m_provider->completions.empty() ? nullptr : m_provider->completions.back().data();
}

QString TestCompletionPane::generated(std::size_t index) const
{
    if (index >= editor()->generated().size())
        return {};
    const TextRange range = editor()->generated()[index];
    return editor()->toPlainText().mid(range.start, range.length);
}

void TestCompletionPane::errorKeepsPartialText()
{
    auto *reply = run(QStringLiteral("Once"));
    reply->text(QStringLiteral(" upon"));
    const Error error {.kind = Error::Kind::Protocol, .message = QStringLiteral("the stream broke off")};
    reply->failWith(error);
    QVERIFY(banner()->isVisible());
    QCOMPARE(banner()->title(), error.message);
    QCOMPARE(banner()->text(), whatToDo(error));
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon"));
    QVERIFY(!editor()->isReadOnly());
    banner()->findChild<QPushButton *>(QStringLiteral("action-retry"))->click();
    QCoreApplication::processEvents();
    QCOMPARE(m_provider->completions.size(), 2U);
    QCOMPARE(m_provider->completions.back()->request().prompt, QStringLiteral("Once upon"));
    QVERIFY(!banner()->isVisible());
}

void TestCompletionPane::rawBodyIsOneClickAway()
{
    run(QStringLiteral("Once"))
        ->failWith({.kind = Error::Kind::Provider, .httpStatus = 500, .bodySample = "<b>raw</b>"});
    auto *details = banner()->findChild<QPlainTextEdit *>();
    QVERIFY(!details->isVisible());
    const auto buttons = banner()->findChildren<QAbstractButton *>();
    for (QAbstractButton *button : buttons) {
        if (button->isCheckable())
            button->click();
    }
    QVERIFY(details->isVisible());
    QCOMPARE(details->toPlainText(), QStringLiteral("<b>raw</b>"));
}

void TestCompletionPane::refusedParameterIsLeftOut()
{
    child<QLineEdit>("seedEdit")->setText(QStringLiteral("7"));
    auto *reply = run(QStringLiteral("Once"));
    reply->failWith({.kind = Error::Kind::Unsupported,
        .httpStatus = 422,
        .message = QStringLiteral("no top_p"),
        .parameter = QStringLiteral("top_p")});
    QVERIFY(!banner()->findChild<QPushButton *>(QStringLiteral("action-without top_p"))); // it is not set
    reply = run(QStringLiteral("Once"));
    reply->failWith({.kind = Error::Kind::Unsupported,
        .httpStatus = 422,
        .message = QStringLiteral("no seed"),
        .parameter = QStringLiteral("seed")});
    banner()->findChild<QPushButton *>(QStringLiteral("action-without seed"))->click();
    QCoreApplication::processEvents();
    QCOMPARE(m_provider->completions.size(), 3U);
    QVERIFY(!m_provider->completions.back()->request().sampling.seed);
    QVERIFY(child<QLineEdit>("seedEdit")->text().isEmpty());
}

void TestCompletionPane::wrongParameterIsNotSent()
{
    child<QLineEdit>("temperatureEdit")->setText(QStringLiteral("hot"));
    QVERIFY(!run(QStringLiteral("Once")));
    QVERIFY(child<QLabel>("noticeLabel")->text().contains(QStringLiteral("temperature")));
    // Unusual is not wrong.
    child<QLineEdit>("temperatureEdit")->setText(QStringLiteral("5"));
    QVERIFY(child<QLabel>("noticeLabel")->isVisible());
    QCOMPARE(run(QStringLiteral("Once"))->request().sampling.temperature, 5.0);
}

void TestCompletionPane::noModelNoRun()
{
    m_connections->remove(QStringLiteral("e"));
    QVERIFY(!child<QPushButton>("runButton")->isEnabled());
    m_pane->run();
    QVERIFY(!m_pane->isRunning());
}

void TestCompletionPane::endpointChangeStopsTheReply()
{
    const QPointer<ScriptedCompletionReply> reply = run(QStringLiteral("Once"));
    m_connections->update({.id = QStringLiteral("e"), .name = QStringLiteral("renamed")});
    QVERIFY(!reply);
    QVERIFY(!m_pane->isRunning());
    QVERIFY(!editor()->isReadOnly());
}

void TestCompletionPane::stopKeepsPartialText()
{
    run(QStringLiteral("Once"))->text(QStringLiteral(" upon"));
    QVERIFY(editor()->isReadOnly());
    QTest::keyClick(editor(), Qt::Key_Escape);
    QVERIFY(!m_pane->isRunning());
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon"));
    QCOMPARE(child<QPushButton>("runButton")->text(), QStringLiteral("Continue"));
    QVERIFY(
        column()->findChild<ElidedLabel *>(QStringLiteral("metricsLabel"))->text().contains(QStringLiteral("stopped")));
}

void TestCompletionPane::unsetIsNotSent()
{
    const CompletionRequest expected {.model = QStringLiteral("babbler"), .prompt = QStringLiteral("Once")};
    QCOMPARE(run(QStringLiteral("Once"))->request(), expected);
}

void TestCompletionPane::parametersAreSent()
{
    child<QLineEdit>("maxTokensEdit")->setText(QStringLiteral("7"));
    child<QLineEdit>("stopEdit")->setText(QStringLiteral("\\n"));
    child<QLineEdit>("logprobsEdit")->setText(QStringLiteral("5"));
    child<QComboBox>("echoBox")->setCurrentIndex(1);
    const CompletionRequest request = run(QStringLiteral("Once"))->request();
    QCOMPARE(request.sampling.maxTokens, 7);
    QCOMPARE(request.sampling.stop, QStringList {QStringLiteral("\n")});
    QCOMPARE(request.logprobs, 5);
    QCOMPARE(request.echo, true);
}

void TestCompletionPane::gapIsFilled()
{
    child<QComboBox>("suffixBox")->setCurrentIndex(1);
    m_pane->setPrompt(QStringLiteral("Once time"));
    QTextCursor caret = editor()->textCursor();
    caret.setPosition(5);
    editor()->setTextCursor(caret);
    QVERIFY(child<ElidedLabel>("hintLabel")->text().contains(QStringLiteral("suffix")));
    m_pane->run();
    QCoreApplication::processEvents();
    QCOMPARE(m_provider->completions.back()->request().prompt, QStringLiteral("Once "));
    QCOMPARE(m_provider->completions.back()->request().suffix, QStringLiteral("time"));
    m_provider->completions.back()->text(QStringLiteral("upon a "));
    m_provider->completions.back()->finishWith();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon a time"));
    // At the end there is no gap.
    editor()->moveCursor(QTextCursor::End);
    m_pane->run();
    QCoreApplication::processEvents();
    QVERIFY(!m_provider->completions.back()->request().suffix);
}

void TestCompletionPane::refusedParametersAreMarked()
{
    auto *mark = column()->findChild<QLabel *>(QStringLiteral("refusalLabel"));
    m_book.note(m_pane->model(), QStringLiteral("suffix"), {.state = CapabilityState::State::Refused});
    QVERIFY(!mark->isVisible());
    child<QComboBox>("suffixBox")->setCurrentIndex(1);
    QVERIFY(mark->isVisible());
    QVERIFY(mark->text().contains(QStringLiteral("suffix")));
    m_book.forgetAll(m_pane->model());
    QVERIFY(!mark->isVisible());
}

void TestCompletionPane::continuesInline()
{
    QSignalSpy started(m_pane.get(), &CompletionPane::replyStarted);
    auto *reply = run(QStringLiteral("Once"));
    QCOMPARE(started.size(), 1);
    QCOMPARE(started.first()[2].toJsonObject()[u"prompt"].toString(), QStringLiteral("Once"));
    reply->text(QStringLiteral(" upon"));
    QTRY_COMPARE(editor()->toPlainText(), QStringLiteral("Once upon"));
    reply->text(QStringLiteral(" a\ntime"));
    reply->finishWith();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon a\ntime"));
    QVERIFY(cards().isEmpty()); // it all stands in the text
    QCOMPARE(editor()->generated().size(), 1U);
    QCOMPARE(generated(), QStringLiteral(" upon a\ntime"));
}

void TestCompletionPane::continuesAtTheCaret()
{
    m_pane->setPrompt(QStringLiteral("Once there"));
    QTextCursor caret = editor()->textCursor();
    caret.setPosition(4);
    editor()->setTextCursor(caret);
    QVERIFY(child<ElidedLabel>("hintLabel")->text().contains(QStringLiteral("not sent")));
    m_pane->run();
    QCoreApplication::processEvents();
    QCOMPARE(m_provider->completions.back()->request().prompt, QStringLiteral("Once"));
    m_provider->completions.back()->text(QStringLiteral(" upon"));
    QTRY_COMPARE(editor()->toPlainText(), QStringLiteral("Once upon there"));
}

void TestCompletionPane::undoTakesTheContinuationBack()
{
    m_pane->setPrompt({});
    QTest::keyClicks(editor(), QStringLiteral("Once"));
    m_pane->run();
    QCoreApplication::processEvents();
    auto *reply = m_provider->completions.back().data();
    QString written = QStringLiteral("Once");
    for (const char *piece : {" upon", " a", " time"}) {
        reply->delta({.text = QLatin1String(piece), .logprobs = {token(QLatin1String(piece), -1)}});
        written += QLatin1String(piece);
        QTRY_COMPARE(editor()->toPlainText(), written); // in several pieces
    }
    reply->finishWith();
    QCOMPARE(editor()->spans().spans().size(), 3U);
    child<QToolButton>("undoButton")->click();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once"));
    QVERIFY(editor()->generated().empty());
    QVERIFY(editor()->spans().isEmpty());
}

void TestCompletionPane::editsMoveTheMarks()
{
    auto *reply = run(QStringLiteral("Once"));
    reply->delta({.text = QStringLiteral(" upon a"),
        .logprobs = {token(QStringLiteral(" upon"), -1), token(QStringLiteral(" a"), -1)}});
    reply->finishWith();
    editor()->moveCursor(QTextCursor::Start);
    QTest::keyClicks(editor(), QStringLiteral("> "));
    QCOMPARE(generated(), QStringLiteral(" upon a"));
    QCOMPARE(editor()->spans().at(6)->token.token, QStringLiteral(" upon"));
    editor()->moveCursor(QTextCursor::End);
    QTest::keyClicks(editor(), QStringLiteral("!"));
    QCOMPARE(generated(), QStringLiteral(" upon a"));
    QTest::keyClick(editor(), Qt::Key_Backspace);
    QTest::keyClick(editor(), Qt::Key_Backspace);
    QCOMPARE(generated(), QStringLiteral(" upon "));
    QCOMPARE(editor()->spans().spans().size(), 1U);
}

void TestCompletionPane::samplesCanBeSwapped()
{
    auto *reply = run(QStringLiteral("Once"));
    reply->delta({.choice = 1, .text = QStringLiteral(" more")});
    reply->delta({.choice = 0, .text = QStringLiteral(" upon")});
    reply->finishWith();
    QCOMPARE(cards().size(), 2);
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon"));
    editor()->moveCursor(QTextCursor::Start);
    QTest::keyClicks(editor(), QStringLiteral("> "));
    editor()->undo();
    QCOMPARE(cards()[1]->text().toPlainText(), QStringLiteral(" more"));
    cards()[1]->findChild<QToolButton *>(QStringLiteral("takeButton"))->click();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once more"));
    QVERIFY(!cards()[1]->findChild<QToolButton *>(QStringLiteral("takeButton"))->isEnabled());
    cards()[0]->findChild<QToolButton *>(QStringLiteral("takeButton"))->click();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon"));
    QCOMPARE(generated(), QStringLiteral(" upon"));
}

void TestCompletionPane::equalSamplesAreCounted()
{
    auto *reply = run(QStringLiteral("Once"));
    for (int choice = 0; choice < 3; ++choice)
        reply->delta({.choice = choice, .text = choice == 1 ? QStringLiteral(" more") : QStringLiteral(" upon")});
    reply->finishWith();
    QVERIFY(column()
                ->findChild<ElidedLabel *>(QStringLiteral("metricsLabel"))
                ->text()
                .contains(QStringLiteral("2 of 3 distinct")));
}

void TestCompletionPane::echoedPromptIsNotRepeated()
{
    child<QComboBox>("echoBox")->setCurrentIndex(1);
    auto *reply = run(QStringLiteral("Once"));
    reply->delta({.text = QStringLiteral("On"), .logprobs = {token(QStringLiteral("On"), -2)}});
    QTRY_VERIFY(!editor()->spans().isEmpty());
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once"));
    reply->delta({.text = QStringLiteral("ce upon"),
        .logprobs = {token(QStringLiteral("ce"), -2), token(QStringLiteral(" upon"), -1)}});
    reply->finishWith();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon"));
    QCOMPARE(editor()->spans().at(0)->token.token, QStringLiteral("On"));
    QCOMPARE(editor()->spans().at(5)->token.token, QStringLiteral(" upon"));
}

void TestCompletionPane::alternativeContinuesFromThere()
{
    auto *reply = run(QStringLiteral("Once"));
    reply->delta({.text = QStringLiteral(" upon a"),
        .logprobs = {
            token(QStringLiteral(" upon"), -0.1, {QStringLiteral(" more")}), token(QStringLiteral(" a"), -1)}});
    reply->finishWith();
    QTextCursor caret = editor()->textCursor();
    caret.setPosition(5);
    editor()->setTextCursor(caret);
    auto *alternatives = child<QListWidget>("alternatives");
    QCOMPARE(alternatives->count(), 2);
    QCOMPARE(alternatives->item(1)->text(), QStringLiteral("·more"));
    Q_EMIT alternatives->itemClicked(alternatives->item(1));
    QCoreApplication::processEvents();
    QCOMPARE(m_provider->completions.size(), 2U);
    QCOMPARE(m_provider->completions.back()->request().prompt, QStringLiteral("Once more"));
    m_provider->completions.back()->text(QStringLiteral(" time"));
    QTRY_COMPARE(editor()->toPlainText(), QStringLiteral("Once more time"));
}

void TestCompletionPane::alternativesByKeyboard()
{
    auto *reply = run(QStringLiteral("Once"));
    reply->delta({.text = QStringLiteral(" upon"),
        .logprobs = {token(QStringLiteral(" upon"), -0.1, {QStringLiteral(" more")})}});
    reply->finishWith();
    m_pane->activateWindow();
    editor()->setFocus();
    QTextCursor caret = editor()->textCursor();
    caret.setPosition(5);
    editor()->setTextCursor(caret);
    QTest::keyClick(editor(), Qt::Key_Down, Qt::AltModifier);
    auto *alternatives = child<QListWidget>("alternatives");
    QTRY_VERIFY(alternatives->hasFocus());
    QTest::keyClick(alternatives, Qt::Key_Escape);
    QTRY_VERIFY(editor()->hasFocus());
    QTest::keyClick(editor(), Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(alternatives, Qt::Key_Down);
    QTest::keyClick(alternatives, Qt::Key_Return);
    QCoreApplication::processEvents();
    QCOMPARE(m_provider->completions.size(), 2U);
    QCOMPARE(m_provider->completions.back()->request().prompt, QStringLiteral("Once more"));
}

void TestCompletionPane::uncertainTokensAreFound()
{
    auto *reply = run(QStringLiteral("Once"));
    reply->delta({.text = QStringLiteral(" upon a time"),
        .logprobs = {token(QStringLiteral(" upon"), -0.1), token(QStringLiteral(" a"), -2),
            token(QStringLiteral(" time"), -3)}});
    reply->finishWith();
    editor()->moveCursor(QTextCursor::Start);
    QTest::keyClick(editor(), Qt::Key_F8);
    QCOMPARE(editor()->textCursor().position(), 9);
    QTest::keyClick(editor(), Qt::Key_F8);
    QCOMPARE(editor()->textCursor().position(), 11);
    QTest::keyClick(editor(), Qt::Key_F8);
    QCOMPARE(editor()->textCursor().position(), 11);
    QTest::keyClick(editor(), Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(editor()->textCursor().position(), 9);
}

void TestCompletionPane::completionModelsComeFirst()
{
    QCOMPARE(m_pane->model().model, QStringLiteral("babbler"));
    m_pane->setModel({QStringLiteral("e"), QStringLiteral("guide")});
    // A list that comes in later keeps the choice.
    m_connections->addModel(QStringLiteral("e"), {.id = QStringLiteral("other"), .type = ModelType::Completion});
    QCOMPARE(m_pane->model().model, QStringLiteral("guide"));
}

void TestCompletionPane::metricsNameTheSource()
{
    const auto *metrics = column()->findChild<ElidedLabel *>(QStringLiteral("metricsLabel"));
    auto *reply = run(QStringLiteral("Once"));
    reply->text(QStringLiteral(" upon"));
    reply->finishWith();
    QVERIFY(metrics->text().contains(QStringLiteral("estimated")));
    reply = run(QStringLiteral("Once"));
    reply->delta({.choice = -1, .usage = Usage {.promptTokens = 3, .completionTokens = 9}});
    reply->finishWith();
    QVERIFY(metrics->text().contains(QStringLiteral("3 in, 9 out (counted by the provider)")));
}

void TestCompletionPane::chatOnlyModelsAreBridgedVisibly()
{
    child<QComboBox>("echoBox")->setCurrentIndex(1);
    m_pane->setModel({QStringLiteral("e"), QStringLiteral("guide")});
    auto *reply = run(QStringLiteral("Once"));
    reply->failWith({.kind = Error::Kind::NotFound, .httpStatus = 404, .message = QStringLiteral("no such path")});
    QCOMPARE(m_provider->chats.size(), 1U);
    m_provider->chats[0]->text(QStringLiteral(" upon"));
    m_provider->chats[0]->finishWith();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon"));
    const QString notices = column()->findChild<QLabel *>(QStringLiteral("noticesLabel"))->text();
    QVERIFY2(notices.contains(QStringLiteral("Asked as a chat")), qPrintable(notices));
    QVERIFY2(notices.contains(QStringLiteral("echo was not sent")), qPrintable(notices));
}

void TestCompletionPane::severalModels()
{
    addModel("guide");
    m_pane->setPrompt(QStringLiteral("Once"));
    m_pane->run();
    QCoreApplication::processEvents();
    QCOMPARE(m_provider->completions.size(), 2U);
    for (int i = 0; i < 2; ++i) {
        m_provider->completions[static_cast<std::size_t>(i)]->text(QStringLiteral(" %1").arg(i));
        m_provider->completions[static_cast<std::size_t>(i)]->finishWith();
    }
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once")); // none is preferred
    QCOMPARE(cards(0).size(), 1);
    QCOMPARE(cards(1)[0]->text().toPlainText(), QStringLiteral(" 1"));
    cards(1)[0]->findChild<QToolButton *>(QStringLiteral("takeButton"))->click();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once 1"));
    cards(0)[0]->findChild<QToolButton *>(QStringLiteral("takeButton"))->click();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once 0"));
    editor()->undo();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once"));
}

void TestCompletionPane::oneOfSeveralModelsIsStopped()
{
    addModel("guide");
    m_pane->setPrompt(QStringLiteral("Once"));
    m_pane->run();
    QCoreApplication::processEvents();
    m_provider->completions[0]->text(QStringLiteral(" upon"));
    column(0)->findChild<QToolButton *>(QStringLiteral("stopButton"))->click();
    QVERIFY(m_pane->isRunning());
    QCOMPARE(cards(0)[0]->text().toPlainText(), QStringLiteral(" upon"));
    column(1)->findChild<QToolButton *>(QStringLiteral("stopButton"))->click();
    QVERIFY(!m_pane->isRunning());
    // Asked again alone, about the same text.
    m_pane->setPrompt(QStringLiteral("Once more"));
    column(0)->findChild<QToolButton *>(QStringLiteral("againButton"))->click();
    QCoreApplication::processEvents();
    QCOMPARE(m_provider->completions.size(), 3U);
    QCOMPARE(m_provider->completions[2]->request().prompt, QStringLiteral("Once"));
}

void TestCompletionPane::errorInOneColumn()
{
    addModel("guide");
    m_pane->setPrompt(QStringLiteral("Once"));
    m_pane->run();
    QCoreApplication::processEvents();
    m_provider->completions[0]->failWith({.kind = Error::Kind::RateLimited, .message = QStringLiteral("slow down")});
    QVERIFY(banner(0)->isVisible());
    QVERIFY(!banner(1)->isVisible());
    QVERIFY(m_pane->isRunning());
    banner(0)->findChild<QPushButton *>(QStringLiteral("action-retry"))->click();
    QCoreApplication::processEvents();
    QCOMPARE(m_provider->completions.size(), 3U);
    QVERIFY(!banner(0)->isVisible());
}

void TestCompletionPane::removedModelComesBack()
{
    addModel("guide");
    m_pane->setPrompt(QStringLiteral("Once"));
    m_pane->run();
    QCoreApplication::processEvents();
    m_provider->completions[1]->text(QStringLiteral(" upon"));
    m_provider->completions[1]->finishWith();
    column(1)->findChild<QToolButton *>(QStringLiteral("closeButton"))->click();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(m_pane->board().columns().size(), 1U);
    child<Banner>("banner")->findChild<QPushButton *>(QStringLiteral("action-restore"))->click();
    QCOMPARE(m_pane->board().columns().size(), 2U);
    QCOMPARE(cards(1)[0]->text().toPlainText(), QStringLiteral(" upon"));
}

void TestCompletionPane::sampleOfAnotherPromptBringsItBack()
{
    addModel("guide");
    m_pane->setPrompt(QStringLiteral("Once"));
    m_pane->run();
    QCoreApplication::processEvents();
    m_provider->completions[0]->text(QStringLiteral(" upon"));
    m_provider->completions[0]->finishWith();
    m_pane->stop();
    m_pane->setPrompt(QStringLiteral("Never"));
    cards(0)[0]->findChild<QToolButton *>(QStringLiteral("takeButton"))->click();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon"));
    QVERIFY(child<Banner>("banner")->isVisible());
    editor()->undo();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Never"));
}

void TestCompletionPane::alternativeInACardContinuesFromThere()
{
    addModel("guide");
    m_pane->setPrompt(QStringLiteral("Once"));
    m_pane->run();
    QCoreApplication::processEvents();
    m_provider->completions[0]->delta({.text = QStringLiteral(" upon a"),
        .logprobs = {token(QStringLiteral(" upon"), -1), token(QStringLiteral(" a"), -1, {QStringLiteral(" my")})}});
    m_provider->completions[0]->finishWith();
    m_provider->completions[1]->finishWith();
    CompletionEdit &card = cards(0)[0]->text();
    QTextCursor caret = card.textCursor();
    caret.setPosition(6);
    card.setTextCursor(caret);
    auto *alternatives = child<QListWidget>("alternatives");
    QCOMPARE(alternatives->count(), 2);
    Q_EMIT alternatives->itemClicked(alternatives->item(1));
    QCoreApplication::processEvents();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon my"));
    QCOMPARE(m_provider->completions.size(), 4U);
    QCOMPARE(m_provider->completions[3]->request().prompt, QStringLiteral("Once upon my"));
}

void TestCompletionPane::sweepSaysWhatItTakes()
{
    child<QToolButton>("sweepToggle")->click();
    auto *plan = child<QLabel>("sweepPlan");
    auto *button = child<QPushButton>("sweepButton");
    QVERIFY(!button->isEnabled());
    child<QLineEdit>("sweepTemperatureEdit")->setText(QStringLiteral("0, 1, hot"));
    QVERIFY(plan->text().contains(QStringLiteral("hot")));
    QVERIFY(!button->isEnabled());
    child<QLineEdit>("sweepTemperatureEdit")->setText(QStringLiteral("0..1 step 0.5"));
    child<QLineEdit>("sweepTopPEdit")->setText(QStringLiteral("0.5, 1"));
    QVERIFY2(plan->text().contains(QStringLiteral("6 request")), qPrintable(plan->text()));
    QVERIFY(button->isEnabled());
    addModel("guide");
    QVERIFY2(plan->text().contains(QStringLiteral("12 request")), qPrintable(plan->text()));
}

void TestCompletionPane::sweepRunsAndStops()
{
    m_pane->setPrompt(QStringLiteral("Once"));
    child<QToolButton>("sweepToggle")->click();
    child<QLineEdit>("sweepTemperatureEdit")->setText(QStringLiteral("0, 0.5, 1, 1.5"));
    child<QPushButton>("sweepButton")->click();
    QCoreApplication::processEvents();
    QCOMPARE(m_provider->completions.size(), 3U);
    QVERIFY(m_pane->isRunning());
    QVERIFY(child<QTableView>("sweepTable")->isVisible());
    child<QPushButton>("sweepButton")->click();
    QVERIFY(!m_pane->isRunning());
    QCOMPARE(m_provider->completions.size(), 3U);
    // A second one takes the place of the first.
    child<QPushButton>("sweepButton")->click();
    QCoreApplication::processEvents();
    QVERIFY(m_pane->isRunning());
}

void TestCompletionPane::cellIsTakenIntoTheText()
{
    m_pane->setPrompt(QStringLiteral("Once"));
    child<QToolButton>("sweepToggle")->click();
    child<QLineEdit>("sweepTemperatureEdit")->setText(QStringLiteral("0, 1"));
    m_pane->runSweep();
    QCoreApplication::processEvents();
    for (std::size_t i = 0; i < 2; ++i) {
        m_provider->completions[i]->text(QStringLiteral(" %1").arg(i));
        m_provider->completions[i]->finishWith();
    }
    auto *table = child<QTableView>("sweepTable");
    table->setCurrentIndex(table->model()->index(1, 0));
    SampleCard *card = nullptr;
    for (SampleCard *each : table->parentWidget()->findChildren<SampleCard *>()) {
        if (each->isVisible())
            card = each;
    }
    QVERIFY(card);
    card->findChild<QToolButton *>(QStringLiteral("takeButton"))->click();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once 1"));
    QCOMPARE(generated(), QStringLiteral(" 1"));
}

void TestCompletionPane::draftIsKept()
{
    const QTemporaryDir folder;
    CompletionDraftStore store(folder.filePath(QStringLiteral("completion.json")));
    m_pane->setDraftStore(&store);
    addModel("guide");
    child<QLineEdit>("temperatureEdit")->setText(QStringLiteral("0.5"));
    auto *reply = run(QStringLiteral("Once"));
    m_provider->completions[0]->text(QStringLiteral(" upon"));
    m_provider->completions[0]->finishWith();
    reply->finishWith();
    cards(0)[0]->findChild<QToolButton *>(QStringLiteral("takeButton"))->click();
    store.flush();
    makePane();
    m_pane->setDraftStore(&store);
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon"));
    QCOMPARE(generated(), QStringLiteral(" upon"));
    QCOMPARE(child<QLineEdit>("temperatureEdit")->text(), QStringLiteral("0.5"));
    QCOMPARE(m_pane->board().columns().size(), 2U);
    QCOMPARE(m_pane->board().columns()[1].model.model, QStringLiteral("guide"));
}

QTEST_MAIN(TestCompletionPane)
#include "tst_completionpane.moc"
