// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sweepmodel.h"

#include "api/modelcharge.h"
#include "models/completionsamples.h"
#include "models/requestjson.h"

namespace diptych {

namespace {

// So that a grid of a few cells comes quickly, and none floods an endpoint.
constexpr CompletionRun::Options limits {.parallel = 6, .perEndpoint = 3};

} // namespace

SweepModel::SweepModel(Connections &connections, QObject *parent)
    : QAbstractTableModel(parent)
    , m_connections(connections)
{
}

SweepModel::~SweepModel() = default;

void SweepModel::start(const CompletionSweep &sweep)
{
    stop();
    beginResetModel();
    m_sweep = sweep;
    m_shown = 0;
    m_run = std::make_unique<CompletionRun>(m_connections, m_book, sweepJobs(sweep), limits);
    endResetModel();
    connect(m_run.get(), &CompletionRun::deltaReceived, this, &SweepModel::refresh);
    connect(m_run.get(), &CompletionRun::outcomeChanged, this, [this](int job) {
        refresh(job);
        Q_EMIT progressChanged();
    });
    connect(m_run.get(), &CompletionRun::finished, this, &SweepModel::progressChanged);
    connect(m_run.get(), &CompletionRun::replyStarted, this,
        [this](int job, Reply *reply, const CompletionRequest &request) {
            Q_EMIT replyStarted(reply, tr("sweep with %1").arg(m_connections.displayName(m_run->job(job).model())),
                requestJson(request));
        });
    Q_EMIT progressChanged();
}

void SweepModel::stop()
{
    if (m_run)
        m_run->cancel();
}

void SweepModel::stop(const QModelIndex &cell)
{
    if (m_run)
        m_run->cancel(jobOf(cell));
}

void SweepModel::retry(const QModelIndex &cell, CompletionRoute route)
{
    if (m_run)
        m_run->retry(jobOf(cell), route);
}

bool SweepModel::isRunning() const
{
    return m_run && !m_run->isFinished();
}

int SweepModel::done() const
{
    return m_run ? m_run->overCount() : 0;
}

int SweepModel::total() const
{
    return m_run ? m_run->count() : 0;
}

int SweepModel::failures() const
{
    int failed = 0;
    for (int job = 0; job < total(); ++job)
        failed += m_run->outcome(job).state == CompletionOutcome::State::Failed ? 1 : 0;
    return failed;
}

void SweepModel::showModel(int model)
{
    if (model == m_shown || model < 0 || model >= static_cast<int>(m_sweep.models.size()))
        return;
    m_shown = model;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int SweepModel::jobOf(const QModelIndex &cell) const
{
    if (!m_run || !cell.isValid() || cell.row() >= rowCount() || cell.column() >= columnCount())
        return -1;
    return sweepJob(m_sweep, m_shown, cell.row(), cell.column());
}

const CompletionJob *SweepModel::job(const QModelIndex &cell) const
{
    const int index = jobOf(cell);
    return index < 0 ? nullptr : &m_run->job(index);
}

const CompletionOutcome *SweepModel::outcome(const QModelIndex &cell) const
{
    const int index = jobOf(cell);
    return index < 0 ? nullptr : &m_run->outcome(index);
}

std::vector<CompletionResult> SweepModel::results() const
{
    std::vector<CompletionResult> results;
    for (int job = 0; job < total(); ++job)
        results.push_back({.model = m_connections.displayName(m_run->job(job).model()),
            .job = m_run->job(job),
            .outcome = m_run->outcome(job)});
    return results;
}

int SweepModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_run || m_sweep.models.empty() ? 0 : m_sweep.rows();
}

int SweepModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_run || m_sweep.models.empty() ? 0 : m_sweep.columns();
}

QString SweepModel::metricsOf(int job) const
{
    const CompletionOutcome &outcome = m_run->outcome(job);
    if (outcome.metrics.empty())
        return stateName(outcome.state);
    std::optional<Cost> cost;
    if (m_prices && !outcome.response.choices.empty() && outcome.response.usage)
        cost = chargeOf(m_run->job(job).model(), m_connections, *m_prices).estimate(*outcome.response.usage);
    const QString line = metricsText(outcome, cost);
    if (outcome.state == CompletionOutcome::State::Done)
        return line;
    return line.isEmpty() ? stateName(outcome.state) : stateName(outcome.state) + QStringLiteral(" · ") + line;
}

QVariant SweepModel::data(const QModelIndex &index, int role) const
{
    const int job = jobOf(index);
    if (job < 0)
        return {};
    const CompletionOutcome &outcome = m_run->outcome(job);
    const auto samples = [&] { return samplesOf(m_run->job(job).request, outcome.response); };
    switch (role) {
    case Qt::DisplayRole: {
        const auto all = samples();
        if (!all.empty() && !all.front().text.isEmpty())
            return all.front().text;
        return outcome.state == CompletionOutcome::State::Failed && outcome.error ? outcome.error->message : QString();
    }
    case Qt::ToolTipRole:
        return metricsOf(job);
    case Qt::AccessibleTextRole:
        return QString(QStringLiteral("%1, %2: %3. %4")
                           .arg(headerData(index.row(), Qt::Vertical, Qt::DisplayRole).toString(),
                               headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), metricsOf(job),
                               data(index, Qt::DisplayRole).toString()));
    case StateRole:
        return QVariant::fromValue(static_cast<int>(outcome.state));
    case MetricsRole:
        return metricsOf(job);
    case NoticesRole:
        return noticesOf(outcome);
    case DistinctRole:
        return distinctText(samples());
    default:
        return {};
    }
}

QVariant SweepModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || section < 0)
        return {};
    const bool isRow = orientation == Qt::Vertical;
    const std::vector<double> &values = isRow ? m_sweep.temperatures : m_sweep.topPs;
    const QString name = isRow ? QStringLiteral("temperature") : QStringLiteral("top_p");
    if (section >= static_cast<int>(values.size())) {
        const std::optional<double> &base = isRow ? m_sweep.base.sampling.temperature : m_sweep.base.sampling.topP;
        return base ? QStringLiteral("%1 %2").arg(name).arg(*base) : tr("%1 not sent").arg(name);
    }
    return QStringLiteral("%1 %2").arg(name).arg(values[static_cast<std::size_t>(section)]);
}

void SweepModel::refresh(int job)
{
    if (m_sweep.cells() == 0 || job / m_sweep.cells() != m_shown)
        return;
    const int cell = job % m_sweep.cells();
    const QModelIndex changed = index(cell / m_sweep.columns(), cell % m_sweep.columns());
    Q_EMIT dataChanged(changed, changed);
}

} // namespace diptych
