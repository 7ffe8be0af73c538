// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzztargets.h"

#include "core/jsonbuilder.h"
#include "core/jsonwriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstring>

namespace diptych::fuzz {

namespace {

QByteArray written(const QJsonValue &value)
{
    QByteArray json;
    appendJson(json, value);
    return json;
}

QString withoutLoneSurrogates(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text[i].isSurrogate())
            continue;
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            ++i;
        else
            text[i] = QChar::ReplacementCharacter;
    }
    return text;
}

/// Any UTF-16, also what no UTF-8 can say.
void writeText(QByteArrayView input)
{
    QString text(input.size() / 2, Qt::Uninitialized);
    std::memcpy(text.data(), input.data(), static_cast<std::size_t>(text.size()) * 2);
    const QJsonArray array {text};
    Q_ASSERT(written(array) == QJsonDocument(array).toJson(QJsonDocument::Compact));
    QByteArray replaced;
    appendJsonText(replaced, text, LoneSurrogate::Replaced);
    const QJsonArray repaired {withoutLoneSurrogates(text)};
    Q_ASSERT(QByteArray('[' + replaced + ']') == QJsonDocument(repaired).toJson(QJsonDocument::Compact));
    JsonObjectBuilder object;
    object.insert(QLatin1String("t"), text);
    object.insert(QLatin1String("a"), text);
    object.insert(QLatin1String("t"), QJsonValue(text));
    Q_ASSERT(QJsonDocument::fromJson(object.json()).object().size() == 2);
}

} // namespace

void runJson(QByteArrayView input)
{
    const QJsonDocument document = QJsonDocument::fromJson(input.toByteArray());
    if (document.isNull())
        return writeText(input);
    const QJsonValue value = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    Q_ASSERT(written(value) == document.toJson(QJsonDocument::Compact));
}

} // namespace diptych::fuzz
