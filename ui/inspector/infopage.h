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

/// What an endpoint tells about a model. Asks only while it can be seen.
class InfoPage : public QWidget
{
    Q_OBJECT
public:
    explicit InfoPage(Connections &connections, QWidget *parent = nullptr);
    ~InfoPage() override;

    void showModel(const ModelRef &ref);

Q_SIGNALS:
    void replyStarted(diptych::Reply *reply, const QString &label);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void connectToConnections();
    void ask();
    void takeAnswer();
    void showWhatIsKnown();
    void showFacts(const ModelInfo &info);
    void showError(const Error &error);
    void setRaw(const QJsonObject &raw);
    void toggleRaw(bool shown);

    Connections &m_connections;
    std::unique_ptr<Ui::InfoPage> m_ui;
    ModelRef m_model;
    bool m_isAsked = false;
    std::unique_ptr<ModelInfoReply> m_reply;
};

} // namespace diptych
