// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/panedeck.h"

#include "chat/answerpane.h"
#include "chat/linkedscroll.h"
#include "chat/panewindow.h"
#include "chat/promptcolumn.h"
#include "chat/turnalignment.h"
#include "chat/turnbar.h"
#include "transcript/transcriptview.h"

#include <QHBoxLayout>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSplitter>
#include <QTabBar>

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

constexpr int columnWidth = 200; ///< at least, in pixels
constexpr int tableColumnWidth = 250;
constexpr int gridHeight = 180; ///< of a row, at least
constexpr int promptWidth = 170;

QSplitter *makeSplitter(Qt::Orientation orientation, QWidget *parent)
{
    auto *splitter = new QSplitter(orientation, parent);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    return splitter;
}

std::size_t columnsOf(PaneLayout layout, std::size_t panes)
{
    if (layout != PaneLayout::Grid || panes == 0)
        return std::max<std::size_t>(1, panes);
    return static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(panes))));
}

} // namespace

PaneDeck::PaneDeck(Conversation &conversation, RenderScheduler &scheduler, QWidget *parent)
    : QWidget(parent)
    , m_tabs(new QTabBar(this))
    , m_prompts(new PromptColumn(conversation, scheduler, this))
    , m_area(new QScrollArea(this))
    , m_rows(makeSplitter(Qt::Vertical, this))
    , m_alignment(new TurnAlignment(this))
    , m_scroll(new LinkedScroll(this))
{
    m_tabs->setObjectName(QStringLiteral("paneTabs"));
    m_tabs->setAccessibleName(tr("Panes"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setElideMode(Qt::ElideMiddle);
    m_tabs->hide();
    m_prompts->setObjectName(QStringLiteral("promptColumn"));
    m_prompts->setFixedWidth(promptWidth);
    m_prompts->hide();
    m_area->setObjectName(QStringLiteral("panesArea"));
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_rows->setObjectName(QStringLiteral("paneRows"));
    m_area->setWidget(m_rows);
    auto *beside = new QHBoxLayout;
    beside->setSpacing(1);
    beside->addWidget(m_prompts);
    beside->addWidget(m_area, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tabs);
    layout->addLayout(beside, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        if (!m_isFilling && index >= 0)
            Q_EMIT paneChosen(m_tabs->tabData(index).toString());
    });
    connect(m_alignment, &TurnAlignment::aligned, this, &PaneDeck::alignHeader);
    connect(m_alignment, &TurnAlignment::aligned, m_scroll, &LinkedScroll::takeRange);
    connect(m_rows, &QSplitter::splitterMoved, m_alignment, &TurnAlignment::alignSoon);
}

PaneDeck::~PaneDeck()
{
    // Their panes are the chat's; the windows must not speak while this goes.
    for (const auto &[id, window] : m_windows)
        disconnect(window, nullptr, this, nullptr);
}

AnswerPane *PaneDeck::find(const QString &paneId) const
{
    const auto found = std::find_if(
        m_panes.begin(), m_panes.end(), [&paneId](const AnswerPane *pane) { return pane->paneId() == paneId; });
    return found == m_panes.end() ? nullptr : *found;
}

std::vector<AnswerPane *> PaneDeck::inside() const
{
    std::vector<AnswerPane *> panes;
    std::copy_if(m_panes.begin(), m_panes.end(), std::back_inserter(panes),
        [this](const AnswerPane *pane) { return !m_view.detached.contains(pane->paneId()); });
    return panes;
}

void PaneDeck::setPanes(const std::vector<AnswerPane *> &panes)
{
    if (m_panes.size() != panes.size())
        m_view.sizes.clear();
    m_panes = panes;
    for (auto window = m_windows.begin(); window != m_windows.end();) {
        if (find(window->first)) {
            ++window;
            continue;
        }
        window->second->disconnect(this);
        window->second->deleteLater();
        window = m_windows.erase(window);
    }
    arrange();
}

void PaneDeck::setTurnCount(int count)
{
    m_alignment->setTurnCount(count);
    m_scroll->setTurnCount(count);
}

void PaneDeck::setView(const PaneView &view)
{
    m_view = view;
    for (auto window = m_windows.begin(); window != m_windows.end(); window = m_windows.erase(window)) {
        window->second->disconnect(this);
        window->second->deleteLater();
    }
    arrange();
}

void PaneDeck::setTurnActions(TurnActions &actions)
{
    new TurnBar(m_prompts->transcript(), actions, {}); // the transcript's
}

TranscriptView &PaneDeck::promptTranscript()
{
    return m_prompts->transcript();
}

PaneLayout PaneDeck::layoutKind() const
{
    return m_view.layoutFor(static_cast<int>(m_panes.size()));
}

void PaneDeck::setLayoutKind(std::optional<PaneLayout> layout)
{
    m_view.layout = layout;
    m_view.focused.clear();
    m_view.sizes.clear();
    arrange();
    Q_EMIT viewChanged();
}

void PaneDeck::setScrollsTogether(bool together)
{
    m_view.scrollsTogether = together;
    link();
    Q_EMIT viewChanged();
}

void PaneDeck::setFocused(const QString &paneId)
{
    if (m_view.focused == paneId)
        return;
    m_view.focused = paneId;
    m_view.detached.remove(paneId);
    arrange();
    Q_EMIT viewChanged();
}

void PaneDeck::setDetached(const QString &paneId, bool isDetached)
{
    AnswerPane *pane = find(paneId);
    if (!pane || m_view.detached.contains(paneId) == isDetached)
        return;
    m_view.sizes.clear();
    if (isDetached) {
        m_view.detached.insert(paneId, QRect());
        if (m_view.focused == paneId)
            m_view.focused.clear();
    } else {
        m_view.detached.remove(paneId);
    }
    arrange();
    Q_EMIT viewChanged();
}

void PaneDeck::openWindow(AnswerPane &pane)
{
    const QString id = pane.paneId();
    auto *window = new PaneWindow(pane, m_view.detached.value(id), this);
    window->setObjectName(QStringLiteral("window-") + id);
    window->setWindowTitle(m_titles.value(id));
    m_windows[id] = window;
    connect(window, &PaneWindow::closed, this, [this, id] { setDetached(id, false); });
    connect(window, &PaneWindow::placeChanged, this, [this, id, window] {
        m_view.detached.insert(id, window->geometry());
        Q_EMIT viewChanged();
    });
    window->show();
}

void PaneDeck::setCurrent(const QString &paneId)
{
    m_view.current = paneId;
    AnswerPane *pane = find(paneId);
    if (pane && !m_windows.contains(paneId))
        m_area->ensureWidgetVisible(pane, 0, 0);
}

void PaneDeck::setTitle(const QString &paneId, const QString &title)
{
    m_titles.insert(paneId, title);
    if (const auto window = m_windows.find(paneId); window != m_windows.end())
        window->second->setWindowTitle(title);
    for (int index = 0; index < m_tabs->count(); ++index) {
        if (m_tabs->tabData(index).toString() == paneId)
            m_tabs->setTabText(index, title);
    }
}

void PaneDeck::arrange()
{
    const QScopedValueRollback<bool> filling(m_isFilling, true);
    if (!m_view.focused.isEmpty() && !find(m_view.focused))
        m_view.focused.clear();
    for (AnswerPane *pane : m_panes) {
        if (m_view.detached.contains(pane->paneId()) && !m_windows.contains(pane->paneId()))
            openWindow(*pane);
    }
    const std::vector<AnswerPane *> panes = inside();
    fillRows(panes);
    for (auto window = m_windows.begin(); window != m_windows.end();) {
        if (m_view.detached.contains(window->first)) {
            ++window;
            continue;
        }
        window->second->disconnect(this);
        window->second->deleteLater(); // the pane has left it
        window = m_windows.erase(window);
    }
    const bool isLarge = !m_view.focused.isEmpty();
    for (AnswerPane *pane : panes)
        pane->setVisible(!isLarge || pane->paneId() == m_view.focused);
    for (QSplitter *row : m_rowSplitters) {
        bool hasShown = false;
        for (int index = 0; index < row->count(); ++index)
            hasShown = hasShown || !row->widget(index)->isHidden();
        row->setVisible(hasShown);
    }
    const bool isTable = layoutKind() == PaneLayout::Table && !isLarge;
    m_prompts->setVisible(isTable);
    m_prompts->showPrompts();
    for (AnswerPane *pane : m_panes) {
        pane->setMinimumWidth(isTable ? tableColumnWidth : columnWidth);
        pane->setPromptsShown(!isTable || m_windows.contains(pane->paneId()));
    }
    applySizes();
    showTabs();
    link();
    Q_EMIT arranged();
}

void PaneDeck::fillRows(const std::vector<AnswerPane *> &inside)
{
    const std::size_t columns = columnsOf(layoutKind(), inside.size());
    const std::size_t rows = std::max<std::size_t>(1, (inside.size() + columns - 1) / columns);
    while (m_rowSplitters.size() < rows) {
        QSplitter *row = makeSplitter(Qt::Horizontal, m_rows);
        connect(row, &QSplitter::splitterMoved, this, &PaneDeck::keepSizes);
        m_rows->addWidget(row);
        m_rowSplitters.push_back(row);
    }
    for (std::size_t index = 0; index < inside.size(); ++index) {
        QSplitter *row = m_rowSplitters[index / columns];
        const int place = static_cast<int>(index % columns);
        if (row->indexOf(inside[index]) != place)
            row->insertWidget(place, inside[index]);
    }
    while (m_rowSplitters.size() > rows) {
        m_rowSplitters.back()->hide();
        m_rowSplitters.back()->deleteLater();
        m_rowSplitters.pop_back();
    }
    const bool isGrid = layoutKind() == PaneLayout::Grid;
    for (QSplitter *row : m_rowSplitters)
        row->setMinimumHeight(isGrid && rows > 1 ? gridHeight : 0);
    m_area->setVerticalScrollBarPolicy(isGrid ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}

void PaneDeck::applySizes()
{
    for (std::size_t index = 0; index < m_rowSplitters.size(); ++index) {
        QSplitter *row = m_rowSplitters[index];
        QList<int> sizes(row->count(), 1000);
        if (index < m_view.sizes.size() && std::ssize(m_view.sizes[index]) == row->count())
            sizes = QList<int>(m_view.sizes[index].begin(), m_view.sizes[index].end());
        row->setSizes(sizes);
    }
    m_rows->setSizes(QList<int>(m_rows->count(), 1000));
}

void PaneDeck::keepSizes()
{
    m_view.sizes.clear();
    for (const QSplitter *row : m_rowSplitters) {
        const QList<int> sizes = row->sizes();
        m_view.sizes.emplace_back(sizes.begin(), sizes.end());
    }
    m_alignment->alignSoon();
    Q_EMIT viewChanged();
    Q_EMIT arranged();
}

void PaneDeck::showTabs()
{
    while (m_tabs->count() > 0)
        m_tabs->removeTab(0);
    for (const AnswerPane *pane : inside()) {
        const int index = m_tabs->addTab(m_titles.value(pane->paneId()));
        m_tabs->setTabData(index, pane->paneId());
        if (pane->paneId() == m_view.focused)
            m_tabs->setCurrentIndex(index);
    }
    m_tabs->setVisible(!m_view.focused.isEmpty() && m_tabs->count() > 1);
}

void PaneDeck::link()
{
    const PaneLayout kind = layoutKind();
    std::vector<std::vector<TranscriptView *>> rows;
    if (m_view.focused.isEmpty()) {
        for (const QSplitter *row : m_rowSplitters) {
            std::vector<TranscriptView *> views;
            for (int index = 0; index < row->count(); ++index) {
                if (auto *pane = qobject_cast<AnswerPane *>(row->widget(index)); pane && find(pane->paneId()) == pane)
                    views.push_back(&pane->transcript());
            }
            rows.push_back(std::move(views));
        }
        if (kind == PaneLayout::Table && !rows.empty())
            rows.front().push_back(&m_prompts->transcript());
    }
    const bool scrolls = kind == PaneLayout::Table || (kind == PaneLayout::Columns && m_view.scrollsTogether);
    m_scroll->setViews(scrolls && !rows.empty() ? rows.front() : std::vector<TranscriptView *>());
    m_alignment->setRows(std::move(rows));
}

void PaneDeck::alignHeader()
{
    if (m_prompts->isHidden())
        return;
    int top = -1;
    for (AnswerPane *pane : inside()) {
        const int own = pane->transcript().mapTo(pane, QPoint()).y();
        top = top < 0 ? own : std::min(top, own);
    }
    m_prompts->setHeaderHeight(std::max(0, top));
}

void PaneDeck::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_alignment->alignSoon();
}

} // namespace diptych
