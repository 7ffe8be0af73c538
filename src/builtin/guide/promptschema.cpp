// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/promptschema.h"

#include <QJsonDocument>

namespace diptych {

namespace {

/// The end of the object that begins at `start`, behind its brace; -1 when it has none.
qsizetype endOfObject(const QString &text, qsizetype start)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype i = start; i < text.size(); ++i) {
        const QChar unit = text[i];
        if (inString && unit == u'\\')
            ++i;
        else if (unit == u'"')
            inString = !inString;
        else if (!inString && unit == u'{')
            ++depth;
        else if (!inString && unit == u'}' && --depth == 0)
            return i + 1;
    }
    return -1;
}

bool looksLikeSchema(const QJsonObject &object)
{
    return object.value(u"properties").isObject()
        || (object.value(u"type").isString() && object.value(u"items").isObject());
}

QJsonObject schemaIn(const QString &text)
{
    for (qsizetype start = text.indexOf(u'{'); start >= 0;) {
        const qsizetype end = endOfObject(text, start);
        if (end < 0)
            return {};
        const QJsonObject object = QJsonDocument::fromJson(text.mid(start, end - start).toUtf8()).object();
        if (looksLikeSchema(object))
            return object;
        start = text.indexOf(u'{', end);
    }
    return {};
}

} // namespace

QJsonObject schemaInPrompt(const std::vector<Message> &messages)
{
    for (auto message = messages.rbegin(); message != messages.rend(); ++message) {
        if (message->role == Role::Assistant || message->role == Role::Tool)
            continue;
        if (const QJsonObject schema = schemaIn(message->text()); !schema.isEmpty())
            return schema;
    }
    return {};
}

} // namespace diptych
