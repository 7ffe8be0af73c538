// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/modeltraits.h"

#include <QCoreApplication>

#include <initializer_list>

namespace diptych {

namespace {

using State = CapabilityState::State;

/// Supported when any of the abilities is, Refused when all of them are.
State stateOf(const Capabilities &capabilities, std::initializer_list<const char *> abilities)
{
    bool areAllRefused = true;
    for (const char *ability : abilities) {
        const State state = capabilities.value(QString::fromLatin1(ability)).state;
        if (state == State::Supported)
            return state;
        areAllRefused = areAllRefused && state == State::Refused;
    }
    return areAllRefused ? State::Refused : State::Unknown;
}

class TraitReader
{
public:
    TraitReader(const ModelDescription &model, const Capabilities &capabilities)
        : m_model(model)
        , m_capabilities(capabilities)
    {
    }

    /// `fromType`: what the type says where no ability does.
    void read(ModelTrait trait, std::initializer_list<const char *> abilities, State fromType)
    {
        State state = stateOf(m_capabilities, abilities);
        if (state == State::Unknown)
            state = fromType;
        set(trait, state);
    }
    void set(ModelTrait trait, State state)
    {
        m_traits.present.setFlag(trait, state == State::Supported);
        m_traits.unknown.setFlag(trait, state == State::Unknown);
    }
    /// A known type says no to what belongs to other types.
    [[nodiscard]] State isType(std::initializer_list<ModelType> types) const
    {
        if (m_model.type == ModelType::Unknown)
            return State::Unknown;
        return std::find(types.begin(), types.end(), m_model.type) != types.end() ? State::Supported : State::Refused;
    }
    /// Only chats can have it, and the type does not tell which.
    [[nodiscard]] State chatsMay() const
    {
        return m_model.type == ModelType::Unknown || m_model.type == ModelType::Chat ? State::Unknown : State::Refused;
    }
    [[nodiscard]] State images() const
    {
        if (m_model.type == ModelType::ImageEmbeddings)
            return State::Supported;
        if (m_model.facts.inputModalities.isEmpty())
            return chatsMay();
        return m_model.facts.inputModalities.contains(QLatin1String("image")) ? State::Supported : State::Refused;
    }
    [[nodiscard]] KnownTraits traits() const { return m_traits; }

private:
    const ModelDescription &m_model;
    const Capabilities &m_capabilities;
    KnownTraits m_traits;
};

} // namespace

const std::vector<ModelTrait> &allModelTraits()
{
    static const std::vector<ModelTrait> all {ModelTrait::Chat, ModelTrait::Completion, ModelTrait::Embeddings,
        ModelTrait::ImagesIn, ModelTrait::Tools, ModelTrait::JsonSchema, ModelTrait::Thinking, ModelTrait::Local,
        ModelTrait::Free};
    return all;
}

QString modelTraitName(ModelTrait trait)
{
    const auto text = [](const char *source) { return QCoreApplication::translate("diptych::ModelTrait", source); };
    switch (trait) {
    case ModelTrait::Chat:
        return text(QT_TRANSLATE_NOOP("diptych::ModelTrait", "chat"));
    case ModelTrait::Completion:
        return text(QT_TRANSLATE_NOOP("diptych::ModelTrait", "completion"));
    case ModelTrait::Embeddings:
        return text(QT_TRANSLATE_NOOP("diptych::ModelTrait", "embeddings"));
    case ModelTrait::ImagesIn:
        return text(QT_TRANSLATE_NOOP("diptych::ModelTrait", "images in"));
    case ModelTrait::Tools:
        return text(QT_TRANSLATE_NOOP("diptych::ModelTrait", "tools"));
    case ModelTrait::JsonSchema:
        return text(QT_TRANSLATE_NOOP("diptych::ModelTrait", "JSON schema"));
    case ModelTrait::Thinking:
        return text(QT_TRANSLATE_NOOP("diptych::ModelTrait", "thinking"));
    case ModelTrait::Local:
        return text(QT_TRANSLATE_NOOP("diptych::ModelTrait", "local"));
    case ModelTrait::Free:
        return text(QT_TRANSLATE_NOOP("diptych::ModelTrait", "free"));
    }
    return {};
}

KnownTraits traitsOf(
    const Endpoint &endpoint, const ModelDescription &model, const Capabilities &capabilities, const Charge &charge)
{
    TraitReader reader(model, capabilities);
    reader.read(ModelTrait::Chat, {"chat"}, reader.isType({ModelType::Chat}));
    reader.read(ModelTrait::Completion, {"completion"}, reader.isType({ModelType::Completion}));
    reader.read(ModelTrait::Embeddings, {"text_embeddings", "image_embeddings"},
        reader.isType({ModelType::TextEmbeddings, ModelType::ImageEmbeddings}));
    reader.read(ModelTrait::ImagesIn, {"images"}, reader.images());
    reader.read(ModelTrait::Tools, {"tools"}, reader.chatsMay());
    reader.read(ModelTrait::JsonSchema, {"json_schema"}, reader.chatsMay());
    reader.read(ModelTrait::Thinking, {"thinking"}, reader.chatsMay());
    reader.set(ModelTrait::Local, isOnThisMachine(endpoint) ? State::Supported : State::Refused);
    const bool isKnown = charge.kind != Charge::Kind::Unknown;
    reader.set(ModelTrait::Free, !isKnown ? State::Unknown : charge.isFree() ? State::Supported : State::Refused);
    return reader.traits();
}

Capabilities mergedCapabilities(const Capabilities &declared, const Capabilities &learnt)
{
    Capabilities merged = declared;
    for (auto it = learnt.begin(); it != learnt.end(); ++it) {
        const auto known = merged.constFind(it.key());
        if (it->state != State::Unknown || known == merged.constEnd() || known->state == State::Unknown)
            merged.insert(it.key(), it.value());
    }
    return merged;
}

} // namespace diptych
