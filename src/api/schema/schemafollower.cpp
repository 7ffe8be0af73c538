// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/schema/schemafollower.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych {

namespace {

using namespace valijson::constraints;
using valijson::Subschema;

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::JsonSchema", text);
}

QString token(QString key)
{
    return u'/' % key.replace(u'~', QLatin1String("~0")).replace(u'/', QLatin1String("~1"));
}

} // namespace

/// Looks at one open object or array by one schema. Each function returns false when it can not become true.
class SchemaFollower::OpenCheck : public ConstraintVisitor
{
public:
    OpenCheck(SchemaFollower &follower, std::size_t level)
        : m_follower(follower)
        , m_level(level)
        , m_frame(follower.m_frames[level])
        , m_isNews(level + 1 == follower.m_frames.size())
    {
    }
    Certain certain {};

    bool visit(const AllOfConstraint &constraint) override
    {
        bool holds = true;
        constraint.applyToSubschemas([&](unsigned, const Subschema *part) { return holds = inside(*part); });
        return holds;
    }
    bool visit(const AnyOfConstraint &constraint) override { return anyOf(constraint); }
    // Two that fit are certain only at the end.
    bool visit(const OneOfConstraint &constraint) override { return anyOf(constraint); }
    bool visit(const TypeConstraint &constraint) override
    {
        if (allows(constraint, m_frame.isArray))
            return true;
        const BrokenRule rule = describe(constraint, {});
        certain = {{m_follower.pointerTo(m_level), rule.keyword, rule.detail}, {m_frame.start, m_frame.start + 1}, 0};
        return false;
    }
    bool visit(const MaxItemsConstraint &constraint) override
    {
        return !m_frame.isArray || items() <= constraint.getMaxItems() || childFails(describe(constraint, {}));
    }
    bool visit(const MaxPropertiesConstraint &constraint) override
    {
        return m_frame.isArray || members() <= constraint.getMaxProperties() || nameFails(describe(constraint, {}));
    }
    bool visit(const PropertiesConstraint &constraint) override;
    bool visit(const PropertyNamesConstraint &constraint) override
    {
        return m_frame.isArray || !isNamed() || meets(QJsonValue(m_frame.key), *constraint.getSubschema())
            || nameFails({QStringLiteral("propertyNames"), {}});
    }
    bool visit(const SingularItemsConstraint &constraint) override
    {
        return !m_frame.isArray || child(*constraint.getItemsSubschema());
    }
    bool visit(const LinearItemsConstraint &constraint) override;
    bool visit(const UniqueItemsConstraint &constraint) override
    {
        constexpr qsizetype most = 1000; // each is compared with all before it; longer ones are looked at when complete
        if (!m_frame.isArray || !isComplete() || m_frame.array.size() > most)
            return true;
        const auto last = std::prev(m_frame.array.constEnd());
        return std::find(m_frame.array.constBegin(), last, m_follower.m_value) == last
            || childFails(describe(constraint, {}));
    }

    // Not known before the end.
    bool visit(const ConditionalConstraint &) override { return true; }
    bool visit(const ConstConstraint &) override { return true; }
    bool visit(const ContainsConstraint &) override { return true; }
    bool visit(const DependenciesConstraint &) override { return true; }
    bool visit(const EnumConstraint &) override { return true; }
    bool visit(const MinItemsConstraint &) override { return true; }
    bool visit(const MinPropertiesConstraint &) override { return true; }
    bool visit(const NotConstraint &) override { return true; }
    bool visit(const RequiredConstraint &) override { return true; }
    // Not about objects and arrays.
    bool visit(const FormatConstraint &) override { return true; }
    bool visit(const MaximumConstraint &) override { return true; }
    bool visit(const MaxLengthConstraint &) override { return true; }
    bool visit(const MinimumConstraint &) override { return true; }
    bool visit(const MinLengthConstraint &) override { return true; }
    bool visit(const MultipleOfDoubleConstraint &) override { return true; }
    bool visit(const MultipleOfIntConstraint &) override { return true; }
    bool visit(const PatternConstraint &) override { return true; }
    bool visit(const PolyConstraint &) override { return true; }

private:
    [[nodiscard]] bool isComplete() const { return m_isNews && m_follower.m_event == Event::Complete; }
    [[nodiscard]] bool isNamed() const { return m_isNews && m_follower.m_event == Event::Named; }
    [[nodiscard]] quint64 items() const
    {
        return static_cast<quint64>(m_frame.array.size()) + (m_follower.hasOpenChild(m_level) ? 1 : 0);
    }
    [[nodiscard]] quint64 members() const
    {
        const bool isNew = !m_frame.keySpan.end ? false : !m_frame.object.contains(m_frame.key);
        return static_cast<quint64>(m_frame.object.size()) + (isNew ? 1 : 0);
    }

