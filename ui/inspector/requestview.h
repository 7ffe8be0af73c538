// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"

#include <QWidget>

#include <memory>

namespace diptych {

class ChangeLogModel;

namespace Ui {
class RequestView;
}

/// A request as it goes over the wire, and what the adapter changed on the way.
class RequestView : public QWidget
{
    Q_OBJECT
public:
    explicit RequestView(QWidget *parent = nullptr);
    ~RequestView() override;

    void setRequest(const WirePreview &request);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showText();

    std::unique_ptr<Ui::RequestView> m_ui;
    ChangeLogModel *m_changes;
    WirePreview m_request;
};

} // namespace diptych
