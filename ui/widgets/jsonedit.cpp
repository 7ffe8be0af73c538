// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jsonedit.h"

#include "theme/theme.h"
#include "widgets/jsonhighlighter.h"
#include "widgets/suggestionpopup.h"

#include <QEvent>
#include <QFocusEvent>
#include <QHelpEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QTextBlock>
#include <QToolTip>

namespace diptych {

namespace {

using namespace std::chrono_literals;
constexpr auto typingPause = 300ms;

QString indented(const QJsonValue &value)
{
    if (value.toObject().isEmpty() && value.toArray().isEmpty())
        return {};
    const QJsonDocument document = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    return QString::fromUtf8(document.toJson()).trimmed();
}

/// The parser speaks of terminations and separators.
QString whatIsWrong(const QJsonParseError &error)
{
    switch (error.error) {
    case QJsonParseError::UnterminatedObject:
        return JsonEdit::tr("a closing } or a comma is missing");
    case QJsonParseError::UnterminatedArray:
        return JsonEdit::tr("a closing ] or a comma is missing");
    case QJsonParseError::UnterminatedString:
        return JsonEdit::tr("a closing \" is missing");
    case QJsonParseError::MissingNameSeparator:
        return JsonEdit::tr("a colon is missing after the name");
    case QJsonParseError::MissingValueSeparator:
        return JsonEdit::tr("a comma is missing");
    case QJsonParseError::MissingObject:
        return JsonEdit::tr("a name in quotes is missing");
    case QJsonParseError::TerminationByNumber:
        return JsonEdit::tr("something is missing after the number");
    case QJsonParseError::IllegalValue:
        return JsonEdit::tr("this is not a value; text needs quotes");
    case QJsonParseError::GarbageAtEnd:
        return JsonEdit::tr("there is more after the end");
    default:
        return error.errorString();
    }
}

} // namespace

JsonEdit::JsonEdit(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new JsonHighlighter(document()))
    , m_popup(new SuggestionPopup(this))
    , m_value(QJsonObject {})
    , m_reported(QJsonObject {})
{
    setFont(monospaceFont());
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    connect(m_popup, &SuggestionPopup::chosen, this, &JsonEdit::take);
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, &JsonEdit::flush);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        check();
        m_pause.start();
    });
}

JsonEdit::~JsonEdit() = default;

void JsonEdit::setShape(Shape shape)
{
    m_shape = shape;
    m_reported = shape == Shape::Object ? QJsonValue(QJsonObject {}) : QJsonValue(QJsonArray {});
    check();
}

void JsonEdit::setJson(const QJsonValue &value)
{
    const bool isKnown = value == m_reported;
    m_reported = value;
    if (isKnown || (m_value && *m_value == value))
        return;
    replaceJson(value);
}

void JsonEdit::replaceJson(const QJsonValue &value)
{
    m_reported = value;
    const QString text = indented(value);
    if (text != toPlainText())
        setPlainText(text);
    m_pause.stop();
}

void JsonEdit::flush()
{
    m_pause.stop();
    if (!m_value || *m_value == m_reported)
        return;
    m_reported = *m_value;
    Q_EMIT jsonEdited(*m_value);
}

void JsonEdit::setChecker(Checker checker)
{
    m_checker = std::move(checker);
    recheck();
}

void JsonEdit::recheck()
{
    std::vector<Remark> remarks = m_checker ? m_checker(toPlainText()) : std::vector<Remark>();
    const bool isNew = remarks != m_remarks;
    m_remarks = std::move(remarks);
    paintMarks();
    if (isNew)
        Q_EMIT remarksChanged();
}

void JsonEdit::check()
{
    const QByteArray bytes = toPlainText().toUtf8();
    m_value.reset();
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (bytes.trimmed().isEmpty()) {
        m_value = m_shape == Shape::Object ? QJsonValue(QJsonObject {}) : QJsonValue(QJsonArray {});
        setError({});
    } else if (error.error != QJsonParseError::NoError) {
        // The parser counts bytes, the document characters.
        fail(qMin(QString::fromUtf8(bytes.left(error.offset)).size(), toPlainText().size()), whatIsWrong(error));
    } else if (document.isArray() != (m_shape == Shape::Array)) {
        fail(0, m_shape == Shape::Object ? tr("this has to be an object, { … }") : tr("this has to be a list, [ … ]"));
    } else {
        m_value = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
        setError({});
    }
    recheck();
}

void JsonEdit::fail(qsizetype offset, const QString &text)
{
    m_errorOffset = offset;
    const QTextBlock block = document()->findBlock(static_cast<int>(offset));
    setError(tr("line %1, column %2: %3").arg(block.blockNumber() + 1).arg(offset - block.position() + 1).arg(text));
}

void JsonEdit::setError(const QString &text)
{
    if (text == m_errorText)
        return;
    m_errorText = text;
    Q_EMIT errorChanged(text);
}

