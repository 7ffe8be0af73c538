// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"

#include <QObject>

#include <functional>
#include <vector>

class QWidget;

namespace diptych {

class CapabilityBook;
class CatalogueModel;
class Conversation;
class ModelPicker;

/// Lets the user choose a model, and does with it what it was chosen for.
class ModelChoice : public QObject
{
    Q_OBJECT
public:
    ModelChoice(Conversation &conversation, CatalogueModel &catalogue, QWidget *parent);

    /// Models that are known to refuse something are then not offered in place of one that did.
    void setCapabilityBook(const CapabilityBook *book) { m_book = book; }

    void forNewPane(QWidget *anchor);
    void forPane(const QString &paneId, QWidget *anchor); ///< swaps its model
    /// Swaps the model for one that is not known to refuse what this one refused, and asks again.
    void forRepair(const QString &paneId, QWidget *anchor);
    void forTurn(const QString &paneId, int turn, QWidget *anchor); ///< asks this turn once more with it

private:
    void open(const QString &paneId, QWidget *anchor, std::vector<ModelRef> excluded,
        std::function<void(const ModelRef &)> use);

    Conversation &m_conversation;
    ModelPicker *m_picker;
    const CapabilityBook *m_book = nullptr;
    std::function<void(const ModelRef &)> m_use;
};

} // namespace diptych
