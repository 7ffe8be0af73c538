// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jsonmembers.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace diptych {

namespace {

/// A piece of a text that need not be valid JSON.
struct Piece {
    QChar punctuation {}; ///< null: a string or a word
    bool isString = false;
    bool isClosed = true; ///< of a string
    qsizetype start = 0;
    qsizetype end = 0;
};

qsizetype endOfString(const QString &text, qsizetype start, bool &isClosed)
{
    for (qsizetype at = start + 1; at < text.size(); ++at) {
        if (text[at] == u'\n')
            return at; // strings do not go over lines: this one is still being typed
        if (text[at] == u'\\') {
            ++at;
        } else if (text[at] == u'"') {
            isClosed = true;
            return at + 1;
        }
    }
    return text.size();
}

std::vector<Piece> pieces(const QString &text)
{
    static const QString punctuation = QStringLiteral("{}[],:");
    std::vector<Piece> all;
    for (qsizetype at = 0; at < text.size();) {
        const QChar letter = text[at];
        if (letter.isSpace()) {
            ++at;
            continue;
        }
        Piece piece {.start = at, .end = at + 1};
        if (punctuation.contains(letter)) {
            piece.punctuation = letter;
        } else if (letter == u'"') {
            piece.isString = true;
            piece.isClosed = false;
            piece.end = endOfString(text, at, piece.isClosed);
        } else {
            while (piece.end < text.size() && !text[piece.end].isSpace() && text[piece.end] != u'"'
                && !punctuation.contains(text[piece.end]))
                ++piece.end;
        }
        at = piece.end;
        all.push_back(piece);
    }
    return all;
}

/// The value that a slice of the text stands for.
QJsonValue valueOf(const QString &slice)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(QString(u'[' + slice + u']').toUtf8(), &error);
    const QJsonArray array = document.array();
    return error.error == QJsonParseError::NoError && array.size() == 1 ? array.first()
                                                                        : QJsonValue(QJsonValue::Undefined);
}

QString keyOf(const QString &text, const Piece &piece)
{
    const QString slice = text.mid(piece.start, piece.end - piece.start);
    return piece.isClosed ? valueOf(slice).toString() : slice.mid(1);
}

/// Reads pieces one by one and knows what comes next.
class Reader
{
public:
    explicit Reader(const QString &text)
        : m_text(text)
    {
    }

    void take(const Piece &piece)
    {
        if (piece.punctuation == u'{' || piece.punctuation == u'[') {
            m_open.push_back({.isObject = piece.punctuation == u'{', .next = nextIn(piece.punctuation == u'{')});
        } else if (piece.punctuation == u'}' || piece.punctuation == u']') {
            if (!m_open.empty())
                m_open.pop_back();
            valueIsOver();
        } else if (piece.punctuation == u',' && !m_open.empty()) {
            m_open.back().next = nextIn(m_open.back().isObject);
        } else if (piece.punctuation == u':' && !m_open.empty()) {
            m_open.back().next = JsonPlace::Kind::Value;
        } else if (piece.punctuation.isNull() && next() == JsonPlace::Kind::Key) {
            m_open.back().key = piece.isString ? keyOf(m_text, piece) : QString();
            m_open.back().next = JsonPlace::Kind::None;
        } else {
            valueIsOver();
        }
    }

    [[nodiscard]] int depth() const { return static_cast<int>(m_open.size()); }
    [[nodiscard]] JsonPlace::Kind next() const { return m_open.empty() ? JsonPlace::Kind::None : m_open.back().next; }
    [[nodiscard]] QString key() const { return m_open.empty() ? QString() : m_open.back().key; }

private:
    struct Container {
        bool isObject = false;
        JsonPlace::Kind next = JsonPlace::Kind::None;
        QString key {};
    };

    static JsonPlace::Kind nextIn(bool isObject) { return isObject ? JsonPlace::Kind::Key : JsonPlace::Kind::Value; }

    void valueIsOver()
    {
        if (!m_open.empty())
            m_open.back().next = JsonPlace::Kind::None;
    }

    const QString &m_text;
    std::vector<Container> m_open;
};

} // namespace

std::vector<JsonMember> jsonMembers(const QString &text)
{
    std::vector<JsonMember> members;
    Reader reader(text);
    bool isInValue = false;
    for (const Piece &piece : pieces(text)) {
        const bool isKey = reader.depth() == 1 && reader.next() == JsonPlace::Kind::Key && piece.isString;
        const bool isRootComma = reader.depth() == 1 && piece.punctuation == u',';
        const bool startsValue = reader.depth() == 1 && reader.next() == JsonPlace::Kind::Value;
        reader.take(piece);
        if (isKey) {
            members.push_back({.key = keyOf(text, piece), .keyStart = piece.start, .keyEnd = piece.end});
            isInValue = false;
        } else if (isRootComma || reader.depth() == 0) {
            isInValue = false;
        } else if (startsValue && !members.empty() && members.back().valueEnd == 0) {
            members.back().valueStart = piece.start;
            isInValue = true;
        }
        if (isInValue)
            members.back().valueEnd = piece.end;
    }
    for (JsonMember &member : members) {
        if (member.valueEnd > member.valueStart)
            member.value = valueOf(text.mid(member.valueStart, member.valueEnd - member.valueStart));
    }
    return members;
}

JsonPlace jsonPlaceAt(const QString &text, qsizetype caret)
{
    if (text.trimmed().isEmpty())
        return {.kind = JsonPlace::Kind::Empty, .start = 0, .end = text.size()};
    Reader reader(text);
    JsonPlace place {.start = caret, .end = caret};
    for (const Piece &piece : pieces(text)) {
        const bool isOpenString = piece.isString && !piece.isClosed;
        const bool isAfter = piece.isString && !isOpenString ? piece.end <= caret : piece.end < caret;
        if (piece.start >= caret)
            break;
        if (piece.punctuation.isNull() && !isAfter) {
            place.start = piece.start;
            place.end = piece.end;
            place.typed = text.mid(piece.start, caret - piece.start);
            if (piece.isString)
                place.typed.remove(0, 1);
            break;
        }
        reader.take(piece);
    }
    place.kind = reader.next();
    place.depth = reader.depth();
    place.key = place.kind == JsonPlace::Kind::Value ? reader.key() : QString();
    return place;
}

TextPosition textPosition(const QString &text, qsizetype offset)
{
    const QStringView before = QStringView(text).left(qBound<qsizetype>(0, offset, text.size()));
    const qsizetype lineStart = before.lastIndexOf(u'\n') + 1;
    return {
        .line = static_cast<int>(before.count(u'\n')) + 1, .column = static_cast<int>(before.size() - lineStart) + 1};
}

} // namespace diptych
