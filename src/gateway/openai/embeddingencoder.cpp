// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/openai/embeddingencoder.h"

#include "api/metrics.h"
#include "gateway/openai/responseencoder.h"

#include <QJsonDocument>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

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

bool isFloat(EncodingFormat format)
{
    return format == EncodingFormat::Float || format == EncodingFormat::Base64;
}

/// Floats travel in whichever form was asked; what the model compressed stays as it is.
EncodingFormat formatOf(const EmbeddingResponse &response, std::optional<EncodingFormat> asked)
{
    return isFloat(response.format) ? asked.value_or(EncodingFormat::Float) : response.format;
}

/// A row spread over the range of int8, or of uint8 with zero at 128: the largest component becomes 127, so the cosines
/// of int8 rows stay those of the floats but for rounding.
std::vector<float> quantised(std::span<const float> row, EncodingFormat format)
{
    constexpr float largestStep = 127;
    constexpr float middle = 128;
    float largest = 0;
    for (const float value : row) {
        if (std::isfinite(value))
            largest = std::max(largest, std::abs(value));
    }
    std::vector<float> steps;
    steps.reserve(row.size());
    for (const float value : row) {
        const float step = largest > 0 && std::isfinite(value) ? std::round(value / largest * largestStep) : 0;
        steps.push_back(format == EncodingFormat::UInt8 ? step + middle : step);
    }
    return steps;
}

QByteArray quoted(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray {text}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

} // namespace

void appendFloats(QByteArray &out, std::span<const float> row)
{
    appendRow(out, row, EncodingFormat::Float);
}

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
        const bool isQuantised = format == EncodingFormat::Int8 || format == EncodingFormat::UInt8;
        if (isQuantised && isFloat(response.format))
            appendRow(out, quantised(response.row(i), format), format);
        else
            appendRow(out, response.row(i), format);
        out += '}';
    }
    Usage usage = response.usage.value_or(Usage {});
    usage.completionTokens = usage.completionTokens.value_or(0);
    const QJsonObject counts = encodeUsage(completeUsage(usage, inputLength, 0));
    return out + "],\"usage\":" + QJsonDocument(counts).toJson(QJsonDocument::Compact) + '}';
}

} // namespace diptych
