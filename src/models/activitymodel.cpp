// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/activitymodel.h"

#include "models/formatting.h"

#include <QJsonDocument>

#include <algorithm>
#include <numeric>

namespace diptych {

struct ActivityModel::Entry {
    QString label;
    State state = State::Running;
    QPointer<Reply> reply; // null when closed
    Exchange exchange; // filled when closed, see exchangeAt()
    std::vector<Exchange> earlierAttempts;
    ChangeLog changeLog;
    QJsonObject commonRequest;
    qint64 commonBytes = 0; // what it takes, near enough
    std::optional<Error> error;
    int attempt = 1;
    QElapsedTimer elapsed;
    std::chrono::milliseconds duration {0}; // so far, final when closed
    QDeadlineTimer retryAt;

    [[nodiscard]] bool isOpen() const { return state == State::Running || state == State::Waiting; }
    void setCommonRequest(const QJsonObject &request);
    [[nodiscard]] qint64 keptBytes() const;
    void letBodiesGo();
};

namespace {

using namespace std::chrono_literals;
constexpr auto tickInterval = 200ms;

qint64 bytesOf(const Exchange &exchange)
{
    return exchange.requestBody.size() + exchange.responseBody.size()
        + static_cast<qint64>(exchange.frames.size() * sizeof(ExchangeFrame));
}

ActivityModel::State finalState(const Reply &reply)
{
    if (!reply.error())
        return ActivityModel::State::Succeeded;
    return reply.error()->kind == Error::Kind::Cancelled ? ActivityModel::State::Cancelled
                                                         : ActivityModel::State::Failed;
}

} // namespace

void ActivityModel::Entry::setCommonRequest(const QJsonObject &request)
{
    commonRequest = request;
    commonBytes = request.isEmpty() ? 0 : QJsonDocument(request).toJson(QJsonDocument::Compact).size();
}

qint64 ActivityModel::Entry::keptBytes() const
{
    return std::accumulate(earlierAttempts.begin(), earlierAttempts.end(), commonBytes + bytesOf(exchange),
        [](qint64 sum, const Exchange &earlier) { return sum + bytesOf(earlier); });
}

void ActivityModel::Entry::letBodiesGo()
{
    exchange.requestBody.clear();
    exchange.responseBody.clear();
    exchange.frames.clear();
    earlierAttempts.clear();
    setCommonRequest({});
}

QString activityStateName(ActivityModel::State state)
{
    switch (state) {
    case ActivityModel::State::Running:
        return ActivityModel::tr("running");
    case ActivityModel::State::Waiting:
        return ActivityModel::tr("waits to retry");
    case ActivityModel::State::Succeeded:
        return ActivityModel::tr("done");
    case ActivityModel::State::Failed:
        return ActivityModel::tr("failed");
    case ActivityModel::State::Cancelled:
        return ActivityModel::tr("stopped");
    case ActivityModel::State::Discarded:
        return ActivityModel::tr("discarded");
    }
    return {};
}

ActivityModel::ActivityModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_tick.setInterval(tickInterval);
    connect(&m_tick, &QTimer::timeout, this, &ActivityModel::tick);
}

ActivityModel::~ActivityModel() = default;

void ActivityModel::add(Reply *reply, const QString &label, const QJsonObject &commonRequest)
{
    Q_ASSERT(reply);
    beginInsertRows({}, 0, 0);
    m_entries.push_front(std::make_unique<Entry>());
    Entry *entry = m_entries.front().get();
    entry->label = label;
    entry->setCommonRequest(commonRequest);
    entry->reply = reply;
    entry->elapsed.start();
    endInsertRows();
    follow(reply, entry);
    if (reply->isFinished())
        close(entry, finalState(*reply));
    m_tick.start();
    Q_EMIT summaryChanged();
}

void ActivityModel::addFinished(const QString &label, const RecordedExchange &recorded)
{
    beginInsertRows({}, 0, 0);
    auto entry = std::make_unique<Entry>();
    entry->label = label;
    entry->state = recorded.error ? State::Failed : State::Succeeded;
    if (!recorded.attempts.empty())
        entry->exchange = recorded.attempts.back();
    entry->setCommonRequest(recorded.commonRequest);
    entry->changeLog = recorded.changeLog;
    entry->error = recorded.error;
    const auto end = entry->exchange.phases.finished.value_or(std::chrono::microseconds(0));
    entry->duration = std::chrono::duration_cast<std::chrono::milliseconds>(end);
    m_entries.push_front(std::move(entry));
    endInsertRows();
    trim();
    Q_EMIT summaryChanged();
}

