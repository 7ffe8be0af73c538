// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/completion.h"

#include <QWidget>

#include <memory>

class QLineEdit;

namespace diptych {

namespace Ui {
class SamplingBar;
}

/// The parameters of a completion in two rows; an empty field is not sent.
class SamplingBar : public QWidget
{
    Q_OBJECT
public:
    explicit SamplingBar(QWidget *parent = nullptr);
    ~SamplingBar() override;

    /// Writes what is set into the request. False when a field has the wrong type.
    [[nodiscard]] bool apply(CompletionRequest &request) const;
    [[nodiscard]] bool isValid() const;
    /// By wire name; false when there is no such field.
    [[nodiscard]] bool isSet(const QString &parameter) const;
    void unset(const QString &parameter);

protected:
    void changeEvent(QEvent *event) override;

private:
    void check();
    /// Empty, or what is wrong or unusual with a field; `isWrong` tells the two apart.
    [[nodiscard]] QString remark(const QLineEdit *field, bool &isWrong) const;

    std::unique_ptr<Ui::SamplingBar> m_ui;
    std::vector<QLineEdit *> m_fields;
};

} // namespace diptych
