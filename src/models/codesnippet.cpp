// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/codesnippet.h"

#include "core/secret.h"
#include "models/jsontext.h"

#include <algorithm>

namespace diptych {

namespace {

/// A header line, split so that each language can join it with the variable in its own way.
struct SnippetHeader {
    QString name;
    QString value; // in front of the key with secrets
    bool isSecret = false;
};

std::vector<SnippetHeader> snippetHeaders(const WirePreview &call)
{
    std::vector<SnippetHeader> headers;
    for (const HeaderField &field : call.headers) {
        const QByteArray name = field.name.toLower();
        // Clients work these out themselves; a wrong length would break the call as soon as the body is edited.
        if (name == "content-length" || name == "host" || name == "connection" || name == "accept-encoding"
            || name == "user-agent")
            continue;
        SnippetHeader header {.name = QString::fromLatin1(field.name), .value = QString::fromUtf8(field.value)};
        if (isSecretHeader(field.name)) {
            header.isSecret = true;
            header.value =
                name == "authorization" || name == "proxy-authorization" ? QStringLiteral("Bearer ") : QString();
        }
        headers.push_back(header);
    }
    return headers;
}

QString urlOf(const WirePreview &call)
{
    return call.url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo);
}

bool isStreamed(const WirePreview &call)
{
    const auto tokens = jsonTokens(call.body);
    if (!tokens)
        return false;
    for (std::size_t i = 0; i + 2 < tokens->size(); ++i) {
        if ((*tokens)[i].isKey && (*tokens)[i].text == QLatin1String("stream"))
            return (*tokens)[i + 2].text == QLatin1String("true");
    }
    return false;
}

/// A string literal for the C family: C++ and C# take the same escapes. `\x` is avoided, it has no end.
QString cQuoted(const QString &text)
{
    return jsonQuoted(text); // JSON's escapes are a subset of theirs
}

/// For Python and JavaScript: as JSON, which both read the same way.
QString scriptQuoted(const QString &text)
{
    return jsonQuoted(text);
}

QString curl(const WirePreview &call, const QString &variable)
{
    const QString url = urlOf(call);
    QString code = QStringLiteral("curl ") + shellQuoted(url);
    if (isStreamed(call))
        code += QStringLiteral(" --no-buffer");
    if (url.contains(u'[') || url.contains(u'{'))
        code += QStringLiteral(" --globoff");
    if (call.method != (call.body.isEmpty() ? "GET" : "POST"))
        code += QStringLiteral(" -X ") + shellQuoted(QString::fromLatin1(call.method));
    for (const SnippetHeader &header : snippetHeaders(call)) {
        code += QStringLiteral(" \\\n  -H ");
        if (header.isSecret)
            code += QString(u'"' + header.name + u": " + header.value + u'$' + variable + u'"');
        else
            code += shellQuoted(header.name + u": " + header.value);
    }
    if (!call.body.isEmpty())
        code += QStringLiteral(" \\\n  --data-raw ") + shellQuoted(prettyJson(call.body));
    return code + u'\n';
}

/// A JSON value as a Python expression.
QString pythonValue(const QByteArray &json)
{
    const auto tokens = jsonTokens(json);
    if (!tokens)
        return scriptQuoted(QString::fromUtf8(json));
    return prettyTokens(*tokens,
        {.string = [](const JsonToken &token) { return scriptQuoted(token.text); },
            .literal =
                [](const QString &literal) {
                    if (literal == QLatin1String("true"))
                        return QStringLiteral("True");
                    if (literal == QLatin1String("false"))
                        return QStringLiteral("False");
                    return literal == QLatin1String("null") ? QStringLiteral("None") : literal;
                }});
}

QString python(const WirePreview &call, const QString &variable)
{
    QString code = QStringLiteral("import json\nimport os\nimport urllib.request\n\n");
    const bool isJson = jsonTokens(call.body).has_value();
    if (!call.body.isEmpty())
        code += QStringLiteral("body = ") + pythonValue(call.body) + QStringLiteral("\n\n");
    code +=
        QStringLiteral("request = urllib.request.Request(\n    ") + scriptQuoted(urlOf(call)) + QStringLiteral(",\n");
    if (!call.body.isEmpty())
        code += isJson ? QStringLiteral("    data=json.dumps(body).encode(),\n")
                       : QStringLiteral("    data=body.encode(),\n");
    code += QStringLiteral("    method=") + scriptQuoted(QString::fromLatin1(call.method))
        + QStringLiteral(",\n    headers={\n");
    for (const SnippetHeader &header : snippetHeaders(call)) {
        code += QStringLiteral("        ") + scriptQuoted(header.name) + QStringLiteral(": ");
        if (!header.isSecret)
            code += scriptQuoted(header.value);
        else
            code += QString(header.value.isEmpty() ? QString() : scriptQuoted(header.value) + QStringLiteral(" + "))
                + QStringLiteral("os.environ[") + scriptQuoted(variable) + u']';
        code += QStringLiteral(",\n");
    }
    code += QStringLiteral("    },\n)\nwith urllib.request.urlopen(request) as response:\n");
    code += isStreamed(call) ? QStringLiteral("    for line in response:\n        print(line.decode(), end=\"\")\n")
                             : QStringLiteral("    print(response.read().decode())\n");
    return code;
}

/// A JSON value as a JavaScript expression; numbers that JavaScript would round stay inside a string.
QString javaScriptBody(const QByteArray &json)
{
    const auto tokens = jsonTokens(json);
    const bool isExact = tokens && std::none_of(tokens->begin(), tokens->end(), [](const JsonToken &token) {
        return token.kind == JsonToken::Kind::Literal && token.text.size() > 15;
    });
    if (!isExact)
        return scriptQuoted(QString::fromUtf8(json));
    const QString value = prettyTokens(*tokens,
        {.string =
                [](const JsonToken &token) {
                    // A plain "__proto__" key would set the prototype instead of a member.
                    return token.isKey && token.text == QLatin1String("__proto__") ? QStringLiteral("[\"__proto__\"]")
                                                                                   : scriptQuoted(token.text);
                },
            .literal = [](const QString &literal) { return literal; }},
        1);
    return QString(u"JSON.stringify(" + value + u')');
}

QString javaScript(const WirePreview &call, const QString &variable)
{
    QString code = QStringLiteral("const response = await fetch(") + scriptQuoted(urlOf(call))
        + QStringLiteral(", {\n    method: ") + scriptQuoted(QString::fromLatin1(call.method))
        + QStringLiteral(",\n    headers: {\n");
    for (const SnippetHeader &header : snippetHeaders(call)) {
        code += QStringLiteral("        ") + scriptQuoted(header.name) + QStringLiteral(": ");
        if (!header.isSecret)
            code += scriptQuoted(header.value);
        else
            code += QString(header.value.isEmpty() ? QString() : scriptQuoted(header.value) + QStringLiteral(" + "))
                + QStringLiteral("process.env[") + scriptQuoted(variable) + u']';
        code += QStringLiteral(",\n");
    }
    code += QStringLiteral("    },\n");
    if (!call.body.isEmpty())
        code += QStringLiteral("    body: ") + javaScriptBody(call.body) + QStringLiteral(",\n");
    code += QStringLiteral("});\n");
    if (!isStreamed(call))
        return code + QStringLiteral("console.log(response.status, await response.text());\n");
    return code
        + QStringLiteral("const decoder = new TextDecoder();\nfor await (const piece of response.body)\n"
                         "    process.stdout.write(decoder.decode(piece, { stream: true }));\n");
}

/// A C# raw string literal, with more quotes around it than stand in a row inside.
QString cSharpRaw(const QString &text)
{
    QString quotes = QStringLiteral("\"\"\"");
    while (text.contains(quotes))
        quotes += u'"';
    return QString(quotes + u'\n' + text + u'\n' + quotes);
}

QString cSharp(const WirePreview &call, const QString &variable)
{
    QString code = QStringLiteral("using System.Net.Http;\nusing System.Text;\n\nusing var client = new HttpClient();\n"
                                  "using var request = new HttpRequestMessage(new HttpMethod(")
        + cQuoted(QString::fromLatin1(call.method)) + QStringLiteral("), ") + cQuoted(urlOf(call))
        + QStringLiteral(");\n");
    QString contentType = QStringLiteral("application/json");
    for (const SnippetHeader &header : snippetHeaders(call)) {
        if (header.name.compare(QLatin1String("content-type"), Qt::CaseInsensitive) == 0) {
            contentType = header.value.section(u';', 0, 0).trimmed(); // the constructor adds the charset itself
            continue;
        }
        code +=
            QStringLiteral("request.Headers.TryAddWithoutValidation(") + cQuoted(header.name) + QStringLiteral(", ");
        if (!header.isSecret)
            code += cQuoted(header.value);
        else
            code += QString(header.value.isEmpty() ? QString() : cQuoted(header.value) + QStringLiteral(" + "))
                + QStringLiteral("Environment.GetEnvironmentVariable(") + cQuoted(variable) + u')';
        code += QStringLiteral(");\n");
    }
    if (!call.body.isEmpty())
        code += QStringLiteral("request.Content = new StringContent(") + cSharpRaw(prettyJson(call.body))
            + QStringLiteral(", Encoding.UTF8, ") + cQuoted(contentType) + QStringLiteral(");\n");
    return code
        + QStringLiteral(
            "using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);\n"
            "using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());\n"
            "while (await reader.ReadLineAsync() is { } line)\n    Console.WriteLine(line);\n");
}

/// A C++ raw string literal with a delimiter that does not occur in the text.
QString cppRaw(const QString &text)
{
    QString delimiter = QStringLiteral("json");
    while (text.contains(QString(u')' + delimiter + u'"')))
        delimiter += u'_';
    return QString(u"R\"" + delimiter + u'(' + text + u')' + delimiter + u'"');
}

QString cppQt(const WirePreview &call, const QString &variable)
{
    QString code =
        QStringLiteral("#include <QCoreApplication>\n#include <QNetworkAccessManager>\n#include <QNetworkReply>\n"
                       "#include <QTextStream>\n\nint main(int argc, char *argv[])\n{\n"
                       "    QCoreApplication app(argc, argv);\n    QNetworkAccessManager network;\n"
                       "    QNetworkRequest request(QUrl::fromEncoded(")
        + cQuoted(urlOf(call)) + QStringLiteral("));\n");
    for (const SnippetHeader &header : snippetHeaders(call)) {
        code += QStringLiteral("    request.setRawHeader(") + cQuoted(header.name) + QStringLiteral(", ");
        if (!header.isSecret)
            code += cQuoted(header.value);
        else
            code += QString(header.value.isEmpty() ? QString() : cQuoted(header.value) + QStringLiteral(" + "))
                + QStringLiteral("qgetenv(") + cQuoted(variable) + u')';
        code += QStringLiteral(");\n");
    }
    code += QStringLiteral("    const QByteArray body = ") + cppRaw(prettyJson(call.body))
        + QStringLiteral(";\n    QNetworkReply *reply = network.sendCustomRequest(request, ")
        + cQuoted(QString::fromLatin1(call.method)) + QStringLiteral(", body);\n");
    return code
        + QStringLiteral("    QObject::connect(reply, &QNetworkReply::readyRead, reply, [reply] {\n"
                         "        QTextStream(stdout) << QString::fromUtf8(reply->readAll());\n    });\n"
                         "    QObject::connect(reply, &QNetworkReply::finished, &app, &QCoreApplication::quit);\n"
                         "    return app.exec();\n}\n");
}

} // namespace

