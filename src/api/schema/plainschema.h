// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QJsonObject>
#include <QStringList>

namespace diptych {

/// A JSON schema of any draft, written so that the library understands it (draft 7), and what was lost on the way.
struct PlainSchema {
    QJsonObject schema {};
    QStringList unchecked {}; ///< keywords that are not checked, with their place: "/properties/when/format"
    bool operator==(const PlainSchema &) const = default;
};

/// Keywords of our own, see SchemaRules: the library has none for them, or one that goes wrong.
namespace schemakeyword {
inline constexpr char pattern[] = "diptych:pattern"; // the library's overflows the stack with long texts
inline constexpr char format[] = "diptych:format";
inline constexpr char integer[] = "diptych:integer"; // the library's ends at 2³¹
inline constexpr char multipleOf[] = "diptych:multipleOf"; // so does that; and 19.99 has to be a multiple of 0.01
} // namespace schemakeyword

/// Source: JSON Schema 2020-12, 2019-09, draft 7 and draft 4, core and validation; `nullable` of OpenAPI 3.0.
/// Errors: InvalidRequest, when it refers to something that is not in it, or to itself without end.
[[nodiscard]] Result<PlainSchema> plainSchema(const QJsonObject &schema);

} // namespace diptych
