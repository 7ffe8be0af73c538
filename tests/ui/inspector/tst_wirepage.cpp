// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/bytesview.h"
#include "inspector/frametimeline.h"
#include "inspector/phasetimeline.h"
#include "inspector/requestview.h"
#include "inspector/responseview.h"
#include "inspector/wirepage.h"

#include "scriptedprovider.h"
#include "widgets/banner.h"
#include "widgets/elidedlabel.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
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
    void hugeBodyIsReadInPages();
    void manyFramesStayUsable();
    void nothingTakesEffect();
    void searchGoesThroughEverything();
    void changeMarksItsFieldOnBothSides();
    void stepsStandSideBySideWhenWide();
    void attemptsSayWhyAndHowLong();
    void savedExchangeIsOpened();
    void ticksAndFramesFindEachOther();
    void curlIsCopied();
    void timelineLeavesOutWhatTookNoTime();

private:
    template <typename T>
    [[nodiscard]] T *child(const char *name) const
    {
        return m_page->findChild<T *>(QLatin1String(name));
    }
    template <typename T>
    [[nodiscard]] T *response(const char *name) const
    {
        return child<QWidget>("responseView")->findChild<T *>(QLatin1String(name));
    }
    void find(const QString &text)
    {
        child<QToolButton>("findButton")->click();
        child<QLineEdit>("findEdit")->setText(text);
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
    QVERIFY(!child<QAction>("harAction")->isEnabled());
    QVERIFY(!child<QAction>("replayAction")->isEnabled());
}

void TestWirePage::encodingErrorIsShown()
{
    m_page->setPreview(Failure({.kind = Error::Kind::InvalidRequest, .message = QStringLiteral("seed collides")}));
    QVERIFY(response<Banner>("banner")->isVisible());
    QCOMPARE(response<Banner>("banner")->title(), QStringLiteral("seed collides"));
    QVERIFY(!child<QWidget>("curlButton")->isEnabled());
}

void TestWirePage::failedAnswerKeepsItsBody()
{
    Exchange failed = sample();
    failed.status = 422;
    failed.responseBody = "<html>oops";
    failed.frames.clear();
    failed.framesReceived = 0;
    failed.phases.finished = 9ms;
    m_page->showExchange({.attempts = {failed},
        .error = Error {.kind = Error::Kind::Unsupported, .httpStatus = 422, .message = QStringLiteral("no tools")}});
    QVERIFY(response<Banner>("banner")->title().contains(QStringLiteral("no tools")));
    QVERIFY(child<ElidedLabel>("statusLabel")->text().startsWith(QStringLiteral("422")));
    // There are no frames to show, so the body is.
    QCOMPARE(child<QTabBar>("responseParts")->currentIndex(), 1);
    QVERIFY(child<BytesView>("bodyText")->text().startsWith(QStringLiteral("<html>oops")));
    Exchange streamed = sample();
    streamed.framesReceived = static_cast<qint64>(streamed.frames.size());
    m_page->showExchange({.attempts = {streamed}});
    QCOMPARE(child<QTabBar>("responseParts")->currentIndex(), 0);
}

void TestWirePage::secretsStayOut()
{
    m_page->showExchange({.attempts = {sample()}});
    const QString text = child<BytesView>("requestText")->text();
    QVERIFY(text.contains(QStringLiteral("Authorization: ***")));
    QVERIFY(!text.contains(QStringLiteral("sk-secret")));
}