    bool inside(const Subschema &schema)
    {
        const Certain *found = m_follower.check(m_level, schema);
        if (found)
            certain = *found;
        return !found;
    }

    template <typename Alternatives>
    bool anyOf(const Alternatives &constraint)
    {
        bool holds = false;
        Certain latest;
        constraint.applyToSubschemas([&](unsigned, const Subschema *part) {
            const Certain *found = m_follower.check(m_level, *part);
            holds = holds || !found;
            if (found && found->order >= latest.order)
                latest = *found;
            return true; // each has to see every event
        });
        if (!holds)
            certain = latest;
        return holds;
    }

    /// The item or member that has changed, by its own schema.
    bool child(const Subschema &schema)
    {
        if (m_follower.hasOpenChild(m_level)) {
            const Certain *found = m_follower.check(m_level + 1, schema);
            if (found)
                certain = *found;
            return !found;
        }
        if (!isComplete())
            return true;
        const std::optional<BrokenRule> broken = brokenRule(m_follower.m_value, schema);
        return !broken || childFails(*broken);
    }

    bool childFails(const BrokenRule &rule)
    {
        const TextSpan span = isComplete() ? m_follower.m_span : openChildSpan();
        certain = {{m_follower.pointerToChild(m_level), rule.keyword, rule.detail}, span, 0};
        return false;
    }

    [[nodiscard]] TextSpan openChildSpan() const
    {
        if (!m_follower.hasOpenChild(m_level))
            return m_frame.keySpan;
        const qsizetype start = m_follower.m_frames[m_level + 1].start;
        return {start, start + 1};
    }

    bool nameFails(const BrokenRule &rule)
    {
        certain = {{m_follower.pointerToChild(m_level), rule.keyword, rule.detail}, m_frame.keySpan, 0};
        return false;
    }

    SchemaFollower &m_follower;
    std::size_t m_level;
    const Frame &m_frame;
    bool m_isNews; // the event is about this frame, not about one inside
};

bool SchemaFollower::OpenCheck::visit(const PropertiesConstraint &constraint)
{
    if (m_frame.isArray || m_frame.keySpan.end == 0)
        return true;
    const std::string name = m_frame.key.toStdString();
    bool isKnown = false;
    bool holds = true;
    constraint.applyToProperties([&](const auto &key, const Subschema *schema) {
        if (name != std::string_view(key.data(), key.size()))
            return true;
        isKnown = true;
        holds = child(*schema);
        return false;
    });
    constraint.applyToPatternProperties([&](const auto &pattern, const Subschema *schema) {
        if (!std::regex_search(name, std::regex(pattern.data(), pattern.size())))
            return true;
        isKnown = true;
        holds = holds && child(*schema);
        return holds;
    });
    if (isKnown || !holds)
        return holds;
    const Subschema *others = constraint.getAdditionalPropertiesSubschema();
    if (others && !others->getAlwaysInvalid())
        return child(*others);
    return nameFails({QStringLiteral("additionalProperties"), translated("no such member is allowed")});
}

bool SchemaFollower::OpenCheck::visit(const LinearItemsConstraint &constraint)
{
    const quint64 count = items();
    if (!m_frame.isArray || count == 0)
        return true;
    const Subschema *schema = constraint.getAdditionalItemsSubschema();
    if (count > constraint.getItemSubschemaCount())
        return schema ? child(*schema) : childFails(describe(constraint, {}));
    constraint.applyToItemSubschemas([&](unsigned index, const Subschema *each) {
        schema = each;
        return index + 1 < count;
    });
    return child(*schema);
}

