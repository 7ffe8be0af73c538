// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>

#include <vector>

namespace diptych {

class TranscriptView;

/// Keeps turn k at the same height in all transcripts of a comparison, also while answers grow: each one is padded to
/// the one that needs most room. Looks at most ten times a second, and writes only what changed.
class TurnAlignment : public QObject
{
    Q_OBJECT
public:
    explicit TurnAlignment(QObject *parent = nullptr);

    /// The transcripts that are aligned with each other, in rows: those of a row. Those that are in no row any more are
    /// left as they are.
    void setRows(std::vector<std::vector<TranscriptView *>> rows);
    void setTurnCount(int count); ///< of the conversation
    void alignSoon();
    void align();

    static constexpr int alignedTurns = 30; ///< the last ones; who reads further up looks at one pane

Q_SIGNALS:
    void aligned();

private:
    void alignRow(const std::vector<TranscriptView *> &row) const;

    std::vector<std::vector<TranscriptView *>> m_rows;
    QTimer m_timer;
    int m_turnCount = 0;
};

} // namespace diptych
