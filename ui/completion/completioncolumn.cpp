// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/completioncolumn.h"

#include "api/modelcharge.h"
#include "completion/outcomeview.h"
#include "models/formatting.h"
#include "theme/theme.h"

#include <QActionGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace diptych {

namespace {

constexpr int narrowest = 210;

QToolButton *button(const char *name, const QString &icon, const QString &tip, QWidget *parent)
{
    auto *made = new QToolButton(parent);
    made->setObjectName(QString::fromLatin1(name));
    made->setIcon(themeIcon(icon));
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setAutoRaise(true);
    return made;
}

} // namespace

CompletionColumn::CompletionColumn(CompletionBoard &board, Connections &connections, int id, QWidget *parent)
    : QFrame(parent)
    , m_board(board)
    , m_connections(connections)
    , m_id(id)
    , m_number(new QLabel(this))
    , m_model(button("modelButton", QStringLiteral("chevron-down"), tr("Choose another model"), this))
    , m_badge(new QLabel(tr("as chat"), this))
    , m_warning(new QLabel(this))
    , m_stop(button("stopButton", QStringLiteral("stop"), tr("Stop this model"), this))
    , m_again(button("againButton", QStringLiteral("regenerate"), tr("Ask this model again"), this))
    , m_more(button("moreButton", QStringLiteral("more"), tr("More"), this))
    , m_close(button("closeButton", QStringLiteral("close"), tr("Remove this model"), this))
    , m_view(new OutcomeView(this))
{
    setFrameShape(QFrame::StyledPanel);
    setMinimumWidth(narrowest);
    QFont bold = font();
    bold.setBold(true);
    m_number->setFont(bold);
    m_model->setFont(bold);
    m_model->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_model->setLayoutDirection(Qt::RightToLeft); // the arrow stands behind the name
    m_model->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    makeCaption(m_badge);
    makeCaption(m_warning);
    m_warning->setWordWrap(true);
    m_warning->setTextFormat(Qt::PlainText);
    m_warning->setObjectName(QStringLiteral("refusalLabel"));
    m_warning->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_warning->hide();
    auto *header = new QHBoxLayout;
    header->setSpacing(spacing::tight / 2);
    header->addWidget(m_number);
    header->addWidget(m_model, 1);
    header->addWidget(m_badge);
    for (QToolButton *each : {m_stop, m_again, m_more, m_close})
        header->addWidget(each);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::tight, spacing::tight / 2, spacing::tight, spacing::tight);
    column->setSpacing(spacing::tight / 2);
    column->addLayout(header);
    column->addWidget(m_warning);
    column->addWidget(m_view, 1);
    connect(m_model, &QToolButton::clicked, this, [this] { Q_EMIT pickRequested(m_model); });
    connect(m_stop, &QToolButton::clicked, this, [this] { m_board.stop(m_id); });
    connect(m_again, &QToolButton::clicked, this, &CompletionColumn::askAgainRequested);
    connect(m_close, &QToolButton::clicked, this, &CompletionColumn::removeRequested);
    setUpMenu();
    showModel();
    showRunning();
}

void CompletionColumn::setUpMenu()
{
    auto *menu = new QMenu(m_more);
    auto *group = new QActionGroup(menu);
    const auto add = [&](CompletionRoute route, const QString &text, const QString &tip) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setToolTip(tip);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, route] { m_board.setRoute(m_id, route); });
        m_routes.push_back(action);
    };
    menu->setToolTipsVisible(true);
    add(CompletionRoute::Automatic, tr("Completion, or a chat where there is none"),
        tr("The completion route is tried; where the model refuses it, the text goes as a message of a chat"));
    add(CompletionRoute::Completion, tr("Completion only"), {});
    add(CompletionRoute::Chat, tr("As a message of a chat"), {});
    menu->addSeparator();
    connect(menu->addAction(tr("Copy the texts")), &QAction::triggered, this, [this] {
        const CompletionJob *job = m_board.job(m_id);
        if (!job)
            return;
        QStringList texts;
        for (const CompletionSample &sample : samplesOf(job->request, m_board.outcome(m_id)->response))
            texts.append(sample.text);
        QGuiApplication::clipboard()->setText(texts.join(QStringLiteral("\n\n")));
    });
    m_more->setMenu(menu);
    m_more->setPopupMode(QToolButton::InstantPopup);
}

void CompletionColumn::setNumber(int number, bool isOnly)
{
    m_number->setText(QString::number(number));
    m_number->setVisible(!isOnly);
    m_close->setVisible(!isOnly);
    setAccessibleName(tr("Model %1").arg(number));
    m_isOnly = isOnly;
    showModel();
}

void CompletionColumn::showModel()
{
    const auto column = m_board.column(m_id);
    if (!column)
        return;
    const QString name = column->model.isValid() ? m_connections.displayName(column->model) : tr("Choose a model");
    // Beside others there is no room for the endpoint; the tooltip has it.
    QString shown = m_isOnly || column->model.model.isEmpty() ? name : column->model.model;
    const CompletionJob *job = m_board.job(m_id);
    m_model->setToolTip(job && job->model() != column->model
            ? tr("%1\nThe answer below is by %2").arg(name, m_connections.displayName(job->model()))
            : name);
    m_model->setText(shown.replace(u'&', QStringLiteral("&&")));
    m_routes[static_cast<std::size_t>(column->route)]->setChecked(true);
    const CompletionOutcome *outcome = m_board.outcome(m_id);
    m_badge->setVisible((outcome && !outcome->bridge.isEmpty()) || column->route == CompletionRoute::Chat);
    m_badge->setToolTip(tr("The text goes as one message of a chat"));
}

void CompletionColumn::showAsked()
{
    m_view->setOutcome(m_board.job(m_id), m_board.outcome(m_id));
    showRunning();
    showModel();
}

void CompletionColumn::showOutcome()
{
    const CompletionOutcome *outcome = m_board.outcome(m_id);
    if (outcome && outcome->isOver() && m_prices && outcome->response.usage)
        m_view->setCost(
            chargeOf(m_board.job(m_id)->model(), m_connections, *m_prices).estimate(*outcome->response.usage));
    else
        m_view->refreshNow();
    showRunning();
    showModel();
}

void CompletionColumn::showRetry(const Error &error, int attempt, std::chrono::milliseconds delay)
{
    m_view->showWaiting(
        tr("%1 Attempt %2 in %3.")
            .arg(error.message, QString::number(attempt), formatDuration(std::chrono::microseconds(delay))));
}

void CompletionColumn::setRefusals(const QString &text)
{
    m_warning->setText(text);
    m_warning->setVisible(!text.isEmpty());
}

void CompletionColumn::showRunning()
{
    const bool isRunning = m_board.isRunning(m_id);
    m_stop->setVisible(isRunning);
    m_again->setVisible(!isRunning && m_board.job(m_id));
}

} // namespace diptych
