// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewaypane/recordingspage.h"

#include "gatewaypane/tablelook.h"
#include "theme/theme.h"
#include "ui_recordingspage.h"

#include <QHeaderView>

namespace diptych {

namespace {

enum Column { NameColumn, ModeColumn, CountColumn };

QString modeText(const Route &route)
{
    switch (route.tape) {
    case TapeMode::Record:
        return RecordingsPage::tr("records");
    case TapeMode::Replay:
        return route.replaySpeed == 0 ? RecordingsPage::tr("replays at once")
                                      : RecordingsPage::tr("replays at %1×").arg(route.replaySpeed);
    case TapeMode::Off:
        break;
    }
    return RecordingsPage::tr("keeps nothing new");
}

} // namespace

RecordingsPage::RecordingsPage(RouteTable &routes, QWidget *parent)
    : QWidget(parent)
    , m_routes(routes)
    , m_ui(std::make_unique<Ui::RecordingsPage>())
{
    m_ui->setupUi(this);
    makeCaption(m_ui->emptyLabel);
    makeCaption(m_ui->folderLabel);
    m_ui->folderLabel->setElideMode(Qt::ElideMiddle);
    m_ui->folderButton->setIcon(themeIcon(QStringLiteral("folder")));
    makeList(*m_ui->recordingsTable);
    m_ui->recordingsTable->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_ui->recordingsTable->horizontalHeader()->setStretchLastSection(true);
    connect(m_ui->folderButton, &QToolButton::clicked, this, [this] { Q_EMIT folderRequested(m_recordings.folder); });
    connect(m_ui->recordingsTable, &QTableWidget::itemActivated, this,
        [this](const QTableWidgetItem *item) { Q_EMIT routeActivated(item->data(Qt::UserRole).toString()); });
    connect(&m_routes, &RouteTable::changed, this, &RecordingsPage::refresh);
    refresh();
}

RecordingsPage::~RecordingsPage() = default;

void RecordingsPage::setRecordings(const GatewayRecordings &recordings)
{
    if (m_recordings == recordings)
        return;
    m_recordings = recordings;
    refresh();
}

void RecordingsPage::refresh()
{
    QTableWidget *table = m_ui->recordingsTable;
    table->setRowCount(0);
    for (const Route &route : m_routes.routes()) {
        const int count = m_recordings.counts.value(route.id);
        if (route.tape == TapeMode::Off && count == 0)
            continue;
        const int row = table->rowCount();
        table->insertRow(row);
        const auto set = [&](int column, const QString &text) {
            auto *item = new QTableWidgetItem(text);
            item->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled);
            item->setData(Qt::UserRole, route.id);
            table->setItem(row, column, item);
        };
        set(NameColumn, route.name);
        set(ModeColumn, modeText(route));
        set(CountColumn, count == 0 ? tr("nothing yet") : QString::number(count));
    }
    const bool isEmpty = table->rowCount() == 0;
    table->setVisible(!isEmpty);
    m_ui->emptyLabel->setVisible(isEmpty);
    m_ui->folderLabel->setText(m_recordings.folder);
    m_ui->folderButton->setEnabled(!m_recordings.folder.isEmpty());
}

} // namespace diptych
