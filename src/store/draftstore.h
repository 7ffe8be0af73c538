// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/message.h"
#include "core/result.h"

namespace diptych {

/// Prompts that were not sent yet, one for each session, each in a file of its own; what is attached in a second one,
/// which may be large and changes seldom. May be used from any thread; calls for the same session one after the other.
class DraftStore
{
public:
    /// Whether the attachments are other ones than those that were saved last.
    enum class Files { Same, Changed };

    explicit DraftStore(QString folder);

    /// An empty message when there is none. Errors: Storage.
    [[nodiscard]] Result<Message> load(const QString &sessionId) const;
    /// Removes the draft when there is nothing in the message. Errors: Storage.
    [[nodiscard]] Result<void> save(const QString &sessionId, const Message &draft, Files files = Files::Changed) const;
    /// Keeps the `kept` that were changed last.
    void prune(int kept) const;

private:
    [[nodiscard]] QString path(const QString &sessionId, const QString &suffix) const;

    QString m_folder;
};

} // namespace diptych
