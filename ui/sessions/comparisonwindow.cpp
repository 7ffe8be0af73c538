// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/comparisonwindow.h"

#include "theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QScrollBar>
#include <QTextBrowser>
#include <QTextTable>
#include <QToolButton>

namespace diptych {

ComparisonWindow::ComparisonWindow(const TurnComparison &comparison, const Titles &titles, QWidget *parent)
    : QDialog(parent, Qt::Window)
    , m_comparison(comparison)
    , m_titles(titles)
    , m_summary(new QLabel)
    , m_view(new QTextBrowser)
{
    setObjectName(QStringLiteral("comparisonWindow"));
    setWindowTitle(titles.window);
    resize(960, 640);
    m_summary->setObjectName(QStringLiteral("summaryLabel"));
    m_summary->setWordWrap(true);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setAccessibleName(tr("Both beside each other"));
    m_view->setOpenLinks(false);
    m_view->installEventFilter(this);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(spacing::wide, spacing::normal, spacing::normal, spacing::normal);
    bar->addWidget(m_summary, 1);
    const auto addButton = [&](const QString &icon, const QString &text, int direction) {
        auto *button = new QToolButton;
        button->setIcon(themeIcon(icon));
        button->setToolTip(text);
        button->setAccessibleName(text);
        button->setAutoRaise(true);
        connect(button, &QToolButton::clicked, this, [this, direction] { jump(direction); });
        bar->addWidget(button, 0, Qt::AlignTop);
    };
    addButton(QStringLiteral("arrow-up"), tr("To the difference before (P)"), -1);
    addButton(QStringLiteral("arrow-down"), tr("To the next difference (N)"), 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_view, 1);
    m_summary->setText(summary());
    build();
    m_view->setFocus();
}

QString ComparisonWindow::summary() const
{
    QStringList lines;
    if (m_comparison.sharedTurns > 0) {
        lines.append(m_comparison.sharedTurns == 1
                ? tr("The first turn is the same.")
                : tr("The first %n turns are the same.", nullptr, m_comparison.sharedTurns));
    }
    for (const TurnComparison::PaneSummary &pane : m_comparison.panes) {
        const QString label = pane.leftLabel == pane.rightLabel
            ? pane.leftLabel
            : tr("%1 → %2", "models").arg(pane.leftLabel, pane.rightLabel);
        lines.append(tr("%1: %2 of %3 answers the same, %4 % of the text differs")
                         .arg(label)
                         .arg(pane.same)
                         .arg(pane.answers)
                         .arg(QLocale().toString(pane.changedShare * 100, 'f', 0)));
    }
    if (m_comparison.rows.empty())
        lines.append(tr("There is nothing that differs."));
    return lines.join(u'\n');
}

void ComparisonWindow::build()
{
    m_differences.clear();
    m_current = -1;
    QTextDocument *document = m_view->document();
    document->clear();
    document->setDocumentMargin(spacing::wide);
    if (m_comparison.rows.empty())
        return;
    QTextTableFormat format;
    format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
    format.setColumnWidthConstraints(
        {QTextLength(QTextLength::PercentageLength, 50), QTextLength(QTextLength::PercentageLength, 50)});
    format.setCellPadding(spacing::normal);
    format.setCellSpacing(0);
    format.setBorder(1);
    format.setBorderCollapse(true);
    format.setBorderBrush(themeColor(ThemeColor::Border, palette()));
    format.setHeaderRowCount(1);
    QTextCursor cursor(document);
    cursor.beginEditBlock();
    QTextTable *table = cursor.insertTable(int(m_comparison.rows.size()) + 1, 2, format);
    QTextCharFormat bold;
    bold.setFontWeight(QFont::Bold);
    table->cellAt(0, 0).firstCursorPosition().insertText(m_titles.left, bold);
    table->cellAt(0, 1).firstCursorPosition().insertText(m_titles.right, bold);
    for (std::size_t index = 0; index < m_comparison.rows.size(); ++index)
        addRow(m_comparison.rows[index], *table, int(index) + 1);
    cursor.endEditBlock();
    // Where they are is known when all text is in.
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            if (part.fragment().charFormat().hasProperty(QTextFormat::UserProperty))
                m_differences.push_back(part.fragment().position());
        }
    }
}

void ComparisonWindow::addRow(const TurnComparison::Row &row, QTextTable &table, int index)
{
    fillCell(table.cellAt(index, 0).firstCursorPosition(), row, true);
    fillCell(table.cellAt(index, 1).firstCursorPosition(), row, false);
    if (!row.paneId.isEmpty())
        return;
    for (int column = 0; column < 2; ++column) {
        QTextTableCell cell = table.cellAt(index, column);
        QTextTableCellFormat format = cell.format().toTableCellFormat();
        format.setBackground(themeColor(ThemeColor::Panel, palette()));
        cell.setFormat(format);
    }
}

void ComparisonWindow::fillCell(QTextCursor cursor, const TurnComparison::Row &row, bool isLeft)
{
    QTextCharFormat caption;
    caption.setForeground(themeColor(ThemeColor::Muted, palette()));
    const QString label = isLeft ? row.leftLabel : row.rightLabel;
    cursor.insertText((row.paneId.isEmpty() ? tr("%1 · Prompt").arg(row.turn) : label) + u'\n', caption);
    QTextCharFormat plain;
    plain.setForeground(palette().color(QPalette::Text));
    QTextCharFormat marked = plain;
    marked.setBackground(themeColor(isLeft ? ThemeColor::DangerSoft : ThemeColor::AccentSoft, palette()));
    marked.setFontUnderline(true); // not by colour alone
    marked.setProperty(QTextFormat::UserProperty, true);
    const QString &text = isLeft ? row.left : row.right;
    qsizetype from = 0;
    for (const TextHunk &hunk : row.hunks) {
        const qsizetype start = isLeft ? hunk.baseStart : hunk.start;
        const qsizetype length = isLeft ? hunk.baseLength : hunk.length;
        cursor.insertText(text.mid(from, start - from), plain);
        // What is missing on one side only is marked on the other.
        if (length > 0)
            cursor.insertText(text.mid(start, length), hunk.isSpace ? plain : marked);
        from = start + length;
    }
    cursor.insertText(text.mid(from), plain);
    if (text.isEmpty())
        cursor.insertText(tr("(nothing)"), caption);
}

void ComparisonWindow::jump(int direction)
{
    if (m_differences.empty())
        return;
    m_current = m_current < 0 && direction < 0 ? int(m_differences.size()) - 1 : m_current + direction;
    m_current = (m_current + int(m_differences.size())) % int(m_differences.size());
    QTextCursor cursor(m_view->document());
    cursor.setPosition(m_differences[std::size_t(m_current)]);
    m_view->setTextCursor(cursor);
    m_view->ensureCursorVisible();
}

bool ComparisonWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers() == Qt::NoModifier && (key->key() == Qt::Key_N || key->key() == Qt::Key_P)) {
            jump(key->key() == Qt::Key_N ? 1 : -1);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void ComparisonWindow::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        build();
}

} // namespace diptych
