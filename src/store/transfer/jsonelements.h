// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace diptych {

/// The elements of a JSON array one after the other, found without reading them: a damaged one does not spoil the
/// others, and the memory that is needed is that of the largest. A text that is no array is one element.
class JsonElements
{
public:
    /// The bytes outlive the object.
    explicit JsonElements(QByteArrayView text);

    [[nodiscard]] bool atEnd() const { return m_atEnd; }
    /// The next element, not copied; may be no valid JSON. Empty at the end.
    [[nodiscard]] QByteArrayView next();
    /// Where the element that next() returned last begins.
    [[nodiscard]] qsizetype offset() const { return m_offset; }

private:
    void skipSpace();
    [[nodiscard]] qsizetype endOfValue() const;

    QByteArrayView m_text;
    qsizetype m_position = 0;
    qsizetype m_offset = 0;
    bool m_isArray = false;
    bool m_atEnd = false;
};

/// "line 12, column 5" of a place in a text.
[[nodiscard]] QString placeInText(QByteArrayView text, qsizetype offset);

} // namespace diptych
