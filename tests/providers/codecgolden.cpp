// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "codecgolden.h"

#include <QJsonDocument>
#include <QTest>

namespace diptych::test {

namespace {

/// The members of a body are sorted and written as Qt does it, whoever wrote them; they stand in an order of their own.
QString bytesDifference(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QByteArray alone =
            QJsonDocument(QJsonObject {{member.key(), member.value()}}).toJson(QJsonDocument::Compact);
        if (!body.contains(alone.mid(1, alone.size() - 2)))
            return QStringLiteral("%1 is not written as Qt writes it").arg(member.key());
    }
    const bool isCompact = body.size() == QJsonDocument(object).toJson(QJsonDocument::Compact).size();
    return isCompact ? QString() : QStringLiteral("the body holds more than its members");
}

} // namespace

EncodingOptions optionsOf(const QJsonObject &json)
{
    return {.adaptation = adaptationFromName(json[u"adaptation"].toString()).value_or(Adaptation::Adapt),
        .extrasMode = extrasModeFromName(json[u"extrasMode"].toString()).value_or(ExtrasMode::PassThrough),
        .endpointExtras = json[u"endpointExtras"].toObject(),
        .modelExtras = json[u"modelExtras"].toObject(),
        .defaultModel = json[u"defaultModel"].toString(),
        .modelDropReason = json[u"modelDropReason"].toString(),
        .variant = json[u"variant"].toString(),
        .includeUsage = json[u"includeUsage"].toBool(true)};
}

void addGoldens(const QString &folder, const QString &suffix)
{
    QTest::addColumn<QString>("path");
    const QStringList paths = goldenInputs(folder, suffix);
    for (const QString &path : paths) {
        if (!path.endsWith(QLatin1String(".out.json")))
            QTest::newRow(qPrintable(path.section(u'/', -1))) << path;
    }
}

QString requestDifference(const QString &path, const EncodeGolden &encode)
{
    const QJsonObject input = QJsonDocument::fromJson(contentOf(path)).object();
    if (input.isEmpty())
        return QStringLiteral("%1 is no JSON object").arg(path);
    const Result<BodyEncoder> encoder =
        encode(input[u"kind"].toString(), input[u"request"].toObject(), optionsOf(input[u"options"].toObject()));
    if (encoder) {
        if (const QString difference = bytesDifference(encoder->body()); !difference.isEmpty())
            return difference;
    }
    const QJsonObject actual =
        encoder ? dump(*encoder) : QJsonObject {{QStringLiteral("error"), dump(encoder.error())}};
    return goldenDifference(QString(path).replace(QLatin1String(".in.json"), QLatin1String(".out.json")), actual);
}

QString streamDifference(const QString &path, const ReadGolden &read)
{
    const QByteArray bytes = contentOf(path);
    if (bytes.isEmpty())
        return QStringLiteral("%1 is empty").arg(path);
    const QJsonObject expected = read(bytes, {});
    const QString difference = goldenDifference(path + QStringLiteral(".out.json"), expected);
    if (!difference.isEmpty())
        return difference;
    const QByteArrayView view(bytes);
    for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
        if (read(view.first(cut), view.sliced(cut)) != expected)
            return QStringLiteral("another result when cut at byte %1").arg(cut);
    }
    return {};
}

QString wholeDifference(const QString &path, const QJsonObject &actual)
{
    return goldenDifference(QString(path).replace(QLatin1String(".json"), QLatin1String(".out.json")), actual);
}

} // namespace diptych::test
