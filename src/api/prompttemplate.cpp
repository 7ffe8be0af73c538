// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/prompttemplate.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <functional>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::PromptTemplate", text);
}

Failure invalid(const QString &message, const QString &parameter)
{
    return Failure({.kind = Error::Kind::InvalidRequest, .message = message, .parameter = parameter});
}

struct Tag {
    enum class Kind { Variable, Section, Inverted, End, Comment };
    Kind kind = Kind::Variable;
    QString name {};
    qsizetype begin = 0;
    qsizetype end = 0;
};

const QRegularExpression &tagPattern()
{
    static const QRegularExpression pattern(
        QStringLiteral(R"(\{\{\{\s*([\w.-]+)\s*\}\}\}|\{\{\s*([#^/!&]?)\s*([^{}]*?)\s*\}\})"));
    return pattern;
}

std::vector<Tag> tagsOf(const QString &text)
{
    std::vector<Tag> tags;
    auto matches = tagPattern().globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const QString sigil = match.captured(2);
        Tag tag {.name = match.captured(1).isEmpty() ? match.captured(3) : match.captured(1),
            .begin = match.capturedStart(),
            .end = match.capturedEnd()};
        if (sigil == u"#")
            tag.kind = Tag::Kind::Section;
        else if (sigil == u"^")
            tag.kind = Tag::Kind::Inverted;
        else if (sigil == u"/")
            tag.kind = Tag::Kind::End;
        else if (sigil == u"!")
            tag.kind = Tag::Kind::Comment;
        tags.push_back(tag);
    }
    return tags;
}

QString textOf(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    const QByteArray wrapped = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(wrapped.mid(1, wrapped.size() - 2));
}

/// For each tag that begins a section, the one that closes it; the number of tags for all others.
std::vector<std::size_t> closingsOf(const std::vector<Tag> &tags)
{
    std::vector<std::size_t> closings(tags.size(), tags.size());
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < tags.size(); ++i) {
        if (tags[i].kind == Tag::Kind::Section || tags[i].kind == Tag::Kind::Inverted) {
            open.push_back(i);
        } else if (tags[i].kind == Tag::Kind::End && !open.empty()) {
            if (tags[open.back()].name == tags[i].name)
                closings[open.back()] = i;
            open.pop_back();
        }
    }
    return closings;
}

// A template may come in a file from anywhere, and sections in sections multiply.
constexpr std::size_t maxDepth = 64;
constexpr int maxSteps = 200'000; // tags that are filled in, each time
constexpr qsizetype maxLength = 16 * 1024 * 1024; // characters

bool isTruthy(const QJsonValue &value)
{
    return !(value.isUndefined() || value.isNull() || (value.isBool() && !value.toBool())
        || (value.isString() && value.toString().isEmpty()) || (value.isArray() && value.toArray().isEmpty()));
}

class Filler
{
public:
    using Protect = std::function<QString(const QString &)>;

    Filler(const QString &text, const QJsonObject &values, Protect protect)
        : m_text(text)
        , m_tags(tagsOf(text))
        , m_closings(closingsOf(m_tags))
        , m_protect(std::move(protect))
    {
        m_stack.push_back(values);
    }

    Result<QString> fill()
    {
        static const QRegularExpression statement(QStringLiteral(R"(\{%.*?%\})"));
        const QRegularExpressionMatch jinja = statement.match(m_text);
        if (jinja.hasMatch()) {
            return invalid(translated("The template contains the Jinja statement \"%1\", which is not understood; "
                                      "sections such as {{#list}}…{{/list}} are.")
                               .arg(jinja.captured(0)),
                jinja.captured(0));
        }
        QString out;
        if (auto filled = fillRange(0, m_tags.size(), 0, m_text.size(), out); !filled)
            return Failure(filled.error());
        return out;
    }

private:
    [[nodiscard]] QJsonValue lookUp(const QString &name) const
    {
        if (name == u".")
            return m_stack.back();
        const QStringList path = name.split(u'.');
        for (auto context = m_stack.rbegin(); context != m_stack.rend(); ++context) {
            QJsonValue value = context->toObject().value(path.first());
            for (qsizetype i = 1; i < path.size() && !value.isUndefined(); ++i)
                value = value.toObject().value(path[i]);
            if (!value.isUndefined())
                return value;
        }
        return QJsonValue::Undefined;
    }

