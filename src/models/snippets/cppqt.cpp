// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/snippets/languages.h"

namespace diptych {

namespace {

constexpr int longestDelimiter = 16; // of a raw string, says the language

/// A raw string literal with a delimiter that does not occur in the text.
QString rawQuoted(const QString &text)
{
    QString delimiter = QStringLiteral("json");
    while (text.contains(QString(u')' + delimiter + u'"')))
        delimiter += u'_';
    if (delimiter.size() > longestDelimiter)
        return jsonQuoted(text);
    return QString(u"R\"" + delimiter + u'(' + text + u')' + delimiter + u'"');
}

} // namespace

QString cppQtSnippet(const SnippetCall &call)
{
    QString code =
        u"#include <QCoreApplication>\n#include <QFile>\n#include <QNetworkAccessManager>\n#include <QNetworkReply>\n\n"
        u"int main(int argc, char *argv[])\n{\n    QCoreApplication app(argc, argv);\n"
        u"    QNetworkAccessManager network;\n    QNetworkRequest request(QUrl::fromEncoded("
        + jsonQuoted(call.url) + u"));\n";
    for (const SnippetHeader &header : call.headers) {
        const QString value = jsonQuoted(QString::fromUtf8(header.value));
        code += u"    request.setRawHeader(" + jsonQuoted(QString::fromLatin1(header.name)) + u", ";
        if (!header.isSecret)
            code += value;
        else
            code += (header.value.isEmpty() ? QString() : QString(value + u" + ")) + u"qgetenv("
                + jsonQuoted(call.keyVariable) + u')';
        code += QStringLiteral(");\n");
    }
    code += u"    const QByteArray body = " + rawQuoted(prettyJson(call.body))
        + u";\n    QNetworkReply *reply = network.sendCustomRequest(request, " + jsonQuoted(call.method)
        + u", body);\n";
    return code
        + QStringLiteral("    QFile out;\n    if (!out.open(stdout, QIODevice::WriteOnly))\n        return 1;\n"
                         "    QObject::connect(reply, &QNetworkReply::readyRead, reply, [&out, reply] {\n"
                         "        out.write(reply->readAll());\n        out.flush();\n    });\n"
                         "    QObject::connect(reply, &QNetworkReply::finished, &app, &QCoreApplication::quit);\n"
                         "    return app.exec();\n}\n");
}

} // namespace diptych
