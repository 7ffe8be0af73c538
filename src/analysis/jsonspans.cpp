// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/jsonspans.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace diptych {

namespace {

constexpr std::size_t deepest = 200;

bool isJsonSpace(QChar c)
{
    return c == u' ' || c == u'\n' || c == u'\r' || c == u'\t';
}

bool isHex(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

/// "a/b~c" as a part of a pointer.
QString escaped(QString name)
{
    return name.replace(u'~', QStringLiteral("~0")).replace(u'/', QStringLiteral("~1"));
}

QString decodedString(QStringView literal)
{
    if (!literal.contains(u'\\'))
        return literal.mid(1, literal.size() - 2).toString();
    const QByteArray json = QByteArray('[' % literal.toString().toUtf8() % ']');
    return QJsonDocument::fromJson(json).array().at(0).toString();
}

quint64 mixed(quint64 seed, quint64 value)
{
    // The finisher of splitmix64.
    value += seed * 0x9e3779b97f4a7c15 + 0x9e3779b97f4a7c15;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
    value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
    return value ^ (value >> 31);
}

quint64 nameHash(QStringView literal)
{
    quint64 hash = 0xcbf29ce484222325;
    const auto add = [&hash](QStringView name) {
        for (const QChar c : name)
            hash = (hash ^ c.unicode()) * 0x100000001b3;
    };
    if (literal.contains(u'\\'))
        add(decodedString(literal));
    else
        add(literal.mid(1, literal.size() - 2));
    return hash;
}

class Scanner
{
public:
    explicit Scanner(QStringView text)
        : m_text(text)
    {
    }

    std::optional<JsonSpans> run()
    {
        bool isGood = true;
        while (isGood && !m_isCut && !m_isRootDone)
            isGood = step();
        skipSpace();
        if (!isGood || (m_isRootDone && m_at < m_text.size()))
            return std::nullopt;
        m_spans.isComplete = m_isRootDone;
        return std::move(m_spans);
    }

private:
    enum class Awaits { Value, FirstOrEnd, Next };
    struct Container {
        bool isObject = false;
        int number = 0; ///< index into the containers
        qsizetype start = 0; ///< as JsonLeaf::start
        qsizetype valueStart = 0;
        int index = 0;
        Awaits awaits = Awaits::FirstOrEnd;
    };

    /// One value, opening, closing or comma; false: this is no JSON.
    bool step()
    {
        skipSpace();
        if (m_at >= m_text.size()) {
            m_isCut = true;
            return true;
        }
        if (m_stack.empty())
            return value(m_at);
        Container &top = m_stack.back();
        const QChar close = top.isObject ? u'}' : u']';
        if (top.awaits != Awaits::Value && m_text[m_at] == close)
            return leave();
        if (top.awaits == Awaits::Next) {
            top.awaits = Awaits::Value;
            return m_text[m_at++] == u',';
        }
        return top.isObject ? member() : element();
    }

    bool element()
    {
        const Container &top = m_stack.back();
        const quint64 path = mixed(pathOf(top), static_cast<quint64>(top.index));
        m_step = {.parent = top.number, .index = top.index, .path = path};
        return value(m_at);
    }

    bool member()
    {
        const Container &top = m_stack.back();
        const qsizetype nameStart = m_at;
        const bool isGood = m_text[m_at] == u'"' && string();
        if (!isGood || m_isCut)
            return isGood;
        const QStringView name = m_text.mid(nameStart, m_at - nameStart);
        const quint64 path = mixed(pathOf(top), nameHash(name));
        m_step = {.parent = top.number, .nameStart = nameStart, .nameLength = name.size(), .path = path};
        skipSpace();
        if (m_at < m_text.size() && m_text[m_at++] != u':')
            return false;
        skipSpace();
        m_isCut = m_at >= m_text.size();
        return m_isCut || value(nameStart);
    }

    [[nodiscard]] quint64 pathOf(const Container &container) const
    {
        return m_spans.containers[static_cast<std::size_t>(container.number)].path;
    }

    bool value(qsizetype start)
    {
        const QChar c = m_text[m_at];
        if (c == u'{' || c == u'[') {
            if (m_stack.size() >= deepest)
                return false;
            m_stack.push_back({.isObject = c == u'{',
                .number = static_cast<int>(m_spans.containers.size()),
                .start = start,
                .valueStart = m_at});
            m_spans.containers.push_back(m_step);
            ++m_at;
            return true;
        }
        const qsizetype valueStart = m_at;
        const bool isGood = c == u'"' ? string() : c == u'-' || c.isDigit() ? number() : word();
        if (isGood && !m_isCut)
            finish(start, valueStart, true);
        return isGood;
    }

    void finish(qsizetype start, qsizetype valueStart, bool isLeaf)
    {
        if (isLeaf)
            m_spans.leaves.push_back({.step = m_step, .start = start, .valueStart = valueStart, .end = m_at});
        if (m_stack.empty()) {
            m_isRootDone = true;
            return;
        }
        m_stack.back().awaits = Awaits::Next;
        ++m_stack.back().index;
    }

    bool leave()
    {
        const Container closed = m_stack.back();
        ++m_at;
        m_stack.pop_back();
        m_step = m_spans.containers[static_cast<std::size_t>(closed.number)];
        finish(closed.start, closed.valueStart, closed.awaits == Awaits::FirstOrEnd);
        return true;
    }

    bool string()
    {
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const QChar c = m_text[m_at];
            if (c == u'"') {
                ++m_at;
                return true;
            }
            if (c.unicode() < 0x20)
                return false;
            if (c == u'\\' && !escape())
                return false;
        }
        m_isCut = true;
        return true;
    }

    /// Leaves m_at at the last character of the escape.
    bool escape()
    {
        if (++m_at >= m_text.size())
            return true;
        if (m_text[m_at] != u'u')
            return QStringView(u"\"\\/bfnrt").contains(m_text[m_at]);
        for (int i = 0; i < 4 && m_at + 1 < m_text.size(); ++i) {
            if (!isHex(m_text[++m_at]))
                return false;
        }
        return true;
    }

    bool digits()
    {
        const qsizetype from = m_at;
        while (m_at < m_text.size() && m_text[m_at] >= u'0' && m_text[m_at] <= u'9')
            ++m_at;
        return m_at > from || m_at == m_text.size();
    }

    bool number()
    {
        m_at += m_text[m_at] == u'-' ? 1 : 0;
        const qsizetype first = m_at;
        bool isGood = digits();
        if (m_at - first > 1 && m_text[first] == u'0')
            isGood = false;
        if (m_at < m_text.size() && m_text[m_at] == u'.') {
            ++m_at;
            isGood = isGood && digits();
        }
        if (m_at < m_text.size() && (m_text[m_at] == u'e' || m_text[m_at] == u'E')) {
            ++m_at;
            m_at += m_at < m_text.size() && (m_text[m_at] == u'+' || m_text[m_at] == u'-') ? 1 : 0;
            isGood = isGood && digits();
        }
        // More digits may come; at the top level the number may be all there is.
        m_isCut = m_at == m_text.size() && !m_stack.empty();
        return isGood;
    }

    bool word()
    {
        for (const QStringView known : {QStringView(u"true"), QStringView(u"false"), QStringView(u"null")}) {
            const QStringView there = m_text.mid(m_at, known.size());
            if (there == known) {
                m_at += known.size();
                return true;
            }
            if (known.startsWith(there) && m_at + there.size() == m_text.size()) {
                m_at = m_text.size();
                m_isCut = true;
                return true;
            }
        }
        return false;
    }

    void skipSpace()
    {
        while (m_at < m_text.size() && isJsonSpace(m_text[m_at]))
            ++m_at;
    }

    QStringView m_text;
    qsizetype m_at = 0;
    std::vector<Container> m_stack;
    JsonStep m_step; ///< to the value that is being read
    JsonSpans m_spans;
    bool m_isCut = false; ///< the text ends in the middle
    bool m_isRootDone = false;
};

} // namespace

