// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/completionpane.h"

#include "api/capabilitybook.h"
#include "api/modelcharge.h"
#include "completion/completioncolumns.h"
#include "completion/completiondraftkeeper.h"
#include "completion/completionexportmenu.h"
#include "completion/completiontext.h"
#include "completion/outcomeview.h"
#include "completion/sweepview.h"
#include "models/completionsamples.h"
#include "store/completiondraft.h"
#include "theme/theme.h"
#include "ui_completionpane.h"

#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace diptych {

namespace {

enum Page { AnswersPage, SweepPage };

const QLatin1String withoutPrefix("without ");
constexpr int leastResultsHeight = 140;

} // namespace

CompletionPane::CompletionPane(Connections &connections, CatalogueModel &catalogue, QWidget *parent)
    : QWidget(parent)
    , m_connections(connections)
    , m_board(connections)
    , m_sweep(connections)
    , m_ui(std::make_unique<Ui::CompletionPane>())
    , m_columns(new CompletionColumns(m_board, connections, catalogue, this))
    , m_sweepView(new SweepView(m_sweep, connections, this))
{
    m_ui->setupUi(this);
    setUpParts();
    m_text = new CompletionText(*m_ui->editor, m_board, this);
    m_keeper = new CompletionDraftKeeper({.editor = *m_ui->editor,
                                             .board = m_board,
                                             .sampling = *m_ui->samplingBar,
                                             .sweep = *m_ui->sweepBar,
                                             .split = *m_split,
                                             .heat = *m_ui->heatButton},
        this);
    m_board.add({});
    connectParts();
    connectResults();
    chooseFirstModel();
    showHint();
    showPlan();
    showResults();
}

CompletionPane::~CompletionPane()
{
    // The board stops what is under way when it goes; nobody is there to be told.
    m_board.disconnect(this);
    m_sweep.disconnect(this);
    m_ui->editor->disconnect(this);
}

void CompletionPane::setUpParts()
{
    m_ui->undoButton->setIcon(themeIcon(QStringLiteral("undo")));
    m_ui->heatButton->setIcon(themeIcon(QStringLiteral("chart")));
    m_ui->heatButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_ui->sweepToggle->setIcon(themeIcon(QStringLiteral("experiments")));
    m_ui->sweepToggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_ui->addButton->setIcon(themeIcon(QStringLiteral("add")));
    m_ui->addButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_ui->moreButton->setIcon(themeIcon(QStringLiteral("more")));
    m_ui->runButton->setDefault(true);
    makeCaption(m_ui->hintLabel);
    m_ui->splitter->setStretchFactor(0, 1);
    m_ui->splitter->setStretchFactor(1, 0);
    m_ui->rows->setStretchFactor(0, 1);
    m_ui->rows->setStretchFactor(1, 1);
    m_ui->resultPages->insertWidget(AnswersPage, m_columns);
    m_ui->resultPages->insertWidget(SweepPage, m_sweepView);
    m_ui->resultTabs->addTab(tr("Answers"));
    m_ui->resultTabs->addTab(tr("Sweep"));
    m_ui->resultTabs->setDrawBase(false);
    m_ui->resultTabs->setExpanding(false);
    m_ui->hintRow->addWidget(m_ui->samplingBar->moreButton());
    m_ui->resultTabs->hide();
    m_ui->sweepBar->hide();
    m_ui->editor->installEventFilter(this);
    auto *menu = new CompletionExportMenu(
        [this] { return m_ui->resultPages->currentIndex() == SweepPage ? m_sweep.results() : m_board.results(); },
        this);
    menu->addSeparator();
    m_split = menu->addAction(tr("Ask for samples one by one"));
    m_split->setCheckable(true);
    m_split->setToolTip(tr("n requests of one answer each, for models that ignore n"));
    menu->setToolTipsVisible(true);
    m_ui->moreButton->setMenu(menu);
    connect(menu, &CompletionExportMenu::failed, this,
        [this](const QString &message) { m_ui->banner->showMessage(Banner::Tone::Error, message); });
}

