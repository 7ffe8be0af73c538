// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providerfixture.h"
#include "replywatch.h"
#include "threadedasker.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace diptych;
using test::problem;
using test::ProviderFixture;
using test::ThreadedAsker;
using test::waitFor;
using Watch = test::ReplyWatch;
using Kind = Error::Kind;

/// The contract of api/reply.h, point by point, for every provider.
class TestContract : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finishedOnce_data() { addFormats(); }
    void finishedOnce();
    void nothingBeforeReturn_data() { addFormats(); }
    void nothingBeforeReturn();
    void invalidRequestFailsLater_data() { addFormats(); }
    void invalidRequestFailsLater();
    void resultGrowsAndIsFinal_data() { addFormats(); }
    void resultGrowsAndIsFinal();
    void cancelled_data() { addFormats(); }
    void cancelled();
    void cancelledBeforeItStarted_data() { addFormats(); }
    void cancelledBeforeItStarted();
    void cancelledInsideADelta_data() { addFormats(); }
    void cancelledInsideADelta();
    void destroyedAtOnce_data() { addFormats(); }
    void destroyedAtOnce();
    void destroyedInsideItsSlots_data();
    void destroyedInsideItsSlots();
    void replacedWhileStreaming_data() { addFormats(); }
    void replacedWhileStreaming();
    void livesOnItsThread_data() { addFormats(); }
    void livesOnItsThread();
    void failures_data();
    void failures();
    void badStatus_data();
    void badStatus();
    void connectionRefused_data() { addFormats(); }
    void connectionRefused();
    void staleConnectionIsReplaced_data() { addFormats(); }
    void staleConnectionIsReplaced();
    void wholeBodyForAStream_data() { addFormats(); }
    void wholeBodyForAStream();
    void streamForAWholeBody_data() { addFormats(); }
    void streamForAWholeBody();
    void completion_data() { addFormats(); }
    void completion();
    void valueReplies_data() { addFormats(); }
    void valueReplies();
    void valueRepliesCancelledAndDestroyed_data() { addFormats(); }
    void valueRepliesCancelledAndDestroyed();
    void valueRepliesFail_data() { addFormats(); }
    void valueRepliesFail();

private:
    static void addFormats();
    static const test::WireFormat &format();
};

void TestContract::addFormats()
{
    QTest::addColumn<int>("format");
    for (std::size_t i = 0; i < test::wireFormats().size(); ++i)
        QTest::newRow(test::wireFormats()[i].name) << static_cast<int>(i);
}

const test::WireFormat &TestContract::format()
{
    const auto index = *static_cast<const int *>(QTest::qData("format", QMetaType::Int));
    return test::wireFormats()[static_cast<std::size_t>(index)];
}

void TestContract::finishedOnce()
{
    ProviderFixture f(format());
    f.server.enqueue(f.goodChat());
    const auto reply = f.ask();
    Watch watch(reply.get());
    QVERIFY(waitFor(*reply));
    QCOMPARE(problem(*reply), QByteArray());
    reply->cancel();
    reply->retryNow();
    QCOMPARE(watch.finished, 1);
    QCOMPARE(watch.attempts, 1);
    QCOMPARE(watch.text, QStringLiteral("Hello"));
    QCOMPARE(problem(*reply), QByteArray());
    QVERIFY(reply->exchange().phases.firstToken);
    QVERIFY(reply->exchange().phases.finished);
    QVERIFY(reply->exchange().framesReceived >= 3);
}

void TestContract::nothingBeforeReturn()
{
    ProviderFixture f(format());
    f.server.enqueue(f.goodChat());
    const auto reply = f.ask();
    Watch watch(reply.get());
    QCOMPARE(watch.attempts, 0);
    QVERIFY(!reply->isFinished());
    QVERIFY(!reply->changeLog().empty());
    QVERIFY(!reply->exchange().requestBody.isEmpty());
    QVERIFY(waitFor(*reply));
    QCOMPARE(watch.attempts, 1);
}

void TestContract::invalidRequestFailsLater()
{
    ProviderFixture f(format());
    f.request.sampling.temperature = 1;
    f.request.extras = {{QStringLiteral("temperature"), 0}};
    const auto reply = f.ask();
    Watch watch(reply.get());
    QVERIFY(!reply->isFinished());
    QVERIFY(waitFor(*reply));
    QCOMPARE(watch.finished, 1);
    QCOMPARE(reply->error()->kind, Kind::InvalidRequest);
    QCOMPARE(reply->error()->parameter, QStringLiteral("temperature"));
    QVERIFY(f.server.requests().empty());
}

