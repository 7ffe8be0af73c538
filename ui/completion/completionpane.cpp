// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/completionpane.h"

#include "api/capabilitybook.h"
#include "api/metrics.h"
#include "models/formatting.h"
#include "models/requestjson.h"
#include "theme/theme.h"
#include "ui_completionpane.h"

#include <QKeyEvent>
#include <QLocale>
#include <QSignalBlocker>
#include <QStandardItemModel>

namespace diptych {

namespace {

const QLatin1String withoutPrefix("without ");

} // namespace

CompletionPane::CompletionPane(Connections &connections, QWidget *parent)
    : QWidget(parent)
    , m_connections(connections)
    , m_ui(std::make_unique<Ui::CompletionPane>())
{
    m_ui->setupUi(this);
    m_ui->undoButton->setIcon(themeIcon(QStringLiteral("regenerate")));
    m_ui->heatButton->setIcon(themeIcon(QStringLiteral("chart")));
    for (QToolButton *button : {m_ui->undoButton, m_ui->heatButton})
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    makeCaption(m_ui->hintLabel);
    makeCaption(m_ui->metricsLabel);
    m_ui->splitter->setStretchFactor(0, 1);
    m_ui->splitter->setStretchFactor(1, 0);
    m_ui->sampleList->hide();
    m_ui->editor->installEventFilter(this);
    connectParts();
    fillModels();
    showHint();
}

CompletionPane::~CompletionPane() = default;

void CompletionPane::connectParts()
{
    connect(m_ui->runButton, &QPushButton::clicked, this, [this] { isRunning() ? stop() : run(); });
    connect(m_ui->undoButton, &QToolButton::clicked, m_ui->editor, &QPlainTextEdit::undo);
    connect(m_ui->editor, &QPlainTextEdit::undoAvailable, this, &CompletionPane::showState);
    connect(m_ui->heatButton, &QToolButton::toggled, m_ui->editor, &CompletionEdit::setHeat);
    connect(m_ui->editor, &QPlainTextEdit::cursorPositionChanged, this, &CompletionPane::showHint);
    connect(m_ui->editor, &CompletionEdit::tokenPointed, this, [this](const TokenSpans::Span *span) {
        if (span)
            m_ui->tokenPanel->showToken(*span);
    });
    connect(m_ui->tokenPanel, &TokenPanel::alternativeChosen, this, &CompletionPane::continueWith);
    connect(m_ui->sampleList, &QListWidget::currentRowChanged, this, &CompletionPane::showSample);
    connect(m_ui->banner, &Banner::actionTriggered, this, &CompletionPane::repair);
    connect(m_ui->modelBox, &QComboBox::currentIndexChanged, this, [this] {
        showState();
        Q_EMIT modelChanged(model());
    });
    for (const auto signal : {&Connections::endpointAdded, &Connections::endpointChanged, &Connections::endpointRemoved,
             &Connections::modelsChanged})
        connect(&m_connections, signal, this, &CompletionPane::fillModels);
    connect(&m_connections, &Connections::endpointAboutToChange, this, [this](const QString &endpointId) {
        if (m_reply && endpointId == m_askedModel.endpointId) {
            m_reply.reset();
            showState();
        }
    });
}

void CompletionPane::fillModels()
{
    const ModelRef before = model();
    const QSignalBlocker blocker(m_ui->modelBox);
    m_ui->modelBox->clear();
    std::vector<ModelRef> fitting;
    std::vector<ModelRef> others;
    for (const Endpoint &endpoint : m_connections.endpoints()) {
        for (const ModelDescription &description : m_connections.models(endpoint.id))
            (description.type == ModelType::Completion ? fitting : others).push_back({endpoint.id, description.id});
    }
    for (const ModelRef &ref : fitting)
        m_ui->modelBox->addItem(m_connections.displayName(ref), QVariant::fromValue(ref));
    if (!others.empty()) {
        m_ui->modelBox->addItem(tr("Not listed for completion, may refuse"));
        auto *items = qobject_cast<QStandardItemModel *>(m_ui->modelBox->model());
        items->item(m_ui->modelBox->count() - 1)->setEnabled(false);
    }
    for (const ModelRef &ref : others)
        m_ui->modelBox->addItem(m_connections.displayName(ref), QVariant::fromValue(ref));
    m_ui->modelBox->setPlaceholderText(tr("No models yet"));
    m_ui->modelBox->setCurrentIndex(fitting.empty() ? (others.empty() ? -1 : 1) : 0);
    setModel(before);
    showState();
}

ModelRef CompletionPane::model() const
{
    return m_ui->modelBox->currentData().value<ModelRef>();
}

void CompletionPane::setModel(const ModelRef &ref)
{
    for (int row = 0; row < m_ui->modelBox->count(); ++row) {
        if (ref.isValid() && m_ui->modelBox->itemData(row).value<ModelRef>() == ref)
            m_ui->modelBox->setCurrentIndex(row);
    }
}

void CompletionPane::setPrompt(const QString &prompt)
{
    m_ui->editor->setPlainText(prompt);
    m_ui->editor->moveCursor(QTextCursor::End);
}

bool CompletionPane::isRunning() const
{
    return m_reply && !m_reply->isFinished();
}

void CompletionPane::run()
{
    startAt(m_ui->editor->insertionPoint());
}

void CompletionPane::startAt(int position)
{
    Provider *provider = m_connections.provider(model().endpointId);
    CompletionRequest request {.model = model().model, .prompt = m_ui->editor->toPlainText().left(position)};
    if (!provider || isRunning() || !m_ui->samplingBar->apply(request))
        return;
    m_request = request;
    m_askedModel = model();
    m_samples.clear();
    m_ui->sampleList->clear();
    m_ui->sampleList->hide();
    m_ui->banner->hide();
    m_shown = 0;
    m_inserted = 0;
    m_ui->editor->beginGeneration(position);
    m_reply = provider->complete(request);
    connect(m_reply.get(), &CompletionReply::deltaReceived, this, &CompletionPane::take);
    connect(m_reply.get(), &Reply::finished, this, &CompletionPane::finish);
    Q_EMIT replyStarted(
        m_reply.get(), tr("Completion: %1").arg(m_connections.displayName(m_askedModel)), requestJson(request));
    m_ui->metricsLabel->setText(tr("Waiting for the first token …"));
    showState();
}

void CompletionPane::stop()
{
    if (m_reply)
        m_reply->cancel();
}

void CompletionPane::take(const CompletionDelta &delta)
{
    if (delta.choice < 0)
        return;
    const auto index = static_cast<std::size_t>(delta.choice);
    if (index >= m_samples.size())
        m_samples.resize(index + 1);
    Sample &sample = m_samples[index];
    sample.text += delta.text;
    sample.tokens.insert(sample.tokens.end(), delta.logprobs.begin(), delta.logprobs.end());
    if (delta.choice == m_shown)
        showPiece(delta);
    if (m_samples.size() > 1)
        listSamples();
}

void CompletionPane::showPiece(const CompletionDelta &delta)
{
    const Sample &sample = m_samples[static_cast<std::size_t>(m_shown)];
    const qsizetype hidden = echoedLength(sample);
    const QString visible = sample.text.mid(hidden);
    m_ui->editor->appendGenerated(visible.mid(m_inserted));
    m_inserted = visible.size();
    const bool isEcho = m_request.echo.value_or(false) && hidden > 0;
    const qsizetype before = sample.text.size() - delta.text.size();
    m_ui->editor->addTokens(
        m_ui->editor->generationStart() + before - (isEcho ? m_request.prompt.size() : 0), delta.text, delta.logprobs);
}

qsizetype CompletionPane::echoedLength(const Sample &sample) const
{
    if (!m_request.echo.value_or(false))
        return 0;
    if (m_request.prompt.startsWith(sample.text))
        return sample.text.size();
    return sample.text.startsWith(m_request.prompt) ? m_request.prompt.size() : 0;
}

void CompletionPane::finish()
{
    if (const auto &error = m_reply->error()) {
        if (error->kind == Error::Kind::Cancelled) {
            m_ui->banner->showMessage(Banner::Tone::Info, tr("Stopped; what had arrived was kept."));
        } else {
            showError(*error);
        }
    }
    showMetrics();
    showState();
    m_ui->editor->setFocus();
}

void CompletionPane::showError(const Error &error)
{
    m_ui->banner->showMessage(
        Banner::Tone::Error, error.message.isEmpty() ? kindName(error.kind) : error.message, whatToDo(error));
    const QString parameter = abilityOfParameter(error.parameter);
    if (m_ui->samplingBar->isSet(parameter))
        m_ui->banner->addAction(withoutPrefix + parameter, tr("Retry without %1").arg(parameter),
            tr("Empties the field %1 and continues").arg(parameter));
    m_ui->banner->addAction(QStringLiteral("retry"), tr("Continue from here"));
}

void CompletionPane::repair(const QString &action)
{
    if (action.startsWith(withoutPrefix))
        m_ui->samplingBar->unset(action.mid(withoutPrefix.size()));
    run();
}

void CompletionPane::listSamples()
{
    const QSignalBlocker blocker(m_ui->sampleList);
    for (std::size_t i = 0; i < m_samples.size(); ++i) {
        const int row = static_cast<int>(i);
        if (row >= m_ui->sampleList->count())
            m_ui->sampleList->addItem(QString());
        const QString text = m_samples[i].text.mid(echoedLength(m_samples[i])).left(200).simplified();
        m_ui->sampleList->item(row)->setText(tr("%1  %2", "number and text of a sample").arg(row + 1).arg(text));
    }
    if (m_ui->sampleList->currentRow() < 0)
        m_ui->sampleList->setCurrentRow(m_shown);
    m_ui->sampleList->show();
}

void CompletionPane::showSample(int index)
{
    if (index < 0 || index == m_shown || index >= static_cast<int>(m_samples.size()))
        return;
    const Sample &sample = m_samples[static_cast<std::size_t>(index)];
    m_shown = index;
    m_ui->editor->removeGenerated();
    const qsizetype hidden = echoedLength(sample);
    m_ui->editor->appendGenerated(sample.text.mid(hidden));
    m_inserted = sample.text.size() - hidden;
    m_ui->editor->addTokens(m_ui->editor->generationStart() - hidden, sample.text, sample.tokens);
}

void CompletionPane::continueWith(qsizetype position, const QString &token)
{
    if (isRunning())
        return;
    const int start = static_cast<int>(position);
    m_ui->editor->truncateGenerated(start);
    m_ui->editor->beginGeneration(start);
    m_ui->editor->appendGenerated(token);
    startAt(start + static_cast<int>(token.size()));
}

void CompletionPane::showMetrics()
{
    qsizetype written = 0;
    for (const Sample &sample : m_samples)
        written += sample.text.size() - echoedLength(sample);
    const AnswerMetrics metrics =
        measure(m_reply->exchange(), m_reply->response().usage, m_request.prompt.size(), written);
    QStringList parts;
    if (const auto first = metrics.timeToFirstToken())
        parts.append(tr("first token %1").arg(formatDuration(*first)));
    if (const auto speed = metrics.tokensPerSecond())
        parts.append(tr("%1 tok/s").arg(QLocale().toString(*speed, 'f', 0)));
    parts.append(
        tr("%1 in, %2 out (%3)")
            .arg(metrics.usage.promptTokens.value_or(0))
            .arg(metrics.usage.completionTokens.value_or(0))
            .arg(metrics.usage.source == Usage::Source::Provider ? tr("counted by the provider") : tr("estimated")));
    const auto &choices = m_reply->response().choices;
    if (!choices.empty() && !choices.front().finishReason.isEmpty())
        parts.append(tr("ended by %1").arg(choices.front().finishReason));
    m_ui->metricsLabel->setText(parts.join(QStringLiteral(" · ")));
}

void CompletionPane::showHint()
{
    const bool isAtEnd = m_ui->editor->insertionPoint() == m_ui->editor->document()->characterCount() - 1;
    m_ui->hintLabel->setText(isAtEnd ? tr("Ctrl+Enter continues at the end.")
                                     : tr("Ctrl+Enter continues at the caret; what follows it is kept, but not sent."));
}

void CompletionPane::showState()
{
    const bool running = isRunning();
    m_ui->editor->setReadOnly(running);
    m_ui->tokenPanel->setReadOnly(running);
    m_ui->modelBox->setEnabled(!running);
    m_ui->undoButton->setEnabled(!running && m_ui->editor->document()->isUndoAvailable());
    m_ui->runButton->setText(running ? tr("Stop") : tr("Continue"));
    m_ui->runButton->setIcon(themeIcon(running ? QStringLiteral("stop") : QStringLiteral("play")));
    m_ui->runButton->setEnabled(running || model().isValid());
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