void JsonEdit::paintMarks()
{
    QList<QTextEdit::ExtraSelection> marks;
    for (const Remark &remark : m_remarks)
        marks.append(marked(remark.start, remark.start + remark.length, remark.isError));
    if (!m_errorText.isEmpty()) {
        // The mark has to be seen: at the end of a line it takes the character before, and it takes whole words.
        const QTextBlock block = document()->findBlock(static_cast<int>(m_errorOffset));
        const QString line = block.text();
        qsizetype start = qBound<qsizetype>(0, m_errorOffset - block.position(), qMax<qsizetype>(0, line.size() - 1));
        qsizetype end = start + 1;
        while (start > 0 && line.at(start).isLetterOrNumber() && line.at(start - 1).isLetterOrNumber())
            --start;
        while (end < line.size() && line.at(end - 1).isLetterOrNumber() && line.at(end).isLetterOrNumber())
            ++end;
        marks.append(marked(block.position() + start, block.position() + qMin(end, line.size()), true));
    }
    setExtraSelections(marks);
}

QTextEdit::ExtraSelection JsonEdit::marked(qsizetype start, qsizetype end, bool isError) const
{
    const QPalette palette = QGuiApplication::palette();
    QTextEdit::ExtraSelection mark;
    mark.cursor = QTextCursor(document());
    mark.cursor.setPosition(static_cast<int>(start));
    mark.cursor.setPosition(static_cast<int>(end), QTextCursor::KeepAnchor);
    mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    mark.format.setUnderlineColor(themeColor(isError ? ThemeColor::Danger : ThemeColor::Warning, palette));
    if (isError)
        mark.format.setBackground(themeColor(ThemeColor::DangerSoft, palette));
    return mark;
}

void JsonEdit::suggest()
{
    offer(true);
}

void JsonEdit::suggestWhileTyping()
{
    const QString text = toPlainText();
    const qsizetype caret = textCursor().position();
    m_suggestions = m_suggester(text, caret);
    if (m_suggestions.empty()) {
        m_popup->hide();
        return;
    }
    // Nothing typed yet: no list, unless a quote was just opened; nothing is chosen then, so Enter stays Enter.
    const QString typed = text.mid(m_suggestions.front().start, caret - m_suggestions.front().start);
    if (typed.isEmpty())
        m_popup->hide();
    else
        offer(typed != QStringLiteral("\""));
}

void JsonEdit::offer(bool chooses)
{
    if (m_suggester)
        m_suggestions = m_suggester(toPlainText(), textCursor().position());
    if (m_suggestions.empty()) {
        m_popup->hide();
        return;
    }
    std::vector<SuggestionPopup::Line> lines;
    for (const Suggestion &suggestion : m_suggestions)
        lines.push_back({.name = suggestion.name, .type = suggestion.type, .description = suggestion.description});
    m_popup->show(lines, cursorRect().translated(viewport()->pos()), chooses);
}

void JsonEdit::take(int suggestion)
{
    if (suggestion < 0 || suggestion >= static_cast<int>(m_suggestions.size()))
        return;
    const Suggestion taken = m_suggestions[static_cast<std::size_t>(suggestion)];
    QTextCursor caret = textCursor();
    caret.setPosition(static_cast<int>(taken.start));
    caret.setPosition(static_cast<int>(taken.end), QTextCursor::KeepAnchor);
    caret.insertText(taken.insertion);
    const int start = static_cast<int>(taken.start + taken.selectionStart);
    caret.setPosition(start);
    caret.setPosition(start + static_cast<int>(taken.selectionLength), QTextCursor::KeepAnchor);
    setTextCursor(caret);
}

void JsonEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isAccepting =
        event->key() == Qt::Key_Enter || event->key() == Qt::Key_Return || event->key() == Qt::Key_Tab;
    if (m_popup->isVisible() && (event->key() == Qt::Key_Escape || (isAccepting && m_popup->hasChoice()))) {
        event->ignore(); // the popup takes it
        return;
    }
    if (isAccepting)
        m_popup->hide();
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        suggest();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
    const bool isTyped = !event->text().isEmpty() && !isAccepting && event->key() != Qt::Key_Escape;
    if (isTyped && m_suggester)
        suggestWhileTyping();
}

bool JsonEdit::focusNextPrevChild(bool next)
{
    return m_popup->hasChoice() ? false : QPlainTextEdit::focusNextPrevChild(next);
}

void JsonEdit::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        flush();
}

bool JsonEdit::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::viewportEvent(event);
    auto *help = static_cast<QHelpEvent *>(event);
    const qsizetype at = cursorForPosition(help->pos()).position();
    for (const Remark &remark : m_remarks) {
        if (at >= remark.start && at <= remark.start + remark.length) {
            QToolTip::showText(help->globalPos(), remark.message, viewport());
            return true;
        }
    }
    QToolTip::showText(help->globalPos(), m_errorText, viewport());
    return true;
}

void JsonEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_highlighter->refresh();
        paintMarks();
    }
}

} // namespace diptych
