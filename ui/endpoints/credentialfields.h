// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"

#include <QWidget>

#include <memory>

namespace diptych {

namespace Ui {
class CredentialFields;
}

/// How an endpoint is signed in to: a key, a token pasted, or a command that prints one.
class CredentialFields : public QWidget
{
    Q_OBJECT
public:
    /// Way of signing in; Endpoint has no field for it, it follows from the others.
    enum class Method { Key, Token, Command };

    explicit CredentialFields(QWidget *parent = nullptr);
    ~CredentialFields() override;

    /// `keyHeader`: the header that the kind's provider calls its key by.
    void read(const Endpoint &endpoint, const QByteArray &keyHeader);
    void write(Endpoint &endpoint) const;
    /// Why the input can not be used; empty when it can.
    [[nodiscard]] QString problem() const;
    void setHint(const QString &text); ///< where keys are kept, or why this one is in danger
    [[nodiscard]] bool hasSecret() const;
    [[nodiscard]] int labelWidth() const;
    void setLabelWidth(int width);

Q_SIGNALS:
    void edited();

private:
    void setUpFields();
    void takeMethod();
    void showMethod();
    void showScope();
    [[nodiscard]] Method method() const;

    std::unique_ptr<Ui::CredentialFields> m_ui;
    Endpoint::Kind m_kind = Endpoint::Kind::OpenAiCompatible;
};

} // namespace diptych
