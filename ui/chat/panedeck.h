// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/paneview.h"

#include <QWidget>

#include <map>

class QScrollArea;
class QSplitter;
class QTabBar;

namespace diptych {

class AnswerPane;
class Conversation;
class LinkedScroll;
class PaneWindow;
class PromptColumn;
class RenderScheduler;
class TranscriptView;
class TurnActions;
class TurnAlignment;

/// Lays the panes of a comparison out: in columns, a grid or a table, one of them large, or in windows of their own.
/// Knows nothing of what is in them but their transcripts, whose turns it keeps at the same height.
class PaneDeck : public QWidget
{
    Q_OBJECT
public:
    PaneDeck(Conversation &conversation, RenderScheduler &scheduler, QWidget *parent = nullptr);
    ~PaneDeck() override;

    /// All panes in their order. The deck becomes the parent of new ones; those that are gone are let go.
    void setPanes(const std::vector<AnswerPane *> &panes);
    void setTurnCount(int count);
    void setTurnActions(TurnActions &actions); ///< for the prompts of a table
    [[nodiscard]] TranscriptView &promptTranscript(); ///< where a table shows the prompts
    [[nodiscard]] const PaneView &view() const { return m_view; }
    void setView(const PaneView &view);
    [[nodiscard]] PaneLayout layoutKind() const;
    void setLayoutKind(std::optional<PaneLayout> layout);
    void setScrollsTogether(bool together);
    /// Gives one pane all the room; empty: back to all.
    void setFocused(const QString &paneId);
    void setDetached(const QString &paneId, bool isDetached);
    void setCurrent(const QString &paneId); ///< brings it into sight
    void setTitle(const QString &paneId, const QString &title); ///< of its tab and window

Q_SIGNALS:
    void viewChanged(); ///< by the user: to be kept
    void paneChosen(const QString &paneId); ///< among the tabs beside a large one
    void arranged(); ///< the panes have other places or widths now

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    void fillRows(const std::vector<AnswerPane *> &inside);
    void applySizes();
    void keepSizes();
    void showTabs();
    void link();
    void openWindow(AnswerPane &pane);
    void alignHeader();
    [[nodiscard]] std::vector<AnswerPane *> inside() const;
    [[nodiscard]] AnswerPane *find(const QString &paneId) const;

    PaneView m_view;
    std::vector<AnswerPane *> m_panes;
    std::vector<QSplitter *> m_rowSplitters;
    std::map<QString, PaneWindow *> m_windows;
    QHash<QString, QString> m_titles;
    QTabBar *m_tabs;
    PromptColumn *m_prompts;
    QScrollArea *m_area;
    QSplitter *m_rows;
    TurnAlignment *m_alignment;
    LinkedScroll *m_scroll;
    bool m_isFilling = false;
};

} // namespace diptych
