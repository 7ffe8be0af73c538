// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>

#include <vector>

namespace diptych {

/// A member of the object at the root of a JSON text. Offsets count characters, quotes included.
struct JsonMember {
    QString key {};
    qsizetype keyStart = 0;
    qsizetype keyEnd = 0;
    qsizetype valueStart = 0;
    qsizetype valueEnd = 0;
    QJsonValue value {QJsonValue::Undefined}; ///< undefined: not there, or not valid
};

/// In the order of the text, those that stand twice included. The text may be broken: as far as it can be read.
[[nodiscard]] std::vector<JsonMember> jsonMembers(const QString &text);

/// What belongs where the caret is.
struct JsonPlace {
    enum class Kind {
        None, ///< a comma, a colon, or nothing
        Empty, ///< the text has nothing in it yet
        Key,
        Value,
    };
    Kind kind = Kind::None;
    int depth = 0; ///< 1: the members of the root
    QString key {}; ///< with Value: whose
    qsizetype start =
        0; ///< of the word or string under the caret, opening quote included; the caret when there is none
    qsizetype end = 0;
    QString typed {}; ///< between `start` and the caret, without the quote
};
[[nodiscard]] JsonPlace jsonPlaceAt(const QString &text, qsizetype caret);

/// Line and column of a character, both from 1 on.
struct TextPosition {
    int line = 1;
    int column = 1;
    bool operator==(const TextPosition &) const = default;
};
[[nodiscard]] TextPosition textPosition(const QString &text, qsizetype offset);

} // namespace diptych
