// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/capabilitybook.h"
#include "store/jsonfile.h"

#include <QTimer>

namespace diptych {

/// Keeps a CapabilityBook in a JSON file: read once, then every change is written soon after, several at once. Models
/// that this process did not touch are left as they are in the file.
class CapabilityStore : public QObject
{
    Q_OBJECT
public:
    explicit CapabilityStore(const QString &path, QObject *parent = nullptr);
    ~CapabilityStore() override; ///< writes what is waiting

    /// Fills the book and follows it; the book must outlive the store. Entries that make no sense are left out.
    /// Errors: Storage. A damaged file is moved aside; the book stays empty then and is followed all the same.
    [[nodiscard]] Result<void> open(CapabilityBook &book);
    /// Writes what is waiting now.
    void flush();

Q_SIGNALS:
    void failed(const diptych::Error &error);

private:
    JsonFile m_file;
    CapabilityBook *m_book = nullptr;
    std::vector<ModelRef> m_waiting;
    QTimer m_pause;
};

} // namespace diptych
