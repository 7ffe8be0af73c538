// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/extras.h"
#include "api/message.h"
#include "api/usage.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>
#include <variant>
#include <vector>

namespace diptych {

/// A function offered to the model.
struct Tool {
    QString name {}; ///< [A-Za-z0-9_-], at most 64 characters
    QString description {};
    QJsonObject parameters {}; ///< JSON schema; empty: a function without arguments
    std::optional<bool> strict {};
    bool operator==(const Tool &) const = default;
};

/// Which tool the model has to call.
struct ToolChoice {
    enum class Mode { Auto, None, Required, Named };
    Mode mode = Mode::Auto;
    QString name {}; ///< with Named
    bool operator==(const ToolChoice &) const = default;
};

/// The form of the answer.
struct ResponseFormat {
    enum class Type { Text, JsonObject, JsonSchema };
    Type type = Type::Text;
    QString name {}; ///< with JsonSchema; [A-Za-z0-9_-], at most 64 characters
    QString description {};
    QJsonObject schema {};
    std::optional<bool> strict {};
    bool operator==(const ResponseFormat &) const = default;
};

/// Parameters that steer sampling; shared by chat and completion. Unset is not sent.
struct SamplingParameters {
    std::optional<double> temperature {}; ///< 0–2 in practice; never clamped
    std::optional<double> topP {}; ///< 0–1
    std::optional<int> maxTokens {}; ///< tokens
    std::optional<double> frequencyPenalty {}; ///< -2–2
    std::optional<double> presencePenalty {}; ///< -2–2
    std::optional<qint64> seed {};
    std::optional<QStringList> stop {};
    std::optional<int> n {}; ///< answers per request
    bool operator==(const SamplingParameters &) const = default;
};

/// A chat request, complete in itself: the same value sent twice asks the same thing. Unset is not sent.
/// Source: Azure AI Model Inference API, POST /chat/completions; fields beyond it say so.
struct ChatRequest {
    QString model {}; ///< empty: not sent (endpoints that serve a single model)
    std::vector<Message> messages {};
    SamplingParameters sampling {};
    std::vector<Tool> tools {};
    std::optional<ToolChoice> toolChoice {};
    std::optional<ResponseFormat> responseFormat {};
    std::optional<QStringList> modalities {}; ///< text, audio
    std::optional<int> maxCompletionTokens {}; ///< OpenAI: what reasoning models take instead of max_tokens
    std::optional<bool> logprobs {}; ///< OpenAI
    std::optional<int> topLogprobs {}; ///< OpenAI: 0–20
    std::optional<QString> reasoningEffort {}; ///< OpenAI: none … max
    std::optional<bool> parallelToolCalls {}; ///< OpenAI
    std::optional<QString> user {}; ///< OpenAI
    bool stream = true;
    QJsonObject extras {}; ///< parameters outside all of the above, merged into the root of the body
    std::optional<ExtrasMode> extrasMode {}; ///< unset: pass-through when there are extras, else nothing is sent
    bool operator==(const ChatRequest &) const = default;
};

/// One token and how likely it was.
struct TokenLogprob {
    struct Alternative {
        QString token {};
        double logprob = 0; ///< natural logarithm
        bool operator==(const Alternative &) const = default;
    };
    QString token {};
    std::optional<double> logprob {}; ///< unset: the first token of an echoed prompt has none
    QByteArray bytes {}; ///< empty: the provider gave none
    std::vector<Alternative> top {};
    bool operator==(const TokenLogprob &) const = default;
};

/// One answer of a chat response.
struct ChatChoice {
    int index = 0;
    Message message {.role = Role::Assistant};
    QString
        finishReason {}; ///< stop, length, content_filter, tool_calls, or whatever the provider says; empty: none yet
    std::vector<TokenLogprob> logprobs {};
    QString stopSequence {}; ///< the text of `stop` that ended it; empty: none did, or the provider does not say
    bool operator==(const ChatChoice &) const = default;
};

/// The whole answer, or the answer so far.
struct ChatResponse {
    QString id {};
    QString model {}; ///< what the provider says it used
    qint64 created = 0; ///< seconds since 1970; 0: not said
    std::vector<ChatChoice> choices {}; ///< sorted by index
    std::optional<Usage> usage {};
    bool operator==(const ChatResponse &) const = default;

    /// Text of the first choice; empty when there is none.
    [[nodiscard]] QString text() const;
};

/// A piece of a tool call.
struct ToolCallDelta {
    int index = 0; ///< position in the message's list of calls, already resolved by the codec
    QString id {}; ///< set on the first piece only
    QString name {}; ///< set on the first piece only
    QString arguments {}; ///< to be appended
    bool operator==(const ToolCallDelta &) const = default;
};

/// A piece of a chat response, for one choice.
struct ChatDelta {
    int choice = 0; ///< index of the choice; -1: nothing for a choice, only usage or id
    QString text {}; ///< to be appended to the content
    QString reasoning {}; ///< to be appended to the reasoning
    QString refusal {}; ///< to be appended to the refusal
    QString finishReason {}; ///< non-empty on the piece that ends the choice
    std::vector<ToolCallDelta> toolCalls {};
    std::vector<TokenLogprob> logprobs {};
    QJsonArray opaque {}; ///< to be appended to Message::opaque
    std::optional<Usage> usage {}; ///< replaces what was known
    QString id {}; ///< of the response; set when first known
    QString model {}; ///< of the response; set when first known
    qint64 created = 0; ///< of the response; non-zero when first known
    QString stopSequence {}; ///< see ChatChoice; on the piece that ends the choice
    bool operator==(const ChatDelta &) const = default;
};

/// Adds a piece to the answer so far. Reasoning, text, arguments are appended, the rest replaces.
void append(ChatResponse &response, const ChatDelta &delta);

} // namespace diptych

Q_DECLARE_METATYPE(diptych::ChatRequest)
Q_DECLARE_METATYPE(diptych::ChatDelta)
