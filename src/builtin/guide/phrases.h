// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <deque>
#include <optional>

namespace diptych {

/// Whether a text has a word or phrase, not as a part of a longer word; case does not matter.
[[nodiscard]] bool mentions(const QString &text, const QString &phrase);
/// Whether a text speaks of something without denying it: "with milk" but not "no milk", "without milk".
[[nodiscard]] bool isAffirmed(const QString &text, const QString &phrase);
/// "cityName" and "city_name" as people write it: "city name".
[[nodiscard]] QString spacedName(const QString &name);
/// The numbers in a text, in order.
[[nodiscard]] std::deque<double> numbersIn(const QString &text);
/// Quoted parts, then runs of capitalised words other than the first of a sentence.
[[nodiscard]] QStringList namesIn(const QString &text);
/// What a question is about, for want of better: what follows its last preposition, else the question itself.
[[nodiscard]] QString subjectOf(const QString &question);
/// A text of that form (date, time, date-time, email, uri or url, uuid, ipv4, expression), taken from the question
/// where it has one, else a plain valid one; empty for any other form.
[[nodiscard]] QString formattedText(const QString &question, const QString &form);
/// The first part of the text, or word of it, that a schema's pattern accepts.
[[nodiscard]] std::optional<QString> firstMatch(const QString &text, const QString &pattern);

} // namespace diptych
