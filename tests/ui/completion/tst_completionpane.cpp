// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/completionedit.h"
#include "completion/completionpane.h"

#include "scriptedprovider.h"
#include "widgets/banner.h"
#include "widgets/elidedlabel.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

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
    void refusedParameterIsLeftOut();
    void wrongParameterIsNotSent();
    void noModelNoRun();
    void endpointChangeDropsTheReply();
    void stopKeepsPartialText();
    void unsetIsNotSent();
    void parametersAreSent();
    void continuesInline();
    void continuesAtTheCaret();
    void undoTakesTheContinuationBack();
    void editsMoveTheMarks();
    void samplesCanBeSwapped();
    void echoedPromptIsNotRepeated();
    void alternativeContinuesFromThere();
    void completionModelsComeFirst();
    void metricsNameTheSource();

private:
    template <typename T>
    [[nodiscard]] T *child(const char *name) const
    {
        return m_pane->findChild<T *>(QLatin1String(name));
    }
    [[nodiscard]] CompletionEdit *editor() const { return m_pane->findChild<CompletionEdit *>(); }
    [[nodiscard]] ScriptedCompletionReply *run(const QString &prompt);
    [[nodiscard]] QString generated(std::size_t index = 0) const;

    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<CompletionPane> m_pane;
};

void TestCompletionPane::init()
{
    m_pane.reset();
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e"), .name = QStringLiteral("lab")});
    m_connections->addModel(QStringLiteral("e"), {.id = QStringLiteral("guide"), .type = ModelType::Chat});
    m_connections->addModel(QStringLiteral("e"), {.id = QStringLiteral("babbler"), .type = ModelType::Completion});
    m_pane = std::make_unique<CompletionPane>(*m_connections);
    m_pane->resize(700, 600);
    m_pane->show();
}

ScriptedCompletionReply *TestCompletionPane::run(const QString &prompt)
{
    m_pane->setPrompt(prompt);
    QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
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
    auto *banner = m_pane->findChild<Banner *>();
    QVERIFY(banner->isVisible());
    QCOMPARE(banner->title(), error.message);
    QCOMPARE(banner->text(), whatToDo(error));
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon"));
    QVERIFY(!editor()->isReadOnly());
    banner->findChild<QPushButton *>()->click();
    QCOMPARE(m_provider->completions.size(), 2U);
    QCOMPARE(m_provider->completions.back()->request().prompt, QStringLiteral("Once upon"));
    QVERIFY(!banner->isVisible());
}

