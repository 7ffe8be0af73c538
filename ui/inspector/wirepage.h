// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace diptych {

namespace Ui {
class WirePage;
}

/// What goes and went over the wire: the next request, the exchange under way, its earlier attempts, or a stored one.
class WirePage : public QWidget
{
    Q_OBJECT
public:
    explicit WirePage(QWidget *parent = nullptr);
    ~WirePage() override;

    void setKeyVariable(const QString &variable) { m_keyVariable = variable; }
    void setPreview(const Result<WirePreview> &preview);
    /// Follows the reply; keeps a copy of its exchanges once it is finished.
    void watch(Reply *reply);
    void showExchange(const Exchange &exchange, const ChangeLog &changeLog, const std::optional<Error> &error);

private:
    void takeFinished();
    void forgetReply();
    /// Keeps the choice, or goes to the last exchange.
    void fillBox(bool toLast = false);
    void showChosen();
    void updateChosen();
    void refreshLive();
    void copyCurl();
    void save();
    [[nodiscard]] const std::vector<Exchange> &earlier() const;
    /// The exchange that the box points to; null for the next request, or when there is none.
    [[nodiscard]] const Exchange *chosen() const;
    [[nodiscard]] WirePreview chosenRequest() const;

    std::unique_ptr<Ui::WirePage> m_ui;
    QString m_keyVariable;
    std::optional<Result<WirePreview>> m_preview;
    QPointer<Reply> m_reply; // while it runs
    std::optional<Exchange> m_stored; // once it is finished
    std::vector<Exchange> m_storedEarlier;
    ChangeLog m_changeLog;
    std::optional<Error> m_error;
    QTimer m_live;
};

} // namespace diptych
