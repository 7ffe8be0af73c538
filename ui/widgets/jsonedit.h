// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QPlainTextEdit>
#include <QTimer>

#include <optional>

class QCompleter;
class QStringListModel;

namespace diptych {

class JsonHighlighter;

/// A text field for a JSON object or array: highlighted, checked while typing, with the place of the mistake marked.
class JsonEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    enum class Shape { Object, Array };

    explicit JsonEdit(QWidget *parent = nullptr);
    ~JsonEdit() override;

    void setShape(Shape shape);
    /// Shows the value; keeps the text as it is, caret included, when it already means the same.
    void setJson(const QJsonValue &value);
    /// What the text means; an empty text is an empty object or array. Unset when it is not valid.
    [[nodiscard]] std::optional<QJsonValue> json() const { return m_value; }
    /// "line 3, column 7: …"; empty when the text is valid.
    [[nodiscard]] QString errorText() const { return m_errorText; }
    /// Offered while a word is typed.
    void setCompletions(const QStringList &keys);
    /// Reads the text now instead of after the pause.
    void flush();

Q_SIGNALS:
    /// A person's change that is valid, 300 ms after the last key.
    void jsonEdited(const QJsonValue &value);
    /// Checked at once, empty when the mistake is gone.
    void errorChanged(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void check();
    void mark(qsizetype offset);
    void setError(const QString &text);
    void offerCompletions();
    void complete(const QString &key);
    [[nodiscard]] QString wordBeforeCaret() const;

    JsonHighlighter *m_highlighter;
    QStringListModel *m_keys;
    QCompleter *m_completer;
    QTimer m_pause;
    Shape m_shape = Shape::Object;
    std::optional<QJsonValue> m_value;
    QJsonValue m_reported; // what the owner knows
    QString m_errorText;
};

} // namespace diptych
