// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"

#include <QWidget>

#include <memory>

namespace diptych {

namespace Ui {
class AdvancedOptions;
}

/// The part of an endpoint that most people never touch: what does not map, extras, headers, proxy, certificates,
/// deadlines, retries.
class AdvancedOptions : public QWidget
{
    Q_OBJECT
public:
    explicit AdvancedOptions(QWidget *parent = nullptr);
    ~AdvancedOptions() override;

    void read(const Endpoint &endpoint);
    void write(Endpoint &endpoint) const;
    /// Why the input can not be used; empty when it can.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void edited();

private:
    void addHeaderRow(const HeaderField &header);
    void removeHeaderRows();
    [[nodiscard]] HeaderList headers() const;
    void setUpHeaders();
    void setUpFiles();
    void updateProxy();
    void explainAdaptation();

    std::unique_ptr<Ui::AdvancedOptions> m_ui;
    ConnectionOptions m_untouched; // retry delays, which have no field
};

} // namespace diptych
