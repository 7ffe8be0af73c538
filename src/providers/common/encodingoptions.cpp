// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/common/encodingoptions.h"

#include <QCoreApplication>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::RequestEncoder", text);
}

/// Why an extra that the request did not name is in the body; empty for the request's own.
QString originOf(const EffectiveExtra &extra)
{
    switch (extra.layer) {
    case ExtrasLayer::Endpoint:
        return translated("an extra of this endpoint");
    case ExtrasLayer::Model:
        return translated("an extra of this model");
    case ExtrasLayer::Request:
        break;
    }
    return {};
}

Error refusal(const QStringList &names)
{
    return {.kind = Error::Kind::Unsupported,
        .message = translated("Parameters outside the common API are refused by this request's settings: %1.")
                       .arg(names.join(QLatin1String(", "))),
        .parameter = names.first()};
}

Error collision(const QString &path)
{
    return {.kind = Error::Kind::InvalidRequest,
        .message = translated("The extra parameter \"%1\" has the name of a field that is set already.").arg(path),
        .parameter = path};
}

} // namespace

EncodingOptions encodingOptionsOf(const Endpoint &endpoint, const QString &model)
{
    return {.adaptation = endpoint.adaptation,
        .extrasMode = endpoint.extrasMode,
        .endpointExtras = endpoint.extras,
        .modelExtras = endpoint.modelExtras.value(model.isEmpty() ? endpoint.defaultModel : model),
        .defaultModel = endpoint.defaultModel,
        .variant = endpoint.variant};
}

Result<QStringList> writeExtras(BodyEncoder &encoder, const QJsonObject &requestExtras, const EncodingOptions &options,
    const ExtraPlacement &placement)
{
    const std::vector<EffectiveExtra> extras =
        effectiveExtras(options.endpointExtras, options.modelExtras, requestExtras);
    QStringList names;
    for (const EffectiveExtra &extra : extras) {
        names.append(extra.key);
        const QString path = placement ? placement(extra.key) : QString();
        if (path.isEmpty()) {
            if (const QString taken = encoder.extra(extra.key, extra.value, originOf(extra)); !taken.isEmpty())
                return Failure(collision(taken));
            continue;
        }
        if (encoder.contains(path))
            return Failure(collision(extra.key));
        const QString place = translated("an extra that belongs into %1 here").arg(path.section(u'.', 0, -2));
        encoder.renamed(extra.key, path, extra.value, place);
    }
    return names;
}

QJsonValue writtenExtra(const QString &key, const QJsonObject &requestExtras, std::optional<ExtrasMode> asked,
    const EncodingOptions &options)
{
    if (asked.value_or(options.extrasMode) != ExtrasMode::PassThrough)
        return QJsonValue::Undefined;
    const std::vector<EffectiveExtra> extras =
        effectiveExtras(options.endpointExtras, options.modelExtras, requestExtras);
    for (const EffectiveExtra &extra : extras) {
        if (extra.key == key)
            return extra.value;
    }
    return QJsonValue::Undefined;
}

Result<BodyEncoder> finishBody(BodyEncoder encoder, const QJsonObject &requestExtras, std::optional<ExtrasMode> asked,
    const EncodingOptions &options, const ExtraPlacement &placement)
{
    if (encoder.refusal())
        return Failure(*encoder.refusal());
    const ExtrasMode mode = asked.value_or(options.extrasMode);
    if (mode == ExtrasMode::PassThrough) {
        if (const Result<QStringList> written = writeExtras(encoder, requestExtras, options, placement); !written)
            return Failure(written.error());
        return encoder;
    }
    QStringList names;
    const std::vector<EffectiveExtra> extras =
        effectiveExtras(options.endpointExtras, options.modelExtras, requestExtras);
    for (const EffectiveExtra &extra : extras)
        names.append(extra.key);
    if (mode == ExtrasMode::Error && !names.isEmpty())
        return Failure(refusal(names));
    for (const QString &name : names)
        encoder.dropped(name, translated("outside the common API; the mode is \"drop\""));
    return encoder;
}

} // namespace diptych
