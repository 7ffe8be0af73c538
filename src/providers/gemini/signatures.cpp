// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/gemini/signatures.h"

#include <algorithm>

namespace diptych::gemini {

namespace {

const QLatin1String nameOfSignature("thoughtSignature");

QJsonObject record(const QString &signature)
{
    return {{QStringLiteral("provider"), QStringLiteral("gemini")}, {nameOfSignature, signature}};
}

QJsonObject textPart(const QString &text)
{
    return {{QStringLiteral("text"), text}};
}

/// Ours among the pieces of all providers.
std::vector<QJsonObject> ownRecords(const QJsonArray &opaque)
{
    std::vector<QJsonObject> records;
    for (const QJsonValue &value : opaque) {
        const QJsonObject item = value.toObject();
        if (item.value(u"provider") == QLatin1String("gemini"))
            records.push_back(item);
    }
    return records;
}

void appendText(QJsonArray &parts, const QString &text, const std::vector<QJsonObject> &records)
{
    qsizetype done = 0;
    for (const QJsonObject &item : records) {
        if (!item.contains(u"end"))
            continue;
        // The text may have been edited since.
        const qsizetype end = std::clamp<qsizetype>(item.value(u"end").toInteger(), done, text.size());
        const qsizetype begin = std::clamp<qsizetype>(item.value(u"begin").toInteger(), done, end);
        if (begin > done)
            parts.append(textPart(text.mid(done, begin - done)));
        QJsonObject part = textPart(text.mid(begin, end - begin));
        part.insert(nameOfSignature, item.value(nameOfSignature));
        parts.append(part);
        done = end;
    }
    if (done < text.size())
        parts.append(textPart(text.mid(done)));
}

} // namespace

QJsonObject callSignature(const QString &signature, int position)
{
    QJsonObject item = record(signature);
    item.insert(u"call", position);
    return item;
}

QJsonObject textSignature(const QString &signature, qsizetype begin, qsizetype end)
{
    QJsonObject item = record(signature);
    item.insert(u"begin", begin);
    item.insert(u"end", end);
    return item;
}

QJsonObject thoughtSignature(const QString &signature, const QString &thought)
{
    QJsonObject item = record(signature);
    item.insert(u"thought", thought);
    return item;
}

bool hasSignedThoughts(const QJsonArray &opaque)
{
    const std::vector<QJsonObject> records = ownRecords(opaque);
    return std::any_of(
        records.begin(), records.end(), [](const QJsonObject &item) { return item.contains(u"thought"); });
}

QJsonArray signedParts(const QString &text, std::vector<QJsonObject> calls, const QJsonArray &opaque)
{
    const std::vector<QJsonObject> records = ownRecords(opaque);
    QJsonArray parts;
    for (const QJsonObject &item : records) {
        if (!item.contains(u"thought"))
            continue;
        parts.append(QJsonObject {{QStringLiteral("text"), item.value(u"thought")}, {QStringLiteral("thought"), true},
            {nameOfSignature, item.value(nameOfSignature)}});
    }
    appendText(parts, text, records);
    for (const QJsonObject &item : records) {
        const int position = item.value(u"call").toInt(-1);
        if (position >= 0 && position < static_cast<int>(calls.size()))
            calls[static_cast<std::size_t>(position)].insert(nameOfSignature, item.value(nameOfSignature));
    }
    for (const QJsonObject &call : calls)
        parts.append(call);
    return parts;
}

} // namespace diptych::gemini
