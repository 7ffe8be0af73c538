// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sessionsearch.h"

#include <QAbstractListModel>

namespace diptych {

class SessionStore;

/// What a search of all sessions found: a row for each title and each turn.
class SessionMatchesModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        SessionIdRole = Qt::UserRole + 1,
        TurnIdRole, ///< qint64; 0: the title
        SnippetRole, ///< QString with SessionMatch's marks
    };
    static constexpr int limit = 200; ///< turns that are shown

    /// `store` may be null: nothing is found then.
    explicit SessionMatchesModel(SessionStore *store, QObject *parent = nullptr);

    void search(const QString &text);
    [[nodiscard]] QString text() const { return m_text; }
    /// Unset when all is well; a sentence when the store can not be searched.
    [[nodiscard]] QString problem() const { return m_problem; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    SessionStore *m_store;
    QString m_text;
    QString m_problem;
    std::vector<SessionMatch> m_matches;
};

} // namespace diptych
