// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/shadowlistmodel.h"

#include "models/formatting.h"

#include <QLocale>

#include <algorithm>

namespace diptych {

namespace {

using namespace std::chrono_literals;
constexpr auto shortestPause = 100ms;
constexpr qsizetype mostCompared = 100'000; ///< characters; a share of that much says enough

QHash<QString, int> wordsOf(const QString &text)
{
    QHash<QString, int> words;
    const QStringList list = text.left(mostCompared).simplified().split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : list)
        ++words[word];
    return words;
}

QString timesText(const ShadowAnswer &answer)
{
    if (answer.error)
        return ShadowListModel::tr("failed");
    const QString first = answer.firstToken ? formatDuration(*answer.firstToken) : QString(u'–');
    return QStringLiteral("%1 / %2").arg(
        first, answer.isFinished ? formatDuration(answer.duration) : ShadowListModel::tr("running"));
}

QString agreementText(const ShadowPair &pair)
{
    if (!pair.served.isFinished || !pair.shadow.isFinished || pair.served.error || pair.shadow.error)
        return {};
    const QString served = pair.served.response.text();
    const QString shadow = pair.shadow.response.text();
    if (served == shadow)
        return ShadowListModel::tr("same text");
    constexpr double percent = 100;
    return ShadowListModel::tr("%1 % of words").arg(static_cast<int>(percent * sharedWords(served, shadow)));
}

} // namespace

double sharedWords(const QString &left, const QString &right)
{
    const QHash<QString, int> leftWords = wordsOf(left);
    const QHash<QString, int> rightWords = wordsOf(right);
    qsizetype shared = 0;
    qsizetype all = 0;
    for (auto word = leftWords.begin(); word != leftWords.end(); ++word) {
        shared += std::min(word.value(), rightWords.value(word.key()));
        all += word.value();
    }
    for (const int count : rightWords)
        all += count;
    return all == 0 ? 1 : 2 * static_cast<double>(shared) / static_cast<double>(all);
}

ShadowListModel::ShadowListModel(const ShadowLog &log, const Connections &connections, QObject *parent)
    : QAbstractTableModel(parent)
    , m_log(log)
    , m_connections(connections)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(shortestPause);
    connect(&m_pause, &QTimer::timeout, this, &ShadowListModel::showChanges);
    connect(&m_log, &ShadowLog::changed, this, &ShadowListModel::takeChange);
    takeAll();
}

void ShadowListModel::takeAll()
{
    beginResetModel();
    m_ids.clear();
    for (const ShadowPair &pair : m_log.pairs())
        m_ids.push_front(pair.id);
    m_changed.clear();
    endResetModel();
}

void ShadowListModel::takeChange(quint64 id)
{
    if (id == 0) {
        takeAll();
        return;
    }
    takeLeaving();
    if (!m_log.find(id))
        return;
    if (std::find(m_ids.begin(), m_ids.end(), id) != m_ids.end()) {
        m_changed.insert(id);
        if (!m_pause.isActive())
            m_pause.start();
        return;
    }
    beginInsertRows({}, 0, 0);
    m_ids.push_front(id);
    endInsertRows();
}

void ShadowListModel::takeLeaving()
{
    while (!m_ids.empty() && !m_log.find(m_ids.back())) {
        const int last = rowCount() - 1;
        beginRemoveRows({}, last, last);
        m_ids.pop_back();
        endRemoveRows();
    }
}

void ShadowListModel::showChanges()
{
    const QSet<quint64> changed = std::exchange(m_changed, {});
    for (int row = 0; row < rowCount(); ++row) {
        if (changed.contains(m_ids[static_cast<std::size_t>(row)]))
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

const ShadowPair *ShadowListModel::pairAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_log.find(m_ids[static_cast<std::size_t>(row)]) : nullptr;
}

int ShadowListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

int ShadowListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ShadowListModel::text(const ShadowPair &pair, int column) const
{
    switch (column) {
    case TimeColumn:
        return QLocale().toString(pair.at.toLocalTime().time(), QStringLiteral("HH:mm:ss"));
    case NameColumn:
        return pair.askedModel;
    case ServedColumn:
        return m_connections.displayName(pair.served.model);
    case ServedTimeColumn:
        return timesText(pair.served);
    case ShadowColumn:
        return m_connections.displayName(pair.shadow.model);
    case ShadowTimeColumn:
        return timesText(pair.shadow);
    default:
        return agreementText(pair);
    }
}

QVariant ShadowListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ShadowPair *pair = pairAt(index.row());
    if (!pair)
        return {}; // gone from the log; its row goes in a moment
    switch (role) {
    case Qt::DisplayRole:
        return text(*pair, index.column());
    case Qt::ToolTipRole:
        if (index.column() == ServedTimeColumn && pair->served.error)
            return pair->served.error->message;
        if (index.column() == ShadowTimeColumn && pair->shadow.error)
            return pair->shadow.error->message;
        return text(*pair, index.column());
    case PairIdRole:
        return QVariant::fromValue(pair->id);
    case IsFinishedRole:
        return pair->served.isFinished && pair->shadow.isFinished;
    case HasErrorRole:
        return pair->served.error || pair->shadow.error;
    default:
        return {};
    }
}

QVariant ShadowListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case NameColumn:
        return tr("Asked for");
    case ServedColumn:
        return tr("Client got");
    case ShadowColumn:
        return tr("Shadow");
    case ServedTimeColumn:
    case ShadowTimeColumn:
        return tr("First token / all");
    default:
        return tr("In common");
    }
}

} // namespace diptych
