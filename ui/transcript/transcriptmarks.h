// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transcript/sourcewriter.h"

#include <QHash>
#include <QObject>
#include <QRectF>

#include <functional>

class QAbstractTextDocumentLayout;
class QPainter;

namespace diptych {

class TranscriptDocument;
class TranscriptView;

/// A mark on the text of an answer. Offsets count UTF-16 units of the text.
struct TranscriptMark {
    enum class Kind {
        Added,
        Changed,
        Removed, ///< something is missing at `start`; length 0
        Part, ///< what differs inside a change
        Space, ///< white space that differs
        Heat, ///< by `strength`
    };
    Kind kind = Kind::Changed;
    qsizetype start = 0;
    qsizetype length = 0;
    float strength = 0; ///< 0–1
    bool operator==(const TranscriptMark &) const = default;
};

/// The marks that lie on the answers of a transcript while it shows their texts, and what the mouse does there. The
/// document is not touched: marks are painted beneath the text, and only those in sight.
class TranscriptMarks : public QObject
{
    Q_OBJECT
public:
    TranscriptMarks(TranscriptView &view, TranscriptDocument &document);

    /// How answers are shown from now on; marks are only seen where their text is. Forgets the marks.
    void setMode(SourceMode mode);
    [[nodiscard]] SourceMode mode() const;
    /// What stands below the text of a finished answer in the mode Characters; JSON. Asked when it is set in type.
    void setAppendix(std::function<QString(int turn)> appendix);

    /// Replaces the marks of a turn's answer; sorted by start.
    void setMarks(int turn, std::vector<TranscriptMark> marks);
    [[nodiscard]] bool hasMarks(int turn) const { return m_marks.contains(turn); }
    void clear();

    /// Frames a stretch: where a jump led to. Scrolls it into sight.
    void showPlace(int turn, qsizetype start, qsizetype length);
    void clearPlace();
    /// Of a stretch in the coordinates of the viewport: its first line; null when it is not set in type.
    [[nodiscard]] QRect placeRect(int turn, qsizetype start, qsizetype length) const;
    /// The text cursor's place; turn -1 outside of answers.
    struct Place {
        int turn = -1;
        qsizetype offset = 0;
        bool operator==(const Place &) const = default;
    };
    [[nodiscard]] Place cursorPlace() const;

    /// Beneath the text; coordinates of the document.
    void paint(QPainter &painter, const QRectF &visible);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void modeChanged();
    /// An answer without marks came into sight.
    void marksNeeded(int turn);
    /// The mouse is over this character of an answer; turn -1: over none.
    void pointed(int turn, qsizetype offset);
    void clicked(int turn, qsizetype offset);

private:
    struct Stretch {
        int first = 0;
        int last = 0;
    };
    [[nodiscard]] Place placeAt(const QPoint &point) const;
    void paintMark(QPainter &painter, const TranscriptMark &mark, const QRectF &rect) const;
    void paintWedge(QPainter &painter, int position) const;
    /// Rectangles of the lines between two positions of the document.
    [[nodiscard]] std::vector<QRectF> rects(int from, int to) const;

    TranscriptView &m_view;
    TranscriptDocument &m_document;
    QHash<int, std::vector<TranscriptMark>> m_marks;
    Place m_pointed;
    Place m_place; ///< of the frame; turn -1: none
    qsizetype m_placeLength = 0;
};

} // namespace diptych