void TestContract::resultGrowsAndIsFinal()
{
    ProviderFixture f(format());
    f.server.enqueue(f.goodChat().delayBetween(20));
    const auto reply = f.ask();
    QStringList texts;
    connect(reply.get(), &ChatReply::deltaReceived, this, [&] { texts.append(reply->response().text()); });
    QVERIFY(waitFor(*reply));
    QCOMPARE(texts.first(), QStringLiteral("Hel"));
    QCOMPARE(texts.last(), QStringLiteral("Hello"));
    const Result<ChatResponse> result = reply->result();
    QVERIFY(result.has_value());
    QCOMPARE(result->text(), QStringLiteral("Hello"));
    QCOMPARE(result->choices.front().finishReason, QStringLiteral("stop"));
}

void TestContract::cancelled()
{
    ProviderFixture f(format());
    f.server.enqueue(f.chat({}).thenStall());
    const auto reply = f.ask();
    Watch watch(reply.get());
    QTRY_COMPARE(watch.text, QStringLiteral("Hello"));
    QSignalSpy left(&f.server, &FakeServer::clientLeft);
    reply->cancel();
    QVERIFY(reply->isFinished());
    QCOMPARE(reply->error()->kind, Kind::Cancelled);
    QCOMPARE(watch.finished, 1);
    QCOMPARE(reply->response().text(), QStringLiteral("Hello"));
    QVERIFY(left.count() > 0 || left.wait());
    QVERIFY(reply->exchange().responseBody.contains("Hel"));
    reply->cancel();
    QCOMPARE(watch.finished, 1);
}

void TestContract::cancelledBeforeItStarted()
{
    ProviderFixture f(format());
    const auto reply = f.ask();
    Watch watch(reply.get());
    reply->cancel();
    QCOMPARE(reply->error()->kind, Kind::Cancelled);
    // A second one goes through: by then the first would have arrived.
    f.server.enqueue(f.goodChat());
    const auto second = f.ask();
    QVERIFY(waitFor(*second));
    QCOMPARE(f.server.requests().size(), std::size_t(1));
    QCOMPARE(watch.finished, 1);
    QCOMPARE(watch.attempts, 0);
}

void TestContract::cancelledInsideADelta()
{
    ProviderFixture f(format());
    f.server.enqueue(f.goodChat());
    const auto reply = f.ask();
    Watch watch(reply.get());
    connect(reply.get(), &ChatReply::deltaReceived, reply.get(), [&] { reply->cancel(); });
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Kind::Cancelled);
    // The rest had arrived in the same read or is on its way; none of it may be told.
    f.server.enqueue(f.goodChat());
    const auto second = f.ask();
    QVERIFY(waitFor(*second));
    QCOMPARE(watch.deltas, 1);
    QCOMPARE(watch.finished, 1);
    QCOMPARE(reply->response().text(), QStringLiteral("Hel"));
}

void TestContract::destroyedAtOnce()
{
    ProviderFixture f(format());
    auto reply = f.ask();
    Watch watch(reply.get());
    reply.reset();
    f.server.enqueue(f.goodChat());
    const auto second = f.ask();
    QVERIFY(waitFor(*second));
    QCOMPARE(f.server.requests().size(), std::size_t(1));
    QCOMPARE(watch.finished + watch.attempts + watch.deltas, 0);
}

void TestContract::destroyedInsideItsSlots_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("slot");
    const std::vector<const char *> slots {"delta", "finished", "attempt", "retry", "error"};
    for (std::size_t i = 0; i < test::wireFormats().size(); ++i) {
        for (std::size_t slot = 0; slot < slots.size(); ++slot)
            QTest::addRow("%s %s", test::wireFormats()[i].name, slots[slot])
                << static_cast<int>(i) << static_cast<int>(slot);
    }
}

