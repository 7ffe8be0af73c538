// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/schema/jsonschema.h"

#include "api/schema/plainschema.h"
#include "api/schema/schemafollower.h"
#include "api/schema/schemawatch.h"

#include <QCoreApplication>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::JsonSchema", text);
}

} // namespace

QString schemaFaultText(const SchemaFault &fault)
{
    const QString place = fault.pointer.isEmpty() ? translated("the whole value") : fault.pointer;
    return fault.detail.isEmpty() ? translated("%1: %2").arg(place, fault.keyword)
                                  : translated("%1: %2 (%3)").arg(place, fault.keyword, fault.detail);
}

Result<JsonSchema> JsonSchema::compile(const QJsonObject &schema)
{
    Result<PlainSchema> plain = plainSchema(schema);
    if (!plain)
        return Failure(plain.error());
    auto compiled = std::make_shared<CompiledSchema>();
    compiled->plain = plain->schema;
    compiled->unchecked = plain->unchecked;
    try {
        valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
        addOwnRules(parser);
        const QJsonValue root(compiled->plain);
        parser.populateSchema(valijson::adapters::QtJsonAdapter(root), compiled->schema);
    } catch (const std::exception &problem) {
        return Failure({.kind = Error::Kind::InvalidRequest,
            .message = translated("This is not a JSON schema: %1").arg(QString::fromUtf8(problem.what()))});
    }
    return JsonSchema(std::move(compiled));
}

const QStringList &JsonSchema::unchecked() const
{
    return m_compiled->unchecked;
}

std::optional<SchemaFault> JsonSchema::fault(const QJsonValue &value) const
{
    SchemaFollower follower(*m_compiled);
    follower.feed(value);
    return follower.certain() ? std::optional(follower.certain()->fault) : std::nullopt;
}

std::optional<SchemaFault> JsonSchema::faultOf(const QString &json) const
{
    SchemaWatch watch(*this);
    watch.add(json);
    watch.finish();
    switch (watch.state()) {
    case SchemaWatch::State::Violates:
        return watch.fault();
    case SchemaWatch::State::NotJson:
        return SchemaFault {
            {}, QStringLiteral("json"), translated("not JSON from character %1 on").arg(watch.span().start + 1)};
    case SchemaWatch::State::Valid:
        return {};
    default:
        return SchemaFault {{}, QStringLiteral("json"), translated("it ends before the value does")};
    }
}

} // namespace diptych
