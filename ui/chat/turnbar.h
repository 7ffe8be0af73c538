// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/turnactions.h"

#include <QFrame>

class QHBoxLayout;
class QMenu;

namespace diptych {

class TranscriptView;

/// The buttons for the message under the mouse, at the right of its first line. By keyboard it is stepped from message
/// to message; Escape leaves it.
class TurnBar : public QFrame
{
    Q_OBJECT
public:
    /// `paneId` as in TurnPlace.
    TurnBar(TranscriptView &view, TurnActions &actions, const QString &paneId);

    /// To the message above (negative) or below; the first time to the last one.
    void step(int direction);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Spot {
        TurnPlace place {};
        qreal top = 0; ///< in the document
    };
    [[nodiscard]] std::vector<Spot> spots() const;
    void showFor(const Spot &spot);
    void putInPlace(qreal top);
    void leave();
    void fillMenu(QMenu *menu, int turn, bool isPrompt);

    TranscriptView &m_view;
    TurnActions &m_actions;
    QString m_paneId;
    QHBoxLayout *m_layout;
    TurnPlace m_place;
    bool m_isByKey = false; ///< stays until it is left
};

} // namespace diptych