void CompletionPane::connectParts()
{
    CompletionEdit *editor = m_ui->editor;
    connect(m_ui->runButton, &QPushButton::clicked, this, [this] { isRunning() ? stop() : run(); });
    connect(m_ui->undoButton, &QToolButton::clicked, editor, &QPlainTextEdit::undo);
    connect(editor, &QPlainTextEdit::undoAvailable, this, &CompletionPane::showState);
    connect(m_ui->heatButton, &QToolButton::toggled, this, [this](bool isOn) {
        m_ui->editor->setHeat(isOn);
        m_ui->strip->setOn(isOn);
        m_columns->setHeat(isOn);
        m_sweepView->setHeat(isOn);
    });
    connect(editor, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        m_ui->strip->setCurrent(m_ui->editor->textCursor().position());
        showHint();
    });
    connect(editor, &QPlainTextEdit::textChanged, this, &CompletionPane::showPlan);
    connect(editor, &CompletionEdit::spansChanged, this, [this] {
        m_ui->strip->setSpans(m_ui->editor->spans().spans());
        // A token that is not there any more has no alternatives to offer.
        if (m_text->pointed() == m_ui->editor && !m_ui->editor->spans().at(m_ui->tokenPanel->position()))
            m_ui->tokenPanel->clear();
    });
    connect(m_ui->strip, &EntropyStrip::positionChosen, this, [this](int position) {
        QTextCursor cursor = m_ui->editor->textCursor();
        cursor.setPosition(position);
        m_ui->editor->setTextCursor(cursor);
        m_ui->editor->setFocus();
    });
    connect(editor, &CompletionEdit::tokenPointed, this,
        [this](const TokenSpans::Span *span) { point(m_ui->editor, nullptr, span); });
    connect(editor, &CompletionEdit::alternativesRequested, m_ui->tokenPanel, &TokenPanel::focusAlternatives);
    connect(m_ui->tokenPanel, &TokenPanel::alternativeChosen, this, &CompletionPane::continueWith);
    connect(m_ui->tokenPanel, &TokenPanel::left, this,
        [this] { (m_text->pointed() ? m_text->pointed() : m_ui->editor)->setFocus(); });
    connect(m_ui->samplingBar, &SamplingBar::changed, this, [this] {
        m_columns->showRefusals(m_ui->samplingBar->setParameters());
        showHint();
        showPlan();
    });
    connect(m_split, &QAction::toggled, this, &CompletionPane::showPlan);
    connect(m_ui->sweepToggle, &QToolButton::toggled, this, [this](bool isOn) {
        m_ui->sweepBar->setVisible(isOn);
        showPlan();
    });
    connect(m_ui->sweepBar, &SweepBar::changed, this, &CompletionPane::showPlan);
    connect(m_ui->sweepBar, &SweepBar::runRequested, this, &CompletionPane::runSweep);
    connect(m_ui->sweepBar, &SweepBar::stopRequested, &m_sweep, qOverload<>(&SweepModel::stop));
    for (const auto signal : {&Connections::endpointAdded, &Connections::endpointChanged, &Connections::endpointRemoved,
             &Connections::modelsChanged})
        connect(&m_connections, signal, this, &CompletionPane::chooseFirstModel);
}

