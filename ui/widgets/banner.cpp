// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/banner.h"

#include "theme/theme.h"
#include "widgets/flowlayout.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace diptych {

namespace {

constexpr int leastDetailsHeight = 56;
constexpr int mostDetailsHeight = 140;
constexpr int leastButtonWidth = 48;

/// Gives way where there is no room for its text, instead of making the window wider.
class ActionButton : public QPushButton
{
public:
    ActionButton(const QString &text, QWidget *parent)
        : QPushButton(text, parent)
        , m_text(text)
    {
        setMinimumWidth(leastButtonWidth);
        setAccessibleName(text);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const int extra = QPushButton::sizeHint().width() - fontMetrics().horizontalAdvance(text());
        return {fontMetrics().horizontalAdvance(m_text) + extra, QPushButton::sizeHint().height()};
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QPushButton::resizeEvent(event);
        const bool fits = width() >= sizeHint().width();
        setText(fits ? m_text : fontMetrics().elidedText(m_text, Qt::ElideRight, width() - 2 * spacing::normal));
        // The effect is told in the description; a shortened text needs its whole one, too.
        const QString effect = accessibleDescription();
        const bool hasBoth = !fits && !effect.isEmpty();
        setToolTip(hasBoth ? QString(m_text + u'\n' + effect) : fits ? effect : m_text);
    }

private:
    QString m_text;
};

} // namespace

Banner::Banner(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_actions(new FlowLayout(spacing::tight))
    , m_details(new QPlainTextEdit(this))
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
    // The icon, a title of one line and the button share a middle.
    m_icon->setFixedHeight(m_close->sizeHint().height());
    m_title->setMinimumHeight(m_close->sizeHint().height());
    m_details->setObjectName(QStringLiteral("details"));
    m_details->setAccessibleName(tr("What the server sent"));
    m_details->setReadOnly(true);
    m_details->hide();
    m_details->setFont(monospaceFont());
    m_details->setMinimumHeight(leastDetailsHeight);
    m_details->setMaximumHeight(mostDetailsHeight);

    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addLayout(m_actions);
    column->addWidget(m_details);
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
    m_more = nullptr;
    m_details->hide();
    paintTone();
    show();
}

void Banner::setText(const QString &text)
{
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleDescription(text);
}

void Banner::addButton(QWidget *button)
{
    m_actions->addWidget(button);
    button->show();
    updateGeometry();
}

void Banner::addAction(const QString &id, const QString &text, const QString &toolTip)
{
    auto *button = new ActionButton(text, this);
    button->setObjectName(QStringLiteral("action-") + id);
    button->setToolTip(toolTip);
    button->setAccessibleDescription(toolTip);
    connect(button, &QPushButton::clicked, this, [this, id] { Q_EMIT actionTriggered(id); });
    addButton(button);
}

void Banner::addMenuAction(const QString &id, const QString &text, const QString &toolTip)
{
    if (!m_more) {
        m_more = new QToolButton(this);
        m_more->setObjectName(QStringLiteral("moreActions"));
        m_more->setAutoRaise(true);
        m_more->setIcon(themeIcon(QStringLiteral("more")));
        m_more->setToolTip(tr("More that can be done"));
        m_more->setAccessibleName(m_more->toolTip());
        m_more->setPopupMode(QToolButton::InstantPopup);
        auto *menu = new QMenu(m_more);
        menu->setToolTipsVisible(true);
        m_more->setMenu(menu);
        addButton(m_more);
    }
    QAction *action = m_more->menu()->addAction(text);
    action->setObjectName(QStringLiteral("action-") + id);
    action->setToolTip(toolTip);
    connect(action, &QAction::triggered, this, [this, id] { Q_EMIT actionTriggered(id); });
}

void Banner::setDetails(const QString &text)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QStringLiteral("detailsButton"));
    button->setAutoRaise(true);
    button->setCheckable(true);
    button->setText(tr("Details"));
    button->setToolTip(tr("What the server sent"));
    button->setAccessibleName(tr("Show what the server sent"));
    m_details->setPlainText(text);
    connect(button, &QToolButton::toggled, m_details, &QWidget::setVisible);
    addButton(button);
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