void TestWirePage::verbatimAndPretty()
{
    m_page->showExchange({.attempts = {sample()}});
    const auto *view = child<BytesView>("requestText");
    QVERIFY(view->text().startsWith(QStringLiteral("POST /chat/completions?api-version=1\nHost: 127.0.0.1:9\n")));
    QVERIFY(view->text().endsWith(QStringLiteral("\n\n{\"z\":1,\"a\":\"it's\"}")));
    QVERIFY(child<ElidedLabel>("sentCaption")->text().contains(QStringLiteral("verbatim")));
    child<QCheckBox>("prettyBox")->click();
    QVERIFY(view->text().endsWith(QStringLiteral("{\n    \"z\": 1,\n    \"a\": \"it's\"\n}")));
    QVERIFY(child<ElidedLabel>("sentCaption")->text().contains(QStringLiteral("not as sent")));
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
    QCOMPARE(child<BytesView>("frameText")->text(), QStringLiteral("data: [DONE]\n\n"));
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
    m_page->showExchange({.attempts = {sample()}});
    auto *box = child<QComboBox>("attemptBox");
    QCOMPARE(box->count(), 2);
    QCOMPARE(box->currentText(), QStringLiteral("Exchange · 200"));
    box->setCurrentIndex(box->findText(QStringLiteral("Next request")));
    QVERIFY(child<BytesView>("requestText")->text().contains(QStringLiteral("next")));
    QVERIFY(!child<QWidget>("responseView")->isVisible());
    // A change of the next request does not throw away what is looked at.
    box->setCurrentIndex(0);
    m_page->setPreview(WirePreview {.method = "POST", .body = "{\"other\":1}"});
    QVERIFY(child<BytesView>("requestText")->text().contains(QStringLiteral("it's")));
}

void TestWirePage::hugeBodyIsReadInPages()
{
    Exchange huge = sample();
    huge.responseBody = QByteArray(Exchange::maxRecordedBody - 7, 'x') + "NEEDLE.";
    huge.bytesReceived = 200'000'000;
    huge.frames.clear();
    m_page->showExchange({.attempts = {huge}});
    child<QTabBar>("responseParts")->setCurrentIndex(1);
    auto *body = child<BytesView>("bodyText");
    QCOMPARE(body->text().size(), BytesView::pageSize);
    QCOMPARE(body->pageCount(), 512);
    QVERIFY(child<ElidedLabel>("statusLabel")->text().contains(QStringLiteral("200.0 MB")));
    find(QStringLiteral("needle"));
    QCOMPARE(body->markedText(), QStringLiteral("NEEDLE"));
    body->findChild<QToolButton *>(QStringLiteral("pageBack"))->click();
    QCOMPARE(body->markedText(), QString());
    QVERIFY(body->text().startsWith(u'x'));
}

void TestWirePage::manyFramesStayUsable()
{
    Exchange many = sample();
    many.frames.clear();
    many.responseBody.clear();
    for (int i = 0; i < Exchange::maxRecordedFrames; ++i) {
        const QByteArray text = "data: " + QByteArray::number(i) + "\n\n";
        many.frames.push_back({.at = std::chrono::microseconds(i + (i > 5000 ? 1'000'000 : 0)),
            .offset = many.responseBody.size(),
            .size = text.size()});
        many.responseBody += text;
    }
    many.phases.finished = 1'100'000us;
    m_page->showExchange({.attempts = {many}});
    QCOMPARE(frames(), Exchange::maxRecordedFrames);
    auto *line = child<FrameTimeline>("frameTimeline");
    QVERIFY(line->accessibleName().contains(QStringLiteral("1.00 s")));
    line->grab();
    find(QStringLiteral("data: 77777\n"));
    child<QLineEdit>("findEdit")->setText(QStringLiteral("data: 77777"));
    QCOMPARE(child<QLabel>("findCount")->text(), QStringLiteral("1 of 1"));
    QCOMPARE(child<BytesView>("frameText")->markedText(), QStringLiteral("data: 77777"));
    child<QCheckBox>("findFilter")->click();
    QCOMPARE(frames(), 1);
    QTest::keyClick(child<QLineEdit>("findEdit"), Qt::Key_Escape);
    QCOMPARE(frames(), Exchange::maxRecordedFrames);
}

void TestWirePage::nothingTakesEffect()
{
    Exchange evil = sample();
    evil.responseBody = "\x1b[31m \xe2\x80\xae \xff " + QByteArray(1, 0);
    evil.frames = {{.at = 1ms, .offset = 0, .size = evil.responseBody.size()}};
    m_page->showExchange({.attempts = {evil}});
    auto *table = child<QTreeView>("framesTable");
    table->setCurrentIndex(table->model()->index(0, 0));
    const QString shown = child<BytesView>("frameText")->text();
    QVERIFY2(shown == QStringLiteral("\\u001b[31m \\u202e \\xff \\u0000"), qPrintable(shown));
    const QString row = table->model()->index(0, FramesModel::TextColumn).data().toString();
    QVERIFY2(row.startsWith(QStringLiteral("\\u001b[31m \\u202e")), qPrintable(row));
}