void TestContract::destroyedInsideItsSlots()
{
    QFETCH(const int, slot);
    ProviderFixture f(format(), slot == 3 ? 2 : 0);
    f.server.enqueue(slot >= 3 ? FakeResponse::json(503, "{}") : f.goodChat());
    auto reply = f.ask();
    Watch watch(reply.get());
    const QPointer<Reply> guard(reply.get());
    const auto destroy = [&reply] { reply.reset(); };
    if (slot == 0)
        connect(reply.get(), &ChatReply::deltaReceived, this, destroy);
    else if (slot == 2)
        connect(reply.get(), &Reply::attemptStarted, this, destroy);
    else if (slot == 3)
        connect(reply.get(), &Reply::retryScheduled, this, destroy);
    else
        connect(reply.get(), &Reply::finished, this, destroy);
    QTRY_VERIFY(!guard);
    const bool isAtEnd = slot == 1 || slot == 4;
    f.server.enqueue(f.goodChat());
    f.server.enqueue(f.goodChat());
    const auto second = f.ask();
    QVERIFY(waitFor(*second));
    QCOMPARE(problem(*second), QByteArray());
    QCOMPARE(watch.finished, isAtEnd ? 1 : 0);
    if (slot == 0)
        QCOMPARE(watch.deltas, 1);
}

void TestContract::replacedWhileStreaming()
{
    ProviderFixture f(format());
    f.server.enqueue(f.chat({}).thenStall());
    f.server.enqueue(f.goodChat());
    auto reply = f.ask();
    Watch watch(reply.get());
    QTRY_VERIFY(watch.deltas > 0);
    QSignalSpy left(&f.server, &FakeServer::clientLeft);
    reply = f.ask();
    QVERIFY(left.count() > 0 || left.wait());
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->response().text(), QStringLiteral("Hello"));
    QCOMPARE(watch.finished, 0);
}

void TestContract::livesOnItsThread()
{
    ProviderFixture f(format());
    f.server.enqueue(f.goodChat());
    QThread thread;
    ThreadedAsker asker(f.endpoint);
    asker.moveToThread(&thread);
    thread.start();
    QSignalSpy done(&asker, &ThreadedAsker::done);
    QMetaObject::invokeMethod(&asker, &ThreadedAsker::ask, Qt::QueuedConnection);
    QVERIFY(done.wait());
    thread.quit();
    QVERIFY(thread.wait());
    QCOMPARE(asker.text(), QStringLiteral("Hello"));
    QVERIFY(!asker.isElsewhere());
}

void TestContract::failures_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QByteArray>("last");
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<Kind>("kind");
    for (std::size_t i = 0; i < test::wireFormats().size(); ++i) {
        const test::WireFormat &format = test::wireFormats()[i];
        const auto row = [&](const char *name, const QByteArray &last, const char *end, Kind kind) {
            QTest::addRow("%s %s", format.name, name) << static_cast<int>(i) << last << QByteArray(end) << kind;
        };
        row("no end mark", {}, "", Kind::Protocol);
        row("connection closed", {}, "close", Kind::Network);
        row("connection reset", {}, "reset", Kind::Network);
        row("error event", format.chatError, "stall", Kind::Provider);
        row("bad JSON", format.chatBadJson, "stall", Kind::Protocol);
        row("wrong type", format.chatWrongType, "stall", Kind::Protocol);
        row("half a frame", format.chatEnd.left(12), "", Kind::Protocol);
    }
}

void TestContract::failures()
{
    QFETCH(const QByteArray, last);
    QFETCH(const QByteArray, end);
    QFETCH(const Kind, kind);
    ProviderFixture f(format(), 2);
    FakeResponse response = f.chat(last);
    if (end == "stall")
        response.thenStall();
    else if (end == "close")
        response.thenClose();
    else if (end == "reset")
        response.delayBetween(20).thenReset();
    f.server.enqueue(response);
    const auto reply = f.ask();
    Watch watch(reply.get());
    QVERIFY(waitFor(*reply));
    QVERIFY(reply->error());
    QCOMPARE(reply->error()->kind, kind);
    QCOMPARE(reply->error()->httpStatus, 200);
    QVERIFY(!reply->error()->message.isEmpty());
    QCOMPARE(reply->response().text(), QStringLiteral("Hello"));
    QCOMPARE(watch.text, QStringLiteral("Hello"));
    QVERIFY(!reply->result());
    // Something had been said: it is not asked again.
    QCOMPARE(watch.attempts, 1);
    QCOMPARE(watch.finished, 1);
}

