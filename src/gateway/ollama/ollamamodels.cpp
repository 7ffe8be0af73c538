// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/ollama/ollamamodels.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>

namespace diptych {

namespace {

constexpr QLatin1String defaultTag(":latest");
constexpr QLatin1String epoch("1970-01-01T00:00:00Z");
constexpr QLatin1String forGood("2318-01-01T00:00:00Z"); // about what the server writes for keep_alive -1

QJsonObject detailsOf(const ModelFacts &facts, const QString &owner)
{
    const QString family = facts.family.isEmpty() ? owner : facts.family;
    QJsonArray families;
    if (!family.isEmpty())
        families.append(family);
    return {{QStringLiteral("parent_model"), QString()}, {QStringLiteral("format"), QString()},
        {QStringLiteral("family"), family}, {QStringLiteral("families"), families},
        {QStringLiteral("parameter_size"), facts.parameterSize},
        {QStringLiteral("quantization_level"), facts.quantization}};
}

CapabilityState::State stateOf(const ModelFacts &facts, QLatin1String ability)
{
    return facts.capabilities.value(ability).state;
}

/// Clients offer tools only where they are listed; the others are extras that a model has to declare.
QJsonArray capabilitiesOf(ModelType type, const ModelFacts &facts)
{
    using State = CapabilityState::State;
    if (type == ModelType::TextEmbeddings || type == ModelType::ImageEmbeddings)
        return {QStringLiteral("embedding")};
    QJsonArray abilities {QStringLiteral("completion")};
    const bool isChat = type == ModelType::Chat || type == ModelType::Unknown;
    if (isChat && stateOf(facts, QLatin1String("tools")) != State::Refused)
        abilities.append(QStringLiteral("tools"));
    constexpr std::pair<QLatin1String, QLatin1String> declared[] {{QLatin1String("suffix"), QLatin1String("insert")},
        {QLatin1String("images"), QLatin1String("vision")}, {QLatin1String("audio"), QLatin1String("audio")},
        {QLatin1String("thinking"), QLatin1String("thinking")}};
    for (const auto &[ability, name] : declared) {
        if (stateOf(facts, ability) == State::Supported)
            abilities.append(QString(name));
    }
    return abilities;
}

/// Stable and as long as a real one, though there is no file that it could be the digest of.
QString digestOf(const QString &id)
{
    return QString::fromLatin1(QCryptographicHash::hash(id.toUtf8(), QCryptographicHash::Sha256).toHex());
}

QJsonObject listedModel(const ModelDescription &model)
{
    const QString name = withTag(model.id);
    return {{QStringLiteral("name"), name}, {QStringLiteral("model"), name},
        {QStringLiteral("size"), model.facts.size.value_or(0)}, {QStringLiteral("digest"), digestOf(model.id)},
        {QStringLiteral("details"), detailsOf(model.facts, model.ownedBy)}};
}

QJsonObject wrapped(const QJsonArray &models)
{
    return {{QStringLiteral("models"), models}};
}

} // namespace

QString withoutDefaultTag(const QString &model)
{
    return model.endsWith(defaultTag) ? model.chopped(defaultTag.size()) : model;
}

QString withTag(const QString &model)
{
    const bool hasTag = model.lastIndexOf(u':') > model.lastIndexOf(u'/');
    return hasTag ? model : QString(model % defaultTag);
}

const ModelDescription *findTagged(const std::vector<ModelDescription> &models, const QString &name)
{
    const QStringList spellings {name, withoutDefaultTag(name), withTag(name)};
    for (const QString &spelling : spellings) {
        const auto found = std::find_if(
            models.begin(), models.end(), [&spelling](const ModelDescription &model) { return model.id == spelling; });
        if (found != models.end())
            return &*found;
    }
    return nullptr;
}

QJsonObject encodeTags(const std::vector<ModelDescription> &models)
{
    QJsonArray list;
    for (const ModelDescription &model : models) {
        QJsonObject object = listedModel(model);
        object.insert(QStringLiteral("modified_at"), QString(epoch));
        object.insert(QStringLiteral("capabilities"), capabilitiesOf(model.type, model.facts));
        list.append(object);
    }
    return wrapped(list);
}

QJsonObject encodeRunning(const std::vector<ModelDescription> &models)
{
    QJsonArray list;
    for (const ModelDescription &model : models) {
        QJsonObject object = listedModel(model);
        object.insert(QStringLiteral("expires_at"), QString(forGood));
        object.insert(QStringLiteral("size_vram"), 0);
        if (model.contextLength)
            object.insert(QStringLiteral("context_length"), *model.contextLength);
        list.append(object);
    }
    return wrapped(list);
}

QJsonObject encodeShow(const ModelInfo &info)
{
    const QString architecture = info.facts.family.isEmpty() ? QStringLiteral("diptych") : info.facts.family;
    QJsonObject modelInfo {
        {QStringLiteral("general.architecture"), architecture}, {QStringLiteral("general.basename"), info.name}};
    if (info.contextLength)
        modelInfo.insert(architecture % QStringLiteral(".context_length"), *info.contextLength);
    if (info.facts.embeddingLength)
        modelInfo.insert(architecture % QStringLiteral(".embedding_length"), *info.facts.embeddingLength);
    return {{QStringLiteral("license"), QString()}, {QStringLiteral("modelfile"), QString()},
        {QStringLiteral("parameters"), QString()}, {QStringLiteral("template"), QStringLiteral("{{ .Prompt }}")},
        {QStringLiteral("modified_at"), QString(epoch)},
        {QStringLiteral("details"), detailsOf(info.facts, info.provider)}, {QStringLiteral("model_info"), modelInfo},
        {QStringLiteral("capabilities"), capabilitiesOf(info.type, info.facts)}};
}

} // namespace diptych
