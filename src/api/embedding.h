// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/extras.h"
#include "api/usage.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>
#include <span>
#include <vector>

namespace diptych {

/// How the numbers of an embedding travel. Base64 is packed little-endian float32; binary and ubinary hold eight
/// dimensions per integer.
enum class EncodingFormat { Float, Base64, Int8, UInt8, Binary, UBinary };

/// What a text is for; some models embed queries and documents differently.
enum class EmbeddingInputType { Text, Query, Document };

[[nodiscard]] QString encodingFormatName(EncodingFormat format); ///< float, base64, int8, uint8, binary, ubinary
[[nodiscard]] std::optional<EncodingFormat> encodingFormatFromName(QStringView name);
[[nodiscard]] QString inputTypeName(EmbeddingInputType type); ///< text, query, document
[[nodiscard]] std::optional<EmbeddingInputType> inputTypeFromName(QStringView name);

/// Texts to embed. Unset is not sent.
/// Source: Azure AI Model Inference API, POST /embeddings.
struct EmbeddingRequest {
    QString model {};
    QStringList input {};
    std::optional<int> dimensions {};
    std::optional<EncodingFormat> encodingFormat {};
    std::optional<EmbeddingInputType> inputType {};
    QJsonObject extras {};
    std::optional<ExtrasMode> extrasMode {};
    bool operator==(const EmbeddingRequest &) const = default;
};

/// One picture to embed, with an optional text beside it.
struct ImageInput {
    QString image {}; ///< data:image/…;base64,…
    std::optional<QString> text {};
    bool operator==(const ImageInput &) const = default;
};

/// Pictures to embed. Unset is not sent.
/// Source: Azure AI Model Inference API, POST /images/embeddings.
struct ImageEmbeddingRequest {
    QString model {};
    std::vector<ImageInput> input {};
    std::optional<int> dimensions {};
    std::optional<EncodingFormat> encodingFormat {};
    std::optional<EmbeddingInputType> inputType {};
    QJsonObject extras {};
    std::optional<ExtrasMode> extrasMode {};
    bool operator==(const ImageEmbeddingRequest &) const = default;
};

/// Embeddings, one row per input, in the order of the inputs.
struct EmbeddingResponse {
    QString id {};
    QString model {};
    EncodingFormat format = EncodingFormat::Float; ///< how they travelled
    int dimensions = 0; ///< of each row
    std::vector<float> values {}; ///< row-major, count() × dimensions; binary formats as -1 and +1 per bit
    std::optional<Usage> usage {};
    bool operator==(const EmbeddingResponse &) const = default;

    [[nodiscard]] int count() const { return dimensions == 0 ? 0 : static_cast<int>(values.size()) / dimensions; }
    [[nodiscard]] std::span<const float> row(int index) const
    {
        const auto width = static_cast<std::size_t>(dimensions);
        return std::span<const float>(values).subspan(static_cast<std::size_t>(index) * width, width);
    }
};

} // namespace diptych

Q_DECLARE_METATYPE(diptych::EmbeddingResponse)
