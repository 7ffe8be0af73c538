// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/promptlibrary.h"

#include <QAbstractListModel>

namespace diptych {

/// The prompts of a library, by name. Every change is written at once.
class PromptsModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        SearchRole = Qt::UserRole + 1, ///< everything that can be searched for
        DescriptionRole,
    };

    explicit PromptsModel(PromptLibrary &library, QObject *parent = nullptr);

    /// Reads the library anew: another window may have changed it.
    void reload();
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    [[nodiscard]] const Prompt *at(int row) const; ///< null when there is no such row
    int add(const Prompt &prompt); ///< its row; an empty id gets a fresh one
    /// Keeps id and row; the time of the change is now. No effect when nothing is different.
    void change(int row, Prompt prompt);
    Prompt remove(int row); ///< what it was, to be added again

Q_SIGNALS:
    void failed(const diptych::Error &error);

private:
    void report(const Result<void> &saved);

    PromptLibrary &m_library;
    std::vector<Prompt> m_prompts;
};

} // namespace diptych
