// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/embeddingencoder.h"

#include "gateway/responseencoder.h"

#include <QJsonDocument>
#include <QtEndian>

#include <array>
#include <charconv>
#include <cmath>

namespace diptych {

namespace {

void appendFloat(QByteArray &out, float value)
{
    if (!std::isfinite(value)) {
        out += '0'; // JSON has no such numbers
        return;
    }
    std::array<char, 32> text {};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    out.append(text.data(), end - text.data());
}

QByteArray packedFloats(std::span<const float> row)
{
    QByteArray bytes(static_cast<qsizetype>(row.size() * sizeof(float)), Qt::Uninitialized);
    qToLittleEndian<float>(row.data(), static_cast<qsizetype>(row.size()), bytes.data());
    return bytes.toBase64();
}

/// Eight dimensions an integer; a row that is no multiple of eight long is filled up with zero bits.
void appendBits(QByteArray &out, std::span<const float> row, int offset)
{
    for (std::size_t begin = 0; begin < row.size(); begin += 8) {
        int packed = 0;
        for (std::size_t bit = 0; bit < 8; ++bit) {
            const bool set = begin + bit < row.size() && row[begin + bit] > 0;
            packed = packed * 2 + (set ? 1 : 0);
        }
        if (begin > 0)
            out += ',';
        out += QByteArray::number(packed + offset);
    }
}

void appendRow(QByteArray &out, std::span<const float> row, EncodingFormat format)
{
    if (format == EncodingFormat::Base64) {
        out += '"' + packedFloats(row) + '"';
        return;
    }
    out += '[';
    if (format == EncodingFormat::Binary || format == EncodingFormat::UBinary) {
        appendBits(out, row, format == EncodingFormat::Binary ? -128 : 0);
    } else {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0)
                out += ',';
            if (format == EncodingFormat::Float)
                appendFloat(out, row[i]);
            else
                out += QByteArray::number(std::lround(row[i]));
        }
    }
    out += ']';
}

/// Floats travel as numbers or as Base64, whichever was asked; what the model compressed stays compressed.
EncodingFormat formatOf(const EmbeddingResponse &response, std::optional<EncodingFormat> asked)
{
    const bool isFloat = response.format == EncodingFormat::Float || response.format == EncodingFormat::Base64;
    if (!isFloat)
        return response.format;
    return asked == EncodingFormat::Base64 ? EncodingFormat::Base64 : EncodingFormat::Float;
}

QByteArray quoted(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray {text}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

} // namespace

QByteArray encodeEmbeddings(
    const EmbeddingResponse &response, std::optional<EncodingFormat> asked, qsizetype inputLength)
{
    const EncodingFormat format = formatOf(response, asked);
    const QString id = response.id.isEmpty() ? makeResponseId(QLatin1String("embd")) : response.id;
    QByteArray out =
        "{\"id\":" + quoted(id) + ",\"object\":\"list\",\"model\":" + quoted(response.model) + ",\"data\":[";
    constexpr qsizetype textPerFloat = 14;
    out.reserve(out.size() + static_cast<qsizetype>(response.values.size()) * textPerFloat + 256);
    for (int i = 0; i < response.count(); ++i) {
        out += i > 0 ? "," : "";
        out += "{\"object\":\"embedding\",\"index\":" + QByteArray::number(i) + ",\"embedding\":";
        appendRow(out, response.row(i), format);
        out += '}';
    }
    Usage usage = response.usage.value_or(Usage {});
    usage.completionTokens = usage.completionTokens.value_or(0);
    const QJsonObject counts = encodeUsage(completeUsage(usage, inputLength, 0));
    return out + "],\"usage\":" + QJsonDocument(counts).toJson(QJsonDocument::Compact) + '}';
}

} // namespace diptych
