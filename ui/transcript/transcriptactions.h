// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAction;
class QMenu;
class QMimeData;
class QTextBlock;

namespace diptych {

class TranscriptDocument;
class TranscriptView;
struct TranscriptBlock;

/// What can be copied out of a transcript, with and without Markdown, as actions of the view with their keys; and the
/// entries of its menu.
class TranscriptActions : public QObject
{
    Q_OBJECT
public:
    TranscriptActions(TranscriptView &view, const TranscriptDocument &transcript);

    /// Adds the actions to a menu that opens over a position of the document. They act on what is there.
    void addTo(QMenu &menu, int position);
    /// For the clipboard: plain text, HTML for word processors, and Markdown. The caller owns it.
    [[nodiscard]] QMimeData *selectionMimeData() const;
    /// The selection without any marks.
    [[nodiscard]] QString selectionText() const;

    /// The Markdown of the conversation, with who said what.
    [[nodiscard]] QString conversationMarkdown() const;
    [[nodiscard]] QString conversationText() const;

    [[nodiscard]] static QTextBlock codeCaption(
        QTextBlock block); ///< of the code that a block belongs to; invalid if none

Q_SIGNALS:
    void codeCopyRequested(int captionPosition);

private:
    QAction *add(const char *name, const QString &text, const char *keys, void (TranscriptActions::*slot)());
    void copySelectionAsText();
    void copySelectionAsMarkdown();
    void copyAnswerAsText();
    void copyAnswerAsMarkdown();
    void copyCode();
    void copyConversationAsText();
    void copyConversationAsMarkdown();
    /// The message that is meant: at the menu, at the selection, or else the last answer. Null in an empty transcript.
    [[nodiscard]] const TranscriptBlock *message() const;
    [[nodiscard]] QString textOf(const TranscriptBlock &block) const;
    [[nodiscard]] int codePosition() const;

    TranscriptView &m_view;
    const TranscriptDocument &m_transcript;
    QList<QAction *> m_actions;
    const QMenu *m_menu = nullptr; ///< opened last; never followed
    int m_position = -1; ///< where the menu was opened; -1: no menu
};

} // namespace diptych