    Result<void> fillRange(std::size_t first, std::size_t last, qsizetype begin, qsizetype end, QString &out)
    {
        qsizetype at = begin;
        for (std::size_t i = first; i < last; ++i) {
            const Tag &tag = m_tags[i];
            if (++m_steps > maxSteps || out.size() > maxLength)
                return invalid(translated("The template becomes too long."), tag.name);
            out += QStringView(m_text).sliced(at, tag.begin - at);
            at = tag.end;
            if (tag.kind == Tag::Kind::Comment)
                continue;
            if (tag.kind == Tag::Kind::Variable) {
                const QJsonValue value = lookUp(tag.name);
                if (value.isUndefined())
                    return invalid(translated("The template's variable \"%1\" has no value.").arg(tag.name), tag.name);
                out += m_protect(textOf(value));
                continue;
            }
            const std::size_t close = m_closings[i];
            if (close == m_tags.size()) {
                return invalid(
                    translated("The template's section \"%1\" is not opened and closed in order.").arg(tag.name),
                    tag.name);
            }
            if (auto filled = fillSection(i, close, out); !filled)
                return filled;
            i = close;
            at = m_tags[close].end;
        }
        out += QStringView(m_text).sliced(at, end - at);
        return {};
    }

    Result<void> fillSection(std::size_t open, std::size_t close, QString &out)
    {
        const Tag &tag = m_tags[open];
        const QJsonValue value = lookUp(tag.name);
        if (m_stack.size() > maxDepth)
            return invalid(translated("The template's sections are nested too deeply."), tag.name);
        const bool isInverted = tag.kind == Tag::Kind::Inverted;
        if (isTruthy(value) == isInverted)
            return {};
        QJsonArray items {value};
        if (value.isArray() && !isInverted)
            items = value.toArray();
        for (const QJsonValue &item : items) {
            m_stack.push_back(item);
            const auto filled = fillRange(open + 1, close, tag.end, m_tags[close].begin, out);
            m_stack.pop_back();
            if (!filled)
                return filled;
        }
        return {};
    }

    const QString m_text;
    const std::vector<Tag> m_tags;
    const std::vector<std::size_t> m_closings;
    Protect m_protect;
    std::vector<QJsonValue> m_stack;
    int m_steps = 0;
};

// Stands in front of a role's name that came with a value, so that it does not begin a message; a private-use
// character.
constexpr QChar guard(0xE0F1);

const QRegularExpression &roleLine()
{
    static const QRegularExpression pattern(
        QStringLiteral(R"(^[ \t]*#*[ \t]*(system|developer|user|assistant|tool):[ \t]*$)"),
        QRegularExpression::MultilineOption | QRegularExpression::CaseInsensitiveOption);
    return pattern;
}

QString protectedText(const QString &text)
{
    static const QRegularExpression start(QStringLiteral(R"(^([ \t]*#*[ \t]*)(system|developer|user|assistant|tool):)"),
        QRegularExpression::MultilineOption | QRegularExpression::CaseInsensitiveOption);
    return QString(text).replace(start, QStringLiteral("\\1") + guard + QStringLiteral("\\2:"));
}

} // namespace

QStringList templateVariables(const QString &text)
{
    QStringList names;
    const std::vector<Tag> tags = tagsOf(text);
    for (const Tag &tag : tags) {
        const bool isName = tag.kind != Tag::Kind::Comment && tag.kind != Tag::Kind::End && tag.name != u".";
        if (isName && !names.contains(tag.name))
            names.append(tag.name);
    }
    return names;
}

Result<QString> fillTemplate(const QString &text, const QJsonObject &values)
{
    return Filler(text, values, [](const QString &value) { return value; }).fill();
}

std::vector<Message> templateMessages(const QString &text)
{
    std::vector<Message> messages;
    Role role = Role::System;
    qsizetype at = 0;
    const auto take = [&](qsizetype end) {
        const QString content = text.sliced(at, end - at).remove(guard).trimmed();
        if (!content.isEmpty())
            messages.push_back(Message::fromText(role, content));
    };
    auto matches = roleLine().globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        take(match.capturedStart());
        role = roleFromName(match.captured(1).toLower()).value_or(Role::User);
        at = match.capturedEnd();
    }
    take(text.size());
    return messages;
}

Result<std::vector<Message>> fillMessages(const QString &text, const QJsonObject &values)
{
    const Result<QString> filled = Filler(text, values, protectedText).fill();
    if (!filled)
        return Failure(filled.error());
    return templateMessages(*filled);
}

} // namespace diptych
