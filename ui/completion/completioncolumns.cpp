// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/completioncolumns.h"

#include "api/capabilitybook.h"
#include "catalogue/modelpicker.h"
#include "completion/completioncolumn.h"
#include "completion/completionedit.h"
#include "completion/outcomeview.h"
#include "theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QScrollBar>

#include <algorithm>

namespace diptych {

CompletionColumns::CompletionColumns(
    CompletionBoard &board, Connections &connections, CatalogueModel &catalogue, QWidget *parent)
    : QScrollArea(parent)
    , m_board(board)
    , m_connections(connections)
    , m_picker(new ModelPicker(catalogue, this))
    , m_row(nullptr)
{
    auto *content = new QWidget;
    m_row = new QHBoxLayout(content);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(spacing::tight);
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    content->installEventFilter(this);
    connect(m_picker, &ModelPicker::modelChosen, this, &CompletionColumns::takeModel);
    connect(&m_board, &CompletionBoard::columnsChanged, this, &CompletionColumns::rebuild);
    const auto tell = [this](auto signal, auto &&slot) {
        connect(&m_board, signal, this, [this, slot](int id, auto... rest) {
            if (CompletionColumn *column = find(id))
                slot(*column, rest...);
        });
    };
    tell(&CompletionBoard::columnChanged, [this](CompletionColumn &column) {
        column.showModel();
        showRefusals(m_setParameters);
    });
    tell(&CompletionBoard::asked, [](CompletionColumn &column) { column.showAsked(); });
    tell(&CompletionBoard::outcomeChanged, [](CompletionColumn &column) { column.showOutcome(); });
    connect(&m_board, &CompletionBoard::deltaReceived, this, [this](int id) {
        if (CompletionColumn *column = find(id))
            column->view().refresh();
    });
    connect(&m_board, &CompletionBoard::retryScheduled, this,
        [this](int id, const Error &error, int attempt, std::chrono::milliseconds delay) {
            if (CompletionColumn *column = find(id))
                column->showRetry(error, attempt, delay);
        });
    for (const auto signal : {&Connections::endpointAdded, &Connections::endpointChanged, &Connections::endpointRemoved,
             &Connections::modelsChanged})
        connect(&m_connections, signal, this, &CompletionColumns::nameModels);
}

CompletionColumns::~CompletionColumns() = default;

CompletionColumn *CompletionColumns::find(int id) const
{
    const auto found = std::find_if(
        m_columns.begin(), m_columns.end(), [id](const CompletionColumn *column) { return column->id() == id; });
    return found == m_columns.end() ? nullptr : *found;
}

void CompletionColumns::rebuild()
{
    const std::vector<CompletionBoard::Column> wanted = m_board.columns();
    for (CompletionColumn *column : m_columns) {
        if (m_board.column(column->id()))
            continue;
        column->view().setOutcome(nullptr, nullptr); // what it shows may go before it does
        column->hide();
        column->deleteLater();
    }
    std::vector<CompletionColumn *> columns;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        CompletionColumn *column = find(wanted[i].id);
        if (!column)
            column = addColumn(wanted[i].id);
        m_row->removeWidget(column);
        m_row->insertWidget(static_cast<int>(i), column, 1);
        column->setNumber(static_cast<int>(i) + 1, wanted.size() == 1);
        column->view().setShowsSingle(wanted.size() > 1);
        columns.push_back(column);
    }
    m_columns = std::move(columns);
    showRefusals(m_setParameters);
    Q_EMIT compactChanged();
}

CompletionColumn *CompletionColumns::addColumn(int id)
{
    auto *column = new CompletionColumn(m_board, m_connections, id, widget());
    column->setPrices(m_prices);
    column->view().setHeat(m_isHot);
    column->showAsked(); // one that comes back has its answers
    connect(column, &CompletionColumn::pickRequested, this, [this, id](QWidget *anchor) { pick(id, anchor); });
    connect(column, &CompletionColumn::removeRequested, this, [this, id] {
        const auto shown = m_board.column(id);
        m_board.remove(id);
        if (shown)
            Q_EMIT removed(m_connections.displayName(shown->model));
    });
    connect(column, &CompletionColumn::askAgainRequested, this, [this, id] { Q_EMIT askAgainRequested(id); });
    OutcomeView *view = &column->view();
    connect(view, &OutcomeView::takeRequested, this, [this, id](int sample) { Q_EMIT takeRequested(id, sample); });
    connect(view, &OutcomeView::tokenPointed, this,
        [this, id](CompletionEdit *text, int sample, const TokenSpans::Span *span) {
            Q_EMIT tokenPointed(text, id, sample, span);
        });
    connect(view, &OutcomeView::alternativesRequested, this, &CompletionColumns::alternativesRequested);
    connect(view, &OutcomeView::cardsChanged, this, &CompletionColumns::compactChanged);
    connect(view, &OutcomeView::actionTriggered, this,
        [this, id](const QString &action) { Q_EMIT actionTriggered(id, action); });
    return column;
}

void CompletionColumns::setPrices(const PriceTable *prices)
{
    m_prices = prices;
    for (CompletionColumn *column : m_columns)
        column->setPrices(prices);
}

void CompletionColumns::pickNewModel(QWidget *anchor)
{
    pick(0, anchor);
}

void CompletionColumns::pick(int id, QWidget *anchor)
{
    m_pickingFor = id;
    const auto column = m_board.column(id);
    m_picker->popup(anchor, column ? column->model : ModelRef {});
}

void CompletionColumns::takeModel(const ModelRef &model)
{
    if (m_pickingFor == 0)
        m_board.add(model);
    else
        m_board.setModel(m_pickingFor, model);
}

void CompletionColumns::nameModels()
{
    for (CompletionColumn *column : m_columns)
        column->showModel();
}

void CompletionColumns::setHeat(bool isOn)
{
    m_isHot = isOn;
    for (CompletionColumn *column : m_columns)
        column->view().setHeat(isOn);
}

void CompletionColumns::setTaken(int id, int sample)
{
    for (CompletionColumn *column : m_columns)
        column->view().setTaken(column->id() == id ? sample : -1);
}

void CompletionColumns::showRefusals(const QStringList &setParameters)
{
    m_setParameters = setParameters;
    const CapabilityBook *book = m_board.capabilityBook();
    for (CompletionColumn *column : m_columns) {
        const auto shown = m_board.column(column->id());
        QStringList refused;
        if (book && shown) {
            const Capabilities known = book->capabilities(shown->model);
            for (const QString &parameter : setParameters) {
                if (known.value(parameter).state == CapabilityState::State::Refused)
                    refused.append(parameter);
            }
        }
        column->setRefusals(
            refused.isEmpty() ? QString() : tr("Is known to refuse %1.").arg(refused.join(QStringLiteral(", "))));
    }
}

bool CompletionColumns::isCompact() const
{
    return m_columns.size() <= 1 && std::none_of(m_columns.begin(), m_columns.end(), [](CompletionColumn *column) {
        return column->view().hasCards();
    });
}

int CompletionColumns::compactHeight() const
{
    return widget()->sizeHint().height();
}

bool CompletionColumns::eventFilter(QObject *watched, QEvent *event)
{
    // An error or a notice in a compact column needs room.
    if (watched == widget() && event->type() == QEvent::LayoutRequest && isCompact())
        QMetaObject::invokeMethod(this, &CompletionColumns::compactChanged, Qt::QueuedConnection);
    return QScrollArea::eventFilter(watched, event);
}

} // namespace diptych
