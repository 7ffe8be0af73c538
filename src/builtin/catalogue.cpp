// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/catalogue.h"

#include <QObject>
#include <QUuid>

#include <algorithm>
#include <array>

namespace diptych {

namespace {

constexpr std::array models {
    BuiltinModel {.id = QLatin1String("guide"),
        .type = ModelType::Chat,
        .contextLength = 8192,
        .summary = QLatin1String("Answers from the user's guide by retrieval, and words, sums and units; quotes.")},
    BuiltinModel {.id = QLatin1String("guide-brief"),
        .type = ModelType::Chat,
        .contextLength = 8192,
        .summary = QLatin1String("The same retrieval, answered in one paragraph and streamed faster.")},
    BuiltinModel {.id = QLatin1String("guide-reasoning"),
        .type = ModelType::Chat,
        .contextLength = 8192,
        .summary = QLatin1String("The same as guide, and says first what it considered.")},
    BuiltinModel {.id = QLatin1String("babbler-5"),
        .type = ModelType::Completion,
        .summary = QLatin1String("Continues text with a five-gram model of dictionary prose.")},
    BuiltinModel {.id = QLatin1String("babbler-3"),
        .type = ModelType::Completion,
        .summary = QLatin1String("The same prose, but only two words back: wilder, and sooner off the subject.")},
    BuiltinModel {.id = QLatin1String("wordmap-256"),
        .type = ModelType::TextEmbeddings,
        .dimensions = 256,
        .summary = QLatin1String("Weighted mean of word vectors learned from dictionaries; word order, negation and "
                                 "input_type make no difference.")},
    BuiltinModel {.id = QLatin1String("wordmap-64"),
        .type = ModelType::TextEmbeddings,
        .dimensions = 64,
        .summary = QLatin1String("The first 64 axes of the same word vectors: smaller, faster and coarser.")},
    BuiltinModel {.id = QLatin1String("palette"),
        .type = ModelType::ImageEmbeddings,
        .summary = QLatin1String("Picture vectors of colours, brightness, contrast and edges by position.")},
    BuiltinModel {.id = faultyModel,
        .type = ModelType::Chat,
        .contextLength = 8192,
        .summary =
            QLatin1String("Answers as guide-brief does, and misbehaves as the extra fault asks: delay, stall, cut, "
                          "malformed, wrong_type, rate_limit, error, slow.")},
};

Error modelNotFound(const QString &name)
{
    QStringList known;
    for (const BuiltinModel &model : models)
        known.push_back(model.id);
    return {.kind = Error::Kind::NotFound,
        .message = QObject::tr("There is no built-in model \"%1\". There are: %2.")
                       .arg(name, known.join(QStringLiteral(", "))),
        .providerCode = QStringLiteral("model_not_found"),
        .parameter = QStringLiteral("model")};
}

QString whatItDoes(ModelType type)
{
    switch (type) {
    case ModelType::Chat:
        return QObject::tr("chats");
    case ModelType::Completion:
        return QObject::tr("continues text");
    case ModelType::TextEmbeddings:
        return QObject::tr("makes embeddings of texts");
    case ModelType::ImageEmbeddings:
        return QObject::tr("makes embeddings of pictures");
    default:
        return {};
    }
}

QString whatItDoesNot(ModelType type)
{
    switch (type) {
    case ModelType::Chat:
        return QObject::tr("it does not chat");
    case ModelType::Completion:
        return QObject::tr("it does not continue text");
    case ModelType::TextEmbeddings:
        return QObject::tr("it makes no text embeddings");
    default:
        return QObject::tr("it makes no image embeddings");
    }
}

bool serves(const BuiltinModel &model, ModelType wanted)
{
    // The palette puts texts on the same axes as pictures, so it serves both embedding routes.
    return model.type == wanted || (wanted == ModelType::TextEmbeddings && model.type == ModelType::ImageEmbeddings);
}

} // namespace

std::span<const BuiltinModel> builtinModels()
{
    return models;
}

Result<BuiltinModel> findBuiltinModel(const QString &name)
{
    if (name.isEmpty())
        return models.front();
    const auto found = std::find_if(models.begin(), models.end(), [&](const auto &model) { return model.id == name; });
    if (found == models.end())
        return Failure(modelNotFound(name));
    return *found;
}

Result<BuiltinModel> findBuiltinModel(const QString &name, ModelType wanted)
{
    if (name.isEmpty())
        return *std::find_if(models.begin(), models.end(), [&](const auto &model) { return model.type == wanted; });
    auto found = findBuiltinModel(name);
    if (!found || serves(*found, wanted))
        return found;
    return Failure(Error {.kind = Error::Kind::Unsupported,
        .message = QObject::tr("%1 %2; %3.").arg(found->id, whatItDoes(found->type), whatItDoesNot(wanted)),
        .providerCode = QStringLiteral("route_not_supported")});
}

Error unsupportedParameter(const QString &parameter, const QString &message)
{
    return {.kind = Error::Kind::Unsupported,
        .message = message,
        .providerCode = QStringLiteral("parameter_not_supported"),
        .parameter = parameter};
}

Error invalidParameter(const QString &parameter, const QString &message)
{
    return {.kind = Error::Kind::InvalidRequest,
        .message = message,
        .providerCode = QStringLiteral("invalid_parameter"),
        .parameter = parameter};
}

Result<std::optional<double>> requestedPace(const QJsonObject &extras)
{
    const QString key = QStringLiteral("tokens_per_second");
    if (!extras.contains(key))
        return std::optional<double>();
    const double pace = extras.value(key).toDouble(-1);
    if (pace < 1 || pace > 100'000)
        return Failure(invalidParameter(key, QObject::tr("tokens_per_second is a number from 1 to 100000.")));
    return pace;
}

QString newResponseId(QLatin1String prefix)
{
    return QString(prefix + QUuid::createUuid().toString(QUuid::Id128));
}

} // namespace diptych
