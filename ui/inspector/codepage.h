// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace diptych {

namespace Ui {
class CodePage;
}

/// A call as source text in several languages.
class CodePage : public QWidget
{
    Q_OBJECT
public:
    explicit CodePage(QWidget *parent = nullptr);
    ~CodePage() override;

    void setKeyVariable(const QString &variable);
    void setCall(const Result<WirePreview> &call);

private:
    void refresh();
    void copy();

    std::unique_ptr<Ui::CodePage> m_ui;
    QString m_keyVariable;
    QString m_code; // whole; long lines are shortened for show
    std::optional<Result<WirePreview>> m_call;
};

} // namespace diptych
