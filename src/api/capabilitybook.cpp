// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/capabilitybook.h"

#include <algorithm>

namespace diptych {

void CapabilityBook::load(const std::vector<Entry> &entries)
{
    m_entries = entries;
}

Capabilities CapabilityBook::capabilities(const ModelRef &model) const
{
    const auto found = std::find_if(
        m_entries.begin(), m_entries.end(), [&model](const Entry &entry) { return entry.model == model; });
    return found == m_entries.end() ? Capabilities() : found->capabilities;
}

void CapabilityBook::note(const ModelRef &model, const QString &ability, const CapabilityState &state)
{
    auto found = std::find_if(
        m_entries.begin(), m_entries.end(), [&model](const Entry &entry) { return entry.model == model; });
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
    const QString code = error.providerCode.isEmpty() ? QString() : QString(u' ' + error.providerCode);
    note(model, ability,
        {.state = CapabilityState::State::Refused,
            .evidence = QStringLiteral("%1%2: %3").arg(QString::number(error.httpStatus), code, error.message.left(300)),
            .seenAt = QDateTime::currentDateTimeUtc()});
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

} // namespace diptych