void CompletionPane::connectResults()
{
    connect(m_text, &CompletionText::sampleChanged, m_columns, &CompletionColumns::setTaken);
    connect(m_text, &CompletionText::wentBack, this, [this] {
        m_ui->banner->showMessage(Banner::Tone::Info, tr("The text is the one that was asked about."),
            tr("Ctrl+Z brings the other one back."));
    });
    connect(&m_board, &CompletionBoard::outcomeChanged, this, &CompletionPane::showState);
    connect(&m_board, &CompletionBoard::replyStarted, this, &CompletionPane::replyStarted);
    connect(&m_board, &CompletionBoard::columnChanged, this, &CompletionPane::showColumns);
    connect(&m_board, &CompletionBoard::columnsChanged, this, &CompletionPane::showColumns);
    connect(m_ui->addButton, &QToolButton::clicked, this, [this] { m_columns->pickNewModel(m_ui->addButton); });
    connect(m_columns, &CompletionColumns::compactChanged, this, &CompletionPane::showResults);
    connect(m_columns, &CompletionColumns::takeRequested, this, [this](int column, int sample) {
        m_text->take(column, sample);
        showState();
    });
    connect(m_columns, &CompletionColumns::askAgainRequested, this, &CompletionPane::askAgain);
    connect(m_columns, &CompletionColumns::actionTriggered, this, &CompletionPane::repair);
    connect(m_columns, &CompletionColumns::alternativesRequested, m_ui->tokenPanel, &TokenPanel::focusAlternatives);
    connect(m_columns, &CompletionColumns::tokenPointed, this,
        [this](CompletionEdit *text, int column, int, const TokenSpans::Span *span) {
            if (const CompletionJob *job = m_board.job(column))
                point(text, &job->request, span);
        });
    connect(m_columns, &CompletionColumns::removed, this, [this](const QString &name) {
        m_ui->banner->showMessage(Banner::Tone::Info, tr("%1 was removed.").arg(name));
        m_ui->banner->addAction(QStringLiteral("restore"), tr("Bring it back"));
    });
    connect(m_ui->banner, &Banner::actionTriggered, this, [this] {
        m_ui->banner->hide();
        m_board.restore();
    });
    connect(&m_sweep, &SweepModel::replyStarted, this, &CompletionPane::replyStarted);
    connect(&m_sweep, &SweepModel::progressChanged, this, &CompletionPane::showState);
    connect(m_sweepView, &SweepView::alternativesRequested, m_ui->tokenPanel, &TokenPanel::focusAlternatives);
    connect(
        m_sweepView, &SweepView::takeRequested, this, [this](const CompletionJob &job, const CompletionChoice &choice) {
            m_text->take(job.request, choice);
            m_sweepView->detail().setTaken(choice.index);
            showState();
        });
    connect(
        m_sweepView, &SweepView::tokenPointed, this, [this](CompletionEdit *text, int, const TokenSpans::Span *span) {
            if (const CompletionJob *job = m_sweepView->detail().job())
                point(text, &job->request, span);
        });
    connect(m_ui->resultTabs, &QTabBar::currentChanged, this, [this](int page) {
        m_ui->resultPages->setCurrentIndex(page);
        showResults();
    });
}

void CompletionPane::setCapabilityBook(const CapabilityBook *book)
{
    m_board.setCapabilityBook(book);
    m_sweep.setCapabilityBook(book);
    if (book)
        connect(book, &CapabilityBook::changed, this,
            [this] { m_columns->showRefusals(m_ui->samplingBar->setParameters()); });
}

void CompletionPane::setPrices(const PriceTable *prices)
{
    m_prices = prices;
    m_sweep.setPrices(prices);
    m_columns->setPrices(prices);
    if (prices)
        connect(prices, &PriceTable::changed, this, &CompletionPane::showPlan);
    showPlan();
}

void CompletionPane::chooseFirstModel()
{
    const std::vector<CompletionBoard::Column> columns = m_board.columns();
    if (columns.size() == 1 && !columns.front().model.isValid()) {
        ModelRef fitting;
        for (const Endpoint &endpoint : m_connections.endpoints()) {
            for (const ModelDescription &description : m_connections.models(endpoint.id)) {
                const ModelRef ref {.endpointId = endpoint.id, .model = description.id};
                if (!fitting.isValid() && description.type == ModelType::Completion)
                    fitting = ref;
            }
        }
        if (fitting.isValid())
            m_board.setModel(columns.front().id, fitting);
    }
    showState();
    showPlan();
}

ModelRef CompletionPane::model() const
{
    const std::vector<CompletionBoard::Column> columns = m_board.columns();
    return columns.empty() ? ModelRef {} : columns.front().model;
}

void CompletionPane::setModel(const ModelRef &ref)
{
    const std::vector<CompletionBoard::Column> columns = m_board.columns();
    if (columns.empty())
        m_board.add(ref);
    else
        m_board.setModel(columns.front().id, ref);
}

void CompletionPane::setPrompt(const QString &prompt)
{
    m_ui->editor->replaceText(prompt);
}

