// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/activitypane.h"

#include "models/activitymodel.h"
#include "models/harexport.h"
#include "theme/theme.h"
#include "widgets/banner.h"
#include "widgets/savefile.h"

#include <QComboBox>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

namespace diptych {

ActivityPane::ActivityPane(ActivityModel &activity, QWidget *parent)
    : QWidget(parent)
    , m_activity(activity)
    , m_filter(new ActivityFilter(activity, this))
    , m_search(new QLineEdit(this))
    , m_states(new QComboBox(this))
    , m_banner(new Banner(this))
    , m_view(new QTableView(this))
{
    setUpFilter();
    setUpTable();
    auto *row = new QHBoxLayout;
    row->setContentsMargins(spacing::tight, spacing::tight, spacing::tight, 0);
    row->addWidget(m_search, 1);
    row->addWidget(m_states);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::tight);
    layout->addLayout(row);
    layout->addWidget(m_banner);
    layout->addWidget(m_view, 1);
}

void ActivityPane::setUpFilter()
{
    m_search->setObjectName(QStringLiteral("activitySearch"));
    m_search->setAccessibleName(tr("Search requests"));
    m_search->setPlaceholderText(tr("Search labels, errors, URLs and bodies"));
    m_search->setClearButtonEnabled(true);
    m_states->setObjectName(QStringLiteral("activityStates"));
    m_states->setAccessibleName(tr("Which requests"));
    m_states->addItem(tr("All"), static_cast<int>(ActivityFilter::Show::All));
    m_states->addItem(tr("Running"), static_cast<int>(ActivityFilter::Show::Running));
    m_states->addItem(tr("Failed"), static_cast<int>(ActivityFilter::Show::Failed));
    connect(m_search, &QLineEdit::textChanged, m_filter, &ActivityFilter::setNeedle);
    connect(m_states, &QComboBox::currentIndexChanged, this,
        [this] { m_filter->show(static_cast<ActivityFilter::Show>(m_states->currentData().toInt())); });
    auto *find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    find->setWhatsThis(tr("Search the list of requests"));
    connect(find, &QShortcut::activated, m_search, qOverload<>(&QWidget::setFocus));
}

void ActivityPane::setUpTable()
{
    m_view->setObjectName(QStringLiteral("activityView"));
    m_view->setAccessibleName(tr("Requests of this run"));
    m_view->setModel(m_filter);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(m_view->fontMetrics().height() + spacing::normal);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_view->horizontalHeader()->setSectionResizeMode(ActivityModel::LabelColumn, QHeaderView::Stretch);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) {
        if (index.isValid())
            Q_EMIT exchangeChosen(rowOf(index));
    });
    connect(m_view, &QWidget::customContextMenuRequested, this, &ActivityPane::showMenu);
}

int ActivityPane::rowOf(const QModelIndex &shown) const
{
    return shown.isValid() ? m_filter->mapToSource(shown).row() : -1;
}

void ActivityPane::showMenu(const QPoint &position)
{
    const QModelIndex index = m_view->indexAt(position);
    // Rows move while the menu is open.
    const QPersistentModelIndex row = m_filter->mapToSource(index);
    const auto *exchange = index.isValid() ? m_activity.exchangeAt(row.row()) : nullptr;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("activityMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &name, const QString &text, bool isEnabled, auto &&action) {
        QAction *made = menu->addAction(text, this, action);
        made->setObjectName(name);
        made->setEnabled(isEnabled);
    };
    Reply *reply = index.isValid() ? m_activity.replyAt(row.row()) : nullptr;
    add(QStringLiteral("stopAction"), tr("Stop"), reply, [this, row] { m_activity.cancel(row.row()); });
    const bool isChat = index.isValid() && m_activity.commonRequestAt(row.row()).contains(QStringLiteral("messages"));
    add(QStringLiteral("openInChatAction"), tr("Open in Chat"), isChat,
        [this, row] { Q_EMIT openInChatRequested(row.row()); });
    menu->addSeparator();
    add(QStringLiteral("harAction"), tr("Save as HTTP archive (HAR)…"), exchange, [this, row] { saveHar(row.row()); });
    add(QStringLiteral("replayAction"), tr("Save for replay…"), exchange, [this, row] { saveReplay(row.row()); });
    add(QStringLiteral("allAction"), tr("Save all shown as one HTTP archive…"), m_filter->rowCount() > 0,
        [this] { saveAllAsHar(); });
    menu->addSeparator();
    add(QStringLiteral("clearAction"), tr("Clear finished"), m_activity.rowCount() > 0,
        [this] { m_activity.clearFinished(); });
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

void ActivityPane::saveHar(int row)
{
    const RecordedExchange recorded = row >= 0 ? m_activity.recordedAt(row) : RecordedExchange {};
    if (!recorded.attempts.empty())
        save({.title = tr("Save as HTTP archive"),
            .name = QStringLiteral("exchange.har"),
            .filter = tr("HTTP archive (*.har)"),
            .bytes = QJsonDocument(toHar(recorded.attempts)).toJson()});
}

void ActivityPane::saveAllAsHar()
{
    std::vector<Exchange> all;
    // The newest is on top; an archive goes the other way.
    for (int shown = m_filter->rowCount() - 1; shown >= 0; --shown) {
        const RecordedExchange recorded = m_activity.recordedAt(rowOf(m_filter->index(shown, 0)));
        all.insert(all.end(), recorded.attempts.begin(), recorded.attempts.end());
    }
    save({.title = tr("Save as HTTP archive"),
        .name = QStringLiteral("exchanges.har"),
        .filter = tr("HTTP archive (*.har)"),
        .bytes = QJsonDocument(toHar(all)).toJson()});
}

void ActivityPane::saveReplay(int row)
{
    const RecordedExchange recorded = row >= 0 ? m_activity.recordedAt(row) : RecordedExchange {};
    if (!recorded.attempts.empty())
        save({.title = tr("Save for replay"),
            .name = QStringLiteral("exchange") + QLatin1String(replayFileSuffix),
            .filter = tr("Recorded exchange (*%1)").arg(QLatin1String(replayFileSuffix)),
            .bytes = toReplayFile(recorded)});
}

void ActivityPane::save(const FileToSave &file)
{
    m_banner->dismiss();
    saveFile(this, file, [this](const QString &message) { m_banner->showMessage(Banner::Tone::Error, message); });
}

} // namespace diptych
