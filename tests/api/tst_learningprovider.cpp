// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/learningprovider.h"

#include "api/capabilitybook.h"
#include "scriptedprovider.h"

#include <QSignalSpy>
#include <QTest>

using namespace diptych;

namespace {

Error refusal(int status, const QString &parameter, Error::Kind kind = Error::Kind::Unsupported)
{
    return {.kind = kind,
        .httpStatus = status,
        .message = QStringLiteral("One of the parameters contains invalid values."),
        .providerCode = QStringLiteral("parameter_not_supported"),
        .parameter = parameter};
}

class Manager : public ModelManager
{
public:
    std::unique_ptr<PullReply> pull(const QString &) override { return nullptr; }
    std::unique_ptr<RemoveReply> remove(const QString &) override { return nullptr; }
    std::unique_ptr<RunningModelsReply> running() override { return nullptr; }
};

class ManagedProvider : public ScriptedProvider
{
public:
    using ScriptedProvider::ScriptedProvider;
    ModelManager *modelManager() override { return &manager; }
    Manager manager;
};

} // namespace

class TestLearningProvider : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void destroyedReplyTeachesNothing();
    void replyDestroyedInItsOwnSlot();
    void replyOutlivesTheProvider();
    void learnsFromTheAnswer_data();
    void learnsFromTheAnswer();
    void modeThatRefusesTeachesNothing();
    void learnsRoutes_data();
    void learnsRoutes();
    void usesTheDefaultModel();
    void refusedFormIsNamed();
    void contractIsKept();
    void handsOnWhatItWraps();

private:
    [[nodiscard]] CapabilityState known(const QString &ability) const
    {
        return m_book.capabilities({QStringLiteral("e"), QStringLiteral("m")}).value(ability);
    }
    CapabilityBook m_book;
    ManagedProvider *m_inner = nullptr;
    std::unique_ptr<LearningProvider> m_provider;
};

void TestLearningProvider::init()
{
    m_book.load({});
    auto inner =
        std::make_unique<ManagedProvider>(Endpoint {.id = QStringLiteral("e"), .defaultModel = QStringLiteral("m")});
    m_inner = inner.get();
    m_provider = std::make_unique<LearningProvider>(std::move(inner), m_book);
}

void TestLearningProvider::destroyedReplyTeachesNothing()
{
    auto reply = m_provider->chat({.model = QStringLiteral("m")});
    reply.reset();
    QVERIFY(m_inner->chats.front().isNull());
    QVERIFY(m_book.entries().empty());
}

void TestLearningProvider::replyDestroyedInItsOwnSlot()
{
    std::unique_ptr<ChatReply> reply = m_provider->chat({.model = QStringLiteral("m")});
    connect(&m_book, &CapabilityBook::changed, this, [&reply] { reply.reset(); });
    m_inner->chats.front()->failWith(refusal(422, QStringLiteral("response_format.type")));
    QVERIFY(!reply);
    QCOMPARE(known(QStringLiteral("response_format")).state, CapabilityState::State::Refused);
    m_book.disconnect(this);
}

void TestLearningProvider::replyOutlivesTheProvider()
{
    const std::unique_ptr<ChatReply> reply = m_provider->chat({.model = QStringLiteral("m")});
    const QPointer<ScriptedChatReply> scripted = m_inner->chats.front();
    m_provider.reset();
    scripted->failWith(refusal(422, QStringLiteral("seed")));
    QCOMPARE(known(QStringLiteral("seed")).state, CapabilityState::State::Refused);
}

void TestLearningProvider::learnsFromTheAnswer_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("ability"); // empty: nothing is learnt
    using Kind = Error::Kind;
    QTest::newRow("of our own making") << refusal(0, QStringLiteral("seed")) << QString();
    QTest::newRow("wrong, not refused") << refusal(400, QStringLiteral("seed"), Kind::InvalidRequest) << QString();
    QTest::newRow("no parameter") << refusal(422, {}) << QString();
    QTest::newRow("key") << refusal(401, QStringLiteral("tools"), Kind::Authentication) << QString();
    QTest::newRow("rate limit") << refusal(429, QStringLiteral("tools"), Kind::RateLimited) << QString();
    QTest::newRow("stopped") << Error {.kind = Kind::Cancelled} << QString();
    QTest::newRow("seed") << refusal(422, QStringLiteral("seed")) << QStringLiteral("seed");
    QTest::newRow("inside tools") << refusal(400, QStringLiteral("tools[0].function")) << QStringLiteral("tools");
    QTest::newRow("inside a message, not said what")
        << refusal(422, QStringLiteral("messages[0].content")) << QString();
    QTest::newRow("picture") << refusal(422, QStringLiteral("messages[0].content[1].image_url"))
                             << QStringLiteral("images");
}

void TestLearningProvider::learnsFromTheAnswer()
{
    QFETCH(Error, error);
    QFETCH(QString, ability);
    const QSignalSpy changed(&m_book, &CapabilityBook::changed);
    const auto reply = m_provider->chat({.model = QStringLiteral("m")});
    m_inner->chats.front()->failWith(error);
    QCOMPARE(changed.count(), ability.isEmpty() ? 0 : 1);
    if (ability.isEmpty())
        return;
    const CapabilityState state = known(ability);
    QCOMPARE(state.state, CapabilityState::State::Refused);
    QCOMPARE(state.source, CapabilityState::Source::Seen);
    QVERIFY(state.seenAt.isValid());
    QVERIFY2(state.evidence.startsWith(QStringLiteral("%1 parameter_not_supported: ").arg(error.httpStatus)),
        qPrintable(state.evidence));
}

