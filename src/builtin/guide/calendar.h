// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <optional>

namespace diptych {

/// Answers "what day is 2026-03-01", "days between 1 March 2026 and 24 December 2026", "how many days until
/// 2027-01-01", "30 days after today", "what time is it": one sentence of Markdown. Unset: no question about dates.
[[nodiscard]] std::optional<QString> answerAboutDates(const QString &question, const QDateTime &now);

} // namespace diptych