QString JsonSpans::pointer(const JsonStep &step, QStringView text) const
{
    QString result;
    for (const JsonStep *at = &step; at->parent >= 0; at = &containers[static_cast<std::size_t>(at->parent)]) {
        const QString part = at->nameLength > 0 ? escaped(decodedString(text.mid(at->nameStart, at->nameLength)))
                                                : QString::number(at->index);
        result.prepend(u'/' % part);
    }
    return result;
}

std::optional<JsonSpans> jsonSpans(QStringView text)
{
    return Scanner(text).run();
}

std::optional<JsonPlace> jsonPlace(QStringView answer)
{
    qsizetype start = 0;
    qsizetype end = answer.size();
    const auto skip = [&] {
        while (start < end && isJsonSpace(answer[start]))
            ++start;
        while (end > start && isJsonSpace(answer[end - 1]))
            --end;
    };
    skip();
    const QStringView fence = answer.mid(start, 3);
    if (fence == u"```" || fence == u"~~~") {
        const qsizetype lineEnd = answer.indexOf(u'\n', start);
        start = lineEnd < 0 ? end : lineEnd + 1;
        const QStringView body = answer.mid(start, end - start);
        if (body.endsWith(fence))
            end -= fence.size();
        skip();
    }
    if (start >= end || (answer[start] != u'{' && answer[start] != u'['))
        return std::nullopt;
    return JsonPlace {start, end - start};
}

bool sameJsonValue(QStringView left, QStringView right)
{
    if (left == right)
        return true;
    // The usual cases need no parser.
    const auto isPlainString = [](QStringView text) { return text.startsWith(u'"') && !text.contains(u'\\'); };
    const auto isNumber = [](QStringView text) {
        return text.startsWith(u'-') || (!text.isEmpty() && text[0].isDigit());
    };
    if ((isPlainString(left) && isPlainString(right)) || left.startsWith(u'"') != right.startsWith(u'"'))
        return false;
    if (isNumber(left) && isNumber(right))
        return left.toDouble() == right.toDouble();
    const auto read = [](QStringView text) {
        return QJsonDocument::fromJson(QByteArray('[' % text.toString().toUtf8() % ']')).array().at(0);
    };
    return read(left) == read(right);
}

} // namespace diptych
