// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/schema/schemarules.h"

#include "api/schema/plainschema.h"
#include "api/schema/textformat.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <cmath>

namespace diptych {

namespace {

using namespace valijson::constraints;
using Target = valijson::adapters::QtJsonAdapter;

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::JsonSchema", text);
}

/// A keyword of ours. `Rule` has the function check() and a QString `keyword`.
template <typename Rule>
class OwnConstraint : public PolyConstraint
{
public:
    explicit OwnConstraint(Rule rule)
        : m_rule(std::move(rule))
    {
    }
    bool validate(const valijson::adapters::Adapter &target, const std::vector<std::string> &,
        valijson::ValidationResults *) const override
    {
        return m_rule.check(target);
    }
    const Rule &rule() const { return m_rule; }

private:
    Constraint *cloneInto(void *place) const override { return new (place) OwnConstraint(m_rule); }
    size_t sizeOf() const override { return sizeof(OwnConstraint); }
    Rule m_rule;
};

struct PatternRule {
    QRegularExpression expression;
    explicit PatternRule(const valijson::adapters::Adapter &node)
        : expression(QString::fromStdString(node.asString()), QRegularExpression::UseUnicodePropertiesOption)
    {
        expression.optimize();
    }
    bool check(const valijson::adapters::Adapter &target) const
    {
        if (!target.isString())
            return true;
        const auto match = expression.match(QString::fromStdString(target.asString()));
        // A pattern that PCRE gives up on is not the text's fault.
        return match.hasMatch() || !match.isValid();
    }
    BrokenRule broken() const { return {QStringLiteral("pattern"), expression.pattern()}; }
};

struct FormatRule {
    QString format;
    explicit FormatRule(const valijson::adapters::Adapter &node)
        : format(QString::fromStdString(node.asString()))
    {
    }
    bool check(const valijson::adapters::Adapter &target) const
    {
        return !target.isString() || hasTextFormat(QString::fromStdString(target.asString()), format);
    }
    BrokenRule broken() const { return {QStringLiteral("format"), format}; }
};

struct IntegerRule {
    explicit IntegerRule(const valijson::adapters::Adapter &) { }
    bool check(const valijson::adapters::Adapter &target) const
    {
        return !target.isNumber() || std::floor(target.asDouble()) == target.asDouble();
    }
    BrokenRule broken() const { return {QStringLiteral("type"), translated("a whole number is expected")}; }
};

struct MultipleRule {
    double step;
    explicit MultipleRule(const valijson::adapters::Adapter &node)
        : step(node.asDouble())
    {
    }
    bool check(const valijson::adapters::Adapter &target) const
    {
        if (!target.isNumber() || step <= 0)
            return true;
        const double times = target.asDouble() / step;
        // 19.99 / 0.01 is not quite 1999 in binary.
        return std::abs(times - std::round(times)) <= 1e-9 * std::max(1.0, std::abs(times));
    }
    BrokenRule broken() const { return {QStringLiteral("multipleOf"), QString::number(step, 'g', 15)}; }
};

template <typename Rule>
class Builder : public valijson::ConstraintBuilder
{
public:
    Constraint *make(const valijson::adapters::Adapter &node) const override
    {
        return new OwnConstraint<Rule>(Rule(node));
    }
};

template <typename Rule>
bool describeAs(const PolyConstraint &constraint, BrokenRule &broken)
{
    const auto *own = dynamic_cast<const OwnConstraint<Rule> *>(&constraint);
    if (own)
        broken = own->rule().broken();
    return own != nullptr;
}

QString typeName(TypeConstraint::JsonType type)
{
    switch (type) {
    case TypeConstraint::kArray:
        return QStringLiteral("array");
    case TypeConstraint::kBoolean:
        return QStringLiteral("boolean");
    case TypeConstraint::kNull:
        return QStringLiteral("null");
    case TypeConstraint::kNumber:
    case TypeConstraint::kInteger:
        return QStringLiteral("number");
    case TypeConstraint::kObject:
        return QStringLiteral("object");
    case TypeConstraint::kString:
        return QStringLiteral("string");
    default:
        return QStringLiteral("any");
    }
}

QString shown(double number)
{
    return QString::number(number, 'g', 15);
}

/// Visits one constraint and keeps what it is called.
class Describer : public ConstraintVisitor
{
public:
    explicit Describer(const QJsonValue &value)
        : m_value(value)
    {
    }
    BrokenRule rule {};

