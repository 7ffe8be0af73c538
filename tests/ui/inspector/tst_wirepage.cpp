// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/phasetimeline.h"
#include "inspector/responseview.h"
#include "inspector/wirepage.h"

#include "scriptedprovider.h"
#include "widgets/banner.h"
#include "widgets/elidedlabel.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace diptych;
using namespace std::chrono_literals;

namespace {

Exchange sample()
{
    Exchange exchange {.method = "POST",
        .url = QUrl(QStringLiteral("http://127.0.0.1:9/chat/completions?api-version=1")),
        .requestHeaders = {{"Content-Type", "application/json"}, {"Authorization", "Bearer sk-secret"}},
        .requestBody = "{\"z\":1,\"a\":\"it's\"}",
        .status = 200,
        .reason = "OK",
        .responseHeaders = {{"x-request-id", "r1"}}};
    for (const QByteArray &text : {QByteArray("data: {\"a\":1}\n\n"), QByteArray("data: [DONE]\n\n")}) {
        exchange.frames.push_back({.at = 5ms, .offset = exchange.responseBody.size(), .size = text.size()});
        exchange.responseBody += text;
    }
    exchange.bytesReceived = exchange.responseBody.size();
    exchange.framesReceived = 2;
    exchange.phases = {.connected = 1ms, .sent = 1500us, .firstByte = 18ms, .finished = 40ms};
    return exchange;
}

} // namespace

class TestWirePage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void replyGoneInTheMiddle();
    void encodingErrorIsShown();
    void failedAnswerKeepsItsBody();
    void secretsStayOut();
    void verbatimAndPretty();
    void framesGrowWhileStreaming();
    void finishedExchangeOutlivesTheReply();
    void attemptsCanBeChosen();
    void hugeBodyIsCutForShow();
    void curlIsCopied();
    void timelineLeavesOutWhatTookNoTime();

private:
    template <typename T>
    [[nodiscard]] T *child(const char *name) const
    {
        return m_page->findChild<T *>(QLatin1String(name));
    }
    [[nodiscard]] int frames() const { return child<QTreeView>("framesTable")->model()->rowCount(); }

    std::unique_ptr<WirePage> m_page;
};

void TestWirePage::init()
{
    m_page = std::make_unique<WirePage>();
    m_page->resize(340, 800);
    m_page->show();
}

void TestWirePage::replyGoneInTheMiddle()
{
    auto reply = std::make_unique<ScriptedChatReply>(ChatRequest {});
    reply->mutableExchange() = sample();
    m_page->watch(reply.get());
    QCOMPARE(frames(), 2);
    reply.reset();
    QCOMPARE(frames(), 0);
    QVERIFY(child<QWidget>("emptyLabel")->isVisible());
    QVERIFY(!child<QWidget>("saveButton")->isEnabled());
}

void TestWirePage::encodingErrorIsShown()
{
    m_page->setPreview(Failure({.kind = Error::Kind::InvalidRequest, .message = QStringLiteral("seed collides")}));
    QVERIFY(m_page->findChild<Banner *>()->isVisible());
    QCOMPARE(m_page->findChild<Banner *>()->title(), QStringLiteral("seed collides"));
    QVERIFY(!child<QWidget>("curlButton")->isEnabled());
}

void TestWirePage::failedAnswerKeepsItsBody()
{
    Exchange failed = sample();
    failed.status = 422;
    failed.responseBody = "<html>oops";
    failed.frames.clear();
    m_page->showExchange(
        failed, {}, Error {.kind = Error::Kind::Unsupported, .httpStatus = 422, .message = QStringLiteral("no tools")});
    QVERIFY(m_page->findChild<Banner *>()->title().contains(QStringLiteral("no tools")));
    QVERIFY(child<ElidedLabel>("statusLabel")->text().startsWith(QStringLiteral("422")));
    m_page->findChild<QTabBar *>()->setCurrentIndex(1);
    QVERIFY(child<QPlainTextEdit>("bodyText")->toPlainText().startsWith(QStringLiteral("<html>oops")));
}

void TestWirePage::secretsStayOut()
{
    m_page->showExchange(sample(), {}, {});
    const QString text = child<QPlainTextEdit>("requestText")->toPlainText();
    QVERIFY(text.contains(QStringLiteral("Authorization: ***")));
    QVERIFY(!text.contains(QStringLiteral("sk-secret")));
}

