// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "api/chat.h"
#include "api/model.h"
#include "core/error.h"
#include "store/session.h"

#include <QFrame>
#include <QTimer>

#include <memory>

class QMenu;

namespace diptych {

namespace Ui {
class AnswerPane;
}

class ChatReply;
class Connections;
class Conversation;
class OverlayStrip;
class PriceTable;
class RenderScheduler;
class RepairBanner;
struct Attachment;
struct Repair;
class TranscriptView;
class TurnActions;
class TurnBar;
class TurnPictures;

/// One column of a comparison: the model's name, its numbers, and the conversation with it.
class AnswerPane : public QFrame
{
    Q_OBJECT
public:
    AnswerPane(Conversation &conversation, Connections &connections, RenderScheduler &scheduler, const QString &paneId,
        QWidget *parent = nullptr);
    ~AnswerPane() override;

    [[nodiscard]] const QString &paneId() const { return m_paneId; }
    [[nodiscard]] TranscriptView &transcript() { return *m_transcript; }
    [[nodiscard]] OverlayStrip &overlayStrip() { return *m_overlayStrip; }
    [[nodiscard]] QWidget *modelAnchor() const; ///< where a list of models belongs
    /// To say what an answer cost; null: not said. Outlives the pane.
    void setPrices(const PriceTable *prices);
    /// Where small pictures of attachments come from. Outlives the pane.
    void setPictures(TurnPictures *pictures);
    /// What can be done with a turn, offered beside it. Outlives the pane.
    void setTurnActions(TurnActions *actions);
    [[nodiscard]] TurnBar *turnBar() const { return m_turnBar; } ///< null without turn actions
    void setPromptsShown(bool areShown); ///< false: they stand in a column of their own
    void setNumber(int number);
    void setCurrent(bool isCurrent);
    void setClosable(bool isClosable);
    /// Hides who answers: the pane is called `name`, shows no numbers, and no turns before `firstTurn`, which would
    /// tell. Empty: everything is shown.
    void setBlind(const QString &name, int firstTurn);
    [[nodiscard]] const QString &blindName() const { return m_blindName; }
    void addStrip(QWidget *strip); ///< a line of somebody else's below the header
    [[nodiscard]] QWidget *metricsAnchor() const; ///< where the numbers of the answer belong

    void showHistory(); ///< everything the session has for this pane
    void showTurn(int turn);
    void beginAnswer(int turn);
    void addDelta(const ChatDelta &delta);
    void endAnswer(int turn);
    void showModel(); ///< the pane's model or sync state changed

Q_SIGNALS:
    void modelChoiceRequested(QWidget *anchor);
    void metricsRequested(QWidget *anchor); ///< all numbers of the answer
    void closeRequested();
    void menuAboutToShow(QMenu *menu); ///< to be filled with what can be done with the pane
    void enlargeRequested(); ///< or back, if it is large
    void headerDropped(const QPoint &position); ///< after it was dragged, on the screen
    void regenerateRequested();
    /// Something that the error banner offered; see api/repair.h.
    void repairRequested(const diptych::Repair &repair);
    void settingsRequested(); ///< to see what is set for this pane only
    void systemPromptRequested(); ///< to edit the one of this pane only
    void stopRequested();
    void activated(); ///< the user turned to this pane
    void modelDropped(const diptych::ModelRef &model);
    void linkRequested(const QUrl &url);
    void attachRequested(const diptych::Attachment &attachment); ///< one of an earlier question, to go with the next

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void setUpHeader();
    void openLink(const QUrl &url);
    void showMetrics(const Answer *answer); ///< null: none
    void showLiveMetrics();
    void showRunning(bool isRunning);
    void paintHeader();
    [[nodiscard]] QString captionOf(const QString &modelLabel) const;
    void fitName();

    std::unique_ptr<Ui::AnswerPane> m_ui;
    Conversation &m_conversation;
    Connections &m_connections;
    QString m_paneId;
    const PriceTable *m_prices = nullptr;
    TurnPictures *m_pictures = nullptr;
    RepairBanner *m_banner;
    OverlayStrip *m_overlayStrip;
    TranscriptView *m_transcript;
    TurnBar *m_turnBar = nullptr;
    QTimer m_liveTimer;
    ChangeLog m_changes; ///< of the request under way or the last one
    QString m_blindName; ///< empty: everybody may know
    int m_firstTurn = 0; ///< that is shown
    int m_shownTurn = -1; ///< the last turn whose prompt showTurn() added
    QString m_name; ///< of the model, in full
    ModelRef m_shownModel;
    bool m_showsPrompts = true;
    bool m_isCurrent = false;
};

} // namespace diptych
