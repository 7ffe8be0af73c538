// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/variablesbar.h"

#include "chat/promptedit.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace diptych {

namespace {

constexpr int longestLabel = 160; // pixels
constexpr int mostLines = 4; // of a field
constexpr int highest = 150; // pixels, of all fields together

} // namespace

VariablesBar::VariablesBar(QWidget *parent)
    : QWidget(parent)
    , m_area(new QScrollArea(this))
    , m_place(new QWidget)
    , m_grid(new QGridLayout(m_place))
    , m_literal(new QCheckBox(tr("Send {{…}} as written"), this))
{
    setAccessibleName(tr("Variables"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(spacing::normal);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(1, 1);
    m_area->setObjectName(QStringLiteral("variablesArea"));
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidget(m_place);
    m_place->installEventFilter(this);
    m_literal->setObjectName(QStringLiteral("literalBox"));
    m_literal->setToolTip(tr("The double braces are part of the text, such as code: nothing is filled in"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_area);
    column->addWidget(m_literal);
    connect(m_literal, &QCheckBox::toggled, this, [this](bool isLiteral) {
        m_area->setVisible(!isLiteral);
        Q_EMIT literalChanged();
    });
    hide();
}

bool VariablesBar::eventFilter(QObject *watched, QEvent *event)
{
    // The area does not follow what is in it by itself.
    if (watched == m_place && event->type() == QEvent::LayoutRequest)
        m_area->setFixedHeight(qMin(m_place->sizeHint().height(), highest));
    return QWidget::eventFilter(watched, event);
}

bool VariablesBar::isLiteral() const
{
    return m_literal->isChecked();
}

void VariablesBar::setLiteral(bool isLiteral)
{
    m_literal->setChecked(isLiteral);
}

void VariablesBar::setVariables(const QStringList &names)
{
    QStringList shown;
    for (const Field &field : m_fields)
        shown.append(field.name);
    if (shown == names)
        return;
    for (const Field &field : m_fields) {
        for (QWidget *widget : {static_cast<QWidget *>(field.label), static_cast<QWidget *>(field.edit)}) {
            m_grid->removeWidget(widget);
            widget->hide();
            widget->deleteLater();
        }
    }
    m_fields.clear();
    for (const QString &name : names)
        addField(name);
    setVisible(!names.isEmpty());
    if (names.isEmpty())
        m_literal->setChecked(false); // meant for that text
}

void VariablesBar::addField(const QString &name)
{
    auto *label = new QLabel(m_place);
    label->setTextFormat(Qt::PlainText);
    label->setText(label->fontMetrics().elidedText(name, Qt::ElideMiddle, longestLabel));
    label->setToolTip(name);
    auto *edit = new PromptEdit(m_place);
    edit->setObjectName(QStringLiteral("variable-") + name);
    edit->setAccessibleName(tr("Value of %1").arg(name));
    edit->setPlaceholderText(tr("value of %1").arg(name));
    edit->setLines(1, mostLines);
    edit->setPlainText(m_values.value(name).toString());
    label->setBuddy(edit);
    const int row = static_cast<int>(m_fields.size());
    label->setMargin(spacing::tight); // level with the first line of the field
    m_grid->addWidget(label, row, 0, Qt::AlignTop);
    m_grid->addWidget(edit, row, 1);
    m_fields.push_back({.name = name, .label = label, .edit = edit});
    connect(edit, &PromptEdit::sendRequested, this, [this, name] { accept(name); });
    connect(edit, &QPlainTextEdit::textChanged, this, [this, name, edit] {
        m_values.insert(name, edit->toPlainText());
        Q_EMIT valuesEdited(m_values);
    });
    label->show();
    edit->show();
}

void VariablesBar::setValues(const QJsonObject &values)
{
    m_values = values;
    for (const Field &field : m_fields) {
        const QString value = values.value(field.name).toString();
        if (field.edit->toPlainText() == value)
            continue;
        const QSignalBlocker blocker(field.edit);
        field.edit->replaceText(value);
    }
}

void VariablesBar::focusField(const QString &name)
{
    for (const Field &field : m_fields) {
        if (field.name == name)
            field.edit->setFocus(Qt::OtherFocusReason);
    }
}

void VariablesBar::accept(const QString &name)
{
    const auto field = std::find_if(
        m_fields.begin(), m_fields.end(), [&name](const Field &candidate) { return candidate.name == name; });
    if (field == m_fields.end())
        return;
    if (std::next(field) == m_fields.end())
        Q_EMIT sendRequested();
    else
        std::next(field)->edit->setFocus(Qt::TabFocusReason);
}

} // namespace diptych
