// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/banner.h"

#include "theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace diptych {

Banner::Banner(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_actions(new QHBoxLayout)
    , m_close(new QToolButton(this))
{
    setAutoFillBackground(true);
    setObjectName(QStringLiteral("banner"));
    for (QLabel *label : {m_title, m_text}) {
        label->setTextFormat(Qt::PlainText); // may quote a server
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_close->setAutoRaise(true);
    m_close->setIcon(themeIcon(QStringLiteral("close")));
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss message"));
    connect(m_close, &QToolButton::clicked, this, &Banner::dismiss);

    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    column->addWidget(m_title);
    column->addWidget(m_text);
    m_actions->setSpacing(spacing::tight);
    column->addLayout(m_actions);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(spacing::normal, spacing::tight + 2, spacing::tight, spacing::tight + 2);
    row->setSpacing(spacing::normal);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(column, 1);
    row->addWidget(m_close, 0, Qt::AlignTop);
    hide();
}

void Banner::showMessage(Tone tone, const QString &title, const QString &text)
{
    m_tone = tone;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
    while (QLayoutItem *item = m_actions->takeAt(0)) {
        if (QWidget *widget = item->widget())
            widget->deleteLater();
        delete item;
    }
    m_actions->addStretch();
    paintTone();
    show();
}

void Banner::addAction(const QString &id, const QString &text)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(QStringLiteral("action-") + id);
    connect(button, &QPushButton::clicked, this, [this, id] { Q_EMIT actionTriggered(id); });
    m_actions->insertWidget(m_actions->count() - 1, button);
}

void Banner::dismiss()
{
    hide();
    Q_EMIT dismissed();
}

QString Banner::title() const
{
    return m_title->text();
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintTone();
}

void Banner::paintTone()
{
    const QPalette normal = QGuiApplication::palette();
    QColor background = themeColor(ThemeColor::AccentSoft, normal);
    QString icon = QStringLiteral("info");
    if (m_tone == Tone::Warning) {
        background = themeColor(ThemeColor::WarningSoft, normal);
        icon = QStringLiteral("warning");
    } else if (m_tone == Tone::Error) {
        background = themeColor(ThemeColor::DangerSoft, normal);
        icon = QStringLiteral("error");
    }
    if (palette().color(QPalette::Window) != background) { // setting a palette is a palette change again
        QPalette toned;
        toned.setColor(QPalette::Window, background);
        setPalette(toned);
    }
    m_icon->setPixmap(themeIcon(icon).pixmap(QSize(16, 16), devicePixelRatioF()));
}

} // namespace diptych