QString shellQuoted(const QString &text)
{
    QString inner = text;
    inner.replace(u'\'', QLatin1String("'\\''"));
    return QString(u'\'' + inner + u'\'');
}

QString codeSnippet(const WirePreview &call, SnippetLanguage language, const QString &keyVariable)
{
    switch (language) {
    case SnippetLanguage::Curl:
        return curl(call, keyVariable);
    case SnippetLanguage::Python:
        return python(call, keyVariable);
    case SnippetLanguage::JavaScript:
        return javaScript(call, keyVariable);
    case SnippetLanguage::CSharp:
        return cSharp(call, keyVariable);
    case SnippetLanguage::CppQt:
        return cppQt(call, keyVariable);
    }
    return {};
}

QString keyVariableFor(const QString &endpointName)
{
    QString name;
    for (const QChar letter : endpointName.toUpper()) {
        const bool isPlain = (letter >= u'A' && letter <= u'Z') || (letter >= u'0' && letter <= u'9');
        if (isPlain)
            name += letter;
        else if (!name.isEmpty() && !name.endsWith(u'_'))
            name += u'_';
    }
    while (name.endsWith(u'_'))
        name.chop(1);
    if (name.isEmpty())
        return QStringLiteral("API_KEY");
    if (name.front().isDigit())
        name.prepend(u'_');
    return QString(name + u"_KEY");
}

WirePreview previewOf(const Exchange &exchange)
{
    return {.method = exchange.method,
        .url = exchange.url,
        .headers = exchange.requestHeaders,
        .body = exchange.requestBody};
}

} // namespace diptych