    bool visit(const AllOfConstraint &) override { return name("allOf"); }
    bool visit(const AnyOfConstraint &) override { return name("anyOf", translated("none of the alternatives fits")); }
    bool visit(const ConditionalConstraint &) override { return name("if"); }
    bool visit(const ConstConstraint &) override { return name("const", translated("another value is expected")); }
    bool visit(const ContainsConstraint &) override { return name("contains"); }
    bool visit(const DependenciesConstraint &) override { return name("dependencies"); }
    bool visit(const EnumConstraint &) override { return name("enum", translated("none of the allowed values")); }
    bool visit(const FormatConstraint &) override { return name("format"); }
    bool visit(const LinearItemsConstraint &) override { return name("items", translated("too many items")); }
    bool visit(const MaximumConstraint &bound) override
    {
        return name(bound.getExclusiveMaximum() ? "exclusiveMaximum" : "maximum", shown(bound.getMaximum()));
    }
    bool visit(const MaxItemsConstraint &bound) override { return count("maxItems", bound.getMaxItems()); }
    bool visit(const MaxLengthConstraint &bound) override { return count("maxLength", bound.getMaxLength()); }
    bool visit(const MaxPropertiesConstraint &bound) override
    {
        return count("maxProperties", bound.getMaxProperties());
    }
    bool visit(const MinimumConstraint &bound) override
    {
        return name(bound.getExclusiveMinimum() ? "exclusiveMinimum" : "minimum", shown(bound.getMinimum()));
    }
    bool visit(const MinItemsConstraint &bound) override { return count("minItems", bound.getMinItems()); }
    bool visit(const MinLengthConstraint &bound) override { return count("minLength", bound.getMinLength()); }
    bool visit(const MinPropertiesConstraint &bound) override
    {
        return count("minProperties", bound.getMinProperties());
    }
    bool visit(const MultipleOfDoubleConstraint &) override { return name("multipleOf"); }
    bool visit(const MultipleOfIntConstraint &) override { return name("multipleOf"); }
    bool visit(const NotConstraint &) override { return name("not"); }
    bool visit(const OneOfConstraint &) override
    {
        return name("oneOf", translated("not exactly one of the alternatives fits"));
    }
    bool visit(const PatternConstraint &) override { return name("pattern"); }
    bool visit(const PolyConstraint &constraint) override
    {
        return describeAs<PatternRule>(constraint, rule) || describeAs<FormatRule>(constraint, rule)
            || describeAs<IntegerRule>(constraint, rule) || describeAs<MultipleRule>(constraint, rule);
    }
    bool visit(const PropertiesConstraint &) override { return name("properties"); }
    bool visit(const PropertyNamesConstraint &) override { return name("propertyNames"); }
    bool visit(const RequiredConstraint &constraint) override
    {
        QStringList missing;
        constraint.applyToRequiredProperties([&](const auto &property) {
            const QString key = QString::fromUtf8(property.data(), static_cast<qsizetype>(property.size()));
            if (!m_value.toObject().contains(key))
                missing.push_back(key);
            return true;
        });
        return name("required", translated("%1 is missing").arg(missing.join(QStringLiteral(", "))));
    }
    bool visit(const SingularItemsConstraint &) override { return name("items"); }
    bool visit(const TypeConstraint &constraint) override
    {
        QStringList types;
        constraint.applyToNamedTypes([&](TypeConstraint::JsonType type) {
            types.push_back(typeName(type));
            return true;
        });
        return name("type", translated("%1 is expected").arg(types.join(translated(" or "))));
    }
    bool visit(const UniqueItemsConstraint &) override
    {
        return name("uniqueItems", translated("an item is there twice"));
    }

private:
    bool name(const char *keyword, const QString &detail = {})
    {
        rule = {QString::fromLatin1(keyword), detail};
        return true;
    }
    bool count(const char *keyword, quint64 number) { return name(keyword, QString::number(number)); }

    const QJsonValue &m_value;
};

/// The patterns that the library has read already, for patternProperties.
using PatternCache = std::unordered_map<std::string, std::regex>;

} // namespace

void addOwnRules(valijson::SchemaParser &parser)
{
    parser.addConstraintBuilder(schemakeyword::pattern, new Builder<PatternRule>);
    parser.addConstraintBuilder(schemakeyword::format, new Builder<FormatRule>);
    parser.addConstraintBuilder(schemakeyword::integer, new Builder<IntegerRule>);
    parser.addConstraintBuilder(schemakeyword::multipleOf, new Builder<MultipleRule>);
}

BrokenRule describe(const Constraint &constraint, const QJsonValue &value)
{
    Describer describer(value);
    constraint.accept(describer);
    return describer.rule;
}

bool allows(const TypeConstraint &constraint, bool isArray)
{
    bool found = false;
    constraint.applyToNamedTypes([&](TypeConstraint::JsonType type) {
        found = found || type == (isArray ? TypeConstraint::kArray : TypeConstraint::kObject)
            || type == TypeConstraint::kAny;
        return true;
    });
    return found;
}

bool meets(const QJsonValue &value, const valijson::Subschema &schema)
{
    PatternCache cache;
    const Target target(value);
    return valijson::ValidationVisitor<Target>(target, {}, true, nullptr, cache).validateSchema(schema);
}

std::optional<BrokenRule> brokenRule(const QJsonValue &value, const valijson::Subschema &schema)
{
    if (schema.getAlwaysInvalid())
        return BrokenRule {QStringLiteral("false"), translated("nothing is allowed here")};
    PatternCache cache;
    const Target target(value);
    valijson::ValidationVisitor<Target> visitor(target, {}, true, nullptr, cache);
    std::optional<BrokenRule> broken;
    valijson::Subschema::ApplyFunction check = [&](const Constraint &constraint) {
        if (constraint.accept(visitor))
            return true;
        // What is inside says more than "allOf".
        if (const auto *all = dynamic_cast<const AllOfConstraint *>(&constraint)) {
            all->applyToSubschemas([&](unsigned, const valijson::Subschema *part) {
                broken = brokenRule(value, *part);
                return !broken;
            });
        }
        if (!broken)
            broken = describe(constraint, value);
        return false;
    };
    schema.applyStrict(check);
    return broken;
}

} // namespace diptych
