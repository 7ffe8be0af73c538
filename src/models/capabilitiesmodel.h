// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"

#include <QAbstractListModel>

#include <vector>

namespace diptych {

class CapabilityBook;

/// What one model can do, with the evidence: declared by its endpoint, seen in answers, or probed. Follows the book.
class CapabilitiesModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        AbilityRole = Qt::UserRole + 1, ///< QString: the name in Capabilities
        StateRole, ///< int of CapabilityState::State
        EvidenceRole, ///< QString
        OriginRole, ///< QString: source and date for people, "probed 3 Feb 2026"
        CanForgetRole, ///< bool: it is in the book; what is declared comes again with the next answer
    };

    explicit CapabilitiesModel(CapabilityBook &book, QObject *parent = nullptr);

    void setModel(const ModelRef &model, const Capabilities &declared);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    void forget(const QModelIndex &index);
    void forgetAll();
    [[nodiscard]] bool canForgetAny() const;
    /// "7 yes, 2 no, 1 unclear" for people; empty without rows.
    [[nodiscard]] QString summary() const;

private:
    struct Row {
        QString ability {};
        CapabilityState state {};
        bool isLearnt = false;
        bool operator==(const Row &) const = default;
    };
    void rebuild();

    CapabilityBook &m_book;
    ModelRef m_model;
    Capabilities m_declared;
    std::vector<Row> m_rows;
};

/// For people: "supported", "refused", "unclear".
[[nodiscard]] QString capabilityStateText(CapabilityState::State state);
/// For people: "declared", "seen 3 Feb 2026", "probed 3 Feb 2026".
[[nodiscard]] QString capabilityOriginText(const CapabilityState &state);

} // namespace diptych
