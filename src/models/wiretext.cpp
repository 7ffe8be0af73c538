// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/wiretext.h"

#include "core/secret.h"
#include "models/formatting.h"
#include "models/jsontext.h"
#include "api/redaction.h"

#include <QByteArrayMatcher>
#include <QCoreApplication>
#include <QStringDecoder>

namespace diptych {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("WireText", text);
}

/// Marks, embeddings, overrides and isolates of the bidirectional algorithm, and the line separators.
bool turnsText(char16_t code)
{
    return code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x2028 && code <= 0x202E)
        || (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

void appendInert(QString &out, QChar letter)
{
    const char16_t code = letter.unicode();
    const bool isControl = code < 0x20 || (code >= 0x7F && code < 0xA0);
    if ((isControl && letter != u'\n' && letter != u'\t') || turnsText(code))
        out += QStringLiteral("\\u%1").arg(static_cast<int>(code), 4, 16, QLatin1Char('0'));
    else
        out += letter;
}

/// Length of the valid UTF-8 sequence that begins here; 0 when there is none.
int sequenceLength(QByteArrayView bytes, qsizetype at)
{
    const auto byte = [&bytes](qsizetype i) { return static_cast<uchar>(bytes.at(i)); };
    const uchar first = byte(at);
    if (first < 0x80)
        return 1;
    const int length = first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || first >= 0xF5 || at + length > bytes.size())
        return 0;
    for (int i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80)
            return 0;
    }
    const uchar second = byte(at + 1);
    const bool isOverlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool isBeyond = (first == 0xED && second >= 0xA0) || (first == 0xF4 && second >= 0x90);
    return isOverlong || isBeyond ? 0 : length;
}

bool wasConnected(const Exchange &exchange)
{
    return exchange.phases.connected || exchange.reusedConnection || exchange.phases.sent;
}

QString outcome(const Exchange &exchange)
{
    if (exchange.status != 0)
        return QString(QString::number(exchange.status) + u' ' + QString::fromLatin1(exchange.reason)).trimmed();
    if (!exchange.phases.finished)
        return tr("under way");
    if (!wasConnected(exchange))
        return tr("no connection");
    return exchange.phases.firstByte ? tr("broke off") : tr("no answer");
}

class Finder
{
public:
    explicit Finder(const QByteArray &needle)
        : m_size(needle.size())
        , m_matcher(needle.toLower())
    {
    }

    void find(WireMatch::Part part, const QByteArray &haystack)
    {
        const QByteArray lower = haystack.toLower();
        for (qsizetype at = m_matcher.indexIn(lower); at >= 0 && matches.size() < maxMatches;
             at = m_matcher.indexIn(lower, at + m_size))
            matches.push_back({.part = part, .offset = at, .size = m_size});
    }

    std::vector<WireMatch> matches;

private:
    qsizetype m_size;
    QByteArrayMatcher m_matcher;
};

/// Walks over a JSON text; what is broken ends the walk.
class Walker
{
public:
    explicit Walker(QByteArrayView json)
        : m_json(json)
    {
    }

    ByteRange member(const QString &path)
    {
        space();
        return at() == '{' ? inObject(path) : at() == '[' ? inArray(path) : ByteRange {};
    }

private:
    char at() const { return m_at < m_json.size() ? m_json.at(m_at) : char(0); }
    void space()
    {
        while (at() == ' ' || at() == '\n' || at() == '\t' || at() == '\r')
            ++m_at;
    }
    void skipString()
    {
        for (++m_at; m_at < m_json.size() && at() != '"'; ++m_at) {
            if (at() == '\\')
                ++m_at;
        }
        ++m_at;
    }
    void skipValue()
    {
        int depth = 0;
        do {
            space();
            if (at() == '"') {
                skipString();
                continue;
            }
            if (at() == '{' || at() == '[')
                ++depth;
            else if (at() == '}' || at() == ']')
                --depth;
            else if (depth == 0 && at() != ',' && at() != ':') {
                while (m_at < m_json.size() && !strchr(",}] \n\t\r", at()))
                    ++m_at;
                return;
            }
            ++m_at;
        } while (depth > 0 && m_at < m_json.size());
    }

    ByteRange inObject(const QString &path)
    {
        ++m_at;
        for (space(); at() == '"'; space()) {
            const qsizetype start = m_at;
            skipString();
            const QString key =
                QString::fromUtf8(m_json.sliced(start + 1, qMax<qsizetype>(qMin(m_at, m_json.size()) - start - 2, 0)));
            space();
            ++m_at; // the colon
            space();
            if (path == key) {
                skipValue();
                return {.offset = start, .size = m_at - start};
            }
            const bool goesOn = path.startsWith(key)
                && (path.mid(key.size()).startsWith(u'.') || path.mid(key.size()).startsWith(u'['));
            if (goesOn && (at() == '{' || at() == '[')) {
                const qsizetype value = m_at;
                const QString rest = path.mid(key.size() + (path.at(key.size()) == u'.' ? 1 : 0));
                const ByteRange found = at() == '{' ? inObject(rest) : inArray(rest);
                if (found.size > 0)
                    return found;
                m_at = value;
            }
            skipValue();
            space();
            if (at() != ',')
                break;
            ++m_at;
        }
        return {};
    }

