// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ollama/modeldecoder.h"

#include "providers/common/jsondocument.h"
#include "providers/ollama/answerfields.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>

#include <functional>

namespace diptych::ollama {

namespace {

/// Reads members of one answer and keeps the first that has a wrong type.
class Members
{
public:
    QString text(const QJsonObject &object, const QString &key, const QString &path)
    {
        const QJsonValue value = member(object, key);
        if (!value.isNull() && !value.isString())
            fault(path, QStringLiteral("a string"));
        return value.toString();
    }
    std::optional<qint64> integer(const QJsonObject &object, const QString &key, const QString &path)
    {
        const QJsonValue value = member(object, key);
        if (!value.isNull() && !value.isDouble())
            fault(path, QStringLiteral("an integer"));
        return value.isDouble() ? std::optional(value.toInteger()) : std::nullopt;
    }
    QJsonObject object(const QJsonObject &parent, const QString &key, const QString &path)
    {
        const QJsonValue value = member(parent, key);
        if (!value.isNull() && !value.isObject())
            fault(path, QStringLiteral("an object"));
        return value.toObject();
    }
    QJsonArray array(const QJsonObject &parent, const QString &key, const QString &path)
    {
        const QJsonValue value = member(parent, key);
        if (!value.isNull() && !value.isArray())
            fault(path, QStringLiteral("an array"));
        return value.toArray();
    }
    void fault(const QString &path, const QString &expected)
    {
        if (m_path.isEmpty()) {
            m_path = path;
            m_expected = expected;
        }
    }
    [[nodiscard]] bool hasFault() const { return !m_path.isEmpty(); }
    [[nodiscard]] Error error(const QByteArray &json) const { return malformedAnswer(json, m_path, m_expected); }

private:
    static QJsonValue member(const QJsonObject &object, const QString &key)
    {
        const QJsonValue value = object.value(key);
        return value.isUndefined() ? QJsonValue() : value;
    }

