// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlay/overlaycard.h"

#include "models/formatting.h"
#include "models/tokenprobability.h"
#include "theme/theme.h"
#include "widgets/probabilitydelegate.h"

#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace diptych {

namespace {

constexpr int cardWidth = 300;
constexpr int mostRows = 8;
constexpr qsizetype mostCharacters = 600;
constexpr int leaveDelay = 350; ///< milliseconds
constexpr int tokenRole = Qt::UserRole + 2;

QString shortened(const QString &text)
{
    return text.size() <= mostCharacters ? text : text.left(mostCharacters) + u'…';
}

} // namespace

OverlayCard::OverlayCard(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_list(new QListWidget(this))
    , m_hint(new QLabel(this))
    , m_home(parent)
{
    setObjectName(QStringLiteral("overlayCard"));
    setFixedWidth(cardWidth);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::normal, spacing::tight, spacing::normal, spacing::tight);
    column->setSpacing(spacing::tight);
    for (QLabel *label : {m_title, m_text, m_hint}) {
        label->setTextFormat(Qt::PlainText); // what models write is no markup
        label->setWordWrap(true);
    }
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addWidget(m_list);
    column->addWidget(m_hint);
    makeCaption(m_title);
    makeCaption(m_hint);
    m_list->setObjectName(QStringLiteral("tokenAlternatives"));
    m_list->setAccessibleName(tr("Alternatives of the token"));
    m_list->setItemDelegate(new ProbabilityDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem *item) { choose(m_list->row(item)); });
    m_leaveTimer.setSingleShot(true);
    m_leaveTimer.setInterval(leaveDelay);
    connect(&m_leaveTimer, &QTimer::timeout, this, [this] {
        if (underMouse())
            m_leaveTimer.start();
        else if (!m_list->hasFocus())
            hide();
    });
    hide();
}

void OverlayCard::showChange(const AnswerChange &change, const QString &baseText, const QString &baseline)
{
    m_list->hide();
    m_hint->hide();
    const bool isMissing = change.baseLength == 0;
    m_title->setText(isMissing ? tr("Not in baseline %1").arg(baseline) : tr("Baseline %1 says").arg(baseline));
    if (!change.pointer.isEmpty())
        m_title->setText(QStringLiteral("%1 · %2").arg(change.pointer, m_title->text()));
    m_text->setVisible(!isMissing);
    QFont font = this->font();
    font.setStrikeOut(!isMissing);
    m_text->setFont(font);
    m_text->setText(shortened(change.kind == AnswerChange::Kind::Space ? visibleToken(baseText) : baseText));
    setAccessibleName(m_title->text() + u'\n' + m_text->text());
}

void OverlayCard::showToken(const TokenLogprob &token, bool mayContinue)
{
    m_mayContinue = mayContinue;
    m_text->hide();
    m_list->clear();
    const std::vector<TokenLogprob::Alternative> all = candidates(token);
    for (const TokenLogprob::Alternative &alternative : all) {
        auto *item = new QListWidgetItem(visibleToken(alternative.token), m_list);
        item->setData(ProbabilityDelegate::ProbabilityRole, std::exp(alternative.logprob));
        item->setData(tokenRole, alternative.token);
        QFont font = m_list->font();
        font.setBold(alternative.token == token.token);
        item->setFont(font);
    }
    QString title = tr("Token %1").arg(visibleToken(token.token));
    if (const auto entropy = entropyBits(token))
        title += tr(" · entropy ≥ %1 bit").arg(QLocale().toString(*entropy, 'f', 2));
    m_title->setText(title);
    setAccessibleName(title);
    m_list->setVisible(!all.empty());
    const int rows = std::min<int>(mostRows, static_cast<int>(all.size()));
    m_list->setFixedHeight(rows * m_list->sizeHintForRow(0) + 2);
    m_hint->setText(all.empty() ? tr("No probability was given for this token.")
            : mayContinue       ? tr("Click another token to continue from it, or press T and choose.")
                                : tr("When the answer has ended, it can be continued from another token."));
    m_hint->show();
}

void OverlayCard::popUp(const QWidget *widget, const QRect &place)
{
    m_leaveTimer.stop();
    goTo(m_home->isAncestorOf(widget) ? m_home : widget->window());
    layout()->activate();
    const int high = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(cardWidth) : sizeHint().height();
    resize(cardWidth, high + 2);
    const QWidget *host = parentWidget();
    const QPoint below = widget->mapTo(host, place.bottomLeft() + QPoint(0, spacing::tight));
    const QPoint above = widget->mapTo(host, place.topLeft() - QPoint(0, spacing::tight + height()));
    QPoint corner = below.y() + height() <= host->height() || above.y() < 0 ? below : above;
    corner.setX(std::clamp(corner.x(), 0, std::max(0, host->width() - width())));
    corner.setY(std::clamp(corner.y(), 0, std::max(0, host->height() - height())));
    move(corner);
    raise();
    show();
}

void OverlayCard::goTo(QWidget *host)
{
    if (parentWidget() == host)
        return;
    parentWidget()->removeEventFilter(this);
    setParent(host);
    if (host != m_home)
        host->installEventFilter(this);
}

bool OverlayCard::eventFilter(QObject *watched, QEvent *event)
{
    // The window of a pane goes, and would take the card along.
    if (watched == parent() && watched != m_home && event->type() == QEvent::Hide)
        dismiss();
    return QFrame::eventFilter(watched, event);
}

void OverlayCard::leave()
{
    if (isVisible())
        m_leaveTimer.start();
}

void OverlayCard::dismiss()
{
    m_leaveTimer.stop();
    hide();
    goTo(m_home);
}

void OverlayCard::takeFocus()
{
    if (!isVisible() || !m_list->isVisible())
        return;
    m_list->setCurrentRow(0);
    m_list->setFocus();
}

bool OverlayCard::event(QEvent *event)
{
    // While the card has the focus, its keys are no commands of the panes around it.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->modifiers() == Qt::NoModifier) {
        event->accept();
        return true;
    }
    return QFrame::event(event);
}

void OverlayCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        dismiss();
        Q_EMIT dismissed();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        choose(m_list->currentRow());
    } else {
        QFrame::keyPressEvent(event);
    }
}

void OverlayCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeColor(ThemeColor::Panel, palette()));
    painter.setPen(themeColor(ThemeColor::Faint, palette()));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void OverlayCard::choose(int row)
{
    const QListWidgetItem *item = m_list->item(row);
    if (!item || !m_mayContinue)
        return;
    const QString token = item->data(tokenRole).toString();
    // Half a character can not be continued from.
    if (token.isEmpty() || token.contains(QChar::ReplacementCharacter))
        return;
    dismiss();
    Q_EMIT alternativeChosen(token);
}

} // namespace diptych
