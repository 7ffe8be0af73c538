// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

#include <QAbstractListModel>

namespace diptych {

class SessionStore;

/// Stored sessions in one list, newest first: the newest of those that are listed, or those in the trash. Follows the
/// store.
class SessionListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum class Part { Listed, Trash };
    enum Role {
        SessionIdRole = Qt::UserRole + 1,
        UpdatedAtRole, ///< QDateTime
        DetailRole, ///< QString: when, how many turns; in the trash, when it goes
    };
    static constexpr int daysInTrash = 30;
    static constexpr int mostListed = 500; ///< older ones are found by search

    /// `store` may be null: the list stays empty then.
    explicit SessionListModel(SessionStore *store, QObject *parent = nullptr, Part part = Part::Listed);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QModelIndex indexOf(const QString &sessionId) const;
    void reload();

private:
    void update(const QString &sessionId);
    void updateAll(const QStringList &ids);
    [[nodiscard]] bool isMine(const SessionSummary &session) const;

    SessionStore *m_store;
    Part m_part;
    std::vector<SessionSummary> m_sessions;
};

} // namespace diptych
