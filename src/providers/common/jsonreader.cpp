// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/jsonreader.h"

#include "providers/common/jsontext.h"

#include <QCoreApplication>

#include <cmath>

namespace diptych {

namespace {

Error notJson(QByteArrayView json, const char *why)
{
    return {.kind = Error::Kind::Protocol,
        .message = QCoreApplication::translate("diptych::JsonReader", "The answer is not valid JSON: %1")
                       .arg(QString::fromLatin1(why)),
        .bodySample = bodySampleOf(json)};
}

/// True when the text can be a JSON object at all: spares the parser a large body of something else.
bool looksLikeObject(QByteArrayView json)
{
    for (const char c : json) {
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
            return c == '{' || c == '\xEF';
    }
    return false;
}

} // namespace

Result<JsonReader::Object> JsonReader::parse(QByteArrayView json)
{
    m_fault.reset();
    m_isRepaired = false;
    if (!looksLikeObject(json))
        return Failure(notJson(json, "an object was expected"));
    Element root;
    auto code = m_parser.parse(json.data(), static_cast<std::size_t>(json.size())).get(root);
    if (code == simdjson::STRING_ERROR || code == simdjson::UTF8_ERROR || (code && json.startsWith('\xEF'))) {
        m_isRepaired = true;
        const QByteArray repaired = repairedJson(json);
        code = m_parser.parse(repaired.constData(), static_cast<std::size_t>(repaired.size())).get(root);
    }
    if (code)
        return Failure(notJson(json, simdjson::error_message(code)));
    Object object;
    if (root.get(object))
        return Failure(notJson(json, "an object was expected"));
    return object;
}

std::optional<JsonReader::Element> JsonReader::member(Object object, std::string_view key) const
{
    Element element;
    if (m_fault || object.at_key(key).get(element) || element.is_null())
        return std::nullopt;
    return element;
}

std::optional<JsonReader::Object> JsonReader::object(Object parent, std::string_view key, const char *path)
{
    const auto element = member(parent, key);
    return element ? asObject(*element, path) : std::nullopt;
}

std::optional<JsonReader::Array> JsonReader::array(Object parent, std::string_view key, const char *path)
{
    const auto element = member(parent, key);
    Array array;
    if (!element)
        return std::nullopt;
    if (!element->get(array))
        return array;
    setFault(path, "an array");
    return std::nullopt;
}

QString JsonReader::text(Object parent, std::string_view key, const char *path)
{
    const auto element = member(parent, key);
    return element ? asText(*element, path).value_or(QString()) : QString();
}

QString JsonReader::label(Object parent, std::string_view key, const char *path)
{
    const auto element = member(parent, key);
    const bool isNumber = element && (element->is_int64() || element->is_uint64());
    return isNumber ? QString::number(asInteger(*element, path).value_or(0)) : text(parent, key, path);
}

std::optional<qint64> JsonReader::integer(Object parent, std::string_view key, const char *path)
{
    const auto element = member(parent, key);
    return element ? asInteger(*element, path) : std::nullopt;
}

std::optional<double> JsonReader::number(Object parent, std::string_view key, const char *path)
{
    const auto element = member(parent, key);
    return element ? asNumber(*element, path) : std::nullopt;
}

std::optional<JsonReader::Object> JsonReader::asObject(Element element, const char *path)
{
    Object object;
    if (!element.get(object))
        return object;
    setFault(path, "an object");
    return std::nullopt;
}

std::optional<QString> JsonReader::asText(Element element, const char *path)
{
    std::string_view text;
    if (!element.get(text)) {
        QString result = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        return m_isRepaired ? withHalves(result) : result;
    }
    setFault(path, "a string");
    return std::nullopt;
}

std::optional<qint64> JsonReader::asInteger(Element element, const char *path)
{
    std::int64_t integer = 0;
    if (!element.get(integer))
        return integer;
    double number = 0;
    // Some servers write counts and times as 12.0.
    if (!element.get(number) && std::abs(number) < 9e15)
        return static_cast<qint64>(number);
    // Some write them as text.
    std::string_view text;
    bool isInteger = false;
    if (!element.get(text)) {
        const qint64 value = QByteArrayView(text.data(), qsizetype(text.size())).toLongLong(&isInteger);
        if (isInteger)
            return value;
    }
    setFault(path, "an integer");
    return std::nullopt;
}

std::optional<double> JsonReader::asNumber(Element element, const char *path)
{
    double number = 0;
    if (!element.get(number))
        return number;
    setFault(path, "a number");
    return std::nullopt;
}

void JsonReader::setFault(const char *path, const char *expected)
{
    if (!m_fault)
        m_fault = Fault {path, expected};
}

Error JsonReader::fault(QByteArrayView json) const
{
    Q_ASSERT(m_fault);
    return {.kind = Error::Kind::Protocol,
        .message =
            QCoreApplication::translate("diptych::JsonReader", "The answer does not follow the format: %1 is not %2.")
                .arg(QString::fromLatin1(m_fault->path), QString::fromLatin1(m_fault->expected)),
        .parameter = QString::fromLatin1(m_fault->path),
        .bodySample = bodySampleOf(json)};
}

} // namespace diptych
