// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jsonedit.h"

#include "theme/theme.h"
#include "widgets/jsonhighlighter.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStringListModel>
#include <QTextBlock>

namespace diptych {

namespace {

using namespace std::chrono_literals;
constexpr auto typingPause = 300ms;
constexpr qsizetype shortestCompletion = 2;

QString indented(const QJsonValue &value)
{
    if (value.toObject().isEmpty() && value.toArray().isEmpty())
        return {};
    const QJsonDocument document = value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject());
    return QString::fromUtf8(document.toJson()).trimmed();
}

} // namespace

JsonEdit::JsonEdit(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new JsonHighlighter(document()))
    , m_keys(new QStringListModel(this))
    , m_completer(new QCompleter(m_keys, this))
    , m_value(QJsonObject {})
    , m_reported(QJsonObject {})
{
    setFont(monospaceFont());
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    m_completer->setWidget(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &JsonEdit::complete);
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
    m_reported = value;
    if (m_value && *m_value == value)
        return;
    setPlainText(indented(value));
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

void JsonEdit::setCompletions(const QStringList &keys)
{
    m_keys->setStringList(keys);
}

void JsonEdit::check()
{
    const QByteArray bytes = toPlainText().toUtf8();
    m_value.reset();
    if (bytes.trimmed().isEmpty()) {
        m_value = m_shape == Shape::Object ? QJsonValue(QJsonObject {}) : QJsonValue(QJsonArray {});
        mark(-1);
        setError({});
        return;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError) {
        // The parser counts bytes, the document characters.
        const qsizetype offset = qMin(QString::fromUtf8(bytes.left(error.offset)).size(), toPlainText().size());
        const QTextBlock block = this->document()->findBlock(static_cast<int>(offset));
        mark(offset);
        setError(tr("line %1, column %2: %3")
                     .arg(block.blockNumber() + 1)
                     .arg(offset - block.position() + 1)
                     .arg(error.errorString()));
        return;
    }
    if (document.isArray() != (m_shape == Shape::Array)) {
        mark(0);
        setError(m_shape == Shape::Object ? tr("line 1, column 1: this has to be an object, { … }")
                                          : tr("line 1, column 1: this has to be a list, [ … ]"));
        return;
    }
    m_value = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    mark(-1);
    setError({});
}

void JsonEdit::mark(qsizetype offset)
{
    if (offset < 0) {
        setExtraSelections({});
        return;
    }
    QTextEdit::ExtraSelection selection;
    selection.cursor = QTextCursor(document());
    // The mark has to be seen: at the end of a line it takes the character before, and it takes whole words.
    const QTextBlock block = document()->findBlock(static_cast<int>(offset));
    const QString line = block.text();
    qsizetype start = qBound<qsizetype>(0, offset - block.position(), qMax<qsizetype>(0, line.size() - 1));
    qsizetype end = start + 1;
    while (start > 0 && line.at(start).isLetterOrNumber() && line.at(start - 1).isLetterOrNumber())
        --start;
    while (end < line.size() && line.at(end - 1).isLetterOrNumber() && line.at(end).isLetterOrNumber())
        ++end;
    selection.cursor.setPosition(static_cast<int>(block.position() + start));
    selection.cursor.setPosition(static_cast<int>(block.position() + qMin(end, line.size())), QTextCursor::KeepAnchor);
    selection.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    selection.format.setUnderlineColor(themeColor(ThemeColor::Danger, QGuiApplication::palette()));
    selection.format.setBackground(themeColor(ThemeColor::DangerSoft, QGuiApplication::palette()));
    setExtraSelections({selection});
}

void JsonEdit::setError(const QString &text)
{
    if (text == m_errorText)
        return;
    m_errorText = text;
    Q_EMIT errorChanged(text);
}

QString JsonEdit::wordBeforeCaret() const
{
    const QTextCursor caret = textCursor();
    const QString line = caret.block().text().left(caret.positionInBlock());
    qsizetype start = line.size();
    while (start > 0 && (line.at(start - 1).isLetterOrNumber() || line.at(start - 1) == u'_'))
        --start;
    return line.mid(start);
}

void JsonEdit::offerCompletions()
{
    const QString word = wordBeforeCaret();
    m_completer->setCompletionPrefix(word);
    const bool hasMore = m_completer->completionCount() > 1
        || (m_completer->completionCount() == 1 && m_completer->currentCompletion() != word);
    if (word.size() < shortestCompletion || !hasMore) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
    QRect place = cursorRect();
    place.setWidth(
        m_completer->popup()->sizeHintForColumn(0) + m_completer->popup()->verticalScrollBar()->sizeHint().width());
    m_completer->complete(place);
}

void JsonEdit::complete(const QString &key)
{
    QTextCursor caret = textCursor();
    caret.movePosition(
        QTextCursor::Left, QTextCursor::KeepAnchor, static_cast<int>(m_completer->completionPrefix().size()));
    const QString line = caret.block().text();
    const int start = caret.selectionStart() - caret.block().position();
    const bool isQuoted = start > 0 && line.at(start - 1) == u'"';
    caret.insertText(isQuoted ? QString(key + u'"') : QString(u'"' + key + u'"'));
    if (caret.positionInBlock() < caret.block().text().size()
        && caret.block().text().at(caret.positionInBlock()) == u'"')
        caret.deleteChar(); // the closing quote was there
    caret.insertText(QStringLiteral(": "));
    setTextCursor(caret);
}

void JsonEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isForPopup = m_completer->popup()->isVisible()
        && (event->key() == Qt::Key_Enter || event->key() == Qt::Key_Return || event->key() == Qt::Key_Tab
            || event->key() == Qt::Key_Escape);
    if (isForPopup) {
        event->ignore(); // the completer takes it
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
    if (!event->text().isEmpty() && !m_keys->stringList().isEmpty())
        offerCompletions();
}

void JsonEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_highlighter->refresh();
        check();
    }
}

} // namespace diptych