const SchemaFollower::Certain *SchemaFollower::check(std::size_t level, const Subschema &schema)
{
    const auto known = m_frames[level].dead.find(&schema);
    if (known != m_frames[level].dead.end())
        return &known->second;
    OpenCheck visitor(*this, level);
    bool holds = true;
    if (schema.getAlwaysInvalid()) {
        const qsizetype start = m_frames[level].start;
        visitor.certain = {
            {pointerTo(level), QStringLiteral("false"), translated("nothing is allowed here")}, {start, start + 1}, 0};
        holds = false;
    }
    // Every constraint sees every event: those inside remember what they have seen.
    Subschema::ApplyFunction look = [&](const Constraint &constraint) { return constraint.accept(visitor); };
    holds = holds && schema.applyStrict(look);
    if (holds)
        return nullptr;
    if (visitor.certain.order == 0)
        visitor.certain.order = ++m_order;
    return &m_frames[level].dead.emplace(&schema, visitor.certain).first->second;
}

QString SchemaFollower::pointerTo(std::size_t level) const
{
    QString pointer;
    for (std::size_t i = 0; i < level; ++i) {
        const Frame &frame = m_frames[i];
        pointer += frame.isArray ? u'/' % QString::number(frame.array.size()) : token(frame.key);
    }
    return pointer;
}

QString SchemaFollower::pointerToChild(std::size_t level) const
{
    const Frame &frame = m_frames[level];
    if (!frame.isArray)
        return pointerTo(level) % token(frame.key);
    const qsizetype index = frame.array.size() - (hasOpenChild(level) ? 0 : 1);
    return pointerTo(level) % u'/' % QString::number(std::max<qsizetype>(index, 0));
}

void SchemaFollower::look(Event event)
{
    m_event = event;
    if (m_certain || m_isBlind)
        return;
    try {
        if (m_frames.empty()) {
            if (const std::optional<BrokenRule> broken = brokenRule(m_value, *m_compiled.schema.root()))
                m_certain = Certain {{{}, broken->keyword, broken->detail}, m_span, 0};
        } else if (const Certain *found = check(0, *m_compiled.schema.root())) {
            m_certain = *found;
        }
    } catch (const std::exception &) {
        m_isBlind = true; // an expression that grows beyond all bounds, for example: nothing more is said
    }
}

void SchemaFollower::opened(bool isArray, qsizetype start)
{
    m_frames.push_back({.isArray = isArray, .start = start});
    look(Event::Opened);
}

void SchemaFollower::named(const QString &key, TextSpan span)
{
    constexpr qsizetype longest = 500; // the library's expressions go as deep into the stack as a name is long
    m_isBlind = m_isBlind || key.size() > longest;
    m_frames.back().key = key;
    m_frames.back().keySpan = span;
    look(Event::Named);
}

void SchemaFollower::scalar(const QJsonValue &value, TextSpan span)
{
    complete(value, span);
}

void SchemaFollower::closed(qsizetype end)
{
    const Frame frame = std::move(m_frames.back());
    m_frames.pop_back();
    complete(frame.isArray ? QJsonValue(frame.array) : QJsonValue(frame.object), {frame.start, end});
}

void SchemaFollower::complete(const QJsonValue &value, TextSpan span)
{
    m_value = value;
    m_span = span;
    if (!m_frames.empty()) {
        Frame &frame = m_frames.back();
        if (frame.isArray)
            frame.array.append(value);
        else
            frame.object.insert(frame.key, value);
    }
    look(Event::Complete);
}

void SchemaFollower::feed(const QJsonValue &value)
{
    if (value.isArray()) {
        opened(true, 0);
        for (const QJsonValue &item : value.toArray())
            feed(item);
        closed(0);
    } else if (value.isObject()) {
        opened(false, 0);
        const QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member) {
            named(member.key(), {0, 1});
            feed(member.value());
        }
        closed(0);
    } else {
        scalar(value, {});
    }
}

} // namespace diptych
