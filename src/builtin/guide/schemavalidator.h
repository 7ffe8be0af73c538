// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <optional>

namespace diptych {

/// Checks JSON values by a schema, so that nothing leaves that does not follow it. What it can not check counts as a
/// fault: unknown references, keywords such as unevaluatedProperties.
/// Source: JSON Schema 2020-12, core and validation; exclusiveMinimum and exclusiveMaximum also as in draft 4.
class SchemaValidator
{
public:
    explicit SchemaValidator(QJsonObject root)
        : m_root(std::move(root))
    {
    }

    /// The first keyword that the value does not follow; unset: it is valid.
    [[nodiscard]] std::optional<QString> fault(const QJsonValue &value) const;
    /// The same by a schema inside the root.
    [[nodiscard]] std::optional<QString> fault(const QJsonValue &value, const QJsonValue &schema) const;

private:
    using Fault = std::optional<QString>;

    [[nodiscard]] Fault check(const QJsonValue &value, const QJsonValue &schema, int depth) const;
    [[nodiscard]] Fault checkReference(const QJsonValue &value, const QString &reference, int depth) const;
    [[nodiscard]] Fault checkCombined(const QJsonValue &value, const QJsonObject &schema, int depth) const;
    [[nodiscard]] Fault checkObject(const QJsonObject &object, const QJsonObject &schema, int depth) const;
    [[nodiscard]] Fault checkMembers(const QJsonObject &object, const QJsonObject &schema, int depth) const;
    [[nodiscard]] Fault checkArray(const QJsonArray &array, const QJsonObject &schema, int depth) const;

    QJsonObject m_root;
    mutable int m_budget = 300'000; // schemas visited; bounds those that refer to themselves. Used up: all is a fault
};

/// Where a local reference ("#/$defs/point") leads; undefined: nowhere.
[[nodiscard]] QJsonValue schemaAt(const QJsonObject &root, const QString &reference);

} // namespace diptych
