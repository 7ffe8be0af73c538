// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/toolstore.h"

#include <QObject>

#include <memory>

namespace diptych {

/// The tools and schemas that are kept for later, shared by whoever shows them.
class ToolLibrary : public QObject
{
    Q_OBJECT
public:
    /// `path` empty: nothing is kept. The file is read when it is asked for first.
    explicit ToolLibrary(const QString &path, QObject *parent = nullptr);

    [[nodiscard]] const ToolCollection &collection();
    /// Keeps it in the file too; what can not be written stays in memory, and failed() follows.
    void setCollection(const ToolCollection &collection);

Q_SIGNALS:
    void changed();
    void failed(const diptych::Error &error);

private:
    std::unique_ptr<ToolStore> m_store; // null: nothing is kept
    ToolCollection m_collection {};
    bool m_isLoaded = false;
};

} // namespace diptych