void ActivityModel::follow(Reply *reply, Entry *entry)
{
    connect(reply, &Reply::finished, this, [this, reply, entry] { close(entry, finalState(*reply)); });
    connect(reply, &QObject::destroyed, this, [this, entry] {
        if (rowOf(entry) >= 0 && entry->isOpen())
            close(entry, State::Discarded);
    });
    connect(reply, &Reply::attemptStarted, this, [this, entry](int attempt) {
        entry->attempt = attempt;
        entry->state = State::Running;
        notify(entry);
    });
    connect(reply, &Reply::retryScheduled, this,
        [this, entry](const Error &, int attempt, std::chrono::milliseconds delay) {
            entry->attempt = attempt;
            entry->state = State::Waiting;
            entry->retryAt = QDeadlineTimer(delay);
            notify(entry);
        });
}

void ActivityModel::close(Entry *entry, State state)
{
    if (!entry->isOpen())
        return;
    if (const Reply *reply = entry->reply; reply && state != State::Discarded) {
        entry->exchange = reply->exchange();
        entry->earlierAttempts = reply->earlierAttempts();
        entry->changeLog = reply->changeLog();
        entry->error = reply->error();
        disconnect(reply, nullptr, this, nullptr);
    }
    entry->reply.clear();
    entry->state = state;
    entry->duration = std::chrono::milliseconds(entry->elapsed.elapsed());
    const QString label = entry->label;
    const std::optional<Error> error = entry->error;
    notify(entry);
    trim();
    if (runningCount() == 0)
        m_tick.stop();
    if (state == State::Failed)
        Q_EMIT failed(label, *error);
}

void ActivityModel::notify(const Entry *entry)
{
    const int row = rowOf(entry);
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    Q_EMIT summaryChanged();
}

void ActivityModel::tick()
{
    for (int row = 0; row < rowCount(); ++row) {
        Entry &entry = *m_entries[static_cast<std::size_t>(row)];
        if (!entry.isOpen())
            continue;
        entry.duration = std::chrono::milliseconds(entry.elapsed.elapsed());
        Q_EMIT dataChanged(index(row, StateColumn), index(row, ColumnCount - 1), {Qt::DisplayRole});
    }
    Q_EMIT summaryChanged();
}

void ActivityModel::trim()
{
    int finished = 0;
    qint64 bytes = 0;
    for (int row = 0; row < rowCount(); ++row) {
        Entry &entry = *m_entries[static_cast<std::size_t>(row)];
        if (entry.isOpen())
            continue;
        if (++finished > maxFinished) {
            beginRemoveRows({}, row, row);
            m_entries.erase(m_entries.begin() + row--);
            endRemoveRows();
            continue;
        }
        bytes += entry.keptBytes();
        if (bytes > maxKeptBytes)
            entry.letBodiesGo();
    }
}

void ActivityModel::cancel(int row)
{
    if (Reply *reply = replyAt(row))
        reply->cancel();
}

void ActivityModel::retryNow(int row)
{
    if (Reply *reply = replyAt(row))
        reply->retryNow();
}

void ActivityModel::clearFinished()
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (at(row).isOpen())
            continue;
        beginRemoveRows({}, row, row);
        m_entries.erase(m_entries.begin() + row);
        endRemoveRows();
    }
    Q_EMIT summaryChanged();
}

int ActivityModel::runningCount() const
{
    return static_cast<int>(
        std::count_if(m_entries.begin(), m_entries.end(), [](const auto &entry) { return entry->isOpen(); }));
}

std::optional<Error> ActivityModel::lastError() const
{
    const auto found = std::find_if(
        m_entries.begin(), m_entries.end(), [](const auto &entry) { return entry->state == State::Failed; });
    return found == m_entries.end() ? std::nullopt : (*found)->error;
}

QString ActivityModel::retryText() const
{
    int waiting = 0;
    qint64 soonest = std::numeric_limits<qint64>::max();
    for (const auto &entry : m_entries) {
        if (entry->state != State::Waiting)
            continue;
        ++waiting;
        soonest = std::min(soonest, entry->retryAt.remainingTime());
    }
    if (waiting == 0)
        return {};
    const qint64 seconds = (soonest + 999) / 1000;
    return waiting == 1 ? tr("1 retry in %1 s").arg(seconds) : tr("%1 retries, next in %2 s").arg(waiting).arg(seconds);
}

int ActivityModel::rowOf(const Entry *entry) const
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [entry](const auto &known) { return known.get() == entry; });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

