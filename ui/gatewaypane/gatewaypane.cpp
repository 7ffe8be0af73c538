// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewaypane/gatewaypane.h"

#include "api/connections.h"
#include "catalogue/modelpicker.h"
#include "gatewaypane/recordingspage.h"
#include "gatewaypane/routedelegate.h"
#include "gatewaypane/routedialog.h"
#include "gatewaypane/shadowpage.h"
#include "gatewaypane/snippetpage.h"
#include "gatewaypane/tablelook.h"
#include "models/routetablemodel.h"
#include "theme/theme.h"
#include "ui_gatewaypane.h"

#include <QHeaderView>
#include <QMessageBox>
#include <QShortcut>
#include <QUuid>

#include <algorithm>

namespace diptych {

namespace {

constexpr int narrowTable = 640; ///< pixels; below, only what matters most is shown
constexpr int slimTable = 520; ///< the same, for a window of 1024 with all its panels
constexpr int keepingPage = 3;

QString freshId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace

GatewayPane::GatewayPane(Services services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
    , m_ui(std::make_unique<Ui::GatewayPane>())
    , m_model(new RouteTableModel(services.routes, services.connections, this))
    , m_picker(new ModelPicker(services.catalogue, this))
    , m_snippets(new SnippetPage(this))
    , m_shadows(new ShadowPage(services.shadows, services.connections, this))
    , m_recordingsPage(new RecordingsPage(services.routes, this))
{
    m_ui->setupUi(this);
    m_anchor = new QWidget(m_ui->routesView->viewport());
    m_anchor->hide();
    setUpBar();
    setUpRoutes();
    setUpButtons();
    setUpPages();
    connect(m_picker, &ModelPicker::modelChosen, this,
        [this](const ModelRef &model) { m_model->swapModel(m_picking, model); });
    connect(&services.routes, &RouteTable::changed, this, &GatewayPane::updateState);
    updateState();
}

GatewayPane::~GatewayPane() = default;

void GatewayPane::setUpBar()
{
    connect(m_ui->bar, &GatewayBar::startRequested, this, &GatewayPane::startRequested);
    connect(m_ui->bar, &GatewayBar::stopRequested, this, &GatewayPane::stopRequested);
    connect(m_ui->bar, &GatewayBar::keyRenewalRequested, this, &GatewayPane::keyRenewalRequested);
    connect(m_ui->bar, &GatewayBar::optionsChanged, this, &GatewayPane::optionsChanged);
}

void GatewayPane::setUpRoutes()
{
    QFont large = m_ui->emptyTitle->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    m_ui->emptyTitle->setFont(large);
    makeCaption(m_ui->emptyText);
    makeCaption(m_ui->refusalLabel);
    m_ui->refusalLabel->setContentsMargins(spacing::normal, spacing::tight, spacing::normal, spacing::tight);
    m_ui->refusalLabel->hide();
    QTableView *view = m_ui->routesView;
    view->setModel(m_model);
    makeList(*view);
    view->setItemDelegate(new RouteDelegate(view));
    view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    view->setAcceptDrops(true);
    view->setDragDropMode(QAbstractItemView::DropOnly);
    view->setDropIndicatorShown(true);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    QHeaderView *header = view->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(RouteTableModel::NameColumn, QHeaderView::Interactive);
    header->setSectionResizeMode(RouteTableModel::ModelsColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(RouteTableModel::NotesColumn, QHeaderView::Stretch);
    view->setColumnWidth(RouteTableModel::NameColumn, view->fontMetrics().averageCharWidth() * 20);
    connect(view, &QTableView::activated, this, &GatewayPane::activate);
    connect(view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &GatewayPane::updateState);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &GatewayPane::updateState);
    connect(m_ui->defaultRouteButton, &QPushButton::clicked, this, &GatewayPane::makeDefaultRoute);
    connect(m_ui->firstRouteButton, &QPushButton::clicked, this, &GatewayPane::addRoute);
}

void GatewayPane::setUpButtons()
{
    const auto set = [this](QToolButton *button, const char *icon, auto &&slot, const QKeySequence &keys = {}) {
        button->setIcon(themeIcon(QString::fromLatin1(icon)));
        connect(button, &QToolButton::clicked, this, slot);
        if (keys.isEmpty())
            return;
        button->setToolTip(QStringLiteral("%1 (%2)").arg(button->toolTip(), keys.toString(QKeySequence::NativeText)));
        auto *shortcut = new QShortcut(keys, m_ui->routesView);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, button, &QToolButton::click);
    };
    set(m_ui->addButton, "add", &GatewayPane::addRoute, QKeySequence(Qt::Key_Insert));
    set(m_ui->editButton, "settings", [this] { editRoute(currentId()); });
    set(m_ui->swapButton, "swap", [this] { pickModel(m_ui->routesView->currentIndex().row()); });
    set(m_ui->duplicateButton, "copy", &GatewayPane::duplicateRoute);
    set(m_ui->removeButton, "trash", &GatewayPane::askToRemove, QKeySequence(Qt::Key_Delete));
    set(
        m_ui->upButton, "arrow-up", [this] { moveRoute(-1); }, QKeySequence(Qt::ALT | Qt::Key_Up));
    set(
        m_ui->downButton, "arrow-down", [this] { moveRoute(1); }, QKeySequence(Qt::ALT | Qt::Key_Down));
}

void GatewayPane::setUpPages()
{
    m_ui->pages->addTab(m_snippets, tr("Use it"));
    m_ui->pages->addTab(m_shadows, tr("Shadow"));
    m_ui->pages->addTab(m_recordingsPage, tr("Recordings"));
    m_ui->splitter->setStretchFactor(0, 3);
    m_ui->splitter->setStretchFactor(1, 2);
    connect(m_shadows, &ShadowPage::compareRequested, this, &GatewayPane::compareRequested);
    connect(m_recordingsPage, &RecordingsPage::folderRequested, this, &GatewayPane::folderRequested);
    connect(m_recordingsPage, &RecordingsPage::routeActivated, this,
        [this](const QString &routeId) { editRoute(routeId, keepingPage); });
    connect(m_ui->pages, &QTabWidget::currentChanged, this, [this] {
        if (m_ui->pages->currentWidget() == m_recordingsPage)
            Q_EMIT recordingsWanted();
    });
}

void GatewayPane::setState(const GatewayState &state)
{
    m_baseUrl = state.baseUrl;
    m_ui->bar->setState(state);
    updateState();
}

void GatewayPane::setConfig(const GatewayConfig &config)
{
    m_ui->bar->setConfig(config);
}

void GatewayPane::setRecordings(const GatewayRecordings &recordings)
{
    m_recordings = recordings;
    m_recordingsPage->setRecordings(recordings);
}

void GatewayPane::showProblem(const Error &error)
{
    m_ui->problemBanner->showMessage(Banner::Tone::Error, error.message, whatToDo(error));
}

void GatewayPane::showNotice(const QString &title, const QString &text)
{
    m_ui->problemBanner->showMessage(Banner::Tone::Warning, title, text);
}

void GatewayPane::showRefusal(const GatewayRefusal &refusal)
{
    ++m_refused;
    const QString what =
        refusal.model.isEmpty() ? refusal.request : tr("%1, model %2").arg(refusal.request, refusal.model);
    const QString why = refusal.problem.isEmpty() ? QString::number(refusal.status)
                                                  : tr("%1, %2").arg(refusal.status).arg(refusal.problem);
    const QString line = tr("Last refused: %1 %2: %3").arg(refusal.time, what, why);
    m_ui->refusalLabel->setText(m_refused == 1 ? line : tr("%1 (%2 in all)").arg(line).arg(m_refused));
    m_ui->refusalLabel->show();
}

QString GatewayPane::currentId() const
{
    return m_model->idAt(m_ui->routesView->currentIndex().row());
}

void GatewayPane::select(const QString &routeId)
{
    m_ui->routesView->setCurrentIndex(m_model->index(m_model->rowOf(routeId), RouteTableModel::NameColumn));
}

void GatewayPane::addRoute()
{
    openDialog({.id = freshId()}, 0);
}

void GatewayPane::editRoute(const QString &routeId, int page)
{
    if (const Route *route = m_services.routes.byId(routeId))
        openDialog(*route, page);
}

void GatewayPane::openDialog(const Route &route, int page)
{
    auto *dialog = new RouteDialog(m_services.connections, m_services.catalogue, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QStringList others;
    for (const Route &known : m_services.routes.routes()) {
        if (known.id != route.id)
            others.append(known.name);
    }
    Q_EMIT recordingsWanted();
    dialog->setRoute(route, m_services.routes.counters(route.id));
    dialog->setOtherNames(others);
    dialog->setRecordingCount(m_recordings.counts.value(route.id));
    dialog->showPage(page);
    connect(dialog, &RouteDialog::spentResetRequested, this, [this](const QString &routeId) {
        m_services.routes.count(routeId, [](RouteCounters &counters) { counters.cost = 0; });
    });
    connect(dialog, &RouteDialog::routeAccepted, this, [this](const Route &edited) {
        m_services.routes.put(edited);
        select(edited.id);
    });
    dialog->open();
}

void GatewayPane::makeDefaultRoute()
{
    Route route {.id = freshId(), .name = QStringLiteral("*")};
    for (const Endpoint &endpoint : m_services.connections.endpoints()) {
        if (endpoint.kind == Endpoint::Kind::BuiltIn)
            route.targets = {{.model = {endpoint.id, QStringLiteral("guide")}}};
    }
    if (route.targets.empty()) { // it did not start: somebody has to choose
        openDialog(route, 0);
        return;
    }
    m_services.routes.put(route);
    select(route.id);
}

void GatewayPane::duplicateRoute()
{
    const Route *original = m_services.routes.byId(currentId());
    if (!original)
        return;
    Route copy = *original;
    copy.id = freshId();
    const QString name = copy.name;
    const auto isTaken = [this](const Route &wanted) {
        return std::any_of(m_services.routes.routes().begin(), m_services.routes.routes().end(),
            [&wanted](const Route &route) { return route.name == wanted.name; });
    };
    for (int number = 2; isTaken(copy); ++number)
        copy.name = QStringLiteral("%1-%2").arg(name).arg(number);
    m_services.routes.put(copy);
    select(copy.id);
}

void GatewayPane::askToRemove()
{
    const Route *route = m_services.routes.byId(currentId());
    if (!route)
        return;
    auto *question = new QMessageBox(QMessageBox::Question, tr("Remove route"),
        tr("Remove the route %1?").arg(route->name), QMessageBox::NoButton, this);
    question->setObjectName(QStringLiteral("removeRouteQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(tr("Its counters and what was spent are forgotten. Recordings stay on disk."));
    QPushButton *remove = question->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    remove->setObjectName(QStringLiteral("confirmRemoveRouteButton"));
    question->setDefaultButton(question->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(remove, &QPushButton::clicked, this, [this, id = route->id] { m_services.routes.remove(id); });
    question->open();
}

void GatewayPane::moveRoute(int step)
{
    const int row = m_ui->routesView->currentIndex().row();
    m_services.routes.move(row, row + step); // the current row moves with it
    updateState();
}

void GatewayPane::activate(const QModelIndex &index)
{
    const Route *route = m_services.routes.byId(m_model->idAt(index.row()));
    if (route && index.column() == RouteTableModel::ModelsColumn && route->targets.size() <= 1)
        pickModel(index.row());
    else
        editRoute(m_model->idAt(index.row()));
}

void GatewayPane::pickModel(int row)
{
    const Route *route = m_services.routes.byId(m_model->idAt(row));
    if (!route)
        return;
    m_picking = route->id;
    m_anchor->setGeometry(m_ui->routesView->visualRect(m_model->index(row, RouteTableModel::ModelsColumn)));
    m_picker->popup(m_anchor, route->targets.empty() ? ModelRef() : route->targets.front().model);
}

void GatewayPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrangeColumns();
}

void GatewayPane::arrangeColumns()
{
    const bool isNarrow = width() < narrowTable;
    for (const int column :
        {RouteTableModel::RunningColumn, RouteTableModel::FirstTokenColumn, RouteTableModel::TokensColumn})
        m_ui->routesView->setColumnHidden(column, isNarrow);
    m_ui->routesView->setColumnHidden(RouteTableModel::NotesColumn, width() < slimTable);
}

void GatewayPane::updateState()
{
    const std::vector<Route> &routes = m_services.routes.routes();
    m_ui->routesStack->setCurrentWidget(routes.empty() ? m_ui->emptyPage : m_ui->tablePage);
    const Route *current = m_services.routes.byId(currentId());
    for (QToolButton *button : {m_ui->editButton, m_ui->duplicateButton, m_ui->removeButton})
        button->setEnabled(current);
    const int row = m_ui->routesView->currentIndex().row();
    m_ui->swapButton->setEnabled(current && current->targets.size() <= 1);
    m_ui->upButton->setEnabled(current && row > 0);
    m_ui->downButton->setEnabled(current && row + 1 < static_cast<int>(routes.size()));
    const auto enabled = std::find_if(routes.begin(), routes.end(), [](const Route &route) { return route.isEnabled; });
    m_snippets->setTarget(m_baseUrl, current ? current->name : enabled != routes.end() ? enabled->name : QString());
}

} // namespace diptych