    QString m_path;
    QString m_expected;
};

void readDetails(Members &members, const QJsonObject &model, const QString &path, ModelFacts &facts)
{
    const QString place = path % u"details";
    const QJsonObject details = members.object(model, QStringLiteral("details"), place);
    facts.family = members.text(details, QStringLiteral("family"), place % u".family");
    facts.parameterSize = members.text(details, QStringLiteral("parameter_size"), place % u".parameter_size");
    facts.quantization = members.text(details, QStringLiteral("quantization_level"), place % u".quantization_level");
}

QStringList readAbilities(Members &members, const QJsonObject &model, const QString &path)
{
    QStringList abilities;
    const QString place = path % u"capabilities";
    const QJsonArray array = members.array(model, QStringLiteral("capabilities"), place);
    for (const QJsonValue &ability : array) {
        if (!ability.isString())
            members.fault(place % u"[]", QStringLiteral("a string"));
        abilities.append(ability.toString());
    }
    return abilities;
}

struct Ability {
    QLatin1String name {}; ///< in the list of the server
    QLatin1String common {}; ///< in Capabilities
    bool isRefusedWithout = false; ///< the server refuses it when the model does not list it
};
constexpr Ability knownAbilities[] {
    {QLatin1String("completion"), QLatin1String("chat"), true},
    {QLatin1String("completion"), QLatin1String("completion"), true},
    {QLatin1String("embedding"), QLatin1String("text_embeddings"), false},
    {QLatin1String("tools"), QLatin1String("tools"), true},
    {QLatin1String("insert"), QLatin1String("suffix"), true},
    {QLatin1String("vision"), QLatin1String("images"), true},
    {QLatin1String("audio"), QLatin1String("audio"), false},
    {QLatin1String("thinking"), QLatin1String("thinking"), true},
};

/// An empty list says nothing: servers before 0.6.4 have none.
void takeAbilities(const QStringList &abilities, const char *route, ModelFacts &facts)
{
    if (abilities.isEmpty())
        return;
    for (const Ability &ability : knownAbilities) {
        const bool isListed = abilities.contains(ability.name);
        if (!isListed && !ability.isRefusedWithout)
            continue;
        facts.capabilities.insert(ability.common,
            {.state = isListed ? CapabilityState::State::Supported : CapabilityState::State::Refused,
                .evidence = QStringLiteral("capabilities of ") % QLatin1String(route)});
    }
    facts.inputModalities = {QStringLiteral("text")};
    if (abilities.contains(QLatin1String("vision")))
        facts.inputModalities.append(QStringLiteral("image"));
    if (abilities.contains(QLatin1String("audio")))
        facts.inputModalities.append(QStringLiteral("audio"));
    if (abilities.contains(QLatin1String("completion")))
        facts.outputModalities.append(QStringLiteral("text"));
    if (abilities.contains(QLatin1String("image")))
        facts.outputModalities.append(QStringLiteral("image"));
}

ModelType typeOf(const QStringList &abilities, const QString &name, const QString &family)
{
    if (abilities.contains(QLatin1String("completion")))
        return ModelType::Chat;
    if (abilities.contains(QLatin1String("embedding")))
        return ModelType::TextEmbeddings;
    if (abilities.contains(QLatin1String("image")))
        return ModelType::ImageGeneration;
    // Lists and older servers say nothing of it: what does not look like an embedder can chat.
    const bool isEmbedder = name.contains(QLatin1String("embed"), Qt::CaseInsensitive)
        || family.contains(QLatin1String("bert"), Qt::CaseInsensitive);
    return isEmbedder ? ModelType::TextEmbeddings : ModelType::Chat;
}

QString nameOf(Members &members, const QJsonObject &model)
{
    const QString name = members.text(model, QStringLiteral("model"), QStringLiteral("models[].model"));
    const QString older = members.text(model, QStringLiteral("name"), QStringLiteral("models[].name"));
    if (name.isEmpty() && older.isEmpty())
        members.fault(QStringLiteral("models[].model"), QStringLiteral("a string"));
    return name.isEmpty() ? older : name;
}

/// `<architecture>.<key>` of `model_info`.
std::optional<qint64> lengthOf(const QJsonObject &modelInfo, const QString &key)
{
    const QString architecture = modelInfo.value(u"general.architecture").toString();
    const QJsonValue named = modelInfo.value(architecture % u'.' % key);
    if (named.isDouble())
        return named.toInteger();
    for (auto member = modelInfo.begin(); member != modelInfo.end(); ++member) {
        if (member.key().endsWith(u'.' % key) && member.value().isDouble())
            return member.value().toInteger();
    }
    return std::nullopt;
}

ModelDescription readListed(Members &members, const QJsonObject &model)
{
    const QString path = QStringLiteral("models[].");
    ModelDescription description {.id = nameOf(members, model), .raw = model};
    readDetails(members, model, path, description.facts);
    description.facts.size = members.integer(model, QStringLiteral("size"), path % u"size");
    const QStringList abilities = readAbilities(members, model, path);
    takeAbilities(abilities, "/api/tags", description.facts);
    description.type = typeOf(abilities, description.id, description.facts.family);
    return description;
}

RunningModel readRunning(Members &members, const QJsonObject &model)
{
    const QString path = QStringLiteral("models[].");
    const QString expires = members.text(model, QStringLiteral("expires_at"), path % u"expires_at");
    RunningModel running {.model = nameOf(members, model),
        .size = members.integer(model, QStringLiteral("size"), path % u"size").value_or(0),
        .videoMemory = members.integer(model, QStringLiteral("size_vram"), path % u"size_vram").value_or(0)};
    if (const std::optional<qint64> time = timeOf(expires))
        running.expiresAt = QDateTime::fromMSecsSinceEpoch(*time, Qt::UTC);
    return running;
}

template <typename Value>
Result<std::vector<Value>> decodeModels(const QByteArray &json, Value (*read)(Members &, const QJsonObject &))
{
    const Result<QJsonDocument> document = parseAnswer(json);
    if (!document)
        return Failure(refined(document.error()));
    const QJsonValue list = document->object().value(u"models");
    // A server written in Go says null for none.
    if (!list.isArray() && !list.isNull())
        return Failure(malformedAnswer(json, QStringLiteral("models"), QStringLiteral("an array")));
    Members members;
    std::vector<Value> values;
    const QJsonArray models = list.toArray();
    for (const QJsonValue &model : models) {
        if (!model.isObject())
            members.fault(QStringLiteral("models[]"), QStringLiteral("an object"));
        values.push_back(read(members, model.toObject()));
    }
    if (members.hasFault())
        return Failure(members.error(json));
    return values;
}

} // namespace

Result<std::vector<ModelDescription>> decodeModelList(const QByteArray &json)
{
    return decodeModels<ModelDescription>(json, readListed);
}

Result<std::vector<RunningModel>> decodeRunningModels(const QByteArray &json)
{
    return decodeModels<RunningModel>(json, readRunning);
}

Result<ModelInfo> decodeModelInfo(const QByteArray &json, const QString &model)
{
    const Result<QJsonDocument> document = parseAnswer(json);
    if (!document)
        return Failure(refined(document.error()));
    if (!document->isObject())
        return Failure(malformedAnswer(json, QStringLiteral("the answer"), QStringLiteral("an object")));
    Members members;
    const QJsonObject root = document->object();
    ModelInfo info {.name = model, .raw = root};
    info.provider = members.text(root, QStringLiteral("remote_host"), QStringLiteral("remote_host"));
    readDetails(members, root, {}, info.facts);
    const QStringList abilities = readAbilities(members, root, {});
    takeAbilities(abilities, "/api/show", info.facts);
    info.type = typeOf(abilities, model, info.facts.family);
    info.rawType = abilities.join(QLatin1String(", "));
    const QJsonObject modelInfo = members.object(root, QStringLiteral("model_info"), QStringLiteral("model_info"));
    info.contextLength = lengthOf(modelInfo, QStringLiteral("context_length"));
    info.facts.embeddingLength = lengthOf(modelInfo, QStringLiteral("embedding_length"));
    if (members.hasFault())
        return Failure(members.error(json));
    return info;
}

} // namespace diptych::ollama
