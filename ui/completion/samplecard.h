// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/completionsamples.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace diptych {

class CompletionEdit;
class EntropyStrip;

/// One sample: its number and end, its text with the probabilities, buttons to copy it or take it into the text.
class SampleCard : public QFrame
{
    Q_OBJECT
public:
    explicit SampleCard(int sample, QWidget *parent = nullptr);

    [[nodiscard]] int sample() const { return m_sample; } ///< the choice's index
    [[nodiscard]] CompletionEdit &text() { return *m_text; }
    /// Empties the card for an answer to another question.
    void clear();
    void showChoice(const CompletionRequest &request, const CompletionChoice &choice, bool isFinal);
    /// `sample` as counted among the others; `isOnly`: there are no others.
    void showState(const CompletionSample &sample, bool isOnly);
    void setTaken(bool isTaken); ///< it is what stands in the text
    void setHeat(bool isOn);

Q_SIGNALS:
    void takeRequested(int sample);
    void copyRequested(int sample);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fitHeight();
    void showTitle();

    int m_sample;
    bool m_isTaken = false;
    QString m_state;
    QLabel *m_title;
    QToolButton *m_take;
    CompletionEdit *m_text;
    EntropyStrip *m_strip;
};

} // namespace diptych
