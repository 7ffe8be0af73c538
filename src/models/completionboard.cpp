// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/completionboard.h"

#include "models/requestjson.h"

#include <algorithm>

namespace diptych {

CompletionBoard::CompletionBoard(Connections &connections, QObject *parent)
    : QObject(parent)
    , m_connections(connections)
{
}

CompletionBoard::~CompletionBoard() = default;

CompletionBoard::Entry *CompletionBoard::find(int id) const
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [id](const auto &entry) { return entry->column.id == id; });
    return found == m_entries.end() ? nullptr : found->get();
}

std::vector<CompletionBoard::Column> CompletionBoard::columns() const
{
    std::vector<Column> columns;
    for (const auto &entry : m_entries)
        columns.push_back(entry->column);
    return columns;
}

std::optional<CompletionBoard::Column> CompletionBoard::column(int id) const
{
    const Entry *entry = find(id);
    return entry ? std::optional(entry->column) : std::nullopt;
}

int CompletionBoard::add(const ModelRef &model, CompletionRoute route)
{
    auto entry = std::make_unique<Entry>();
    entry->column = {.id = ++m_lastId, .model = model, .route = route};
    m_entries.push_back(std::move(entry));
    Q_EMIT columnsChanged();
    return m_lastId;
}

void CompletionBoard::remove(int id)
{
    stop(id);
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [id](const auto &entry) { return entry->column.id == id; });
    if (found == m_entries.end())
        return;
    m_removedFrom = static_cast<std::size_t>(found - m_entries.begin());
    m_removed = std::move(*found);
    m_entries.erase(found);
    Q_EMIT columnsChanged();
}

void CompletionBoard::restore()
{
    if (!m_removed)
        return;
    const std::size_t place = std::min(m_removedFrom, m_entries.size());
    m_entries.insert(m_entries.begin() + static_cast<std::ptrdiff_t>(place), std::move(m_removed));
    Q_EMIT columnsChanged();
}

void CompletionBoard::setModel(int id, const ModelRef &model)
{
    Entry *entry = find(id);
    if (!entry || entry->column.model == model)
        return;
    entry->column.model = model;
    entry->column.route = CompletionRoute::Automatic; // was chosen for the other model
    stop(id);
    Q_EMIT columnChanged(id);
}

void CompletionBoard::setRoute(int id, CompletionRoute route)
{
    Entry *entry = find(id);
    if (!entry || entry->column.route == route)
        return;
    entry->column.route = route;
    Q_EMIT columnChanged(id);
}

void CompletionBoard::ask(const CompletionRequest &request, bool isSplit)
{
    for (const Column &column : columns())
        ask(column.id, request, isSplit);
}

void CompletionBoard::ask(int id, const CompletionRequest &request, bool isSplit)
{
    stop(id);
    Entry *entry = find(id);
    if (!entry || !entry->column.model.isValid())
        return;
    CompletionJob job {.endpointId = entry->column.model.endpointId,
        .request = request,
        .route = entry->column.route,
        .isSplit = isSplit};
    job.request.model = entry->column.model.model;
    // Each sample of a column that asks one by one may run beside the others.
    entry->run = std::make_unique<CompletionRun>(
        m_connections, m_book, std::vector {job}, CompletionRun::Options {.parallel = 4, .perEndpoint = 4});
    const CompletionRun *run = entry->run.get();
    connect(run, &CompletionRun::deltaReceived, this,
        [this, id](int, const CompletionDelta &delta) { Q_EMIT deltaReceived(id, delta); });
    connect(run, &CompletionRun::outcomeChanged, this, [this, id] { Q_EMIT outcomeChanged(id); });
    connect(run, &CompletionRun::retryScheduled, this,
        [this, id](int, const Error &error, int attempt, std::chrono::milliseconds delay) {
            Q_EMIT retryScheduled(id, error, attempt, delay);
        });
    connect(run, &CompletionRun::replyStarted, this,
        [this, model = entry->column.model](int, Reply *reply, const CompletionRequest &sent) {
            const QString name = m_connections.displayName(model);
            Q_EMIT replyStarted(reply,
                qobject_cast<BridgedCompletionReply *>(reply) ? tr("completion through chat with %1").arg(name)
                                                              : tr("completion with %1").arg(name),
                requestJson(sent));
        });
    Q_EMIT asked(id);
}

void CompletionBoard::stop(int id)
{
    if (const Entry *entry = find(id); entry && entry->run)
        entry->run->cancel();
}

void CompletionBoard::stop()
{
    for (const Column &column : columns())
        stop(column.id);
}

void CompletionBoard::retryNow(int id)
{
    if (const Entry *entry = find(id); entry && entry->run)
        entry->run->retryNow(0);
}

bool CompletionBoard::isRunning() const
{
    return std::any_of(
        m_entries.begin(), m_entries.end(), [](const auto &entry) { return entry->run && !entry->run->isFinished(); });
}

bool CompletionBoard::isRunning(int id) const
{
    const Entry *entry = find(id);
    return entry && entry->run && !entry->run->isFinished();
}

const CompletionJob *CompletionBoard::job(int id) const
{
    const Entry *entry = find(id);
    return entry && entry->run ? &entry->run->job(0) : nullptr;
}

const CompletionOutcome *CompletionBoard::outcome(int id) const
{
    const Entry *entry = find(id);
    return entry && entry->run ? &entry->run->outcome(0) : nullptr;
}

std::vector<CompletionResult> CompletionBoard::results() const
{
    std::vector<CompletionResult> results;
    for (const auto &entry : m_entries) {
        if (entry->run)
            results.push_back({.model = m_connections.displayName(entry->run->job(0).model()),
                .job = entry->run->job(0),
                .outcome = entry->run->outcome(0)});
    }
    return results;
}

} // namespace diptych
