// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/fieldwriter.h"

#include "providers/common/jsontext.h"

#include <QCoreApplication>

namespace diptych {

QJsonArray encodeTexts(const QStringList &texts)
{
    QJsonArray array;
    for (const QString &text : texts)
        array.append(repairedText(text));
    return array;
}

void writeModel(BodyEncoder &encoder, const QString &model, const EncodingOptions &options)
{
    const QString field = QStringLiteral("model");
    if (!options.modelDropReason.isEmpty()) {
        if (!model.isEmpty())
            encoder.dropped(field, options.modelDropReason);
    } else if (!model.isEmpty()) {
        encoder.sent(field, repairedText(model));
    } else if (!options.defaultModel.isEmpty()) {
        encoder.added(field, repairedText(options.defaultModel),
            QCoreApplication::translate("diptych::RequestEncoder", "the default model of this endpoint"));
    }
}

QJsonValue FieldWriter::toJson(const QString &value)
{
    return repairedText(value);
}

} // namespace diptych
