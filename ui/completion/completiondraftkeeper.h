// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/completiondraft.h"

#include <QObject>
#include <QPointer>

class QAbstractButton;
class QAction;

namespace diptych {

class CompletionBoard;
class CompletionEdit;
class SamplingBar;
class SweepBar;

/// Shows what was kept of the completion page, and keeps what changes on it.
class CompletionDraftKeeper : public QObject
{
    Q_OBJECT
public:
    /// What a draft is made of; all outlive the keeper.
    struct Parts {
        CompletionEdit &editor;
        CompletionBoard &board;
        SamplingBar &sampling;
        SweepBar &sweep;
        QAction &split;
        QAbstractButton &heat;
    };
    explicit CompletionDraftKeeper(const Parts &parts, QObject *parent = nullptr);

    /// Restores at once. Errors: Storage; the page is unchanged then.
    [[nodiscard]] Result<void> setStore(CompletionDraftStore *store);
    [[nodiscard]] CompletionDraft draft() const;

private:
    void restore(const CompletionDraft &draft);
    void keep();

    Parts m_parts;
    QPointer<CompletionDraftStore> m_store;
};

} // namespace diptych
