// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace diptych {

struct CompiledSchema;

/// What in a value does not follow its schema.
struct SchemaFault {
    QString pointer {}; ///< of the value, RFC 6901; empty: the whole
    QString keyword {}; ///< of the schema
    QString detail {}; ///< what was expected, for people; may be empty
    bool operator==(const SchemaFault &) const = default;
};

/// "/items/3/price: type (number is expected)".
[[nodiscard]] QString schemaFaultText(const SchemaFault &fault);

/// A JSON schema that values are checked by. Cheap to copy. The checking is done by valijson; what it lacks of newer
/// drafts is written in the words of draft 7 first.
class JsonSchema
{
public:
    /// Errors: InvalidRequest, when the schema is none, refers to something outside, or leads to itself without end.
    [[nodiscard]] static Result<JsonSchema> compile(const QJsonObject &schema);

    /// Keywords that are not checked, with their place: a value that is called valid may break them.
    [[nodiscard]] const QStringList &unchecked() const;
    /// The first fault in the order of keys and items; unset: the value is valid.
    [[nodiscard]] std::optional<SchemaFault> fault(const QJsonValue &value) const;
    /// Of a whole JSON text, in its own order. What is not JSON is a fault of the keyword "json".
    [[nodiscard]] std::optional<SchemaFault> faultOf(const QString &json) const;

    [[nodiscard]] const CompiledSchema &compiled() const { return *m_compiled; }

private:
    explicit JsonSchema(std::shared_ptr<const CompiledSchema> compiled)
        : m_compiled(std::move(compiled))
    {
    }
    std::shared_ptr<const CompiledSchema> m_compiled;
};

} // namespace diptych
