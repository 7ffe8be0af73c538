// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <vector>

namespace diptych {

class TranscriptView;

/// Makes transcripts scroll together, whose turns are aligned: those that are shorter get empty room below. They scroll
/// on until their last turn stands at the top and stay there, so that a short answer does not leave the sight while a
/// long one is read.
class LinkedScroll : public QObject
{
    Q_OBJECT
public:
    explicit LinkedScroll(QObject *parent = nullptr);

    void setTurnCount(int count); ///< of the conversation
    void setViews(std::vector<TranscriptView *> views); ///< fewer than two: nothing is linked

    void takeRange(); ///< heights or turns changed

private:
    void takeValue(const TranscriptView *moved, int value);
    void release();
    struct Linked {
        TranscriptView *view = nullptr;
        int farthest = 0; ///< maximum of its scroll bar
    };

    std::vector<Linked> m_views;
    int m_turnCount = 0;
    bool m_isMoving = false;
};

} // namespace diptych
