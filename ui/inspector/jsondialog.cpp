// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/jsondialog.h"

#include "theme/theme.h"
#include "ui_jsondialog.h"

#include <QPushButton>

namespace diptych {

JsonDialog::JsonDialog(const QString &title, const QString &hint, const QJsonValue &start, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::JsonDialog>())
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->setupUi(this);
    setWindowTitle(title);
    m_ui->hintLabel->setText(hint);
    makeCaption(m_ui->hintLabel);
    m_ui->editor->setAccessibleName(title);
    m_ui->editor->setShape(start.isArray() ? JsonEdit::Shape::Array : JsonEdit::Shape::Object);
    m_ui->editor->setJson(start);
    QPalette toned = m_ui->errorLabel->palette();
    toned.setColor(QPalette::WindowText, themeColor(ThemeColor::Danger, toned));
    m_ui->errorLabel->setPalette(toned);
    connect(m_ui->editor, &QPlainTextEdit::textChanged, this, &JsonDialog::refresh);
    connect(m_ui->buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    refresh();
}

JsonDialog::~JsonDialog() = default;

void JsonDialog::setCheck(std::function<QString(const QJsonValue &)> check)
{
    m_check = std::move(check);
    refresh();
}

QJsonValue JsonDialog::value() const
{
    return m_ui->editor->json().value_or(QJsonValue());
}

void JsonDialog::refresh()
{
    QString error = m_ui->editor->errorText();
    if (error.isEmpty() && m_check)
        error = m_check(value());
    m_ui->errorLabel->setText(error);
    m_ui->buttons->button(QDialogButtonBox::Ok)->setEnabled(error.isEmpty());
}

} // namespace diptych
