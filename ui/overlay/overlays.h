// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "overlay/difflayer.h"
#include "overlay/logproblayer.h"
#include "transcript/renderscheduler.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSet>

#include <deque>

namespace diptych {

class Conversation;
class OverlayBar;
class OverlayCard;
class TranscriptView;
struct ChatDelta;

/// What is laid over the answers of a comparison: its bar, its marks in every pane, jumps from place to place, and the
/// card beside a place. Answers under way are looked at once a frame, and only those that have changed.
class Overlays : public QObject, private Renderable
{
    Q_OBJECT
public:
    /// `host` is what the panes are in: the card lies over it, and the keys act in it. The conversation and the
    /// scheduler outlive the overlays.
    Overlays(Conversation &conversation, RenderScheduler &scheduler, QWidget *host);
    ~Overlays() override;

    struct Pane {
        QString id {};
        QString name {}; ///< "1"
        TranscriptView *view = nullptr;
        OverlayStrip *strip = nullptr;
    };
    /// In the order in which they are shown. Views that were not among them before take up the overlay.
    void setPanes(const std::vector<Pane> &panes);
    void setCurrentPane(const QString &paneId) { m_current = paneId; }
    [[nodiscard]] QWidget *bar() const;

    void setOverlay(Overlay overlay);
    [[nodiscard]] Overlay overlay() const { return m_overlay; }
    void setBaseline(const QString &paneId);
    /// To the next (1) or previous (-1) place that the overlay marks, in the current pane.
    void jump(int direction);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// The model of the pane shall go on from this text in the place of its answer.
    void continueFromRequested(const QString &paneId, int turn, const QString &text);
    void layoutChanged(); ///< answers are set in type in another way

private:
    bool renderFrame(const QDeadlineTimer &deadline) override;
    void connectConversation();
    void connectPane(const Pane &pane);
    void takeSession();
    void keepInSession();
    void applyMode(const Pane &pane);
    void markAll();
    void markDirty(const AnswerKey &key);
    void forget(const AnswerKey &key);
    void refresh(const AnswerKey &key);
    void showStrip(const Pane &pane, int turn);
    [[nodiscard]] const Pane *find(const QString &paneId) const;
    [[nodiscard]] const Pane *jumpPane();
    void jumpTo(const Pane &pane, int turn, std::ptrdiff_t index);
    [[nodiscard]] std::ptrdiff_t nextIndex(const AnswerKey &key, qsizetype from, int direction);
    void showToken(const Pane &pane, int turn, const TokenSpans::Span &span);
    void showSameBytes(const Pane &pane, int turn, qsizetype offset);
    void pointAt(const Pane &pane, int turn, qsizetype offset);
    void openCard(const Pane &pane, int turn, qsizetype offset);
    void askForLogprobs();

    Conversation &m_conversation;
    RenderScheduler &m_scheduler;
    QWidget *m_host;
    OverlayBar *m_bar;
    OverlayCard *m_card;
    ShownAnswers m_answers;
    DiffLayer m_diff;
    LogprobLayer m_logprobs;
    Overlay m_overlay = Overlay::Plain;
    std::vector<Pane> m_panes;
    QString m_current;
    std::deque<AnswerKey> m_dirty; ///< without doubles
    QHash<QString, QElapsedTimer> m_stripTimes; ///< since a strip was brought up to date
    AnswerKey m_place; ///< where the last jump led to
    qsizetype m_placeStart = 0;
    AnswerKey m_cardAnswer; ///< what the card is about
    qsizetype m_cardStart = 0;
};

} // namespace diptych
