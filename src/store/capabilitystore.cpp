// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/capabilitystore.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <utility>

namespace diptych {

namespace {

using namespace std::chrono_literals;
constexpr auto writePause = 500ms;

using State = CapabilityState::State;
using Source = CapabilityState::Source;

const std::array<std::pair<State, QLatin1String>, 3> stateNames {{{State::Unknown, QLatin1String("unknown")},
    {State::Supported, QLatin1String("supported")}, {State::Refused, QLatin1String("refused")}}};
const std::array<std::pair<Source, QLatin1String>, 3> sourceNames {{{Source::Declared, QLatin1String("declared")},
    {Source::Seen, QLatin1String("seen")}, {Source::Probed, QLatin1String("probed")}}};

const QLatin1String modelsKey("models");
const QLatin1String abilitiesKey("abilities");
const QLatin1String endpointKey("endpoint");
const QLatin1String modelKey("model");

template <typename Names, typename Value>
QString nameOf(const Names &names, Value value)
{
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto &pair) { return pair.first == value; });
    return found == names.end() ? QString() : QString(found->second);
}

template <typename Names>
auto valueOf(const Names &names, const QString &name) -> std::optional<decltype(names[0].first)>
{
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto &pair) { return pair.second == name; });
    if (found == names.end())
        return std::nullopt;
    return found->first;
}

QJsonObject encode(const CapabilityState &state)
{
    return {{QStringLiteral("state"), nameOf(stateNames, state.state)}, {QStringLiteral("evidence"), state.evidence},
        {QStringLiteral("source"), nameOf(sourceNames, state.source)},
        {QStringLiteral("at"), state.seenAt.toUTC().toString(Qt::ISODateWithMs)}};
}

std::optional<CapabilityState> decode(const QJsonObject &object)
{
    const auto state = valueOf(stateNames, object[QLatin1String("state")].toString());
    const auto source = valueOf(sourceNames, object[QLatin1String("source")].toString());
    if (!state || !source)
        return std::nullopt;
    return CapabilityState {.state = *state,
        .evidence = object[QLatin1String("evidence")].toString(),
        .seenAt = QDateTime::fromString(object[QLatin1String("at")].toString(), Qt::ISODateWithMs),
        .source = *source};
}

ModelRef refOf(const QJsonObject &entry)
{
    return {.endpointId = entry[endpointKey].toString(), .model = entry[modelKey].toString()};
}

QJsonObject encode(const ModelRef &model, const Capabilities &capabilities)
{
    QJsonObject abilities;
    for (auto it = capabilities.begin(); it != capabilities.end(); ++it)
        abilities[it.key()] = encode(it.value());
    return {{endpointKey, model.endpointId}, {modelKey, model.model}, {abilitiesKey, abilities}};
}

CapabilityBook::Entry decodeEntry(const QJsonObject &object)
{
    CapabilityBook::Entry entry {.model = refOf(object)};
    const QJsonObject abilities = object[abilitiesKey].toObject();
    for (auto it = abilities.begin(); it != abilities.end(); ++it) {
        if (const auto state = decode(it.value().toObject()))
            entry.capabilities.insert(it.key(), *state);
    }
    return entry;
}

void replace(QJsonArray &models, const ModelRef &model, const Capabilities &capabilities)
{
    for (qsizetype i = models.size() - 1; i >= 0; --i) {
        if (refOf(models.at(i).toObject()) == model)
            models.removeAt(i);
    }
    if (!capabilities.isEmpty())
        models.append(encode(model, capabilities));
}

} // namespace

CapabilityStore::CapabilityStore(const QString &path, QObject *parent)
    : QObject(parent)
    , m_file(path)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(writePause);
    connect(&m_pause, &QTimer::timeout, this, &CapabilityStore::flush);
}

CapabilityStore::~CapabilityStore()
{
    flush();
}

Result<void> CapabilityStore::open(CapabilityBook &book)
{
    m_book = &book;
    connect(&book, &CapabilityBook::changed, this, [this](const ModelRef &model) {
        if (std::find(m_waiting.begin(), m_waiting.end(), model) == m_waiting.end())
            m_waiting.push_back(model);
        if (!m_pause.isActive())
            m_pause.start();
    });
    const Result<QJsonObject> file = m_file.read();
    if (!file)
        return Failure(file.error());
    std::vector<CapabilityBook::Entry> entries;
    const QJsonArray models = (*file)[modelsKey].toArray();
    for (const QJsonValue &value : models) {
        CapabilityBook::Entry entry = decodeEntry(value.toObject());
        if (entry.model.isValid() && !entry.capabilities.isEmpty())
            entries.push_back(std::move(entry));
    }
    book.load(entries);
    return {};
}

void CapabilityStore::flush()
{
    m_pause.stop();
    if (m_waiting.empty())
        return;
    const std::vector<ModelRef> waiting = std::exchange(m_waiting, {});
    const Result<void> written = m_file.change([this, &waiting](QJsonObject &file) {
        QJsonArray models = file[modelsKey].toArray();
        for (const ModelRef &model : waiting)
            replace(models, model, m_book->capabilities(model));
        file[modelsKey] = models;
    });
    if (!written)
        Q_EMIT failed(written.error());
}

} // namespace diptych
