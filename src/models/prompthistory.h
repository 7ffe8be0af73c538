// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <optional>

namespace diptych {

/// The prompts that were sent, to be taken up again one after the other; what was being written is kept meanwhile.
class PromptHistory
{
public:
    /// Replaces all: the prompts of a session, oldest first.
    void setEntries(const QStringList &entries);
    /// The newest from now on; an older one with the same text goes.
    void add(const QString &text);

    /// The prompt before the one that is shown; unset at the oldest. `shown`: what stands in the field; if that is not
    /// what came from here last, it is what was being written, and the way back ends there.
    [[nodiscard]] std::optional<QString> older(const QString &shown);
    /// Towards what was being written; unset when nothing from here is shown.
    [[nodiscard]] std::optional<QString> newer(const QString &shown);
    /// Whether the field shows a prompt from here.
    [[nodiscard]] bool isShowing(const QString &shown) const;

private:
    QStringList m_entries;
    qsizetype m_index = -1; // of the entry that is shown; -1: none
    QString m_written;
};

} // namespace diptych
