// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/extrasexperimentview.h"

#include "inspector/differencedelegate.h"
#include "inspector/extrasarmview.h"
#include "models/bodydifferencemodel.h"
#include "theme/theme.h"
#include "ui_extrasexperimentview.h"

#include <QHeaderView>
#include <QPushButton>

#include <algorithm>

namespace diptych {

namespace {

constexpr QSize usualSize {920, 580};

QString questionOf(const ChatRequest &request)
{
    return request.messages.empty() ? QString() : request.messages.back().text();
}

} // namespace

ExtrasExperimentView::ExtrasExperimentView(
    Connections &connections, const ModelRef &model, const ChatRequest &request, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::ExtrasExperimentView>())
    , m_connections(connections)
    , m_model(model)
    , m_bodies(new BodyDifferenceModel(this))
    , m_experiment(connections)
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->setupUi(this);
    resize(usualSize);
    makeCaption(m_ui->hintLabel);
    makeCaption(m_ui->bodyCaption);
    setUpTable();
    for (ExtrasArmView *&arm : m_arms) {
        arm = new ExtrasArmView(this);
        m_ui->armsRow->addWidget(arm, 1);
    }
    const ChatRequest own = withLastQuestion(request, {});
    const bool hasQuestion = !questionOf(own).isEmpty();
    m_request = hasQuestion ? own : withLastQuestion(request, tr("Say hello in one short sentence."));
    m_ui->promptEdit->setText(questionOf(m_request).simplified());
    m_ui->hintLabel->setText(hasQuestion
            ? tr("%1 is asked the last question three times at once. Nothing is stored in the session.")
                  .arg(connections.displayName(model))
            : tr("There is no question yet. %1 will be asked this one three times; nothing is stored.")
                  .arg(connections.displayName(model)));
    connect(m_ui->runButton, &QPushButton::clicked, this, &ExtrasExperimentView::toggle);
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&m_experiment, &ExtrasExperiment::armChanged, this, &ExtrasExperimentView::showArm);
    connect(&m_experiment, &ExtrasExperiment::finished, this, &ExtrasExperimentView::showState);
    connect(&m_experiment, &ExtrasExperiment::replyStarted, this, &ExtrasExperimentView::replyStarted);
    for (int arm = 0; arm < 3; ++arm)
        showArm(arm);
    showState();
    if (hasQuestion) // when the receivers of replyStarted are there
        QMetaObject::invokeMethod(this, &ExtrasExperimentView::run, Qt::QueuedConnection);
}

ExtrasExperimentView::~ExtrasExperimentView() = default;

void ExtrasExperimentView::setUpTable()
{
    m_ui->bodyTable->setModel(m_bodies);
    m_ui->bodyTable->setItemDelegate(new DifferenceDelegate(this));
    m_ui->bodyTable->header()->setSectionsMovable(false);
}

void ExtrasExperimentView::toggle()
{
    if (m_experiment.isRunning())
        m_experiment.cancel();
    else
        run();
}

void ExtrasExperimentView::run()
{
    ChatRequest request = m_request;
    const QString typed = m_ui->promptEdit->text();
    if (typed != questionOf(request).simplified()) // an unchanged question keeps its lines and attachments
        request.messages.back() = Message::fromText(Role::User, typed);
    m_experiment.start(m_model, request);
    showState();
}

void ExtrasExperimentView::showArm(int arm)
{
    const auto index = static_cast<std::size_t>(arm);
    const ExtrasExperiment::Arm &state = m_experiment.arms()[index];
    m_arms[index]->showArm(state);
    if (state.text.isEmpty() || state.state != ExtrasExperiment::Arm::State::Running)
        showBodies(); // not with every piece of text
}

void ExtrasExperimentView::showBodies()
{
    QStringList titles;
    std::vector<QByteArray> bodies;
    for (const ExtrasExperiment::Arm &arm : m_experiment.arms()) {
        titles.append(extrasModeName(arm.mode));
        bodies.push_back(arm.body);
    }
    m_bodies->setBodies(titles, bodies);
    QHeaderView *header = m_ui->bodyTable->header();
    if (header->count() == 4) {
        header->setStretchLastSection(false);
        for (int section = 0; section < header->count(); ++section)
            header->setSectionResizeMode(section, QHeaderView::Stretch);
    }
    const int differing = m_bodies->differingCount();
    const auto isSent = [](const ExtrasExperiment::Arm &arm) { return !arm.body.isEmpty(); };
    const auto sentCount = std::count_if(m_experiment.arms().begin(), m_experiment.arms().end(), isSent);
    if (sentCount < 2) {
        m_ui->bodyCaption->setText(tr("Bodies: nothing to compare yet"));
        return;
    }
    m_ui->bodyCaption->setText(differing > 0
            ? tr("Bodies: %1 differing, listed first").arg(differing)
            : tr("Bodies: no difference; the header alone tells the service what to do"));
}

void ExtrasExperimentView::showState()
{
    const bool isRunning = m_experiment.isRunning();
    m_ui->runButton->setText(isRunning ? tr("Stop") : tr("Ask all three"));
    m_ui->runButton->setIcon(themeIcon(isRunning ? QStringLiteral("stop") : QStringLiteral("play")));
    m_ui->promptEdit->setEnabled(!isRunning);
}

} // namespace diptych
