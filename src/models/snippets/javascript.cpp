// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/snippets/languages.h"

namespace diptych {

QString javaScriptValue(const std::vector<JsonToken> &tokens, int indent)
{
    return prettyTokens(tokens,
        {.string =
                [](const JsonToken &token) {
                    // A plain "__proto__" key would set the prototype instead of a member.
                    return token.isKey && token.text == QLatin1String("__proto__") ? QStringLiteral("[\"__proto__\"]")
                                                                                   : jsonQuoted(token.text);
                },
            .literal = [](const QString &literal) { return literal; }},
        indent);
}

QString javaScriptHeaders(const SnippetCall &call, const QString &indent, const QList<QByteArray> &without)
{
    QString code;
    for (const SnippetHeader &header : call.headers) {
        if (without.contains(header.name.toLower()))
            continue;
        // Header values are byte strings there: one character for each byte.
        const QString value = jsonQuoted(QString::fromLatin1(header.value));
        code += indent + jsonQuoted(QString::fromLatin1(header.name)) + u": ";
        if (!header.isSecret)
            code += value;
        else
            code += (header.value.isEmpty() ? QString() : QString(value + u" + ")) + u"process.env["
                + jsonQuoted(call.keyVariable) + u']';
        code += QStringLiteral(",\n");
    }
    return code;
}

QString javaScriptSnippet(const SnippetCall &call)
{
    QString code = u"const response = await fetch(" + jsonQuoted(call.url) + u", {\n    method: "
        + jsonQuoted(call.method) + u",\n    headers: {\n" + javaScriptHeaders(call, QStringLiteral("        "))
        + u"    },\n";
    // Numbers that JavaScript would round stay inside a string.
    if (!call.body.isEmpty())
        code += u"    body: "
            + (call.tokens && !hasLongNumbers(call)
                    ? QString(u"JSON.stringify(" + javaScriptValue(*call.tokens, 1) + u')')
                    : jsonQuoted(QString::fromUtf8(call.body)))
            + u",\n";
    code += QStringLiteral("});\n");
    if (!call.isStreamed)
        return code + QStringLiteral("console.log(response.status, await response.text());\n");
    return code + QStringLiteral("for await (const piece of response.body)\n    process.stdout.write(piece);\n");
}

} // namespace diptych
