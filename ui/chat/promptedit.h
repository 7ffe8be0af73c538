// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPlainTextEdit>
#include <QUrl>

namespace diptych {

/// A text field that grows with its text. Enter asks to send, Shift+Enter begins a line. Files and pictures that are
/// pasted or dropped are offered, not written.
class PromptEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit PromptEdit(QWidget *parent = nullptr);

    void setLines(int fewest, int most); ///< height in lines of text
    void setSending(bool isSending); ///< Enter asks to send; without, it begins a line
    void setStoppable(bool isStoppable); ///< Escape stops something
    void insertAtCursor(const QString &text); ///< Ctrl+Z takes it away again, and nothing else
    /// Replaces everything; Ctrl+Z brings it back.
    void replaceText(const QString &text);

Q_SIGNALS:
    void sendRequested();
    void stopRequested();
    void filesOffered(const QList<QUrl> &files);
    void pictureOffered(const QImage &picture);
    /// Up where there is no line above. `isAtStart`: the cursor stands before the first character.
    void upPressed(bool isAtStart);
    void downPressed(); ///< where there is no line below

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitHeight();
    [[nodiscard]] bool hasLine(QTextCursor::MoveOperation direction) const;

    int m_fewestLines = 2;
    int m_mostLines = 9;
    bool m_isSending = true;
    bool m_isStoppable = false;
};

} // namespace diptych
