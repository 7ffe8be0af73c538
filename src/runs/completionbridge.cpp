// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/completionbridge.h"

#include "api/learningprovider.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("CompletionBridge", text);
}

/// Lines of the bridge, one per field that a chat has under another name or not at all.
class Bridge
{
public:
    Bridge(BridgedCompletion &result, Adaptation adaptation)
        : m_result(result)
        , m_adaptation(adaptation)
    {
    }

    void converted(const char *field, const char *wire, const QString &reason)
    {
        note(Change::Kind::Converted, field, wire, reason);
    }
    /// Asks for what a chat does anyway.
    void needless(const char *field, const QString &reason) { note(Change::Kind::Dropped, field, "", reason); }
    void impossible(const char *field, const QString &reason)
    {
        if (m_adaptation == Adaptation::Strict && !m_result.refusal) {
            m_result.refusal = Error {.kind = Error::Kind::Unsupported,
                .message = translated("%1 has no place in a chat: %2.").arg(QString::fromLatin1(field), reason),
                .parameter = QString::fromLatin1(field)};
        }
        needless(field, reason);
    }

private:
    void note(Change::Kind kind, const char *field, const char *wire, const QString &reason)
    {
        m_result.changes.push_back(
            {.kind = kind, .field = QString::fromLatin1(field), .wire = QString::fromLatin1(wire), .reason = reason});
    }

    BridgedCompletion &m_result;
    Adaptation m_adaptation;
};

/// What the chat's encoder says of fields that the bridge made is only news when it changed them again.
bool isRepetition(const Change &change)
{
    static const QStringList made {
        QStringLiteral("messages"), QStringLiteral("logprobs"), QStringLiteral("top_logprobs")};
    return change.kind == Change::Kind::Sent && made.contains(change.field);
}

} // namespace

BridgedCompletion bridgedToChat(const CompletionRequest &request, Adaptation adaptation, const QString &why)
{
    BridgedCompletion result {.request = {.model = request.model,
                                  .messages = {Message::fromText(Role::User, request.prompt)},
                                  .sampling = request.sampling,
                                  .stream = request.stream,
                                  .extras = request.extras,
                                  .extrasMode = request.extrasMode}};
    Bridge bridge(result, adaptation);
    bridge.converted(
        "prompt", "messages", translated("asked as a chat, the text is one message of the user: %1").arg(why));
    if (request.suffix)
        bridge.impossible("suffix", translated("a message has no gap to be filled"));
    if (request.echo == true)
        bridge.impossible("echo", translated("a chat does not repeat the prompt"));
    else if (request.echo)
        bridge.needless("echo", translated("a chat never repeats the prompt"));
    if (request.bestOf == 1)
        bridge.needless("best_of", translated("a chat makes one answer of each"));
    else if (request.bestOf)
        bridge.impossible("best_of", translated("a chat does not choose among its answers"));
    if (!request.logprobs)
        return result;
    result.request.logprobs = true;
    bridge.converted("logprobs", "logprobs", translated("a switch in a chat; the count stands in top_logprobs"));
    if (*request.logprobs > 0) {
        result.request.topLogprobs = request.logprobs;
        bridge.converted("logprobs", "top_logprobs", translated("how many alternatives per token"));
    }
    return result;
}

BridgedCompletionReply::BridgedCompletionReply(Provider &provider, const CompletionRequest &request, const QString &why)
{
    const BridgedCompletion bridged = bridgedToChat(request, provider.endpoint().adaptation, why);
    ChangeLog changes = bridged.changes;
    if (bridged.refusal) {
        setChangeLog(std::move(changes));
        QTimer::singleShot(0, this, [this, refusal = *bridged.refusal] { fail(refusal); });
        return;
    }
    m_chat = provider.chat(bridged.request);
    const ChangeLog &behind = m_chat->changeLog();
    std::remove_copy_if(behind.begin(), behind.end(), std::back_inserter(changes), isRepetition);
    setChangeLog(std::move(changes));
    connect(m_chat.get(), &ChatReply::deltaReceived, this, &BridgedCompletionReply::take);
    connect(m_chat.get(), &Reply::retryScheduled, this, &Reply::retryScheduled);
    connect(m_chat.get(), &Reply::attemptStarted, this, &Reply::attemptStarted);
    connect(m_chat.get(), &Reply::finished, this, &BridgedCompletionReply::end);
}

BridgedCompletionReply::~BridgedCompletionReply() = default;

void BridgedCompletionReply::take(const ChatDelta &delta)
{
    m_reasoningLength += delta.reasoning.size();
    CompletionDelta piece {.choice = delta.choice,
        .text = delta.text + delta.refusal,
        .finishReason = delta.finishReason,
        .logprobs = delta.logprobs,
        .usage = delta.usage,
        .id = delta.id,
        .model = delta.model,
        .created = delta.created};
    deliver(piece);
}

void BridgedCompletionReply::end()
{
    if (const auto &error = m_chat->error())
        fail(*error);
    else
        finish();
}

const Exchange &BridgedCompletionReply::exchange() const
{
    return m_chat ? m_chat->exchange() : m_noExchange;
}

const std::vector<Exchange> &BridgedCompletionReply::earlierAttempts() const
{
    return m_chat ? m_chat->earlierAttempts() : m_noAttempts;
}

void BridgedCompletionReply::retryNow()
{
    if (m_chat)
        m_chat->retryNow();
}

void BridgedCompletionReply::abortExchange()
{
    if (!m_chat)
        return;
    m_chat->disconnect(this);
    m_chat->cancel(); // kept: its exchange is still asked for
}

QString reasonForChat(const Provider &provider, const CompletionRequest &request, const ModelDescription *listed,
    const Capabilities &known)
{
    const QString ability = QStringLiteral("completion");
    const CapabilityState learned = known.value(ability);
    if (learned.state == CapabilityState::State::Refused)
        return translated("the model refuses completions (%1)").arg(learned.evidence);
    const auto preview = provider.preview(request);
    if (!preview && preview.error().kind == Error::Kind::Unsupported && preview.error().parameter.isEmpty())
        return translated("this wire format has no route for completions");
    if (learned.state == CapabilityState::State::Supported || !listed)
        return {};
    const CapabilityState declared = listed->facts.capabilities.value(ability);
    if (declared.state == CapabilityState::State::Refused)
        return translated("its endpoint says that the model does not complete (%1)").arg(declared.evidence);
    return {};
}

bool refusesCompletion(const Error &error)
{
    if (isRouteRefusal(error) || (error.kind == Error::Kind::Unsupported && error.parameter.isEmpty()))
        return true;
    // OpenAI answers 404 about the parameter "model" and says in words that it is a chat model.
    return (error.httpStatus == 400 || error.httpStatus == 404 || error.httpStatus == 422)
        && error.message.contains(QLatin1String("chat model"), Qt::CaseInsensitive);
}

} // namespace diptych
