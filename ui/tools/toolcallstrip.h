// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"

#include <QScrollArea>
#include <QTimer>

#include <map>
#include <set>
#include <vector>

class QVBoxLayout;

namespace diptych {

class ToolCallCard;
class ToolDesk;

/// The calls of a pane's answer that are arriving or wait for their results, as cards at the end of its conversation.
/// Hidden when there are none. Follows the desk and its conversation by itself.
class ToolCallStrip : public QScrollArea
{
    Q_OBJECT
public:
    /// The desk outlives it.
    ToolCallStrip(ToolDesk &desk, const QString &paneId, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void takeDelta(const QString &paneId, const ChatDelta &delta);
    void showArriving();
    void showWaiting();
    ToolCallCard *card(int key);
    void keepOnly(const std::set<int> &keys);
    void fit();

    ToolDesk &m_desk;
    QString m_paneId;
    std::vector<ToolCall> m_arriving {};
    std::map<int, ToolCallCard *> m_cards {}; // by the place of the call in its round
    QWidget *m_inside;
    QVBoxLayout *m_column;
    QTimer m_frame;
};

} // namespace diptych
