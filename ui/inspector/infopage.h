// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace diptych {

namespace Ui {
class InfoPage;
}

class AbilitiesView;
class CapabilityBook;
class PriceTable;

/// What is known of a model: facts, price and abilities. Asks its endpoint only while it can be seen.
class InfoPage : public QWidget
{
    Q_OBJECT
public:
    InfoPage(Connections &connections, CapabilityBook &book, PriceTable &prices, QWidget *parent = nullptr);
    ~InfoPage() override;

    void showModel(const ModelRef &ref);

Q_SIGNALS:
    void replyStarted(diptych::Reply *reply, const QString &label);
    void pricesRequested(const diptych::ModelRef &model);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void connectToConnections();
    void ask();
    void takeAnswer();
    void showWhatIsKnown();
    void showFacts(const ModelInfo &info);
    void showMoreFacts(const ModelFacts &facts);
    void showPrice();
    [[nodiscard]] ModelInfo listed() const;
    void showError(const Error &error);
    void setRaw(const QJsonObject &raw);
    void toggleRaw(bool shown);

    Connections &m_connections;
    PriceTable &m_prices;
    std::unique_ptr<Ui::InfoPage> m_ui;
    AbilitiesView *m_abilities;
    std::vector<QWidget *> m_moreFacts; ///< one widget per row that is not always there
    ModelRef m_model;
    bool m_isAsked = false;
    std::unique_ptr<ModelInfoReply> m_reply;
};

} // namespace diptych
