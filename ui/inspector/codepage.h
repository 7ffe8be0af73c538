// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "models/codesnippet.h"

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
    /// Offers the languages of this call; returns the one to show.
    SnippetLanguage fillLanguages();
    void copy();

    std::unique_ptr<Ui::CodePage> m_ui;
    QString m_keyVariable;
    QString m_code; // whole; long lines are shortened for show
    std::optional<Result<WirePreview>> m_call;
    std::vector<SnippetLanguage> m_offered;
    SnippetLanguage m_wanted = SnippetLanguage::Curl; // stays, also while a call can not be written so
};

} // namespace diptych
