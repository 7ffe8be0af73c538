// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/modeltraits.h"

#include <QWidget>

class QAbstractButton;

namespace diptych {

/// Narrows models down to those that have all chosen traits. Offers only traits that some model has.
class TraitChips : public QWidget
{
    Q_OBJECT
public:
    explicit TraitChips(QWidget *parent = nullptr);

    /// A chosen trait stays on offer, so that it can be taken back.
    void offer(ModelTraits traits);
    [[nodiscard]] ModelTraits chosen() const;

Q_SIGNALS:
    void chosenChanged(diptych::ModelTraits traits);

private:
    std::vector<QAbstractButton *> m_chips; ///< one per trait, in the order of allModelTraits()
};

} // namespace diptych
