// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transcript/codecolors.h"
#include "transcript/followscroll.h"
#include "transcript/renderscheduler.h"
#include "transcript/transcriptdocument.h"
#include "transcript/transcriptfinder.h"
#include "transcript/transcriptmarks.h"

#include <QTextBrowser>

class QMenu;

namespace diptych {

class TranscriptActions;

/// One pane's conversation: user's turns, streaming answers, tool calls and notices in one document. What a model wrote
/// is shown and nothing else: no file or address is ever loaded, links only report that they were clicked.
class TranscriptView : public QTextBrowser, private Renderable
{
    Q_OBJECT

public:
    using Speaker = TranscriptSpeaker;
    using Block = TranscriptBlock;
    using Place = TranscriptPlace;

    /// The scheduler outlives the view.
    explicit TranscriptView(RenderScheduler &scheduler, QWidget *parent = nullptr);
    ~TranscriptView() override;

    void clear();
    /// Shows the end at once; what is older is set in type when the reader scrolls up.
    void setHistory(std::vector<Block> blocks);
    void addUser(int turn, const QString &caption, const QString &text, const std::vector<TranscriptFile> &files = {});
    /// See TranscriptFile::picture.
    void setPicture(const QString &name, const QImage &picture);
    void beginAnswer(int turn, const QString &caption);
    void appendReasoning(const QString &text);
    void appendText(const QString &text);
    /// `footer` is a small line below the answer; empty shows none.
    void endAnswer(const QString &footer);
    /// A banner in the flow, never part of an answer's text. Ends an answer under way.
    void addNotice(const QString &text, bool isError);
    void addToolCall(const QString &name, const QString &arguments);

    [[nodiscard]] bool isFollowing() const { return m_follow->isFollowing(); }
    void setFollowing(bool following) { m_follow->setFollowing(following); }

    /// The messages that are set in type, from top to bottom.
    [[nodiscard]] std::vector<Place> places() const { return m_transcript.places(); }
    /// Distance of the turn's first block from the top of the document in pixels; -1 if it is not set in type.
    [[nodiscard]] qreal turnTop(int turn) const;
    /// Space that setTurnTop() added above the turn.
    [[nodiscard]] qreal turnSpace(int turn) const { return m_transcript.extraSpace(turn); }
    /// Adds space above the turn so that it begins at `y`; never moves it above its natural place.
    void setTurnTop(int turn, qreal y);

    /// Scrolls to the turn, and sets in type what is needed for it.
    void revealTurn(int turn);

    bool find(const QString &text, bool backwards, bool restart);
    [[nodiscard]] int matchCount(const QString &text) const { return m_finder.matchCount(text); }
    void clearFind() { m_finder.clear(); }

    /// Answers as texts with marks on them.
    [[nodiscard]] TranscriptMarks &marks() { return *m_marks; }

    /// Sets in type all that has arrived, without waiting for the next frame.
    void flush();
    /// Markdown of the message under the selection or the text cursor.
    [[nodiscard]] QString selectedMarkdown() const;
    /// Text of the code at a position of the document, without its caption; empty if there is none.
    [[nodiscard]] QString codeAt(int position) const;
    bool toggleReasoning(int position);

    QVariant loadResource(int type, const QUrl &name) override;

Q_SIGNALS:
    void linkRequested(const QUrl &url);
    /// For what can be done with the message under the pointer or cursor.
    void menuAboutToShow(QMenu *menu, int turn, bool isPrompt);
    void codeCopied(const QString &text);
    void followingChanged(bool following);
    /// The reader reached the top of all that the view was given.
    void olderNeeded();
    void heightChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    QMimeData *createMimeDataFromSelection() const override;

private:
    bool renderFrame(const QDeadlineTimer &deadline) override;
    void schedule();
    void noteScroll();
    bool buildOlder();
    bool renderText(const QDeadlineTimer &deadline);
    void rebuild();
    void addOwnActions(QMenu &menu, int position);
    void copyCode(const QTextBlock &caption);
    [[nodiscard]] QTextBlock blockAtY(qreal y) const;
    /// The caption whose copy button is at a position of the viewport; invalid if there is none.
    [[nodiscard]] QTextBlock copyTarget(const QPoint &position) const;
    [[nodiscard]] QTextBlock reasoningTarget(const QPoint &position) const;

    RenderScheduler &m_scheduler;
    TranscriptDocument m_transcript;
    TranscriptFinder m_finder;
    CodeColors m_codeColors;
    FollowScroll *m_follow;
    TranscriptActions *m_actions;
    TranscriptMarks *m_marks;
    int m_hoveredCaption = -1; ///< position of the caption whose button is under the mouse
    int m_copiedCaption = -1; ///< position of the caption whose code was copied last
    bool m_hasAskedForOlder = false;
};

} // namespace diptych