bool CompletionPane::isRunning() const
{
    return m_board.isRunning() || m_sweep.isRunning();
}

std::optional<CompletionRequest> CompletionPane::requestAt(int position) const
{
    const QString text = m_ui->editor->toPlainText();
    CompletionRequest request {.prompt = text.left(position)};
    if (!m_ui->samplingBar->apply(request))
        return std::nullopt;
    if (m_ui->samplingBar->fillsGap() && position < text.size())
        request.suffix = text.mid(position);
    return request;
}

std::optional<CompletionSweep> CompletionPane::plannedSweep() const
{
    const std::optional<CompletionRequest> request = requestAt(m_ui->editor->insertionPoint());
    if (!request)
        return std::nullopt;
    CompletionSweep sweep {.base = *request, .isSplit = m_split->isChecked()};
    for (const CompletionBoard::Column &column : m_board.columns()) {
        if (m_connections.provider(column.model.endpointId)) {
            sweep.models.push_back(column.model);
            sweep.routes.push_back(column.route);
        }
    }
    if (sweep.models.empty() || !m_ui->sweepBar->apply(sweep))
        return std::nullopt;
    return sweep;
}

void CompletionPane::run()
{
    startAt(m_ui->editor->insertionPoint());
}

void CompletionPane::startAt(int position)
{
    const std::optional<CompletionRequest> request = requestAt(position);
    if (!request || isRunning() || !canAsk())
        return;
    m_ui->banner->hide();
    m_ui->resultTabs->setCurrentIndex(AnswersPage);
    const std::vector<CompletionBoard::Column> columns = m_board.columns();
    m_ui->tokenPanel->clear();
    m_board.ask(*request, m_split->isChecked());
    m_text->start(position, columns.size() == 1 ? columns.front().id : 0);
    showState();
}

void CompletionPane::runSweep()
{
    const std::optional<CompletionSweep> sweep = plannedSweep();
    if (!sweep || isRunning())
        return;
    m_ui->banner->hide();
    m_text->start(static_cast<int>(sweep->base.prompt.size()), 0);
    m_ui->tokenPanel->clear();
    m_sweep.start(*sweep);
    m_ui->resultTabs->setCurrentIndex(SweepPage);
    showResults();
    m_ui->rows->setSizes({height(), 3 * height()}); // the grid is what one looks at now
    showState();
}

void CompletionPane::stop()
{
    m_board.stop();
    m_sweep.stop();
}

void CompletionPane::askAgain(int column)
{
    const CompletionJob *before = m_board.job(column);
    if (m_board.columns().size() == 1) {
        if (isRunning())
            return;
        if (before)
            m_text->goBackTo(before->request);
        startAt(before ? static_cast<int>(before->request.prompt.size()) : m_ui->editor->insertionPoint());
        return;
    }
    std::optional<CompletionRequest> request = requestAt(m_ui->editor->insertionPoint());
    if (!request)
        return;
    if (before) {
        // The others were asked about this text, too.
        request->prompt = before->request.prompt;
        request->suffix = before->request.suffix;
    }
    m_board.ask(column, *request, m_split->isChecked());
    showState();
}

void CompletionPane::repair(int column, const QString &action)
{
    if (action.startsWith(withoutPrefix))
        m_ui->samplingBar->unset(action.mid(withoutPrefix.size()));
    if (action == QLatin1String("chat"))
        m_board.setRoute(column, CompletionRoute::Chat);
    // What had arrived stands in the text and is continued.
    const CompletionOutcome *outcome = m_board.outcome(column);
    if (m_board.columns().size() == 1 && outcome && !outcome->response.text().isEmpty())
        run();
    else
        askAgain(column);
}

void CompletionPane::point(CompletionEdit *text, const CompletionRequest *request, const TokenSpans::Span *span)
{
    if (!span)
        return;
    m_text->point(text, request, span);
    m_ui->tokenPanel->showToken(*span);
}

void CompletionPane::continueWith(qsizetype position, const QString &token)
{
    if (isRunning())
        return;
    if (const int place = m_text->putAlternative(position, token); place >= 0)
        startAt(place);
}

void CompletionPane::showColumns()
{
    showState();
    showPlan();
    Q_EMIT modelChanged(model());
}

