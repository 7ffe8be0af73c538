// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/snippets/languages.h"

namespace diptych {

namespace {

/// Linux takes at most 128 KiB as one argument; a longer body goes through standard input.
constexpr qsizetype longestArgument = 100'000;

QString hereDocument(const QString &body)
{
    QString mark = QStringLiteral("BODY");
    while (QString(u'\n' + body + u'\n').contains(QString(u'\n' + mark + u'\n')))
        mark += u'_';
    return QString(u" \\\n  --data-binary @- <<'" + mark + u"'\n" + body + u'\n' + mark);
}

} // namespace

QString shellQuoted(const QString &text)
{
    QString inner = text;
    inner.replace(u'\'', QLatin1String("'\\''"));
    return QString(u'\'' + inner + u'\'');
}

QString curlSnippet(const SnippetCall &call)
{
    QString code = u"curl " + shellQuoted(call.url);
    if (call.isStreamed)
        code += QStringLiteral(" --no-buffer");
    if (call.url.contains(u'[') || call.url.contains(u'{'))
        code += QStringLiteral(" --globoff");
    if (call.method != (call.body.isEmpty() ? QLatin1String("GET") : QLatin1String("POST")))
        code += u" -X " + shellQuoted(call.method);
    for (const SnippetHeader &header : call.headers) {
        const QString name = QString::fromLatin1(header.name);
        const QString value = QString::fromUtf8(header.value);
        code += QStringLiteral(" \\\n  -H ");
        if (header.isSecret)
            code += u'"' + name + u": " + value + u'$' + call.keyVariable + u'"';
        else if (value.isEmpty())
            code += shellQuoted(name + u';'); // with a colon curl would leave the header out
        else
            code += shellQuoted(name + u": " + value);
    }
    if (call.body.isEmpty())
        return code + u'\n';
    const QString body = prettyJson(call.body);
    if (call.body.size() > longestArgument)
        code += hereDocument(body);
    else
        code += u" \\\n  --data-raw " + shellQuoted(body);
    return code + u'\n';
}

} // namespace diptych
