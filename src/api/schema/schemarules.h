// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For the files of this folder only: the library's headers are large.

// NOLINTNEXTLINE: the library's own switch
#define VALIJSON_USE_EXCEPTIONS 1

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/constraints/concrete_constraints.hpp>
#include <valijson/constraints/constraint_visitor.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_visitor.hpp>

#include <QJsonObject>
#include <QStringList>

namespace diptych {

/// What JsonSchema shares among its copies.
struct CompiledSchema {
    QJsonObject plain {}; ///< values in the constraints refer to it
    QStringList unchecked {};
    valijson::Schema schema {};
};

/// Adds our own keywords to those of the library; see schemakeyword.
void addOwnRules(valijson::SchemaParser &parser);

/// The keyword and what was expected, of a constraint that a value does not meet.
struct BrokenRule {
    QString keyword {};
    QString detail {};
};
[[nodiscard]] BrokenRule describe(const valijson::constraints::Constraint &constraint, const QJsonValue &value);
/// Whether the type that a schema asks for may be an object (or an array).
[[nodiscard]] bool allows(const valijson::constraints::TypeConstraint &constraint, bool isArray);

/// Whether a complete value meets a schema, with everything in it.
[[nodiscard]] bool meets(const QJsonValue &value, const valijson::Subschema &schema);
/// The first constraint that a complete value does not meet; unset: it meets all.
[[nodiscard]] std::optional<BrokenRule> brokenRule(const QJsonValue &value, const valijson::Subschema &schema);

} // namespace diptych
