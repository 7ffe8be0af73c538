// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/capabilitybook.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace diptych {

void CapabilityBook::load(const std::vector<Entry> &entries)
{
    m_entries = entries;
}

Capabilities CapabilityBook::capabilities(const ModelRef &model) const
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&model](const Entry &entry) { return entry.model == model; });
    return found == m_entries.end() ? Capabilities() : found->capabilities;
}

void CapabilityBook::note(const ModelRef &model, const QString &ability, const CapabilityState &state)
{
    auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&model](const Entry &entry) { return entry.model == model; });
    if (found == m_entries.end())
        found = m_entries.insert(m_entries.end(), {.model = model});
    if (found->capabilities.value(ability) == state)
        return;
    found->capabilities.insert(ability, state);
    Q_EMIT changed(model);
}

void CapabilityBook::learn(const ModelRef &model, const Error &error)
{
    const QString ability = abilityOfParameter(error.parameter);
    if (error.kind != Error::Kind::Unsupported || error.httpStatus == 0 || ability.isEmpty() || !model.isValid())
        return;
    // Without these there is no request: something inside was refused, and which is not said.
    for (const char *part : {"model", "messages", "prompt", "input"}) {
        if (ability == QLatin1String(part))
            return;
    }
    note(model, ability, refusalOf(error, CapabilityState::Source::Seen));
}

void CapabilityBook::forget(const ModelRef &model, const QString &ability)
{
    for (Entry &entry : m_entries) {
        if (entry.model == model && entry.capabilities.remove(ability) > 0) {
            Q_EMIT changed(model);
            return;
        }
    }
}

void CapabilityBook::forgetAll(const ModelRef &model)
{
    if (std::erase_if(m_entries, [&model](const Entry &entry) { return entry.model == model; }) > 0)
        Q_EMIT changed(model);
}

void CapabilityBook::forgetEndpoint(const QString &endpointId)
{
    std::vector<ModelRef> gone;
    for (const Entry &entry : m_entries) {
        if (entry.model.endpointId == endpointId)
            gone.push_back(entry.model);
    }
    for (const ModelRef &model : gone)
        forgetAll(model);
}

QString abilityOfParameter(const QString &parameter)
{
    if (parameter.contains(u"image_url") || parameter.contains(u"image"))
        return QStringLiteral("images");
    if (parameter.contains(u"audio"))
        return QStringLiteral("audio");
    const qsizetype end = parameter.indexOf(u'.');
    const qsizetype bracket = parameter.indexOf(u'[');
    qsizetype cut = end < 0 ? parameter.size() : end;
    if (bracket >= 0)
        cut = std::min(cut, bracket);
    return parameter.left(cut);
}

CapabilityState refusalOf(const Error &error, CapabilityState::Source source)
{
    constexpr int longest = 300;
    QString evidence = error.httpStatus > 0 ? QString::number(error.httpStatus) : QString();
    // Some servers repeat the status as their code.
    if (!error.providerCode.isEmpty() && error.providerCode != evidence)
        evidence += (evidence.isEmpty() ? QString() : QStringLiteral(" ")) + error.providerCode;
    const QString message = error.message.simplified().left(longest);
    return {.state = CapabilityState::State::Refused,
        .evidence = evidence.isEmpty() ? message : QStringLiteral("%1: %2").arg(evidence, message),
        .seenAt = QDateTime::currentDateTimeUtc(),
        .source = source};
}

QString abilityTitle(const QString &ability)
{
    static const QHash<QString, const char *> titles {
        {QStringLiteral("chat"), QT_TRANSLATE_NOOP("diptych::Ability", "Chat")},
        {QStringLiteral("completion"), QT_TRANSLATE_NOOP("diptych::Ability", "Text completion")},
        {QStringLiteral("text_embeddings"), QT_TRANSLATE_NOOP("diptych::Ability", "Text embeddings")},
        {QStringLiteral("image_embeddings"), QT_TRANSLATE_NOOP("diptych::Ability", "Image embeddings")},
        {QStringLiteral("images"), QT_TRANSLATE_NOOP("diptych::Ability", "Images in")},
        {QStringLiteral("audio"), QT_TRANSLATE_NOOP("diptych::Ability", "Audio in")},
        {QStringLiteral("thinking"), QT_TRANSLATE_NOOP("diptych::Ability", "Thinking")},
        {QStringLiteral("info"), QT_TRANSLATE_NOOP("diptych::Ability", "Model information")},
        {QStringLiteral("streaming"), QT_TRANSLATE_NOOP("diptych::Ability", "Streaming")},
        {QStringLiteral("stream_usage"), QT_TRANSLATE_NOOP("diptych::Ability", "Token counts while streaming")},
        {QStringLiteral("system_role"), QT_TRANSLATE_NOOP("diptych::Ability", "System message")},
        {QStringLiteral("tools"), QT_TRANSLATE_NOOP("diptych::Ability", "Tools")},
        {QStringLiteral("parallel_tool_calls"), QT_TRANSLATE_NOOP("diptych::Ability", "Parallel tool calls")},
        {QStringLiteral("tool_choice"), QT_TRANSLATE_NOOP("diptych::Ability", "Required tool call")},
        {QStringLiteral("json_object"), QT_TRANSLATE_NOOP("diptych::Ability", "JSON object")},
        {QStringLiteral("json_schema"), QT_TRANSLATE_NOOP("diptych::Ability", "JSON schema")},
        {QStringLiteral("response_format"), QT_TRANSLATE_NOOP("diptych::Ability", "Response format")},
        {QStringLiteral("logprobs"), QT_TRANSLATE_NOOP("diptych::Ability", "Token probabilities")},
        {QStringLiteral("seed"), QT_TRANSLATE_NOOP("diptych::Ability", "Seed")},
        {QStringLiteral("stop"), QT_TRANSLATE_NOOP("diptych::Ability", "Stop sequences")},
        {QStringLiteral("max_tokens"), QT_TRANSLATE_NOOP("diptych::Ability", "Answer length limit")},
        {QStringLiteral("dimensions"), QT_TRANSLATE_NOOP("diptych::Ability", "Chosen dimensions")},
        {QStringLiteral("input_type"), QT_TRANSLATE_NOOP("diptych::Ability", "Input type")},
    };
    if (ability.startsWith(QLatin1String("encoding_format.")))
        return QCoreApplication::translate("diptych::Ability", "Embeddings as %1").arg(ability.section(u'.', 1));
    const auto found = titles.constFind(ability);
    return found == titles.constEnd() ? ability : QCoreApplication::translate("diptych::Ability", *found);
}

} // namespace diptych