void TestContract::badStatus_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("status");
    QTest::addColumn<Kind>("kind");
    const std::vector<std::pair<int, Kind>> statuses {{400, Kind::InvalidRequest}, {401, Kind::Authentication},
        {403, Kind::Authentication}, {404, Kind::NotFound}, {405, Kind::Unsupported}, {422, Kind::InvalidRequest},
        {429, Kind::RateLimited}, {431, Kind::InvalidRequest}, {500, Kind::Provider}, {503, Kind::Provider}};
    for (std::size_t i = 0; i < test::wireFormats().size(); ++i) {
        for (const auto &[status, kind] : statuses)
            QTest::addRow("%s %d", test::wireFormats()[i].name, status) << static_cast<int>(i) << status << kind;
    }
}

void TestContract::badStatus()
{
    QFETCH(const int, status);
    QFETCH(const Kind, kind);
    ProviderFixture f(format());
    // The body looks like an answer; it is none.
    f.server.enqueue(
        FakeResponse::text(status, f.format.streamType, f.format.chatPieces.front()).header("x-request-id", "r-7"));
    const auto reply = f.ask();
    Watch watch(reply.get());
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, kind);
    QCOMPARE(reply->error()->httpStatus, status);
    QCOMPARE(watch.deltas, 0);
    QVERIFY(reply->response().choices.empty());
    QVERIFY(!reply->error()->bodySample.isEmpty());
    QCOMPARE(reply->error()->requestId, QStringLiteral("r-7"));
}

void TestContract::connectionRefused()
{
    ProviderFixture f(format());
    f.server.close();
    const auto reply = f.ask();
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Kind::Network);
    QCOMPARE(reply->error()->httpStatus, 0);
}

void TestContract::staleConnectionIsReplaced()
{
    ProviderFixture f(format());
    for (const bool isReset : {false, true}) {
        f.server.enqueue(f.goodChat());
        f.server.enqueue(f.goodChat());
        const auto first = f.ask();
        QVERIFY(waitFor(*first));
        f.server.closeConnections(isReset);
        const auto second = f.ask();
        QVERIFY(waitFor(*second));
        QCOMPARE(problem(*second), QByteArray());
    }
}

void TestContract::wholeBodyForAStream()
{
    ProviderFixture f(format());
    f.server.enqueue(FakeResponse::json(200, f.format.chatWhole));
    const auto reply = f.ask();
    Watch watch(reply.get());
    QVERIFY(waitFor(*reply));
    QCOMPARE(problem(*reply), QByteArray());
    QCOMPARE(watch.text, QStringLiteral("Hello"));
    QVERIFY(reply->exchange().phases.firstToken);
}

void TestContract::streamForAWholeBody()
{
    ProviderFixture f(format());
    f.request.stream = false;
    f.server.enqueue(f.goodChat());
    const auto reply = f.ask();
    QVERIFY(waitFor(*reply));
    QCOMPARE(problem(*reply), QByteArray());
    QCOMPARE(reply->response().text(), QStringLiteral("Hello"));
}

void TestContract::completion()
{
    ProviderFixture f(format());
    if (f.format.completionPieces.empty()) {
        const auto refused = f.provider->complete({.prompt = QStringLiteral("Once")});
        QVERIFY(!refused->isFinished());
        QVERIFY(waitFor(*refused));
        QCOMPARE(refused->error()->kind, Kind::Unsupported);
        QVERIFY(f.server.requests().empty());
        return;
    }
    f.server.enqueue(f.completion());
    f.server.enqueue(f.completion().cutAfter(200).thenClose());
    f.server.enqueue(f.completion().thenStall());
    const CompletionRequest request {.prompt = QStringLiteral("Once")};
    auto reply = f.provider->complete(request);
    QVERIFY(!reply->isFinished());
    QVERIFY(waitFor(*reply));
    QCOMPARE(problem(*reply), QByteArray());
    QCOMPARE(reply->response().text(), QStringLiteral("Hello"));
    reply = f.provider->complete(request);
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Kind::Network);
    reply = f.provider->complete(request);
    connect(reply.get(), &CompletionReply::deltaReceived, this, [&] { reply->cancel(); });
    QVERIFY(waitFor(*reply));
    QCOMPARE(reply->error()->kind, Kind::Cancelled);
    QCOMPARE(reply->response().text(), QStringLiteral("Hel"));
}

