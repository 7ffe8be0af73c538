// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"

#include <memory>

namespace diptych {

/// How a text gets to the model that continues it.
enum class CompletionRoute {
    Automatic, ///< the completion route; a chat where there is none, or where it refuses
    Completion, ///< the completion route, come what may
    Chat, ///< one message of a chat
};

/// A completion as a chat asks for it.
struct BridgedCompletion {
    ChatRequest request {};
    ChangeLog changes {}; ///< what became of the fields of the completion; the chat's own log follows
    /// Set when the endpoint is strict and a field has no place in a chat: Error::Kind::Unsupported that names it.
    std::optional<Error> refusal {};
};

/// `why`: the reason for not using the completion route, for the change log.
[[nodiscard]] BridgedCompletion bridgedToChat(
    const CompletionRequest &request, Adaptation adaptation, const QString &why);

/// A completion that is asked for as a chat. Its change log is the bridge's, then the chat's.
class BridgedCompletionReply : public CompletionReply
{
    Q_OBJECT
public:
    BridgedCompletionReply(Provider &provider, const CompletionRequest &request, const QString &why);
    ~BridgedCompletionReply() override;

    /// What the model thought before it wrote, in characters; it is not part of the text.
    [[nodiscard]] qsizetype reasoningLength() const { return m_reasoningLength; }

    [[nodiscard]] const Exchange &exchange() const override;
    [[nodiscard]] const std::vector<Exchange> &earlierAttempts() const override;
    void retryNow() override;

protected:
    void abortExchange() override;

private:
    void take(const ChatDelta &delta);
    void end();

    std::unique_ptr<ChatReply> m_chat; // null: refused, nothing was sent
    qsizetype m_reasoningLength = 0;
    Exchange m_noExchange;
    std::vector<Exchange> m_noAttempts;
};

/// Why Automatic asks through a chat from the start; empty: the completion route is tried. `known`: what is remembered
/// of the model; `listed` may be null.
[[nodiscard]] QString reasonForChat(const Provider &provider, const CompletionRequest &request,
    const ModelDescription *listed, const Capabilities &known);
/// True when the answer says that this model has no completion route, so that a chat may do.
[[nodiscard]] bool refusesCompletion(const Error &error);

} // namespace diptych