Reply *ActivityModel::replyAt(int row) const
{
    return row >= 0 && row < rowCount() ? at(row).reply.data() : nullptr;
}

const Exchange *ActivityModel::exchangeAt(int row) const
{
    if (row < 0 || row >= rowCount() || at(row).state == State::Discarded)
        return nullptr;
    // While it runs the exchange is read in place: a copy would make the growing body be copied again and again.
    return at(row).reply ? &at(row).reply->exchange() : &at(row).exchange;
}

const std::vector<Exchange> &ActivityModel::earlierAttemptsAt(int row) const
{
    return at(row).reply ? at(row).reply->earlierAttempts() : at(row).earlierAttempts;
}

const ChangeLog &ActivityModel::changeLogAt(int row) const
{
    return at(row).reply ? at(row).reply->changeLog() : at(row).changeLog;
}

std::optional<Error> ActivityModel::errorAt(int row) const
{
    return at(row).error;
}

const QJsonObject &ActivityModel::commonRequestAt(int row) const
{
    return at(row).commonRequest;
}

RecordedExchange ActivityModel::recordedAt(int row) const
{
    const Exchange *last = exchangeAt(row);
    if (!last)
        return {};
    RecordedExchange recorded {.attempts = earlierAttemptsAt(row),
        .commonRequest = commonRequestAt(row),
        .changeLog = changeLogAt(row),
        .error = errorAt(row)};
    recorded.attempts.push_back(*last);
    return recorded;
}

bool ActivityModel::contains(int row, const QByteArray &lowerCaseNeedle) const
{
    const Exchange *exchange = exchangeAt(row);
    if (!exchange)
        return false;
    const QByteArray url = exchange->url.toString(QUrl::RemoveUserInfo).toUtf8();
    for (const QByteArray &text : {url, exchange->requestBody, exchange->responseBody}) {
        if (text.toLower().contains(lowerCaseNeedle))
            return true;
    }
    return false;
}

int ActivityModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int ActivityModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(entry, index.column());
    case Qt::ToolTipRole:
    case ErrorMessageRole:
        return entry.error ? entry.error->message : QString();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment((index.column() >= FirstTokenColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case StateRole:
        return QVariant::fromValue(entry.state);
    case AttemptRole:
        return entry.attempt;
    default:
        return {};
    }
}

QVariant ActivityModel::text(const Entry &entry, int column) const
{
    const Exchange *exchange = exchangeAt(rowOf(&entry));
    switch (column) {
    case StateColumn:
        if (entry.state == State::Waiting)
            return tr("retry in %1 s").arg((entry.retryAt.remainingTime() + 999) / 1000);
        return activityStateName(entry.state);
    case LabelColumn:
        return entry.label;
    case StatusColumn:
        if (exchange && exchange->status != 0)
            return QString::number(exchange->status);
        return entry.state == State::Failed ? kindName(entry.error->kind) : QString();
    case FirstTokenColumn:
        return exchange ? formatDuration(exchange->phases.firstToken) : QString();
    case DurationColumn:
        return formatDuration(std::chrono::microseconds(entry.duration));
    default:
        return exchange ? formatBytes(exchange->bytesReceived) : QString();
    }
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case StateColumn:
        return tr("State");
    case LabelColumn:
        return tr("What");
    case StatusColumn:
        return tr("Status");
    case FirstTokenColumn:
        return tr("First token");
    case DurationColumn:
        return tr("Duration");
    default:
        return tr("Received");
    }
}

ActivityFilter::ActivityFilter(ActivityModel &activity, QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_activity(activity)
{
    setSourceModel(&activity);
}

void ActivityFilter::setNeedle(const QString &needle)
{
    m_needle = needle;
    invalidateFilter();
}

void ActivityFilter::show(Show what)
{
    m_show = what;
    invalidateFilter();
}

bool ActivityFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = m_activity.index(row, ActivityModel::LabelColumn, parent);
    const auto state = index.data(ActivityModel::StateRole).value<ActivityModel::State>();
    const bool isOpen = state == ActivityModel::State::Running || state == ActivityModel::State::Waiting;
    if ((m_show == Show::Running && !isOpen) || (m_show == Show::Failed && state != ActivityModel::State::Failed))
        return false;
    return m_needle.isEmpty() || index.data().toString().contains(m_needle, Qt::CaseInsensitive)
        || index.data(ActivityModel::ErrorMessageRole).toString().contains(m_needle, Qt::CaseInsensitive)
        || m_activity.contains(row, m_needle.toUtf8().toLower());
}

} // namespace diptych
