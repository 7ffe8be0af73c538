// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QJsonValue>

#include <functional>
#include <memory>

namespace diptych {

namespace Ui {
class JsonDialog;
}

/// Asks for a JSON object or list. Deletes itself when closed; to be shown with open().
class JsonDialog : public QDialog
{
    Q_OBJECT
public:
    /// `start` decides whether an object or a list is asked for.
    JsonDialog(const QString &title, const QString &hint, const QJsonValue &start, QWidget *parent);
    ~JsonDialog() override;

    /// Says what is wrong with a value that is valid JSON; empty when it is good.
    void setCheck(std::function<QString(const QJsonValue &)> check);
    [[nodiscard]] QJsonValue value() const;

private:
    void refresh();

    std::unique_ptr<Ui::JsonDialog> m_ui;
    std::function<QString(const QJsonValue &)> m_check;
};

} // namespace diptych