void TestContract::valueReplies()
{
    ProviderFixture f(format());
    const bool hasEmbeddings = !f.format.embeddings.isEmpty();
    if (hasEmbeddings)
        f.server.enqueue(FakeResponse::json(200, f.format.embeddings));
    f.server.enqueue(FakeResponse::json(200, f.format.info));
    f.server.enqueue(FakeResponse::json(200, f.format.models));
    const auto embeddings = f.provider->embed({.input = {QStringLiteral("a"), QStringLiteral("b")}});
    QVERIFY(!embeddings->isFinished());
    QVERIFY(waitFor(*embeddings));
    if (hasEmbeddings) {
        QCOMPARE(problem(*embeddings), QByteArray());
        QCOMPARE(embeddings->response().count(), 2);
        QCOMPARE(embeddings->response().row(1)[0], 3.0F);
    } else {
        QCOMPARE(embeddings->error()->kind, Kind::Unsupported);
    }
    const auto info = f.provider->info(QStringLiteral("m"));
    QVERIFY(waitFor(*info));
    QCOMPARE(problem(*info), QByteArray());
    QCOMPARE(info->response().name, QStringLiteral("m"));
    const auto models = f.provider->listModels();
    QVERIFY(waitFor(*models));
    QCOMPARE(problem(*models), QByteArray());
    QCOMPARE(models->response().front().id, QStringLiteral("m"));
    f.server.enqueue(FakeResponse::json(200, f.format.embeddings));
    const auto images = f.provider->embedImages({.input = {{.image = QStringLiteral("data:image/png;base64,AA==")}}});
    QVERIFY(!images->isFinished());
    QVERIFY(waitFor(*images));
    QCOMPARE(images->error().has_value(), !f.format.hasImageEmbeddings);
    if (images->error())
        QCOMPARE(images->error()->kind, Kind::Unsupported);
}

void TestContract::valueRepliesCancelledAndDestroyed()
{
    ProviderFixture f(format());
    if (f.format.embeddings.isEmpty())
        return;
    f.server.enqueue(FakeResponse::silence());
    f.server.enqueue(FakeResponse::silence());
    auto embeddings = f.provider->embed({.input = {QStringLiteral("a")}});
    QTRY_COMPARE(f.server.requests().size(), std::size_t(1));
    embeddings->cancel();
    QCOMPARE(embeddings->error()->kind, Kind::Cancelled);
    QTRY_COMPARE(f.server.openConnections(), 0);
    auto models = f.provider->listModels();
    QTRY_COMPARE(f.server.requests().size(), std::size_t(2));
    models.reset();
    QTRY_COMPARE(f.server.openConnections(), 0);
    f.server.enqueue(FakeResponse::json(200, f.format.embeddings));
    embeddings = f.provider->embed({.input = {QStringLiteral("a")}});
    const QPointer<Reply> guard(embeddings.get());
    connect(embeddings.get(), &Reply::finished, this, [&embeddings] { embeddings.reset(); });
    QTRY_VERIFY(!guard);
}

void TestContract::valueRepliesFail()
{
    ProviderFixture f(format());
    if (f.format.embeddings.isEmpty())
        return;
    f.server.enqueue(FakeResponse::json(200, "not json"));
    f.server.enqueue(FakeResponse::text(200, "text/html", "<html></html>"));
    f.server.enqueue(FakeResponse::json(500, "{}"));
    f.server.enqueue(FakeResponse::json(200, f.format.embeddings).cutAfter(120).thenClose());
    const auto embeddings = f.provider->embed({.input = {QStringLiteral("a")}});
    QVERIFY(waitFor(*embeddings));
    QCOMPARE(embeddings->error()->kind, Kind::Protocol);
    QCOMPARE(embeddings->error()->httpStatus, 200);
    const auto models = f.provider->listModels();
    QVERIFY(waitFor(*models));
    QCOMPARE(models->error()->kind, Kind::Protocol);
    const auto info = f.provider->info(QStringLiteral("m"));
    QVERIFY(waitFor(*info));
    QCOMPARE(info->error()->kind, Kind::Provider);
    const auto cut = f.provider->embed({.input = {QStringLiteral("a")}});
    QVERIFY(waitFor(*cut));
    QVERIFY(cut->error());
    QVERIFY(cut->response().values.empty());
}

QTEST_GUILESS_MAIN(TestContract)
#include "tst_contract.moc"
