// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"

#include <QWidget>

#include <memory>

namespace diptych {

namespace Ui {
class CompletionPane;
}

/// One text that a model continues in place, with several samples and the probability of every token.
class CompletionPane : public QWidget
{
    Q_OBJECT
public:
    explicit CompletionPane(Connections &connections, QWidget *parent = nullptr);
    ~CompletionPane() override;

    [[nodiscard]] ModelRef model() const;
    void setModel(const ModelRef &ref);
    void setPrompt(const QString &prompt);
    /// Continues at the caret, or at the end. No effect without a model, while running, or with a wrong parameter.
    void run();
    void stop();
    [[nodiscard]] bool isRunning() const;

Q_SIGNALS:
    void replyStarted(diptych::Reply *reply, const QString &label, const QJsonObject &commonRequest);
    void modelChanged(const diptych::ModelRef &ref);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// One of the n answers so far.
    struct Sample {
        QString text;
        std::vector<TokenLogprob> tokens;
    };
    void connectParts();
    void fillModels();
    void startAt(int position);
    void take(const CompletionDelta &delta);
    void showPiece(const CompletionDelta &delta);
    void finish();
    void showError(const Error &error);
    void repair(const QString &action);
    void showSample(int index);
    void listSamples();
    /// How much of a sample is the prompt that came back; it is not shown again.
    [[nodiscard]] qsizetype echoedLength(const Sample &sample) const;
    void continueWith(qsizetype position, const QString &token);
    void showMetrics();
    void showHint();
    void showState();

    Connections &m_connections;
    std::unique_ptr<Ui::CompletionPane> m_ui;
    std::unique_ptr<CompletionReply> m_reply;
    CompletionRequest m_request;
    ModelRef m_askedModel;
    std::vector<Sample> m_samples;
    int m_shown = 0; // index of the sample in the text
    qsizetype m_inserted = 0; // characters of the shown sample that are in the text
};

} // namespace diptych