void TestCompletionPane::refusedParameterIsLeftOut()
{
    child<QLineEdit>("seedEdit")->setText(QStringLiteral("7"));
    auto *reply = run(QStringLiteral("Once"));
    reply->failWith({.kind = Error::Kind::Unsupported,
        .httpStatus = 422,
        .message = QStringLiteral("no top_p"),
        .parameter = QStringLiteral("top_p")});
    auto *banner = m_pane->findChild<Banner *>();
    QVERIFY(!banner->findChild<QPushButton *>(QStringLiteral("action-without top_p"))); // it is not set
    reply = run(QStringLiteral("Once"));
    reply->failWith({.kind = Error::Kind::Unsupported,
        .httpStatus = 422,
        .message = QStringLiteral("no seed"),
        .parameter = QStringLiteral("seed")});
    banner->findChild<QPushButton *>(QStringLiteral("action-without seed"))->click();
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

void TestCompletionPane::endpointChangeDropsTheReply()
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
    QTRY_VERIFY(!m_pane->isRunning());
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon"));
    QCOMPARE(child<QPushButton>("runButton")->text(), QStringLiteral("Continue"));
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

void TestCompletionPane::continuesInline()
{
    QSignalSpy started(m_pane.get(), &CompletionPane::replyStarted);
    auto *reply = run(QStringLiteral("Once"));
    QCOMPARE(started.size(), 1);
    QCOMPARE(started.first()[2].toJsonObject()[u"prompt"].toString(), QStringLiteral("Once"));
    reply->text(QStringLiteral(" upon"));
    reply->text(QStringLiteral(" a\ntime"));
    reply->finishWith();
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon a\ntime"));
    QCOMPARE(editor()->generated().size(), 1U);
    QCOMPARE(generated(), QStringLiteral(" upon a\ntime"));
}

void TestCompletionPane::continuesAtTheCaret()
{
    m_pane->setPrompt(QStringLiteral("Once there"));
    QTextCursor caret = editor()->textCursor();
    caret.setPosition(4);
    editor()->setTextCursor(caret);
    QVERIFY(child<QLabel>("hintLabel")->text().contains(QStringLiteral("not sent")));
    m_pane->run();
    QCOMPARE(m_provider->completions.back()->request().prompt, QStringLiteral("Once"));
    m_provider->completions.back()->text(QStringLiteral(" upon"));
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon there"));
}

void TestCompletionPane::undoTakesTheContinuationBack()
{
    m_pane->setPrompt({});
    QTest::keyClicks(editor(), QStringLiteral("Once"));
    m_pane->run();
    auto *reply = m_provider->completions.back().data();
    for (const char *piece : {" upon", " a", " time"})
        reply->delta({.text = QLatin1String(piece), .logprobs = {token(QLatin1String(piece), -1)}});
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
    QVERIFY(!child<QListWidget>("sampleList")->isVisible());
    reply->delta({.choice = 1, .text = QStringLiteral(" more")});
    reply->delta({.choice = 0, .text = QStringLiteral(" upon")});
    reply->finishWith();
    auto *list = child<QListWidget>("sampleList");
    QVERIFY(list->isVisible());
    QCOMPARE(list->count(), 2);
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once upon"));
    editor()->moveCursor(QTextCursor::Start);
    QTest::keyClicks(editor(), QStringLiteral("> "));
    list->setCurrentRow(1);
    QCOMPARE(editor()->toPlainText(), QStringLiteral("> Once more"));
    list->setCurrentRow(0);
    QCOMPARE(editor()->toPlainText(), QStringLiteral("> Once upon"));
    QCOMPARE(generated(), QStringLiteral(" upon"));
}

void TestCompletionPane::echoedPromptIsNotRepeated()
{
    child<QComboBox>("echoBox")->setCurrentIndex(1);
    auto *reply = run(QStringLiteral("Once"));
    reply->delta({.text = QStringLiteral("On"), .logprobs = {token(QStringLiteral("On"), -2)}});
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
    QCOMPARE(m_provider->completions.size(), 2U);
    QCOMPARE(m_provider->completions.back()->request().prompt, QStringLiteral("Once more"));
    m_provider->completions.back()->text(QStringLiteral(" time"));
    QCOMPARE(editor()->toPlainText(), QStringLiteral("Once more time"));
}

void TestCompletionPane::completionModelsComeFirst()
{
    auto *box = child<QComboBox>("modelBox");
    QCOMPARE(box->count(), 3);
    QVERIFY(box->itemText(0).startsWith(QStringLiteral("babbler")));
    QVERIFY(box->itemText(2).startsWith(QStringLiteral("guide")));
    QCOMPARE(m_pane->model().model, QStringLiteral("babbler"));
    m_pane->setModel({QStringLiteral("e"), QStringLiteral("guide")});
    // A list that comes in later keeps the choice.
    m_connections->addModel(QStringLiteral("e"), {.id = QStringLiteral("other"), .type = ModelType::Completion});
    QCOMPARE(m_pane->model().model, QStringLiteral("guide"));
}

void TestCompletionPane::metricsNameTheSource()
{
    auto *reply = run(QStringLiteral("Once"));
    reply->text(QStringLiteral(" upon"));
    reply->finishWith();
    QVERIFY(child<ElidedLabel>("metricsLabel")->text().contains(QStringLiteral("estimated")));
    reply = run(QStringLiteral("Once"));
    reply->delta({.choice = -1, .usage = Usage {.promptTokens = 3, .completionTokens = 9}});
    reply->finishWith();
    QVERIFY(
        child<ElidedLabel>("metricsLabel")->text().contains(QStringLiteral("3 in, 9 out (counted by the provider)")));
}

QTEST_MAIN(TestCompletionPane)
#include "tst_completionpane.moc"
