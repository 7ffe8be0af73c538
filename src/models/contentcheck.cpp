// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contentcheck.h"

#include "api/capabilitybook.h"
#include "api/connections.h"
#include "models/modeltraits.h"

#include <QCoreApplication>

namespace diptych {

namespace {

using State = CapabilityState::State;

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::ContentCheck", text);
}

/// By what the endpoint lists as the model's input; Unknown where it lists nothing.
State declaredInput(const ModelDescription &model, QLatin1String modality)
{
    if (model.facts.inputModalities.isEmpty())
        return State::Unknown;
    return model.facts.inputModalities.contains(modality) ? State::Supported : State::Refused;
}

} // namespace

ContentKinds contentKinds(const std::vector<Message> &messages)
{
    ContentKinds kinds;
    for (const Message &message : messages) {
        for (const ContentPart &part : message.content) {
            kinds.hasPictures = kinds.hasPictures || std::holds_alternative<ImagePart>(part);
            kinds.hasSounds = kinds.hasSounds || std::holds_alternative<AudioPart>(part)
                || std::holds_alternative<AudioUrlPart>(part);
        }
    }
    return kinds;
}

ContentAbilities contentAbilities(const ModelRef &model, const Connections &connections, const CapabilityBook *book)
{
    const ModelDescription *listed = connections.findModel(model);
    const ModelDescription description = listed ? *listed : ModelDescription {};
    const Capabilities known =
        mergedCapabilities(description.facts.capabilities, book ? book->capabilities(model) : Capabilities {});
    ContentAbilities abilities {
        .pictures = known.value(QStringLiteral("images")).state, .sounds = known.value(QStringLiteral("audio")).state};
    if (abilities.pictures == State::Unknown)
        abilities.pictures = declaredInput(description, QLatin1String("image"));
    if (abilities.sounds == State::Unknown)
        abilities.sounds = declaredInput(description, QLatin1String("audio"));
    return abilities;
}

QString refusalText(const QString &model, const ContentKinds &content, const ContentAbilities &abilities)
{
    const bool refusesPictures = content.hasPictures && abilities.pictures == State::Refused;
    const bool refusesSounds = content.hasSounds && abilities.sounds == State::Refused;
    if (refusesPictures && refusesSounds)
        return translated("%1 takes neither pictures nor sounds").arg(model);
    if (refusesPictures)
        return translated("%1 takes no pictures").arg(model);
    return refusesSounds ? translated("%1 takes no sounds").arg(model) : QString();
}

ChatRequest withShortContent(ChatRequest request)
{
    constexpr qsizetype longest = 100'000;
    constexpr qsizetype shown = 3'000;
    for (Message &message : request.messages) {
        for (ContentPart &part : message.content) {
            auto *image = std::get_if<ImagePart>(&part);
            auto *audio = std::get_if<AudioPart>(&part);
            if (image && image->url.size() > longest)
                image->url = image->url.left(shown) + u'…';
            else if (audio && audio->data.size() > longest)
                audio->data.truncate(shown);
        }
    }
    return request;
}

} // namespace diptych