    ByteRange inArray(const QString &path)
    {
        const qsizetype close = path.indexOf(u']');
        bool isNumber = false;
        const int wanted = path.mid(1, close - 1).toInt(&isNumber);
        if (!path.startsWith(u'[') || !isNumber || wanted < 0)
            return {};
        ++m_at;
        space();
        for (int i = 0; i < wanted; ++i) {
            skipValue();
            space();
            if (at() != ',')
                return {};
            ++m_at;
            space();
        }
        QString rest = path.mid(close + 1);
        if (rest.startsWith(u'.'))
            rest.remove(0, 1);
        if (!rest.isEmpty())
            return at() == '{' ? inObject(rest) : at() == '[' ? inArray(rest) : ByteRange {};
        const qsizetype start = m_at;
        skipValue();
        return {.offset = start, .size = m_at - start};
    }

    QByteArrayView m_json;
    qsizetype m_at = 0;
};

} // namespace

QString inertText(QByteArrayView bytes)
{
    QString out;
    out.reserve(bytes.size());
    for (qsizetype at = 0; at < bytes.size();) {
        const int length = sequenceLength(bytes, at);
        if (length == 0) {
            out += QStringLiteral("\\x%1").arg(static_cast<uchar>(bytes.at(at)), 2, 16, QLatin1Char('0'));
            ++at;
            continue;
        }
        // A line break of two characters is one for people.
        const bool isLineEnd = bytes.at(at) == '\r' && at + 1 < bytes.size() && bytes.at(at + 1) == '\n';
        if (length == 1 && !isLineEnd) {
            appendInert(out, QLatin1Char(bytes.at(at)));
        } else if (!isLineEnd) {
            const QString letters = QString::fromUtf8(bytes.sliced(at, length));
            for (const QChar letter : letters)
                appendInert(out, letter);
        }
        at += length;
    }
    return out;
}

QByteArray headerLines(const HeaderList &headers)
{
    QByteArray lines;
    for (const HeaderField &field : withoutSecrets(headers))
        lines += field.name + ": " + field.value + '\n';
    return lines;
}

QByteArray requestHead(const WirePreview &request)
{
    if (request.method.isEmpty())
        return {};
    const QUrl url = withoutSecrets(request.url);
    QByteArray head = request.method + ' ' + url.path(QUrl::FullyEncoded).toLatin1();
    if (url.hasQuery())
        head += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    head += '\n';
    if (headerValue(request.headers, "Host").isEmpty()) // a preview has not been to the transport yet
        head += "Host: " + url.authority(QUrl::FullyEncoded).toLatin1() + '\n';
    return head + headerLines(request.headers) + '\n';
}

QByteArray prettyFrame(const QByteArray &frame)
{
    if (jsonTokens(frame))
        return prettyJson(frame).toUtf8();
    QByteArrayList lines = frame.split('\n');
    for (QByteArray &line : lines) {
        if (line.startsWith("data:") && jsonTokens(line.mid(5)))
            line = "data: " + prettyJson(line.mid(5)).toUtf8();
    }
    return lines.join('\n');
}

QStringList attemptLines(std::span<const Exchange> attempts)
{
    QStringList lines;
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        const Exchange &attempt = attempts[i];
        QString line = QString::number(i + 1) + u" · " + outcome(attempt);
        if (attempt.phases.finished)
            line += u" · " + formatDuration(*attempt.phases.finished);
        if (i + 1 < attempts.size() && attempt.phases.finished) {
            const qint64 apart = attempt.startedAt.msecsTo(attempts[i + 1].startedAt);
            const auto waited = std::chrono::milliseconds(apart) - *attempt.phases.finished;
            if (attempts[i + 1].startedAt.isValid() && waited > std::chrono::milliseconds(0))
                line += u" · " + tr("waited %1").arg(formatDuration(waited));
        }
        lines.append(line);
    }
    return lines;
}

std::vector<WireMatch> findInWire(const WirePreview &request, const Exchange *exchange, const QByteArray &needle)
{
    if (needle.isEmpty())
        return {};
    Finder finder(needle);
    finder.find(WireMatch::Part::RequestHead, requestHead(request));
    finder.find(WireMatch::Part::RequestBody, request.body);
    if (exchange) {
        finder.find(WireMatch::Part::ResponseHeaders, headerLines(exchange->responseHeaders));
        finder.find(WireMatch::Part::ResponseBody, exchange->responseBody);
    }
    return std::move(finder.matches);
}

ByteRange locateMember(QByteArrayView json, const QString &path)
{
    return path.isEmpty() ? ByteRange {} : Walker(json).member(path);
}

} // namespace diptych
