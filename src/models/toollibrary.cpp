// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/toollibrary.h"

namespace diptych {

ToolLibrary::ToolLibrary(const QString &path, QObject *parent)
    : QObject(parent)
    , m_store(path.isEmpty() ? nullptr : std::make_unique<ToolStore>(path))
{
}

const ToolCollection &ToolLibrary::collection()
{
    if (!m_isLoaded && m_store) {
        m_isLoaded = true;
        if (Result<ToolCollection> loaded = m_store->load())
            m_collection = std::move(*loaded);
        else
            Q_EMIT failed(loaded.error());
    }
    return m_collection;
}

void ToolLibrary::setCollection(const ToolCollection &collection)
{
    if (this->collection() == collection)
        return;
    m_collection = collection;
    if (m_store) {
        if (const Result<void> saved = m_store->save(collection); !saved)
            Q_EMIT failed(saved.error());
    }
    Q_EMIT changed();
}

} // namespace diptych
