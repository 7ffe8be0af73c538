// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace diptych {

/// Writes one answer into a document while it arrives.
class AnswerWriter
{
public:
    virtual ~AnswerWriter() = default;
    /// Takes the next part.
    virtual void append(QStringView text) = 0;
    /// Brings what is shown of an open part up to date, cheaply.
    virtual void showOpen() = 0;
    /// Sets the open part in type properly; for when the stream pauses.
    virtual void settle() = 0;
    virtual void finish() = 0;
    /// Whether settle() would change what is shown.
    [[nodiscard]] virtual bool isRough() const = 0;
};

} // namespace diptych