void CompletionPane::showHint()
{
    const CompletionEdit *editor = m_ui->editor;
    const bool isAtEnd = editor->insertionPoint() == editor->document()->characterCount() - 1;
    if (isAtEnd)
        m_ui->hintLabel->setText(m_ui->samplingBar->fillsGap()
                ? tr("Ctrl+Enter continues at the end. Put the caret where the gap is to fill it.")
                : tr("Ctrl+Enter continues at the end."));
    else
        m_ui->hintLabel->setText(m_ui->samplingBar->fillsGap()
                ? tr("Ctrl+Enter fills the gap at the caret; what follows it goes along as suffix.")
                : tr("Ctrl+Enter continues at the caret; what follows it is kept, but not sent."));
}

bool CompletionPane::canAsk() const
{
    const std::vector<CompletionBoard::Column> columns = m_board.columns();
    return std::any_of(columns.begin(), columns.end(), [this](const CompletionBoard::Column &column) {
        return m_connections.provider(column.model.endpointId) != nullptr;
    });
}

void CompletionPane::showState()
{
    const bool running = isRunning();
    m_ui->editor->setReadOnly(m_text->isStreaming());
    m_ui->tokenPanel->setReadOnly(running);
    m_ui->undoButton->setEnabled(!running && m_ui->editor->document()->isUndoAvailable());
    m_ui->runButton->setText(running ? tr("Stop") : tr("Continue"));
    m_ui->runButton->setIcon(themeIcon(running ? QStringLiteral("stop") : QStringLiteral("play")));
    m_ui->runButton->setEnabled(running || canAsk());
    m_ui->sweepBar->showRunning(m_sweep.isRunning());
}

void CompletionPane::showPlan()
{
    if (m_ui->sweepBar->isHidden())
        return;
    const std::optional<CompletionSweep> sweep = plannedSweep();
    if (!sweep) {
        m_ui->sweepBar->showPlan(
            tr("Write the values to try, such as 0, 0.5, 1 or 0..1 step 0.25, for one or both."), false);
        return;
    }
    const RunEstimate estimate = estimateRun(sweepJobs(*sweep),
        [this](const ModelRef &model) { return m_prices ? chargeOf(model, m_connections, *m_prices) : Charge {}; });
    const QString models =
        sweep->models.size() > 1 ? tr(" × %n model(s)", nullptr, static_cast<int>(sweep->models.size())) : QString();
    m_ui->sweepBar->showPlan(
        tr("%1 × %2 cells%3: %4").arg(sweep->rows()).arg(sweep->columns()).arg(models, estimateText(estimate)), true);
}

void CompletionPane::showResults()
{
    m_ui->resultTabs->setVisible(!m_sweep.isEmpty());
    const bool isCompact = m_ui->resultPages->currentIndex() == AnswersPage && m_columns->isCompact();
    const int tabs = m_sweep.isEmpty() ? 0 : m_ui->resultTabs->sizeHint().height();
    m_ui->results->setMinimumHeight(isCompact ? m_columns->compactHeight() + tabs : leastResultsHeight);
    m_ui->results->setMaximumHeight(isCompact ? m_columns->compactHeight() + tabs : QWIDGETSIZE_MAX);
    if (m_wasCompact && !isCompact)
        m_ui->rows->setSizes({height(), height()}); // half each
    m_wasCompact = isCompact;
}

void CompletionPane::setDraftStore(CompletionDraftStore *store)
{
    const Result<void> restored = m_keeper->setStore(store);
    if (!restored)
        m_ui->banner->showMessage(Banner::Tone::Warning, restored.error().message);
    if (store)
        connect(store, &CompletionDraftStore::failed, this, [this](const Error &error) {
            m_ui->banner->showMessage(
                Banner::Tone::Warning, tr("The text of this page could not be saved."), error.message);
        });
}

bool CompletionPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_ui->editor || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (isEnter && key->modifiers().testFlag(Qt::ControlModifier)) {
        run();
        return true;
    }
    if (key->key() == Qt::Key_Escape && isRunning()) {
        stop();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace diptych
