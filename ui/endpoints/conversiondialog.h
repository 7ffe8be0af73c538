// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/v1conversion.h"

#include <QDialog>

#include <memory>

namespace diptych {

namespace Ui {
class ConversionDialog;
}

/// Shows what becomes of an Azure endpoint that is converted to OpenAI v1, and what is lost by it.
class ConversionDialog : public QDialog
{
    Q_OBJECT
public:
    ConversionDialog(const Endpoint &before, const V1Conversion &conversion, QWidget *parent = nullptr);
    ~ConversionDialog() override;

Q_SIGNALS:
    /// With the id of the original when it is to be replaced, otherwise with a new one. The dialog closes.
    void endpointAccepted(const diptych::Endpoint &endpoint);

private:
    void showDifference(const Endpoint &before, const Endpoint &after);
    void finish();

    std::unique_ptr<Ui::ConversionDialog> m_ui;
    const QString m_originalId;
    Endpoint m_endpoint;
};

} // namespace diptych
