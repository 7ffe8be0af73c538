// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"

#include <QComboBox>

class QStandardItemModel;

namespace diptych {

/// A choice of the models that may embed texts, grouped by endpoint. Follows the connections and keeps its choice as
/// long as the model exists.
class ModelChooser : public QComboBox
{
    Q_OBJECT
public:
    /// With `isOptional` the first entry is "none" and the choice at the start.
    ModelChooser(Connections &connections, bool isOptional, QWidget *parent = nullptr);

    /// Invalid: none.
    [[nodiscard]] ModelRef model() const;
    /// False when there is no such entry.
    bool choose(const ModelRef &ref);

private:
    void rebuild();
    void addEndpoint(const Endpoint &endpoint);
    void addEntry(const QString &text, const ModelRef &ref);

    Connections &m_connections;
    QStandardItemModel *m_entries;
    bool m_isOptional;
};

} // namespace diptych