void TestWirePage::searchGoesThroughEverything()
{
    Exchange exchange = sample();
    exchange.responseHeaders.push_back({"x-find", "Needle"});
    exchange.requestBody = "{\"a\":\"needle\"}";
    exchange.responseBody.replace("[DONE]", "nEEDLE");
    m_page->showExchange({.attempts = {exchange}});
    find(QStringLiteral("NEEDLE"));
    auto *count = child<QLabel>("findCount");
    QCOMPARE(count->text(), QStringLiteral("1 of 3"));
    QCOMPARE(child<BytesView>("requestText")->markedText(), QStringLiteral("needle"));
    child<QToolButton>("findNext")->click();
    QCOMPARE(child<BytesView>("headersText")->markedText(), QStringLiteral("Needle"));
    child<QToolButton>("findNext")->click();
    QCOMPARE(child<BytesView>("frameText")->markedText(), QStringLiteral("nEEDLE"));
    child<QToolButton>("findNext")->click();
    QCOMPARE(count->text(), QStringLiteral("1 of 3"));
    child<QToolButton>("findPrevious")->click();
    QCOMPARE(count->text(), QStringLiteral("3 of 3"));
    child<QLineEdit>("findEdit")->setText(QStringLiteral("not there"));
    QCOMPARE(count->text(), QStringLiteral("none"));
    // The key is not in what is searched either.
    child<QLineEdit>("findEdit")->setText(QStringLiteral("sk-secret"));
    QCOMPARE(count->text(), QStringLiteral("none"));
}

void TestWirePage::changeMarksItsFieldOnBothSides()
{
    WirePreview preview {.method = "POST",
        .url = QUrl(QStringLiteral("http://h/x")),
        .headers = {{"extra-parameters", "drop"}},
        .body = R"({"options":{"num_predict":8},"temperature":0.5})",
        .changeLog = {{Change::Kind::Sent, QStringLiteral("temperature"), QStringLiteral("temperature"), {}},
            {Change::Kind::Renamed, QStringLiteral("max_tokens"), QStringLiteral("options.num_predict"),
                QStringLiteral("its name here")},
            {Change::Kind::Dropped, QStringLiteral("n"), {}, QStringLiteral("no such thing")},
            {Change::Kind::Added, {}, QStringLiteral("header extra-parameters"), QStringLiteral("needed")}}};
    m_page->setPreview(preview, {{QStringLiteral("max_tokens"), 8}, {QStringLiteral("n"), 2}});
    auto *table = child<QTreeView>("changesTable");
    const auto marked = [&](int row) {
        table->setCurrentIndex(table->model()->index(row, 0));
        return QStringList {child<BytesView>("askedText")->markedText(), child<BytesView>("requestText")->markedText()};
    };
    QCOMPARE(marked(1), (QStringList {QStringLiteral("\"max_tokens\": 8"), QStringLiteral("\"num_predict\":8")}));
    QCOMPARE(child<QLabel>("reasonLabel")->text(), QStringLiteral("its name here"));
    QCOMPARE(marked(2), (QStringList {QStringLiteral("\"n\": 2"), QString()}));
    QCOMPARE(marked(3), (QStringList {QString(), QStringLiteral("extra-parameters: drop")}));
    child<QCheckBox>("prettyBox")->click();
    QCOMPARE(marked(0).last(), QStringLiteral("\"temperature\": 0.5"));
    auto *kinds = child<QComboBox>("kindBox");
    kinds->setCurrentIndex(1);
    QCOMPARE(table->model()->rowCount(), 3);
    kinds->setCurrentIndex(kinds->findText(QStringLiteral("dropped (1)")));
    QCOMPARE(table->model()->rowCount(), 1);
}

void TestWirePage::stepsStandSideBySideWhenWide()
{
    m_page->showExchange({.attempts = {sample()}});
    QVERIFY(child<QTabBar>("requestSteps")->isVisible());
    QVERIFY(!child<QWidget>("askedPanel")->isVisible());
    m_page->resize(900, 800);
    QTRY_VERIFY(child<QWidget>("askedPanel")->isVisible() && child<QWidget>("changesPanel")->isVisible());
    QVERIFY(!child<QTabBar>("requestSteps")->isVisible());
}

