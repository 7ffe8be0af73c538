// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "models/answerdiff.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QListWidget;

namespace diptych {

/// A small card beside a place of an answer: what the baseline says there, or what else the model might have said. It
/// never takes the focus by itself.
class OverlayCard : public QFrame
{
    Q_OBJECT
public:
    explicit OverlayCard(QWidget *parent);

    /// `baseText` is what the baseline has there.
    void showChange(const AnswerChange &change, const QString &baseText, const QString &baseline);
    /// `mayContinue`: a click on an alternative goes on from it.
    void showToken(const TokenLogprob &token, bool mayContinue);
    /// Places it below a rectangle of `widget`, or above where there is no room.
    void popUp(const QWidget *widget, const QRect &place);
    /// Goes soon, unless the mouse has come to it or it has the focus.
    void leave();
    void dismiss();
    /// Puts the keyboard into the list of alternatives.
    void takeFocus();

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void alternativeChosen(const QString &token);
    void dismissed(); ///< by key, while it had the focus

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void choose(int row);
    void goTo(QWidget *host);

    QLabel *m_title;
    QLabel *m_text;
    QListWidget *m_list;
    QLabel *m_hint;
    QTimer m_leaveTimer;
    QWidget *m_home; ///< where it lies but for panes in windows of their own
    bool m_mayContinue = false;
};

} // namespace diptych
