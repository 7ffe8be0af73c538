// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/snippets/languages.h"

namespace diptych {

namespace {

QString constant(const QString &literal)
{
    if (literal == QLatin1String("true"))
        return QStringLiteral("True");
    if (literal == QLatin1String("false"))
        return QStringLiteral("False");
    return literal == QLatin1String("null") ? QStringLiteral("None") : literal;
}

} // namespace

QString pythonValue(const std::vector<JsonToken> &tokens, int indent)
{
    return prettyTokens(
        tokens, {.string = [](const JsonToken &token) { return jsonQuoted(token.text); }, .literal = constant}, indent);
}

QString pythonHeaders(const SnippetCall &call, const QString &indent, const QList<QByteArray> &without)
{
    QString code;
    for (const SnippetHeader &header : call.headers) {
        if (without.contains(header.name.toLower()))
            continue;
        // Python writes header values as Latin-1, so these are the bytes again.
        const QString value = jsonQuoted(QString::fromLatin1(header.value));
        code += indent + jsonQuoted(QString::fromLatin1(header.name)) + u": ";
        if (!header.isSecret)
            code += value;
        else
            code += (header.value.isEmpty() ? QString() : QString(value + u" + ")) + u"os.environ["
                + jsonQuoted(call.keyVariable) + u']';
        code += QStringLiteral(",\n");
    }
    return code;
}

QString pythonSnippet(const SnippetCall &call)
{
    QString code = QStringLiteral("import json\nimport os\nimport sys\nimport urllib.error\nimport urllib.request\n\n");
    if (!call.body.isEmpty())
        code +=
            u"body = " + (call.tokens ? pythonValue(*call.tokens) : jsonQuoted(QString::fromUtf8(call.body))) + u"\n\n";
    code += u"request = urllib.request.Request(\n    " + jsonQuoted(call.url) + u",\n";
    if (!call.body.isEmpty())
        code += call.tokens ? QStringLiteral("    data=json.dumps(body).encode(),\n")
                            : QStringLiteral("    data=body.encode(),\n");
    code += u"    method=" + jsonQuoted(call.method) + u",\n    headers={\n"
        + pythonHeaders(call, QStringLiteral("        ")) + u"    },\n)\n";
    code += QStringLiteral("try:\n    response = urllib.request.urlopen(request)\n"
                           "except urllib.error.HTTPError as error:\n    response = error\n");
    if (call.isStreamed)
        return code
            + QStringLiteral("for line in response:\n    sys.stdout.buffer.write(line)\n    sys.stdout.flush()\n");
    return code + QStringLiteral("sys.stdout.buffer.write(response.read())\n");
}

} // namespace diptych
