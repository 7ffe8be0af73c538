// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/panepromptdialog.h"

#include "theme/theme.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace diptych {

namespace {

constexpr QSize startSize {520, 320};

} // namespace

PanePromptDialog::PanePromptDialog(
    const QString &pane, const QString &sessionPrompt, const std::optional<QString> &own, QWidget *parent)
    : QDialog(parent)
    , m_isOwn(new QCheckBox(tr("A system prompt of its own"), this))
    , m_text(new QPlainTextEdit(this))
{
    setWindowTitle(tr("System prompt of %1").arg(pane));
    resize(startSize);
    auto *hint = new QLabel(this);
    hint->setWordWrap(true);
    makeCaption(hint);
    m_isOwn->setObjectName(QStringLiteral("ownBox"));
    m_isOwn->setChecked(own.has_value());
    m_text->setObjectName(QStringLiteral("ownEdit"));
    m_text->setAccessibleName(tr("System prompt of %1").arg(pane));
    m_text->setPlaceholderText(tr("Empty: this pane is sent no system prompt"));
    m_text->setTabChangesFocus(true);
    m_text->setPlainText(own.value_or(sessionPrompt));
    const auto showState = [this, hint](bool isOwn) {
        m_text->setEnabled(isOwn);
        hint->setText(isOwn ? tr("Sent to this pane in place of the session's, from the next question on.")
                            : tr("The session's holds. Tick the box to send this pane another one, or none."));
    };
    connect(m_isOwn, &QCheckBox::toggled, this, [this, showState](bool isOwn) {
        showState(isOwn);
        if (isOwn)
            m_text->setFocus();
    });
    showState(own.has_value());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &PanePromptDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(spacing::normal);
    column->addWidget(m_isOwn);
    column->addWidget(m_text, 1);
    column->addWidget(hint);
    column->addWidget(buttons);
}

void PanePromptDialog::accept()
{
    Q_EMIT promptChosen(m_isOwn->isChecked() ? std::optional(m_text->toPlainText()) : std::nullopt);
    QDialog::accept();
}

} // namespace diptych
