// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/builtinprovider.h"

#include <QSignalSpy>
#include <QTest>

using namespace diptych;

namespace {

const QString picture =
    QStringLiteral("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
                   "WjR9awAAAABJRU5ErkJggg==");

ChatRequest question(const QString &text, const QString &model = QStringLiteral("guide"))
{
    ChatRequest request {.model = model, .messages = {Message::fromText(Role::User, text)}};
    request.extras.insert(QStringLiteral("tokens_per_second"), 100'000);
    return request;
}

CompletionRequest beginning(const QString &text)
{
    CompletionRequest request {.prompt = text};
    request.extras.insert(QStringLiteral("tokens_per_second"), 100'000);
    return request;
}

} // namespace

/// The reply contract of api/reply.h for the built-in models.
class TestBuiltinContract : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finishedComesOnceAndLater_data();
    void finishedComesOnceAndLater();
    void cancellingEndsEveryKind_data();
    void cancellingEndsEveryKind();
    void nothingFollowsCancelling();
    void destroyingInsideADeltaIsAllowed();
    void destroyingWhileWorkingIsAllowed();
    void theProviderMayGoFirst();
    void theDeltasMakeTheAnswer();
    void aSlowPaceIsKept();

private:
    static bool wait(Reply &reply)
    {
        QSignalSpy finished(&reply, &Reply::finished);
        return reply.isFinished() || finished.wait(10'000);
    }
    /// One reply of each kind, in the order chat, completion, embeddings, image embeddings, list, info.
    [[nodiscard]] std::unique_ptr<Reply> replyOfKind(int kind)
    {
        switch (kind) {
        case 0:
            return m_provider.chat(question(QStringLiteral("What are extras?")));
        case 1:
            return m_provider.complete(beginning(QStringLiteral("A dog")));
        case 2:
            return m_provider.embed({.input = {QStringLiteral("a")}});
        case 3:
            return m_provider.embedImages({.input = {{.image = picture}}});
        case 4:
            return m_provider.listModels();
        case 5:
            return m_provider.info({});
        default:
            return m_provider.chat({}); // wrong from the start
        }
    }
    static void addKinds()
    {
        QTest::addColumn<int>("kind");
        int kind = 0;
        for (const char *name :
            {"chat", "completion", "embeddings", "image embeddings", "list", "info", "invalid chat"})
            QTest::newRow(name) << kind++;
    }

    BuiltinProvider m_provider;
};

void TestBuiltinContract::finishedComesOnceAndLater_data()
{
    addKinds();
}

void TestBuiltinContract::finishedComesOnceAndLater()
{
    QFETCH(int, kind);
    const auto reply = replyOfKind(kind);
    QVERIFY(!reply->isFinished());
    QSignalSpy finished(reply.get(), &Reply::finished);
    QVERIFY(finished.wait(10'000));
    reply->cancel(); // no effect any more
    const bool failed = reply->error().has_value();
    QCOMPARE(failed, kind == 6);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(finished.size(), 1);
    if (kind < 2) {
        QVERIFY(reply->exchange().phases.firstToken);
        QVERIFY(*reply->exchange().phases.firstToken <= *reply->exchange().phases.finished);
    }
}

void TestBuiltinContract::cancellingEndsEveryKind_data()
{
    addKinds();
}

void TestBuiltinContract::cancellingEndsEveryKind()
{
    QFETCH(int, kind);
    const auto reply = replyOfKind(kind);
    QSignalSpy finished(reply.get(), &Reply::finished);
    reply->cancel();
    QCOMPARE(finished.size(), 1);
    QCOMPARE(reply->error()->kind, Error::Kind::Cancelled);
    // Work that was under way on another thread changes nothing when it ends.
    const auto later = m_provider.embed({.input = {QStringLiteral("a")}});
    QVERIFY(wait(*later));
    QCOMPARE(finished.size(), 1);
}

void TestBuiltinContract::nothingFollowsCancelling()
{
    const auto reply = m_provider.chat(question(QStringLiteral("What are extras?")));
    int deltas = 0;
    connect(reply.get(), &ChatReply::deltaReceived, reply.get(), [&] {
        if (++deltas == 3)
            reply->cancel();
    });
    QVERIFY(wait(*reply));
    QCOMPARE(deltas, 3);
    QCOMPARE(reply->error()->kind, Error::Kind::Cancelled);
    QVERIFY(!reply->response().text().isEmpty()); // what had arrived is kept
}

void TestBuiltinContract::destroyingInsideADeltaIsAllowed()
{
    auto reply = m_provider.chat(question(QStringLiteral("What are extras?")));
    auto completion = m_provider.complete(beginning(QStringLiteral("A dog")));
    connect(reply.get(), &ChatReply::deltaReceived, this, [&] { reply.reset(); });
    connect(completion.get(), &CompletionReply::deltaReceived, this, [&] { completion.reset(); });
    QTRY_VERIFY(!reply && !completion);
}

void TestBuiltinContract::destroyingWhileWorkingIsAllowed()
{
    const QStringList many(200, QStringLiteral("many words to place on the map ").repeated(200));
    for (int i = 0; i < 4; ++i)
        m_provider.embed({.input = many}).reset();
    const auto reply = m_provider.embed({.input = {QStringLiteral("a")}});
    QVERIFY(wait(*reply));
    QVERIFY(!reply->error());
}

void TestBuiltinContract::theProviderMayGoFirst()
{
    auto provider = std::make_unique<BuiltinProvider>();
    const auto chat = provider->chat(question(QStringLiteral("What are extras?")));
    const auto embedding = provider->embed({.input = {QStringLiteral("a")}});
    provider.reset();
    QVERIFY(wait(*chat) && wait(*embedding));
    QVERIFY(!chat->error() && !embedding->error());
}

void TestBuiltinContract::theDeltasMakeTheAnswer()
{
    const auto reply = m_provider.chat(question(QStringLiteral("What are extras?")));
    ChatResponse joined;
    int deltas = 0;
    connect(reply.get(), &ChatReply::deltaReceived, this, [&](const ChatDelta &delta) {
        append(joined, delta);
        ++deltas;
    });
    QVERIFY(wait(*reply));
    QCOMPARE(joined, reply->response());
    QVERIFY(deltas > 50);
    QVERIFY(joined.id.startsWith(QStringLiteral("chatcmpl-")));
    QCOMPARE(joined.model, QStringLiteral("guide"));
    QVERIFY(joined.created > 0);
    QCOMPARE(joined.choices.front().finishReason, QStringLiteral("stop"));
    QVERIFY(joined.text().contains(QStringLiteral("From the guide: *Extras*")));
}

void TestBuiltinContract::aSlowPaceIsKept()
{
    ChatRequest request = question(QStringLiteral("What are extras?"));
    request.extras.insert(QStringLiteral("tokens_per_second"), 1);
    const auto reply = m_provider.chat(request);
    QSignalSpy deltas(reply.get(), &ChatReply::deltaReceived);
    QVERIFY(deltas.wait(10'000));
    const auto fast = m_provider.chat(question(QStringLiteral("What are extras?")));
    QVERIFY(wait(*fast)); // hundreds of tokens there, a few here
    QVERIFY(deltas.size() < 12); // one a second at most, and the other answer was waited for ten at most
    QVERIFY(!reply->isFinished());
}

QTEST_GUILESS_MAIN(TestBuiltinContract)
#include "tst_builtincontract.moc"
