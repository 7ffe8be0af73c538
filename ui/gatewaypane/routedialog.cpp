// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewaypane/routedialog.h"

#include "models/routetablemodel.h"
#include "theme/theme.h"
#include "ui_routedialog.h"

#include <QPushButton>
#include <QRegularExpression>

namespace diptych {

namespace {

constexpr int asTheEndpoint = -1;

/// A choice of a combo box that may be none of what it offers: files can say any speed.
void chooseSpeed(QComboBox &box, double speed)
{
    int row = box.findData(speed);
    if (row < 0) {
        box.addItem(RouteDialog::tr("%1×", "times as fast").arg(speed), speed);
        row = box.count() - 1;
    }
    box.setCurrentIndex(row);
}

QStringList headerNames(const QString &text)
{
    static const QRegularExpression separator(QStringLiteral("[,;\\s]+"));
    QStringList names = text.split(separator, Qt::SkipEmptyParts);
    names.removeDuplicates();
    return names;
}

bool areHeaderNames(const QStringList &names)
{
    static const QRegularExpression token(QStringLiteral("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"));
    return std::all_of(names.begin(), names.end(), [](const QString &name) { return token.match(name).hasMatch(); });
}

std::vector<RouteTarget> rowsOf(const std::vector<ModelRef> &models)
{
    std::vector<RouteTarget> rows;
    for (const ModelRef &model : models)
        rows.push_back({.model = model});
    return rows;
}

} // namespace

RouteDialog::RouteDialog(Connections &connections, CatalogueModel &catalogue, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::RouteDialog>())
{
    m_ui->setupUi(this);
    for (QLabel *caption :
        {m_ui->nameHint, m_ui->targetsHint, m_ui->shadowHint, m_ui->adaptationHint, m_ui->promptHint, m_ui->extrasHint,
            m_ui->headersHint, m_ui->fallbacksHint, m_ui->spentLabel, m_ui->tapeHint, m_ui->recordingsLabel})
        makeCaption(caption);
    setUpChoices();
    setUpModels(connections, catalogue);
    followEdits();
    setRoute({}, {});
}

RouteDialog::~RouteDialog() = default;

void RouteDialog::setUpChoices()
{
    m_ui->adaptationBox->addItem(tr("As the endpoint is set"), asTheEndpoint);
    m_ui->adaptationBox->addItem(tr("Adapt: leave out or convert"), int(Adaptation::Adapt));
    m_ui->adaptationBox->addItem(tr("Strict: refuse the request"), int(Adaptation::Strict));
    m_ui->speedBox->addItem(tr("As recorded (1×)"), 1.0);
    m_ui->speedBox->addItem(tr("10 times as fast"), 10.0);
    m_ui->speedBox->addItem(tr("At once"), 0.0);
    m_ui->extrasEdit->setPause(std::chrono::milliseconds(0));
    m_ui->faultLabel->setTextFormat(Qt::PlainText);
}

void RouteDialog::setUpModels(Connections &connections, CatalogueModel &catalogue)
{
    m_ui->targetRows->setUp(ModelRows::Kind::Weighted, connections, catalogue, tr("Add a model"));
    m_ui->shadowRows->setUp(ModelRows::Kind::Single, connections, catalogue, tr("Choose a shadow"));
    m_ui->fallbackRows->setUp(ModelRows::Kind::Ordered, connections, catalogue, tr("Add a fallback"));
}

void RouteDialog::followEdits()
{
    for (const ModelRows *rows : {m_ui->targetRows, m_ui->shadowRows, m_ui->fallbackRows})
        connect(rows, &ModelRows::edited, this, &RouteDialog::updateState);
    for (const QLineEdit *edit : {m_ui->nameEdit, m_ui->headersEdit})
        connect(edit, &QLineEdit::textChanged, this, &RouteDialog::updateState);
    for (const QRadioButton *button : {m_ui->offButton, m_ui->recordButton, m_ui->replayButton})
        connect(button, &QRadioButton::toggled, this, &RouteDialog::updateState);
    connect(m_ui->extrasEdit, &JsonEdit::errorChanged, this, &RouteDialog::updateState);
    connect(m_ui->budgetCheck, &QCheckBox::toggled, this, &RouteDialog::updateState);
    connect(m_ui->resetButton, &QPushButton::clicked, this, [this] {
        m_resetsSpent = true;
        showSpent();
    });
}

void RouteDialog::setRoute(const Route &route, const RouteCounters &counters)
{
    m_route = route;
    m_spent = counters.cost;
    m_resetsSpent = false;
    m_ui->nameEdit->setText(route.name);
    m_ui->targetRows->setRows(route.targets);
    m_ui->fallbackRows->setRows(rowsOf(route.fallbacks));
    m_ui->shadowRows->setRows(route.shadow ? rowsOf({*route.shadow}) : std::vector<RouteTarget>());
    m_ui->adaptationBox->setCurrentIndex(
        m_ui->adaptationBox->findData(route.adaptation ? int(*route.adaptation) : asTheEndpoint));
    m_ui->promptEdit->setPlainText(route.systemPrompt);
    m_ui->extrasEdit->replaceJson(route.extras);
    m_ui->headersEdit->setText(route.forwardedHeaders.join(QStringLiteral(", ")));
    m_ui->budgetCheck->setChecked(route.budget.has_value());
    m_ui->budgetBox->setValue(route.budget.value_or(1));
    m_ui->offButton->setChecked(route.tape == TapeMode::Off);
    m_ui->recordButton->setChecked(route.tape == TapeMode::Record);
    m_ui->replayButton->setChecked(route.tape == TapeMode::Replay);
    chooseSpeed(*m_ui->speedBox, route.replaySpeed);
    setWindowTitle(route.name.isEmpty() ? tr("New route") : tr("Route %1").arg(route.name));
    showSpent();
    updateState();
}

void RouteDialog::setOtherNames(const QStringList &names)
{
    m_otherNames = names;
    updateState();
}

void RouteDialog::setRecordingCount(int count)
{
    m_ui->recordingsLabel->setText(
        count == 0 ? tr("Nothing is recorded for this route yet.") : tr("Recorded for this route: %1.").arg(count));
}

void RouteDialog::showPage(int page)
{
    m_ui->tabs->setCurrentIndex(page);
}

Route RouteDialog::route() const
{
    Route route = m_route;
    route.name = m_ui->nameEdit->text().trimmed();
    route.targets = m_ui->targetRows->rows();
    route.fallbacks.clear();
    for (const RouteTarget &row : m_ui->fallbackRows->rows())
        route.fallbacks.push_back(row.model);
    route.shadow.reset();
    if (!m_ui->shadowRows->rows().empty())
        route.shadow = m_ui->shadowRows->rows().front().model;
    const int adaptation = m_ui->adaptationBox->currentData().toInt();
    route.adaptation = adaptation == asTheEndpoint ? std::nullopt : std::optional(static_cast<Adaptation>(adaptation));
    const QString prompt = m_ui->promptEdit->toPlainText();
    route.systemPrompt = prompt.trimmed().isEmpty() ? QString() : prompt;
    if (const auto extras = m_ui->extrasEdit->json())
        route.extras = extras->toObject();
    route.forwardedHeaders = headerNames(m_ui->headersEdit->text());
    route.budget = m_ui->budgetCheck->isChecked() ? std::optional(m_ui->budgetBox->value()) : std::nullopt;
    route.tape = m_ui->recordButton->isChecked() ? TapeMode::Record
        : m_ui->replayButton->isChecked()        ? TapeMode::Replay
                                                 : TapeMode::Off;
    route.replaySpeed = m_ui->speedBox->currentData().toDouble();
    return route;
}

QString RouteDialog::fault() const
{
    if (const QString problem = faultOf(route()); !problem.isEmpty())
        return problem;
    if (!m_ui->extrasEdit->errorText().isEmpty())
        return tr("The extras are not valid JSON: %1").arg(m_ui->extrasEdit->errorText());
    if (!areHeaderNames(headerNames(m_ui->headersEdit->text())))
        return tr("Forwarded headers are names such as x-trace-id, without values.");
    return {};
}

QString RouteDialog::remark() const
{
    if (m_otherNames.contains(m_ui->nameEdit->text().trimmed()))
        return tr("Another route has this name too; the one that stands first in the list is used.");
    return {};
}

void RouteDialog::updateState()
{
    const QString problem = fault();
    const QString note = problem.isEmpty() ? remark() : problem;
    m_ui->faultLabel->setText(note);
    QPalette colors = palette();
    colors.setColor(
        QPalette::WindowText, themeColor(problem.isEmpty() ? ThemeColor::Warning : ThemeColor::Danger, palette()));
    m_ui->faultLabel->setPalette(colors);
    m_ui->buttons->button(QDialogButtonBox::Save)->setEnabled(problem.isEmpty());
    m_ui->budgetBox->setEnabled(m_ui->budgetCheck->isChecked());
    m_ui->speedBox->setEnabled(m_ui->replayButton->isChecked());
    m_ui->speedLabel->setEnabled(m_ui->replayButton->isChecked());
}

void RouteDialog::showSpent()
{
    const double spent = m_resetsSpent ? 0 : m_spent;
    m_ui->spentLabel->setText(tr("Spent so far: %1").arg(amountText(spent)));
    m_ui->resetButton->setEnabled(spent > 0);
}

void RouteDialog::accept()
{
    m_ui->extrasEdit->flush();
    if (!fault().isEmpty())
        return;
    const Route edited = route();
    if (m_resetsSpent)
        Q_EMIT spentResetRequested(edited.id);
    Q_EMIT routeAccepted(edited);
    QDialog::accept();
}

} // namespace diptych
