// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

#include <QAbstractListModel>

namespace diptych {

class SessionStore;

/// The stored sessions, newest first. Follows the store.
class SessionListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        SessionIdRole = Qt::UserRole + 1,
        UpdatedAtRole, ///< QDateTime
        DetailRole, ///< QString: when, how many turns and panes
    };

    /// `store` may be null: the list stays empty then.
    explicit SessionListModel(SessionStore *store, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QModelIndex indexOf(const QString &sessionId) const;
    void reload();

private:
    SessionStore *m_store;
    std::vector<SessionSummary> m_sessions;
};

} // namespace diptych
