// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QMap>
#include <QMetaType>
#include <QString>

#include <optional>
#include <vector>

namespace diptych {

/// What a model is for.
enum class ModelType { Unknown, Chat, Completion, TextEmbeddings, ImageEmbeddings, ImageGeneration, AudioGeneration };

/// Maps every spelling of `model_type` seen in the wild: case, '-', '_' and spaces do not matter.
/// Source: Azure AI Model Inference API, GET /info, and the SDK's load_client.
[[nodiscard]] ModelType modelTypeFromName(const QString &name);
/// The spelling of the documentation, e.g. "chat-completion"; "unknown" for Unknown.
[[nodiscard]] QString modelTypeName(ModelType type);

/// What is known about one ability of a model, and why.
struct CapabilityState {
    enum class State { Unknown, Supported, Refused };
    State state = State::Unknown;
    /// Where it is known from. What was seen or asked counts more than what is declared.
    enum class Source {
        Declared, ///< the endpoint says so
        Seen, ///< an answer in ordinary use said so
        Probed, ///< somebody had it asked
    };
    QString evidence {}; ///< e.g. "422 parameter_not_supported: response_format"
    QDateTime seenAt {};
    Source source = Source::Declared;
    bool operator==(const CapabilityState &) const = default;
};

/// Abilities by name. Names: the parameter's wire name (tools, response_format, seed, dimensions …) or
/// chat, completion, text_embeddings, image_embeddings, images, audio, thinking, info, streaming, logprobs,
/// json_object, json_schema, parallel_tool_calls, stream_usage, system_role, tool_choice. One value of a parameter is
/// an ability of its own behind a dot: "encoding_format.int8".
using Capabilities = QMap<QString, CapabilityState>;

/// What an endpoint tells of a model beyond its name and type. Unset or empty: it does not say.
struct ModelFacts {
    std::optional<qint64> maxOutputTokens {};
    std::optional<qint64> embeddingLength {}; ///< dimensions of its embeddings
    QStringList inputModalities {}; ///< text, image, audio, …
    QStringList outputModalities {};
    QString family {};
    QString parameterSize {}; ///< "3.2B"
    QString quantization {}; ///< "Q4_K_M"
    std::optional<qint64> size {}; ///< bytes of its files
    bool isDeprecated = false;
    std::optional<double> inputPrice {}; ///< US dollars per million prompt tokens
    std::optional<double> outputPrice {}; ///< US dollars per million tokens of the answer
    Capabilities capabilities {}; ///< as declared, the evidence names the field; without time
    bool operator==(const ModelFacts &) const = default;
};

/// Names one model of one endpoint.
struct ModelRef {
    QString endpointId {};
    QString model {}; ///< may be empty on endpoints that serve a single model
    bool operator==(const ModelRef &) const = default;
    [[nodiscard]] bool isValid() const { return !endpointId.isEmpty(); }
};

/// The answer of GET /info and its relatives.
struct ModelInfo {
    QString name {};
    ModelType type = ModelType::Unknown;
    QString rawType {}; ///< as the endpoint spelt it
    QString provider {};
    std::optional<qint64> contextLength {}; ///< tokens
    ModelFacts facts {};
    QJsonObject raw {}; ///< the whole answer, for display
    bool operator==(const ModelInfo &) const = default;
};

/// One line of an endpoint's model list.
struct ModelDescription {
    QString id {}; ///< what goes into the request's `model`
    ModelType type = ModelType::Unknown;
    QString ownedBy {};
    std::optional<qint64> contextLength {}; ///< tokens
    ModelFacts facts {};
    QJsonObject raw {};
    bool operator==(const ModelDescription &) const = default;
};

} // namespace diptych

Q_DECLARE_METATYPE(diptych::ModelRef)
Q_DECLARE_METATYPE(diptych::ModelInfo)
