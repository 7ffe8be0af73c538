// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/toolarguments.h"

#include <QJsonDocument>

namespace diptych {

QJsonObject argumentsObject(const QString &arguments)
{
    const QJsonDocument document = QJsonDocument::fromJson(arguments.toUtf8());
    if (document.isObject() || arguments.trimmed().isEmpty())
        return document.object();
    return {{QStringLiteral("arguments"), arguments}};
}

QString argumentsText(const QJsonObject &arguments)
{
    return QString::fromUtf8(QJsonDocument(arguments).toJson(QJsonDocument::Compact));
}

bool isWholeObject(const QString &arguments)
{
    return QJsonDocument::fromJson(arguments.toUtf8()).isObject();
}

} // namespace diptych