void TestWirePage::verbatimAndPretty()
{
    m_page->showExchange(sample(), {}, {});
    auto *view = child<QPlainTextEdit>("requestText");
    QVERIFY(
        view->toPlainText().startsWith(QStringLiteral("POST /chat/completions?api-version=1\nHost: 127.0.0.1:9\n")));
    QVERIFY(view->toPlainText().endsWith(QStringLiteral("{\n    \"z\": 1,\n    \"a\": \"it's\"\n}")));
    child<QCheckBox>("verbatimBox")->click();
    QVERIFY(view->toPlainText().endsWith(QStringLiteral("\n{\"z\":1,\"a\":\"it's\"}")));
}

void TestWirePage::framesGrowWhileStreaming()
{
    ScriptedChatReply reply {ChatRequest {}};
    m_page->watch(&reply);
    QCOMPARE(frames(), 0);
    reply.mutableExchange() = sample();
    QTRY_COMPARE(frames(), 2);
    auto *table = child<QTreeView>("framesTable");
    table->setCurrentIndex(table->model()->index(1, 0));
    QCOMPARE(child<QPlainTextEdit>("frameText")->toPlainText(), QStringLiteral("data: [DONE]\n\n"));
    reply.finishWith();
    QCOMPARE(table->currentIndex().row(), 1);
}

void TestWirePage::finishedExchangeOutlivesTheReply()
{
    auto reply = std::make_unique<ScriptedChatReply>(ChatRequest {});
    m_page->watch(reply.get());
    reply->mutableExchange() = sample();
    reply->finishWith();
    reply.reset();
    QCOMPARE(frames(), 2);
    QVERIFY(child<ElidedLabel>("statusLabel")->text().startsWith(QStringLiteral("200 OK")));
}

void TestWirePage::attemptsCanBeChosen()
{
    m_page->setPreview(WirePreview {.method = "POST", .body = "{\"next\":1}"});
    m_page->showExchange(sample(), {}, {});
    auto *box = child<QComboBox>("attemptBox");
    QCOMPARE(box->count(), 2);
    QCOMPARE(box->currentText(), QStringLiteral("Exchange · 200"));
    box->setCurrentIndex(box->findText(QStringLiteral("Next request")));
    QVERIFY(child<QPlainTextEdit>("requestText")->toPlainText().contains(QStringLiteral("next")));
    QVERIFY(!child<QWidget>("responseView")->isVisible());
    // A change of the next request does not throw away what is looked at.
    box->setCurrentIndex(0);
    m_page->setPreview(WirePreview {.method = "POST", .body = "{\"other\":1}"});
    QVERIFY(child<QPlainTextEdit>("requestText")->toPlainText().contains(QStringLiteral("it's")));
}

void TestWirePage::hugeBodyIsCutForShow()
{
    Exchange huge = sample();
    huge.responseBody = QByteArray(2 * 1024 * 1024, 'x');
    huge.bytesReceived = 200'000'000;
    m_page->showExchange(huge, {}, {});
    m_page->findChild<QTabBar *>()->setCurrentIndex(1);
    const QString text = child<QPlainTextEdit>("bodyText")->toPlainText();
    QVERIFY(text.size() < ResponseView::maxShownBody);
    QVERIFY(text.contains(QStringLiteral("of 200.0 MB")));
}

void TestWirePage::curlIsCopied()
{
    m_page->setKeyVariable(QStringLiteral("LAB_KEY"));
    m_page->showExchange(sample(), {}, {});
    child<QToolButton>("curlButton")->click();
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(copied.startsWith(QStringLiteral("curl ")));
    QVERIFY(copied.contains(QStringLiteral("Bearer $LAB_KEY")));
    QVERIFY(copied.contains(QStringLiteral("it'\\''s")));
}

void TestWirePage::timelineLeavesOutWhatTookNoTime()
{
    QVERIFY(PhaseTimeline::segments({}).empty());
    const auto segments =
        PhaseTimeline::segments({.dequeued = 0us, .connected = 2ms, .sent = 2ms, .firstByte = 10ms, .finished = 30ms});
    QCOMPARE(segments.size(), 3U);
    QCOMPARE(segments[0].length, std::chrono::microseconds(2000));
    QCOMPARE(segments[1].length, std::chrono::microseconds(8000));
    QCOMPARE(segments[2].length, std::chrono::microseconds(20'000));
}

QTEST_MAIN(TestWirePage)
#include "tst_wirepage.moc"
