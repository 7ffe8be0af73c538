// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "store/sessionbundle.h"

namespace diptych {

// Sessions as JSON of our own, complete: branches, settings, answers with their numbers, recordings with exchanges and
// times, votes. Version 1:
//
//     {"format": "diptych-sessions", "version": 1, "sessions": [{"id", "title", "createdAt": ISO 8601, …,
//      "panes": […], "shownTurn": id, "turns": [{"id", "parentId", "prompt": {…}, "answers": [{…,
//      "recording": {"steps": [[µs, text, reasoning], …], "exchange": {…}}}]}], "votes": […]}]}
//
// Messages, settings, metrics and errors have the form of the database (sessioncodec.h), exchanges that of
// api/replayfile.h. Secrets are taken out.

[[nodiscard]] QByteArray toSessionJson(const std::vector<SessionBundle> &bundles);
// The same in pieces, for collections that are larger than memory: begin, elements with commas between them, end.
[[nodiscard]] QByteArray sessionJsonBegin();
[[nodiscard]] QByteArray sessionJsonElement(const SessionBundle &bundle);
[[nodiscard]] QByteArray sessionJsonEnd();

[[nodiscard]] bool isSessionJson(const QJsonObject &object);
/// One element of "sessions". Members that are unknown, missing or of another type are passed over; ids become
/// temporary ones. Errors: InvalidRequest (no session).
[[nodiscard]] Result<SessionBundle> sessionFromJson(const QJsonObject &session);
/// Errors: InvalidRequest (written by a newer version).
[[nodiscard]] Result<QJsonArray> sessionsOf(const QJsonObject &object);

} // namespace diptych
