// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/gatewaysnippets.h"

#include <QWidget>

#include <memory>

namespace diptych {

namespace Ui {
class SnippetPage;
}

/// Short programs that ask the gateway, to be copied into a client.
class SnippetPage : public QWidget
{
    Q_OBJECT
public:
    explicit SnippetPage(QWidget *parent = nullptr);
    ~SnippetPage() override;

    /// `base` is without a path; `routeName` may be a pattern, empty: there is no route.
    void setTarget(const QUrl &base, const QString &routeName);

private:
    void refresh();

    std::unique_ptr<Ui::SnippetPage> m_ui;
    QUrl m_base;
    QString m_routeName;
};

} // namespace diptych
