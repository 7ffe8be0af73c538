// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <simdjson.h>

#include <optional>
#include <string_view>

namespace diptych {

/// Reads JSON that somebody else wrote: null counts as absent, unknown keys are not looked at, a member of a wrong type
/// is a fault that names its path. Only the first fault is kept; after it every read gives nothing, so that a decoder
/// can read on and look at fault() once. Include it in .cpp files only: simdjson is a large header.
class JsonReader
{
public:
    using Element = simdjson::dom::element;
    using Object = simdjson::dom::object;
    using Array = simdjson::dom::array;

    /// Parses and starts anew; what was read before is gone. Error::Kind::Protocol with a sample when it is not JSON or
    /// not an object.
    [[nodiscard]] Result<Object> parse(QByteArrayView json);

    // Members by key. `path` is what a fault calls the member.
    [[nodiscard]] std::optional<Element> member(Object object, std::string_view key) const;
    [[nodiscard]] std::optional<Object> object(Object parent, std::string_view key, const char *path);
    [[nodiscard]] std::optional<Array> array(Object parent, std::string_view key, const char *path);
    [[nodiscard]] QString text(Object parent, std::string_view key, const char *path);
    /// A text that only has to be told from others, such as an id: some servers number them.
    [[nodiscard]] QString label(Object parent, std::string_view key, const char *path);
    [[nodiscard]] std::optional<qint64> integer(Object parent, std::string_view key, const char *path);
    [[nodiscard]] std::optional<double> number(Object parent, std::string_view key, const char *path);

    // The value itself.
    [[nodiscard]] std::optional<Object> asObject(Element element, const char *path);
    [[nodiscard]] std::optional<QString> asText(Element element, const char *path);
    [[nodiscard]] std::optional<qint64> asInteger(Element element, const char *path);
    [[nodiscard]] std::optional<double> asNumber(Element element, const char *path);

    void setFault(const char *path, const char *expected);
    [[nodiscard]] bool hasFault() const { return m_fault.has_value(); }
    /// The fault as Error::Kind::Protocol, with a sample of the document.
    [[nodiscard]] Error fault(QByteArrayView json) const;

private:
    struct Fault {
        const char *path;
        const char *expected;
    };
    simdjson::dom::parser m_parser;
    std::optional<Fault> m_fault;
    bool m_isRepaired = false; // the document at hand
};

} // namespace diptych
