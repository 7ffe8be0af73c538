// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "builtin/guide/schemavalidator.h"
#include "core/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

#include <deque>
#include <optional>

namespace diptych {

/// What values may be taken from.
struct FillSources {
    QString question {}; ///< the person's words
    QString answer {}; ///< goes into properties such as "answer"; empty with tool calls
    QString source {}; ///< where the answer is from; goes into "source"
    bool fillOptional = false; ///< also properties that are not required
};

/// Makes a JSON value that follows a JSON schema, with what it finds in a text: enum values that are mentioned, numbers
/// in range, quoted and capitalised words. What is not found gets the smallest valid value.
/// Source: JSON Schema 2020-12; types, enum, const, properties, required, items, prefixItems, ranges, lengths, anyOf,
/// oneOf, allOf, local $ref, the commonest formats. What was filled is checked by SchemaValidator before it is handed
/// out.
class SchemaFiller
{
public:
    SchemaFiller(QJsonObject root, FillSources sources);

    /// Errors: Unsupported with an empty parameter; the message says what in the schema could not be met.
    [[nodiscard]] Result<QJsonValue> fill();

private:
    using Value = std::optional<QJsonValue>; // unset: could not be met; m_problem says why

    Value fillAny(const QJsonValue &schema, const QString &name, int depth);
    Value fillSchema(QJsonObject schema, const QString &name, int depth);
    Value fillAlternatives(const QJsonObject &schema, const QString &keyword, const QString &name, int depth);
    Value fillEnum(const QJsonObject &schema);
    Value fillObject(const QJsonObject &schema, int depth);
    Value fillArray(const QJsonObject &schema, const QString &name, int depth);
    Value fillNumber(const QJsonObject &schema, bool integer);
    Value fillString(const QJsonObject &schema, const QString &name);
    Value fillBoolean(const QString &name) const;
    [[nodiscard]] QJsonArray namedItems(const QJsonValue &items);
    [[nodiscard]] static QJsonValue furtherSchema(const QJsonObject &schema, const QString &name);
    [[nodiscard]] std::optional<QJsonObject> resolved(QJsonObject schema) const;
    [[nodiscard]] bool isWorthFilling(const QJsonValue &schema, const QString &name, int depth) const;
    [[nodiscard]] QString textFor(const QString &name, const QString &format);
    Value failed(const QString &problem);

    QJsonObject m_root;
    SchemaValidator m_validator;
    FillSources m_sources;
    std::deque<double> m_numbers; // of the question, in order, those not used yet
    QStringList m_names; // quoted and capitalised words, those not used yet
    QString m_problem;
    int m_budget = 20'000; // schemas visited; bounds schemas that refer to themselves
};

} // namespace diptych
