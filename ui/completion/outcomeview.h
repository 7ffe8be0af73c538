// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/completionsamples.h"
#include "models/tokenspans.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace diptych {

class Banner;
class CompletionEdit;
class ElidedLabel;
class SampleCard;

/// What became of one job: how it went, what was changed on the way, its error, its samples as cards.
class OutcomeView : public QWidget
{
    Q_OBJECT
public:
    explicit OutcomeView(QWidget *parent = nullptr);
    ~OutcomeView() override;

    /// Both may be null: nothing was asked. They stay where they are until the next call, and may change meanwhile:
    /// refresh() then.
    void setOutcome(const CompletionJob *job, const CompletionOutcome *outcome);
    void refresh(); ///< soon: not more often than the screen can show it
    void refreshNow();
    void setCost(const std::optional<Cost> &cost);
    void setTaken(int sample); ///< the one that stands in the text; -1: none
    void setHeat(bool isOn);
    /// False: no cards, the text is shown elsewhere. They come all the same where there are several samples.
    void setShowsSingle(bool shows);
    /// False: an error offers no change of the page's parameters, only to be asked again.
    void setOffersChanges(bool offers) { m_offersChanges = offers; }
    void showWaiting(const QString &text); ///< until the outcome changes

    [[nodiscard]] bool hasCards() const; ///< any is shown
    [[nodiscard]] const CompletionJob *job() const { return m_job; }
    [[nodiscard]] const CompletionOutcome *outcome() const { return m_outcome; }

Q_SIGNALS:
    void cardsChanged(); ///< hasCards() may have changed
    void takeRequested(int sample);
    /// A token in a card; null when there is none. Valid during the signal only.
    void tokenPointed(diptych::CompletionEdit *text, int sample, const diptych::TokenSpans::Span *span);
    void alternativesRequested();
    /// "retry", "chat", or "without " and a parameter.
    void actionTriggered(const QString &action);

private:
    void showError();
    void showCards(bool isFinal);
    SampleCard *addCard(int sample);
    void copy(int sample) const;

    const CompletionJob *m_job = nullptr;
    const CompletionOutcome *m_outcome = nullptr;
    std::optional<Cost> m_cost;
    ElidedLabel *m_metrics;
    QLabel *m_notices;
    Banner *m_banner;
    QScrollArea *m_scroll;
    QVBoxLayout *m_cardColumn;
    std::vector<SampleCard *> m_cards; // sorted by sample
    QTimer m_timer;
    int m_taken = -1;
    bool m_isHot = false;
    bool m_showsSingle = true;
    bool m_offersChanges = true;
    bool m_isErrorShown = false;
    bool m_isFinalShown = false;
};

} // namespace diptych