void TestLearningProvider::modeThatRefusesTeachesNothing()
{
    const auto reply = m_provider->chat({.model = QStringLiteral("m")});
    m_inner->chats.front()->mutableExchange().requestHeaders = {{"extra-parameters", "error"}};
    m_inner->chats.front()->failWith(refusal(400, QStringLiteral("top_k")));
    QVERIFY(m_book.entries().empty());
    const auto other = m_provider->chat({.model = QStringLiteral("m")});
    m_inner->chats.back()->mutableExchange().requestHeaders = {{"extra-parameters", "error"}};
    m_inner->chats.back()->failWith(refusal(422, QStringLiteral("seed"))); // of the model, whatever the mode
    QCOMPARE(known(QStringLiteral("seed")).state, CapabilityState::State::Refused);
}

void TestLearningProvider::learnsRoutes_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message");
    QTest::addColumn<bool>("isLearnt");
    QTest::newRow("unknown model") << 404 << QStringLiteral("The model `m` does not exist") << false;
    QTest::newRow("unknown deployment") << 404 << QStringLiteral("DeploymentNotFound") << false;
    QTest::newRow("server trouble") << 500 << QStringLiteral("Internal error") << false;
    QTest::newRow("404") << 404 << QStringLiteral("Resource not found") << true;
    QTest::newRow("405") << 405 << QStringLiteral("Method Not Allowed for this model") << true;
    QTest::newRow("424") << 424 << QStringLiteral("Not Found") << true;
}

void TestLearningProvider::learnsRoutes()
{
    QFETCH(int, status);
    QFETCH(QString, message);
    QFETCH(bool, isLearnt);
    m_inner->infoError = Error {.kind = Error::Kind::NotFound, .httpStatus = status, .message = message};
    m_inner->autoEmbed = false;
    const auto info = m_provider->info(QStringLiteral("m"));
    const auto embedding = m_provider->embed({.model = QStringLiteral("m"), .input = {QStringLiteral("x")}});
    QSignalSpy finished(info.get(), &Reply::finished);
    QVERIFY(finished.wait());
    static_cast<ScriptedValueReply<EmbeddingResponse> *>(m_inner->embeddings.front().data())
        ->failWith(*m_inner->infoError);
    for (const QString &ability : {QStringLiteral("info"), QStringLiteral("text_embeddings")})
        QCOMPARE(known(ability).state == CapabilityState::State::Refused, isLearnt);
}

void TestLearningProvider::usesTheDefaultModel()
{
    const auto reply = m_provider->chat({});
    m_inner->chats.front()->failWith(refusal(422, QStringLiteral("stop")));
    QCOMPARE(known(QStringLiteral("stop")).state, CapabilityState::State::Refused);
}

void TestLearningProvider::refusedFormIsNamed()
{
    ChatRequest request {.model = QStringLiteral("m")};
    request.responseFormat = ResponseFormat {.type = ResponseFormat::Type::JsonSchema};
    const auto reply = m_provider->chat(request);
    m_inner->chats.front()->failWith(refusal(422, QStringLiteral("response_format")));
    QCOMPARE(known(QStringLiteral("response_format")).state, CapabilityState::State::Refused);
    QCOMPARE(known(QStringLiteral("json_schema")).state, CapabilityState::State::Refused);
    QCOMPARE(known(QStringLiteral("json_object")).state, CapabilityState::State::Unknown);
}

void TestLearningProvider::contractIsKept()
{
    const auto reply = m_provider->chat({.model = QStringLiteral("m")});
    QSignalSpy finished(reply.get(), &Reply::finished);
    QSignalSpy deltas(reply.get(), &ChatReply::deltaReceived);
    QVERIFY(!reply->isFinished());
    m_inner->chats.front()->text(QStringLiteral("half"));
    reply->cancel();
    QCOMPARE(finished.count(), 1);
    QCOMPARE(deltas.count(), 1);
    QCOMPARE(reply->error()->kind, Error::Kind::Cancelled);
    QCOMPARE(reply->response().text(), QStringLiteral("half"));
    m_inner->chats.front()->failWith(refusal(422, QStringLiteral("seed")));
    QCOMPARE(finished.count(), 1);
    QVERIFY(m_book.entries().empty());
}

void TestLearningProvider::handsOnWhatItWraps()
{
    QCOMPARE(m_provider->modelManager(), m_inner->modelManager());
    QCOMPARE(m_provider->endpoint().id, QStringLiteral("e"));
    const ChatRequest request {.model = QStringLiteral("other")};
    QCOMPARE(*m_provider->preview(request), *m_inner->preview(request));
    m_inner->models = {{.id = QStringLiteral("m")}};
    const auto list = m_provider->listModels();
    QSignalSpy finished(list.get(), &Reply::finished);
    QVERIFY(finished.wait());
    QCOMPARE(list->response(), m_inner->models);
}

QTEST_GUILESS_MAIN(TestLearningProvider)
#include "tst_learningprovider.moc"
