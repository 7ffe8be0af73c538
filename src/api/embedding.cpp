// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/embedding.h"

#include <array>
#include <utility>

namespace diptych {

namespace {

constexpr std::array<std::pair<EncodingFormat, QStringView>, 6> formats {
    {{EncodingFormat::Float, u"float"}, {EncodingFormat::Base64, u"base64"}, {EncodingFormat::Int8, u"int8"},
        {EncodingFormat::UInt8, u"uint8"}, {EncodingFormat::Binary, u"binary"}, {EncodingFormat::UBinary, u"ubinary"}}};
constexpr std::array<std::pair<EmbeddingInputType, QStringView>, 3> inputTypes {{{EmbeddingInputType::Text, u"text"},
    {EmbeddingInputType::Query, u"query"}, {EmbeddingInputType::Document, u"document"}}};

template <typename Table, typename Value>
QString nameOf(const Table &table, Value value)
{
    for (const auto &[entry, name] : table) {
        if (entry == value)
            return name.toString();
    }
    return {};
}

template <typename Value, std::size_t size>
std::optional<Value> valueOf(const std::array<std::pair<Value, QStringView>, size> &table, QStringView wanted)
{
    for (const auto &[entry, name] : table) {
        if (name == wanted)
            return entry;
    }
    return std::nullopt;
}

} // namespace

QString encodingFormatName(EncodingFormat format)
{
    return nameOf(formats, format);
}

std::optional<EncodingFormat> encodingFormatFromName(QStringView name)
{
    return valueOf(formats, name);
}

QString inputTypeName(EmbeddingInputType type)
{
    return nameOf(inputTypes, type);
}

std::optional<EmbeddingInputType> inputTypeFromName(QStringView name)
{
    return valueOf(inputTypes, name);
}

} // namespace diptych
