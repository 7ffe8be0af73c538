// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "palette/commandpalette.h"

#include "palette/commanddelegate.h"
#include "palette/commandmodel.h"
#include "theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace diptych {

namespace {

constexpr int widest = 620;
constexpr int tallest = 460;
constexpr int pageStep = 8;
constexpr qsizetype mostRemembered = 20;

} // namespace

CommandPalette::CommandPalette(QWidget &window)
    : QFrame(&window)
    , m_window(window)
    , m_model(new CommandModel(this))
    , m_edit(new QLineEdit(this))
    , m_view(new QListView(this))
    , m_hint(new QLabel(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setProperty("isNoCommand", true);
    setAccessibleName(tr("Command palette"));
    m_edit->setObjectName(QStringLiteral("commandSearch"));
    m_edit->setPlaceholderText(tr("Type what you want to do, a model or a session"));
    m_edit->setAccessibleName(tr("Search commands, models and sessions"));
    m_edit->addAction(themeIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_edit->installEventFilter(this);
    m_view->setObjectName(QStringLiteral("commandList"));
    m_view->setAccessibleName(tr("Matching commands"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new CommandDelegate(m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    makeCaption(m_hint);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setIndent(spacing::normal);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::normal, spacing::normal, spacing::normal, spacing::tight);
    layout->setSpacing(spacing::tight);
    layout->addWidget(m_edit);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_hint);
    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_view, &QListView::clicked, this, [this](const QModelIndex &index) {
        select(index.row());
        runCurrent();
    });
    setFocusProxy(m_edit);
    m_window.installEventFilter(this);
    hide();
}

void CommandPalette::open(Commands commands)
{
    if (!isVisible())
        m_before = QApplication::focusWidget();
    m_model->setCommands(std::move(commands), m_recent);
    m_edit->clear();
    search({});
    place();
    show();
    raise();
    m_edit->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::close()
{
    if (!isVisible())
        return;
    const bool hadFocus = m_edit->hasFocus();
    hide();
    if (hadFocus && m_before)
        m_before->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::place()
{
    const QSize room = m_window.size();
    resize(std::min(widest, room.width() - 2 * spacing::loose), std::min(tallest, room.height() - 4 * spacing::loose));
    QFrame::move((room.width() - width()) / 2, std::min(2 * spacing::loose, std::max(0, room.height() - height())));
}

void CommandPalette::search(const QString &text)
{
    m_model->setSearch(text);
    select(-1);
    move(1);
    m_view->scrollToTop();
    if (m_model->matchCount() == 0)
        m_hint->setText(tr("Nothing fits. Fewer letters find more."));
}

void CommandPalette::select(int row)
{
    m_view->setCurrentIndex(m_model->index(row));
    describeCurrent();
}

const Command *CommandPalette::current() const
{
    return m_model->commandAt(m_view->currentIndex().row());
}

void CommandPalette::move(int step)
{
    const int rows = m_model->rowCount();
    int row = m_view->currentIndex().isValid() ? m_view->currentIndex().row() : -1;
    const int direction = step > 0 ? 1 : -1;
    int target = row;
    for (int left = std::abs(step); left > 0; --left) {
        do {
            row += direction;
        } while (row >= 0 && row < rows && !m_model->commandAt(row));
        if (row < 0 || row >= rows)
            break;
        target = row;
    }
    if (target >= 0)
        select(target);
}

void CommandPalette::describeCurrent()
{
    const Command *command = current();
    const QString keys = tr("Enter does it, Escape closes");
    if (!command)
        m_hint->setText(keys);
    else if (command->isEnabled)
        m_hint->setText(keys);
    else
        m_hint->setText(command->reason.isEmpty() ? tr("Not available now") : command->reason);
    // The keyboard stays in the line, so the line says what is chosen.
    m_edit->setAccessibleDescription(m_view->currentIndex().data(Qt::AccessibleTextRole).toString());
    QAccessibleEvent event(m_edit, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void CommandPalette::runCurrent()
{
    const Command *command = current();
    if (!command || !command->isEnabled || !command->run)
        return;
    const auto run = command->run; // what it does may fill the palette anew
    m_recent.removeAll(command->id);
    m_recent.prepend(command->id);
    m_recent = m_recent.mid(0, mostRemembered);
    close();
    Q_EMIT recentChanged(m_recent);
    run();
}

bool CommandPalette::takeKey(int key)
{
    switch (key) {
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_PageDown:
        move(pageStep);
        return true;
    case Qt::Key_PageUp:
        move(-pageStep);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // there is nowhere to go
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_window && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched != m_edit)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent *>(event)->reason() != Qt::PopupFocusReason
        && static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason)
        hide();
    if (event->type() == QEvent::ShortcutOverride) {
        // Escape and the arrows are ours while the palette is open.
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter)
            event->accept();
    }
    if (event->type() == QEvent::KeyPress && takeKey(static_cast<QKeyEvent *>(event)->key()))
        return true;
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    painter.setPen(themeColor(ThemeColor::Accent, palette()));
    painter.setBrush(palette().color(QPalette::Window));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

} // namespace diptych