void TestWirePage::attemptsSayWhyAndHowLong()
{
    const QDateTime start(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    Exchange busy {.startedAt = start, .status = 503, .reason = "Busy", .phases = {.finished = 100ms}};
    Exchange lost {.startedAt = start.addMSecs(1100), .phases = {.finished = 500ms}};
    Exchange good = sample();
    good.startedAt = start.addMSecs(3600);
    m_page->showExchange({.attempts = {busy, lost, good}});
    auto *list = child<QListWidget>("attemptList");
    QVERIFY(list->isVisible());
    QCOMPARE(list->item(0)->text(), QStringLiteral("1 · 503 Busy · 100 ms · waited 1.00 s"));
    QCOMPARE(list->item(1)->text(), QStringLiteral("2 · no connection · 500 ms · waited 2.00 s"));
    QCOMPARE(list->item(2)->text(), QStringLiteral("3 · 200 OK · 40 ms"));
    QCOMPARE(list->currentRow(), 2);
    list->setCurrentRow(0);
    QCOMPARE(child<QComboBox>("attemptBox")->currentText(), QStringLiteral("Attempt 1 · 503"));
    m_page->showExchange({.attempts = {sample()}});
    QVERIFY(!list->isVisible());
}

void TestWirePage::savedExchangeIsOpened()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("x.diptych-exchange.json"));
    m_page->openFile(path);
    QVERIFY(child<Banner>("fileBanner")->isVisible());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{}");
    file.close();
    m_page->openFile(path);
    QVERIFY(child<Banner>("fileBanner")->title().contains(QStringLiteral("not a recorded exchange")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        toReplayFile({.attempts = {sample()}, .commonRequest = {{QStringLiteral("model"), QStringLiteral("m")}}}));
    file.close();
    m_page->openFile(path);
    QVERIFY(!child<Banner>("fileBanner")->isVisible());
    QCOMPARE(frames(), 2);
    QVERIFY(child<BytesView>("askedText")->text().contains(QStringLiteral("\"model\": \"m\"")));
}

void TestWirePage::ticksAndFramesFindEachOther()
{
    FrameTimeline line;
    line.resize(200, 40);
    line.setFrames(nullptr, -1);
    QCOMPARE(line.rowAt(50), -1);
    Exchange exchange;
    for (const int at : {0, 100, 900, 1000})
        exchange.frames.push_back({.at = std::chrono::microseconds(at)});
    line.setFrames(&exchange, 2);
    for (int row = 0; row < 4; ++row)
        QCOMPARE(line.rowAt(line.xOf(exchange.frames[static_cast<std::size_t>(row)].at)), row);
    QCOMPARE(line.rowAt(-5), 0);
    QCOMPARE(line.rowAt(500), 3);
    QSignalSpy chosen(&line, &FrameTimeline::frameChosen);
    QTest::mouseClick(&line, Qt::LeftButton, {}, {line.xOf(900us) + 2, 5});
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.front().front().toInt(), 2);
}

void TestWirePage::curlIsCopied()
{
    m_page->setKeyVariable(QStringLiteral("LAB_KEY"));
    m_page->showExchange({.attempts = {sample()}});
    child<QToolButton>("curlButton")->click();
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY(copied.startsWith(QStringLiteral("curl ")));
    QVERIFY(copied.contains(QStringLiteral("Bearer $LAB_KEY")));
    QVERIFY(copied.contains(QStringLiteral("it'\\''s")));
}

void TestWirePage::timelineLeavesOutWhatTookNoTime()
{
    QVERIFY(PhaseTimeline::segments({}).empty());
    const auto segments = PhaseTimeline::segments(
        {.dequeued = 0us, .resolved = 0us, .connected = 2ms, .sent = 2ms, .firstByte = 10ms, .finished = 30ms});
    QCOMPARE(segments.size(), 3U);
    QCOMPARE(segments[0].length, std::chrono::microseconds(2000));
    QCOMPARE(segments[1].length, std::chrono::microseconds(8000));
    QCOMPARE(segments[2].length, std::chrono::microseconds(20'000));
}

QTEST_MAIN(TestWirePage)
#include "tst_wirepage.moc"
