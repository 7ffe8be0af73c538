// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/shadowlog.h"

#include <QWidget>

#include <memory>

namespace diptych {

namespace Ui {
class ShadowPage;
}

class Connections;
class ShadowListModel;

/// What two models answered to the same requests, to be compared.
class ShadowPage : public QWidget
{
    Q_OBJECT
public:
    /// Both must outlive the page.
    ShadowPage(ShadowLog &log, const Connections &connections, QWidget *parent = nullptr);
    ~ShadowPage() override;

Q_SIGNALS:
    void compareRequested(const diptych::ShadowPair &pair);

private:
    void setUpTable();
    void compare();
    void updateState();

    std::unique_ptr<Ui::ShadowPage> m_ui;
    ShadowLog &m_log;
    ShadowListModel *m_model;
};

} // namespace diptych
