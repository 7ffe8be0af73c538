// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <vector>

namespace diptych::gemini {

/// Thought signatures: the service wants each of them back on the part on which it came, though the common message
/// keeps one text and a list of calls. Here is how they are kept in Message::opaque. Source: Gemini API, thought
/// signatures.

/// A signature of the function call at this position of the message.
[[nodiscard]] QJsonObject callSignature(const QString &signature, int position);
/// A signature of a stretch of the message's text, in UTF-16 units; begin == end: of an empty part behind it.
[[nodiscard]] QJsonObject textSignature(const QString &signature, qsizetype begin, qsizetype end);
/// A signature of a thought, which goes back together with it.
[[nodiscard]] QJsonObject thoughtSignature(const QString &signature, const QString &thought);

/// Some thoughts among them go back.
[[nodiscard]] bool hasSignedThoughts(const QJsonArray &opaque);

/// The parts of a model's turn: signed thoughts, then the text cut where signatures stand, then `calls` with theirs.
[[nodiscard]] QJsonArray signedParts(const QString &text, std::vector<QJsonObject> calls, const QJsonArray &opaque);

} // namespace diptych::gemini
