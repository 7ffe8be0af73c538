// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

#include <QByteArray>

namespace diptych {

// The form in which values are kept in the database: JSON of our own, independent of every wire format. Each value
// carries a version number "v"; keys that are not known are ignored, missing ones leave the member at its default.
// Decoding fails with Storage when the text is not a JSON object or its version is newer than this program's.

inline constexpr int storedValueVersion = 1;

[[nodiscard]] QByteArray encodeMessage(const Message &message);
[[nodiscard]] Result<Message> decodeMessage(const QByteArray &json);

[[nodiscard]] QByteArray encodeMetrics(const AnswerMetrics &metrics); ///< times in microseconds
[[nodiscard]] Result<AnswerMetrics> decodeMetrics(const QByteArray &json);

[[nodiscard]] QByteArray encodeSettings(const RequestSettings &settings);
[[nodiscard]] Result<RequestSettings> decodeSettings(const QByteArray &json);

[[nodiscard]] QByteArray encodeError(const Error &error); ///< the body sample is kept, it holds no secrets
[[nodiscard]] Result<Error> decodeError(const QByteArray &json);

/// The members of an answer that have no column of their own: rounds of tools, log probabilities, what was given,
/// places in a series and in the order of starting.
[[nodiscard]] QByteArray encodeAnswerExtra(const Answer &answer);
/// Reads them back; what is damaged stays at its default.
void decodeAnswerExtra(const QByteArray &json, Answer &answer);

/// Compressed; about 2 bytes for each step.
[[nodiscard]] QByteArray encodeSteps(const std::vector<Recording::Step> &steps);
[[nodiscard]] Result<std::vector<Recording::Step>> decodeSteps(const QByteArray &data);

[[nodiscard]] QString voteChoiceName(Vote::Choice choice); ///< "first", "second", "tie", "both-bad"
[[nodiscard]] Vote::Choice voteChoiceFromName(QStringView name); ///< Tie for a word that is not known

/// The word in the column `state`, e.g. "streaming".
[[nodiscard]] QString answerStateName(Answer::State state);
/// Interrupted for a word that is not known.
[[nodiscard]] Answer::State answerStateFromName(QStringView name);

} // namespace diptych
