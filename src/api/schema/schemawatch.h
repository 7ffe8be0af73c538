// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/schema/jsonpush.h"
#include "api/schema/jsonschema.h"

#include <QStringView>

namespace diptych {

class SchemaFollower;

/// Follows a JSON text while it arrives and names the first thing that can no longer become valid, as soon as that is
/// certain. Being incomplete is never a fault, wherever the text is cut.
class SchemaWatch
{
public:
    enum class State {
        Empty, ///< nothing but blanks so far
        ValidSoFar,
        Valid, ///< the value is complete
        Violates, ///< for good; see fault()
        NotJson, ///< for good; see span()
        Cut, ///< the text ended before the value did
    };

    explicit SchemaWatch(JsonSchema schema);
    ~SchemaWatch();
    SchemaWatch(SchemaWatch &&) noexcept;
    SchemaWatch &operator=(SchemaWatch &&) noexcept;

    void add(QStringView text);
    void finish(); ///< no more text follows

    [[nodiscard]] State state() const;
    [[nodiscard]] const SchemaFault &fault() const; ///< with Violates
    /// The value that breaks the schema, or the character with which the text stops being JSON.
    [[nodiscard]] TextSpan span() const;
    [[nodiscard]] const JsonSchema &schema() const { return m_schema; }

private:
    JsonSchema m_schema;
    std::unique_ptr<SchemaFollower> m_follower;
    std::unique_ptr<JsonPush> m_push;
    bool m_isFinished = false;
};

} // namespace diptych
