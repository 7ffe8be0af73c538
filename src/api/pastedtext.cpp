// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/pastedtext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace diptych {

namespace {

/// Quotes, brackets and the punctuation of a sentence around an address.
QString stripped(QString text)
{
    static const QString opening = QStringLiteral("\"'`<([{");
    static const QString closing = QStringLiteral("\"'`>)]},;.");
    text = text.trimmed();
    static const QRegularExpression ipv6(
        QStringLiteral("^\\[[0-9a-f:]+\\]"), QRegularExpression::CaseInsensitiveOption);
    while (!text.isEmpty() && opening.contains(text.front()) && !ipv6.match(text).hasMatch())
        text = text.mid(1).trimmed();
    while (!text.isEmpty() && closing.contains(text.back())
        && !(text.back() == u']' && text.lastIndexOf(u'[') > text.lastIndexOf(u'/')))
        text = text.chopped(1).trimmed();
    return text;
}

void takeKey(PastedText &found, Secret &target, const QString &key)
{
    if (isPlaceholderText(key))
        found.hasPlaceholderKey = true;
    else
        target = Secret(key.toUtf8());
}

bool isKeyHeader(const QString &lower)
{
    static const QStringList names {QStringLiteral("api-key"), QStringLiteral("x-api-key"),
        QStringLiteral("x-goog-api-key"), QStringLiteral("ocp-apim-subscription-key")};
    return names.contains(lower);
}

void takeHeader(PastedText &found, const QString &line)
{
    const qsizetype colon = line.indexOf(u':');
    if (colon <= 0)
        return;
    const QString name = line.left(colon).trimmed();
    const QString value = line.mid(colon + 1).trimmed();
    const QString lower = name.toLower();
    if (lower == u"authorization" && value.startsWith(u"Bearer ", Qt::CaseInsensitive))
        takeKey(found, found.bearer, value.mid(7).trimmed());
    else if (isKeyHeader(lower)) {
        takeKey(found, found.apiKey, value);
        found.keyHeader = lower.toLatin1();
    } else if (lower != u"content-type" && lower != u"accept" && lower != u"user-agent" && lower != u"host")
        found.headers.push_back({name.toLatin1(), value.toUtf8()});
}

/// The value of an option that is written as "-Hvalue", "--header=value" or in the next word.
std::optional<QString> optionValue(
    const QStringList &words, qsizetype &index, QStringView shortName, QStringView longName)
{
    const QString &word = words.at(index);
    if (word == shortName || word == longName)
        return index + 1 < words.size() ? std::optional(words.at(++index)) : std::nullopt;
    if (word.startsWith(longName) && word.size() > longName.size() && word.at(longName.size()) == u'=')
        return word.mid(longName.size() + 1);
    if (!shortName.isEmpty() && word.startsWith(shortName) && !word.startsWith(u"--"))
        return word.mid(shortName.size());
    return std::nullopt;
}

void takeBody(PastedText &found, const QString &body)
{
    const QString model = QJsonDocument::fromJson(body.toUtf8()).object()[QStringLiteral("model")].toString();
    if (!model.isEmpty())
        found.model = model;
}

bool looksLikeAddress(const QString &word)
{
    return word.contains(u"://") || (!word.startsWith(u'-') && (word.contains(u'.') || word.contains(u':')));
}

/// A URL may end in "/curl" as well as the path of the program.
bool isCommand(const QStringList &words)
{
    if (words.isEmpty())
        return false;
    const QString &first = words.front();
    return first == u"curl" || first == u"curl.exe"
        || (words.size() > 1 && first.endsWith(u"/curl") && !first.contains(u"://"));
}

PastedText readCommand(const QStringList &words)
{
    PastedText found {.isCommand = true};
    for (qsizetype index = 1; index < words.size(); ++index) {
        if (const auto header = optionValue(words, index, u"-H", u"--header"))
            takeHeader(found, *header);
        else if (const auto user = optionValue(words, index, u"-u", u"--user"))
            found.userInfo = *user;
        else if (const auto url = optionValue(words, index, {}, u"--url"))
            found.url = stripped(*url);
        else if (const auto body = optionValue(words, index, u"-d", u"--data"))
            takeBody(found, *body);
        else if (const auto raw = optionValue(words, index, {}, u"--data-raw"))
            takeBody(found, *raw);
        else if (const auto json = optionValue(words, index, {}, u"--json"))
            takeBody(found, *json);
        else if (optionValue(words, index, u"-X", u"--request") || optionValue(words, index, u"-o", u"--output"))
            continue;
        else if (found.url.isEmpty() && looksLikeAddress(words.at(index)))
            found.url = stripped(words.at(index));
    }
    return found;
}

} // namespace

bool isPlaceholderText(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral(
            "^(\\$|<|%|\\{|\\[|your|(insert|enter|replace|change|example)[-_ ]|todo|dummy|x{3,}|\\*|none$|null$)"
            "|\\.{3}|…|\\*{3}|x{6,}|(api[-_ ]?key|token|key[-_ ]here)[>}\\]]?$"),
        QRegularExpression::CaseInsensitiveOption);
    return pattern.match(text).hasMatch();
}

QStringList splitShellWords(const QString &line)
{
    QStringList words;
    QString word;
    bool isOpen = false;
    QChar quote;
    for (qsizetype index = 0; index < line.size(); ++index) {
        const QChar letter = line.at(index);
        const QChar next = index + 1 < line.size() ? line.at(index + 1) : QChar();
        if (letter == u'\\' && quote != u'\'' && !next.isNull()) {
            ++index;
            // In double quotes a backslash is kept unless it has something to protect.
            if (quote == u'"' && next != u'"' && next != u'\\' && next != u'$')
                word += letter;
            if (next != u'\n')
                word += next;
            isOpen = isOpen || next != u'\n';
        } else if (quote.isNull() && (letter == u'"' || letter == u'\'')) {
            quote = letter;
            isOpen = true;
        } else if (letter == quote) {
            quote = QChar();
        } else if (quote.isNull() && letter.isSpace()) {
            if (isOpen)
                words.append(std::exchange(word, {}));
            isOpen = false;
        } else {
            word += letter;
            isOpen = true;
        }
    }
    if (isOpen)
        words.append(word);
    return words;
}

PastedText readPastedText(const QString &pasted)
{
    const QString text = stripped(pasted);
    const QStringList words = splitShellWords(pasted.trimmed());
    if (isCommand(words))
        return readCommand(words);
    static const QRegularExpression address(
        QStringLiteral("https?://[^\\s\"'`<>]+"), QRegularExpression::CaseInsensitiveOption);
    if (const QRegularExpressionMatch match = address.match(text); match.hasMatch())
        return {.url = stripped(match.captured())};
    return {.url = text};
}

} // namespace diptych
